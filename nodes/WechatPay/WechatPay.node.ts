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
import { searchCards } from '../WechatPayMemberCard/listSearch/listSearch';
import { searchApiPaths } from './listSearch/searchApiPaths';
import { catalogue } from './operations';

export class WechatPay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeChat Pay',
		name: 'wechatPay',
		icon: { light: 'file:../../icons/wechatpay.svg', dark: 'file:../../icons/wechatpay.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitleOf(catalogue),
		description:
			'Take, refund and reconcile payments, pay out, send coupons, and commit the points that orders earned',
		defaults: { name: 'WeChat Pay' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'wechatPayApi', required: true, testedBy: 'wechatPayApiTest' }],
		properties: nodeProperties(catalogue),
	};

	methods = {
		credentialTest: { wechatPayApiTest: testCredential },
		listSearch: { searchApiPaths, searchCards },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, catalogue);
	}
}
