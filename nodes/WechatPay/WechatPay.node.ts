import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testCredential } from './run/credentialTest';
import { properties } from './run/description';
import { runItems } from './run/items';

export class WechatPay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeChat Pay',
		name: 'wechatPay',
		icon: { light: 'file:../../icons/wechatpay.svg', dark: 'file:../../icons/wechatpay.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Prepare and commit the bonus points of member cards in WeChat Pay',
		defaults: { name: 'WeChat Pay' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'wechatPayApi', required: true, testedBy: 'wechatPayApiTest' }],
		properties,
	};

	methods = {
		credentialTest: { wechatPayApiTest: testCredential },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this);
	}
}
