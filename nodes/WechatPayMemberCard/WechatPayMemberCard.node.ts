import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { executeItems } from '../action/execution/executeItems';
import { nodeProperties } from '../action/form/nodeProperties';
import { subtitleOf } from '../action/form/subtitle';
import { testCredential } from '../client/credentialTest/credentialTest';
import { searchCampaigns, searchCards } from './listSearch/listSearch';
import { catalogue } from './operations';

export class WechatPayMemberCard implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeChat Pay Member Card',
		name: 'wechatPayMemberCard',
		icon: {
			light: 'file:../../icons/wechatpayMemberCard.svg',
			dark: 'file:../../icons/wechatpayMemberCard.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: subtitleOf(catalogue),
		description:
			'Cards and members of a WeChat Pay brand: templates, points, balances, campaigns and service items',
		defaults: { name: 'WeChat Pay Member Card' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'wechatPayApi', required: true, testedBy: 'wechatPayApiTest' }],
		properties: nodeProperties(catalogue),
	};

	methods = {
		credentialTest: { wechatPayApiTest: testCredential },
		listSearch: { searchCards, searchCampaigns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, catalogue);
	}
}
