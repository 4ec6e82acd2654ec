/** Everything that the action nodes offer. */
import type { INodeProperties } from 'n8n-workflow';

import { nodeProperties } from '../../nodes/action/form/nodeProperties.ts';
import type { Catalogue, Operation, Resource } from '../../nodes/action/spec.ts';
import { generalErrors } from '../../nodes/client/response/knownErrors.ts';
import type { KnownError } from '../../nodes/client/types.ts';
import { catalogue as everyday } from '../../nodes/WechatPay/operations/index.ts';
import { catalogue as memberCards } from '../../nodes/WechatPayMemberCard/operations/index.ts';

/** The catalogue of each action node, by the name of the node. */
export const catalogues = {
	wechatPay: everyday,
	wechatPayMemberCard: memberCards,
} as const satisfies Record<string, Catalogue>;

export const resources: Resource[] = Object.values(catalogues).flatMap((one) => one.resources);

/** The form of each action node. */
export const forms: Record<keyof typeof catalogues, INodeProperties[]> = {
	wechatPay: nodeProperties(everyday),
	wechatPayMemberCard: nodeProperties(memberCards),
};

/** All parameters of both nodes. */
export const properties: INodeProperties[] = Object.values(forms).flat();

/** @returns the name of the node that has a resource, by the resource's value */
export function nodeWith(resource: string): keyof typeof catalogues {
	const isMemberCard = memberCards.resources.some(({ value }) => value === resource);
	return isMemberCard ? 'wechatPayMemberCard' : 'wechatPay';
}

/** @returns what the catalogue has under the values of a resource and an operation, if anything */
export function operationOf(resource: string, operation: string): Operation | undefined {
	return resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
}

/** Every rejection that messages know: those of the operations' families, then the general ones. */
export const knownErrors: KnownError[] = [
	...new Set([
		...resources.flatMap(({ operations }) => operations.flatMap((one) => one.knownErrors ?? [])),
		...generalErrors,
	]),
];
