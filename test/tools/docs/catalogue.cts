/** What the documentation is written from: the nodes with their resources, and the known errors. */
import type { INodeTypeDescription } from 'n8n-workflow';

import type { Resource } from '../../../nodes/action/spec.ts';
import { generalErrors } from '../../../nodes/client/response/knownErrors.ts';
import type { KnownError } from '../../../nodes/client/types.ts';
import { WechatPay } from '../../../nodes/WechatPay/WechatPay.node.ts';
import { WechatPayMemberCard } from '../../../nodes/WechatPayMemberCard/WechatPayMemberCard.node.ts';
import { memberCardErrors } from '../../../nodes/WechatPayMemberCard/operations/knownErrors.ts';
import { catalogues } from '../../support/catalogue.cts';

/** An action node as its users see it. */
export interface ActionNode {
	name: string;
	resources: Resource[];
	description: INodeTypeDescription;
}

/** In the order of the documentation. */
export const actionNodes: ActionNode[] = [
	{
		name: 'WeChat Pay',
		resources: catalogues.wechatPay.resources,
		description: new WechatPay().description,
	},
	{
		name: 'WeChat Pay Member Card',
		resources: catalogues.wechatPayMemberCard.resources,
		description: new WechatPayMemberCard().description,
	},
];

/** Known errors under one heading; those of a resource come before the general ones. */
export interface ErrorGroup {
	title: string;
	errors: KnownError[];
}

export const errorGroups: ErrorGroup[] = [
	...actionNodes.flatMap(({ resources }) => resources.map(ownErrors)),
	{ title: 'Member cards', errors: memberCardErrors },
	{ title: 'All operations', errors: generalErrors },
].filter(({ errors }) => errors.length > 0);

/** The errors of one resource alone. */
function ownErrors({ name, operations }: Resource): ErrorGroup {
	const errors = new Set(operations.flatMap(({ knownErrors = [] }) => knownErrors));
	return { title: name, errors: [...errors].filter((one) => !memberCardErrors.includes(one)) };
}
