/** What the documentation is written from: the nodes with their resources, and the known errors. */
import type { INodeTypeDescription } from 'n8n-workflow';

import { catalogue } from '../../nodes/WechatPay/operations/index.ts';
import type { Refusal } from '../../nodes/WechatPay/operations/refusals.ts';
import { refusals } from '../../nodes/WechatPay/operations/refusals.ts';
import type { Resource } from '../../nodes/WechatPay/operations/types.ts';
import { WechatPay } from '../../nodes/WechatPay/WechatPay.node.ts';

/** An action node as its users see it. */
export interface ActionNode {
	name: string;
	resources: Resource[];
	description: INodeTypeDescription;
}

const EVERYDAY = ['bonus', 'order'];
const { description } = new WechatPay();

/** In the order of the documentation. */
export const actionNodes: ActionNode[] = [
	{
		name: 'WeChat Pay',
		resources: catalogue.filter(({ value }) => EVERYDAY.includes(value)),
		description,
	},
	{
		name: 'WeChat Pay Member Card',
		resources: catalogue.filter(({ value }) => !EVERYDAY.includes(value)),
		description,
	},
];

/** Known errors under one heading; those of a resource come before the general ones. */
export interface ErrorGroup {
	title: string;
	errors: Refusal[];
}

export const errorGroups: ErrorGroup[] = [{ title: 'All operations', errors: refusals }];
