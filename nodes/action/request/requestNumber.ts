import { createHash, randomUUID } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { Parameter } from '../spec';

/** WeChat Pay takes 32 characters everywhere; 112 bits of a hash are enough for no two to meet. */
const HEX_DIGITS = 28;

/**
 * Numbers for requests whose user gives none (`out_request_no`): made of everything that tells one item of one run from
 * any other, so that a repeat of the same item has the same number, and two items never share one.
 *
 * @returns the number of an item, by its index
 */
export function requestNumbers(context: IExecuteFunctions): (index: number) => string {
	let place: unknown[] | undefined;
	return (index) => {
		place ??= placeOf(context);
		const hash = createHash('sha256').update(JSON.stringify([...place, index]));
		return `n8n-${hash.digest('hex').slice(0, HEX_DIGITS)}`;
	};
}

/** @returns the field whose value names the request; undefined for an endpoint without such a field */
export function namingField(fields: Parameter[]): Parameter | undefined {
	return fields.find(({ namesRequest }) => namesRequest);
}

/** The instance is part of it because another n8n, or a new one, counts its executions from 1 as well. */
function placeOf(context: IExecuteFunctions): unknown[] {
	return [
		context.getInstanceId(),
		context.getWorkflow().id,
		context.getExecutionId() ?? randomUUID(),
		context.getNode().id,
		context.getWorkflowDataProxy(0).$runIndex,
	];
}
