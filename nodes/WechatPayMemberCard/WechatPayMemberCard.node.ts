import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { nodeProperties } from '../action/form/nodeProperties';
import { subtitleOf } from '../action/form/subtitle';
import { credentialTest } from '../client/credentialTest/credentialTestMethod';
import { listSearch } from './listSearch/listSearchMethods';
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

	methods = { credentialTest, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded by the first execution: every process of n8n loads the form at its start.
		const { executeItems } = await import('../action/execution/executeItems');
		return await executeItems(this, catalogue);
	}
}
