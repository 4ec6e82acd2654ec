import type { IExecuteFunctions } from 'n8n-workflow';

import { attempt, rethrow } from '../../apiv3/attempt';
import { printable } from '../../client/errors/printable';
import { reasonText } from '../../client/errors/reason';
import { notSent } from '../../client/errors/requestError';
import type { Collection, FormField } from '../form/fieldLayout';
import { formFields } from '../form/fieldLayout';
import { COLLECTION_LABEL } from '../form/labels';
import { extraProperties } from '../form/nodeProperties';
import type { Operation } from '../spec';
import type { Values } from './serialize';
import { isBlank, parseBoolean } from './validators';

/** A parameter to be read for each item. */
interface Source {
	/** By which the value is known from then on. */
	key: string;
	/** By which n8n finds it. */
	path: string;
	label: string;
	/** Whether the workflow holds a resource locator; what an item holds is none, whatever it looks like. */
	isLocator?: boolean;
	/** The default of a boolean beside the fields, such as 'Simplify', which is checked nowhere else. */
	truth?: boolean;
}

/**
 * How the parameters of an operation are read, made once for all items.
 *
 * n8n evaluates each expression in a world of its own, and building that world takes longer than signing does; so all
 * simple expressions of an item are evaluated in one. Where that does not give one value each, they are evaluated one
 * by one, which also shows whose expression it is.
 */
export interface ParameterPlan {
	sources: Source[];
	/** The sources whose values come from `expression`, in its order. */
	together: Source[];
	/** One expression for the values of all of them, as a list. */
	expression: string;
}

/** An expression and nothing around it; others are left to n8n. */
const SIMPLE_EXPRESSION = /^=\{\{((?:(?!\{\{|\}\})[\s\S])*)\}\}$/;

/** Characters of what n8n, or an expression, says; enough for a sentence. */
const MAX_REASON_LENGTH = 300;

type Form = Pick<Operation, 'fields' | 'optional' | 'takesJson' | 'response'>;

/** @throws RangeError for a collection that is not filled field by field */
export function planParameters(context: IExecuteFunctions, form: Form): ParameterPlan {
	const raw = sourcesOf(context, form).map((source) => ({
		source,
		value: rawOf(context, source.path),
	}));
	const simple = raw.flatMap(({ source, value }) => {
		const code = SIMPLE_EXPRESSION.exec(String(plainValue(value)))?.[1];
		return code === undefined ? [] : [{ source, code }];
	});
	return {
		sources: raw.map(({ source, value }) => ({ ...source, isLocator: isLocator(value) })),
		together: simple.map(({ source }) => source),
		// A line each, for an expression may end with a comment.
		expression: `{{ [${simple.map(({ code }) => `(\n${code}\n)`).join(', ')}] }}`,
	};
}

function sourcesOf(context: IExecuteFunctions, form: Form): Source[] {
	const added: Partial<Record<Collection, string[]>> = {};
	const source = ({ property, collection }: Omit<FormField, 'field'>): Source[] => {
		const { name: key, displayName: label } = property;
		if (!collection) return [{ key, path: key, label }];
		added[collection] ??= addedTo(context, collection);
		return added[collection].includes(key) ? [{ key, path: `${collection}.${key}`, label }] : [];
	};
	const extras = extraProperties(form).flatMap(({ property, collection }) => {
		const truth = property.type === 'boolean' ? { truth: property.default === true } : {};
		return source({ property, collection }).map((one) => ({ ...one, ...truth }));
	});
	return [...formFields(form).flatMap(source), ...extras];
}

/** The names of the fields that the user added to the collection, which are the same for all items. */
function addedTo(context: IExecuteFunctions, collection: Collection): string[] {
	const raw = rawOf(context, collection);
	if (raw === '') return [];
	if (typeof raw === 'object' && raw !== null) return Object.keys(raw);
	throw new RangeError(
		`'${COLLECTION_LABEL[collection]}' must be filled field by field, each with an expression of its own`,
	);
}

function rawOf(context: IExecuteFunctions, path: string): unknown {
	return context.getNodeParameter(path, 0, '', { rawExpressions: true });
}

/**
 * Reads the parameters of one item.
 *
 * @returns the values by the names of their form fields
 * @throws RequestError (`not_sent`) for an expression that can't be evaluated
 */
export function readParameters(
	context: IExecuteFunctions,
	plan: ParameterPlan,
	index: number,
): Values {
	const values: Values = {};
	const list = readTogether(context, plan, index);
	plan.together.forEach(({ key }, position) => {
		if (list) values[key] = list[position];
	});
	for (const source of plan.sources) {
		if (!(source.key in values)) values[source.key] = readOne(context, source, index);
		if (source.truth !== undefined) values[source.key] = truthOf(source, values[source.key]);
	}
	return values;
}

/** A boolean that may be text; left empty, it is what the form begins with. */
function truthOf({ key, label, truth }: Source, value: unknown): boolean | undefined {
	if (isBlank(value)) return truth;
	return rethrow(
		() => parseBoolean(value),
		(reason) => notSent(`'${label}' ${(reason as Error).message}`, { field: key }),
	);
}

function readTogether(
	context: IExecuteFunctions,
	{ together, expression }: ParameterPlan,
	index: number,
): unknown[] | undefined {
	if (together.length < 2) return undefined;
	const list = attempt<unknown>(() => context.evaluateExpression(expression, index));
	return Array.isArray(list) && list.length === together.length ? list : undefined;
}

function readOne(
	context: IExecuteFunctions,
	{ path, label, isLocator: isInside }: Source,
	index: number,
): unknown {
	const value = rethrow<unknown>(
		// Our own checks follow; n8n's would search the whole form again for every value.
		() => context.getNodeParameter(path, index, '', { skipValidation: true }),
		(reason) => {
			const text = reasonText(reason);
			return notSent(
				`The expression in '${label}' can't be evaluated: ${printable(text, MAX_REASON_LENGTH)}`,
			);
		},
	);
	return isInside ? plainValue(value) : value;
}

/** A resource locator holds its value one level down, whichever of its modes was used. */
function plainValue(value: unknown): unknown {
	return isLocator(value) ? value.value : value;
}

function isLocator(value: unknown): value is { value?: unknown } {
	return typeof value === 'object' && value !== null && '__rl' in value;
}
