import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testCredential } from '../client/credentialTest/credentialTest';
import { handleWebhook } from './handleWebhook';
import { subtitle } from './subtitle';
import { hints, properties, triggerPanel } from './triggerForm';
import { isRegistered, register, unregister } from './webhookRegistration';

export class WechatPayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeChat Pay Trigger',
		name: 'wechatPayTrigger',
		icon: { light: 'file:../../icons/wechatpay.svg', dark: 'file:../../icons/wechatpay.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle,
		// The editor shows it for both nodes, as one entry.
		description:
			'Payments, refunds, bills, transfers, coupons and points of WeChat Pay; starts a workflow when, for example, an order was paid',
		defaults: { name: 'WeChat Pay Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wechatPayApi', required: true, testedBy: 'wechatPayApiTest' }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'notification' },
		],
		triggerPanel,
		hints,
		properties,
	};

	methods = {
		credentialTest: { wechatPayApiTest: testCredential },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await handleWebhook(this);
	}
}
