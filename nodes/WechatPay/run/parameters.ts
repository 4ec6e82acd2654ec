import type { IExecuteFunctions } from 'n8n-workflow';

import type { Field, Operation } from '../operations/types';
import { notSent } from './outcome';

/** The values of an operation's fields, by wire name, as the user's form and expressions gave them. */
export type Values = Record<string, unknown>;

/**
 * How the parameters of an operation are read, made once for all items.
 *
 * n8n evaluates each expression in a world of its own, and building that world takes longer than signing does; so all
 * simple expressions of an item are evaluated in one. Where that does not give one value each, they are evaluated one by
 * one, which also tells whose expression it is.
 */
export interface ParameterPlan {
	fields: Field[];
	/** The fields whose values come from `expression`, in its order. */
	together: Field[];
	/** One expression for the values of all of them, as a list. */
	expression: string;
}

/** An expression and nothing around it; others are left to n8n. */
const SIMPLE_EXPRESSION = /^=\{\{((?:(?!\{\{|\}\})[\s\S])*)\}\}$/;

export function planParameters(
	context: IExecuteFunctions,
	{ fields }: Pick<Operation, 'fields'>,
): ParameterPlan {
	const sources = fields.flatMap((field) => {
		const given = context.getNodeParameter(field.property.name, 0, '', { rawExpressions: true });
		const source = SIMPLE_EXPRESSION.exec(String(plainValue(given)))?.[1];
		return source === undefined ? [] : [{ field, source }];
	});
	return {
		fields,
		together: sources.map(({ field }) => field),
		// A line each, for an expression may end with a comment.
		expression: `{{ [${sources.map(({ source }) => `(\n${source}\n)`).join(', ')}] }}`,
	};
}

/**
 * Reads the parameters of one item.
 *
 * @throws ItemFailure (`not_sent`) for an expression that can't be evaluated
 */
export function readParameters(
	context: IExecuteFunctions,
	plan: ParameterPlan,
	index: number,
): Values {
	const values: Values = {};
	const list = readTogether(context, plan, index);
	plan.together.forEach(({ wire }, position) => {
		if (list) values[wire] = list[position];
	});
	for (const field of plan.fields) {
		if (!(field.wire in values)) values[field.wire] = plainValue(readOne(context, field, index));
	}
	return values;
}

function readTogether(
	context: IExecuteFunctions,
	{ together, expression }: ParameterPlan,
	index: number,
): unknown[] | undefined {
	if (together.length < 2) return undefined;
	try {
		const list: unknown = context.evaluateExpression(expression, index);
		return Array.isArray(list) && list.length === together.length ? list : undefined;
	} catch {
		return undefined;
	}
}

function readOne(context: IExecuteFunctions, { property }: Field, index: number): unknown {
	let reason: unknown;
	try {
		// Our own checks follow; n8n's would search the whole form again for every value.
		return context.getNodeParameter(property.name, index, '', { skipValidation: true });
	} catch (error) {
		reason = error instanceof Error ? error.message : error;
	}
	throw notSent(
		`The expression in '${property.displayName}' can't be evaluated: ${String(reason)} [item ${index}]`,
	);
}

/** A resource locator holds its value one level down, whichever of its modes was used. */
function plainValue(value: unknown): unknown {
	const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
	return isLocator ? (value as { value?: unknown }).value : value;
}
