import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../operations/types';
import { notSent } from './outcome';

/** The values of an operation's fields, by wire name, as the user's form and expressions gave them. */
export type Values = Record<string, unknown>;

/**
 * Reads the parameters of one item.
 *
 * @throws ItemFailure (`not_sent`) for an expression that can't be evaluated
 */
export function readParameters(
	context: IExecuteFunctions,
	operation: Operation,
	index: number,
): Values {
	const values: Values = {};
	for (const { wire, property } of operation.fields) {
		values[wire] = plainValue(readParameter(context, property.name, property.displayName, index));
	}
	return values;
}

function readParameter(
	context: IExecuteFunctions,
	name: string,
	label: string,
	index: number,
): unknown {
	let reason: unknown;
	try {
		// Our own checks follow; n8n's would search the whole form again for every value.
		return context.getNodeParameter(name, index, '', { skipValidation: true });
	} catch (error) {
		reason = error instanceof Error ? error.message : error;
	}
	throw notSent(
		`The expression in '${label}' can't be evaluated: ${String(reason)} [item ${index}]`,
	);
}

/** A resource locator holds its value one level down, whichever of its modes was used. */
function plainValue(value: unknown): unknown {
	const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
	return isLocator ? (value as { value?: unknown }).value : value;
}
