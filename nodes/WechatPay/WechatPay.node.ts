import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testCredential } from '../client/credentialTest/credentialTest';
import { properties } from './run/description';
import { runItems } from './run/items';
import { searchCampaigns, searchCards } from './run/search';

export class WechatPay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeChat Pay',
		name: 'wechatPay',
		icon: { light: 'file:../../icons/wechatpay.svg', dark: 'file:../../icons/wechatpay.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Member cards of WeChat Pay: cards, members, points, campaigns, and the orders they belong to',
		defaults: { name: 'WeChat Pay' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'wechatPayApi', required: true, testedBy: 'wechatPayApiTest' }],
		properties,
	};

	methods = {
		credentialTest: { wechatPayApiTest: testCredential },
		listSearch: { searchCards, searchCampaigns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this);
	}
}
