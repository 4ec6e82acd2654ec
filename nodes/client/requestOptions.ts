import type { INodeProperties } from 'n8n-workflow';

import { toHalfWidth, trimText } from '../apiv3/trimText';
import { MAX_CONCURRENCY } from './adaptiveConcurrency';

/** How a batch is sent; `timeout` in ms, `requestsPerSecond` 0 for no cap. Read once per execution. */
export type RequestOptions = Record<(typeof optionFields)[number]['name'], number>;

// The defaults suit WeChat Pay.
const optionFields = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAX_CONCURRENCY },
		default: 0,
		description:
			'How many requests may be under way at once, 1 to 50; empty or 0 for automatic, which finds what is fastest',
	},
	{
		displayName: 'Requests per Second',
		name: 'requestsPerSecond',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1000 },
		default: 0,
		description:
			'The most requests to start in a second; 0 for no cap. Without one, the node slows down by itself when WeChat Pay asks for it.',
	},
	{
		displayName: 'Retries',
		name: 'retries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: 3,
		description:
			'How often a request without a clear response is sent again, with the same content. Use it instead of the Retry On Fail setting, which sends every item again.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 100, maxValue: 300_000 },
		default: 10_000,
		description: 'How long to wait for a response, in milliseconds',
	},
] as const satisfies readonly INodeProperties[];

/** The options at the end of the form. */
export const requestOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...optionFields],
};

/**
 * @param options what the user added, any of which may come from an expression
 * @returns all options, with defaults for those left out
 * @throws RangeError naming the option and its limits
 */
export function readRequestOptions(options: unknown): RequestOptions {
	const values = (options ?? {}) as Record<string, unknown>;
	const entries = optionFields.map(({ name, displayName, typeOptions, default: usual }) => {
		const given = values[name] ?? usual;
		const value = name === 'concurrency' ? concurrencyOf(given) : numberOf(given);
		const { minValue, maxValue } = typeOptions;
		// Only a rate may have fractions: one request in five seconds.
		const mayBeFraction = name === 'requestsPerSecond';
		const isNumber = mayBeFraction ? Number.isFinite(value) : Number.isSafeInteger(value);
		if (isNumber && value >= minValue && value <= maxValue) return [name, value];
		throw new RangeError(
			`'${displayName}' in the options must be a ${mayBeFraction ? '' : 'whole '}number from ${minValue} to ${maxValue}`,
		);
	});
	return Object.fromEntries(entries) as RequestOptions;
}

/** Up to version 0.2 it could be so many. Workflows that were saved with more than there is now get what there is. */
const FORMER_MAX_CONCURRENCY = 100;

function concurrencyOf(value: unknown): number {
	if (value === '') return 0;
	const number = numberOf(value);
	const isFormer = number > MAX_CONCURRENCY && number <= FORMER_MAX_CONCURRENCY;
	return isFormer ? MAX_CONCURRENCY : number;
}

/** Of numbers and their texts; an empty text, a boolean or a list is none. */
function numberOf(value: unknown): number {
	if (typeof value === 'number') return value;
	const characters = typeof value === 'string' ? toHalfWidth(trimText(value)) : '';
	return characters === '' ? NaN : Number(characters);
}
