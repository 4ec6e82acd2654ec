/** What a value of the form means on the wire, said without the package under test: by what kind its field is. */
import type { INodeProperties } from 'n8n-workflow';

import type { Field } from '../../nodes/action/spec.ts';

/** There is nothing that the value could mean: it must not be sent. */
export const NOTHING = Symbol('nothing');

/** A point in time that the value alone does not tell. */
export const SOME_TIME = Symbol('some time');

/** Whether nobody meant anything by it. */
export function isBlank(value: unknown): boolean {
	if (value === null || value === undefined) return true;
	return typeof value === 'string'
		? value.trim() === ''
		: Array.isArray(value) && value.length === 0;
}

/** @returns what may stand on the wire for a value that is not blank */
export function meant(
	{ list }: Field,
	{ type, options }: INodeProperties,
	value: unknown,
): unknown {
	switch (type) {
		case 'number':
			return wholeNumber(value);
		case 'boolean':
			return truth(value);
		case 'dateTime':
			return instant(value);
		case 'options':
			return options?.some((one) => 'value' in one && one.value === value) ? value : NOTHING;
		case 'multiOptions':
			return entries(value);
		default:
			return list ? entries(value) : text(value);
	}
}

function truth(value: unknown): unknown {
	if ([true, 'true', 1].includes(value as never)) return true;
	return [false, 'false', 0].includes(value as never) ? false : NOTHING;
}

/** A time that names no offset depends on the workflow; whatever it becomes must be a time. */
function instant(value: unknown): unknown {
	const hasOffset = typeof value === 'string' && /(Z|[+-]\d\d:\d\d)\s*$/.test(value);
	return hasOffset ? new Date(value.trim()) : SOME_TIME;
}

function text(value: unknown): unknown {
	if (typeof value === 'string') return value.trim();
	return Number.isSafeInteger(value) ? String(value) : NOTHING;
}

function entries(value: unknown): unknown {
	const list = typeof value === 'string' ? value.split(/[,\n]/) : value;
	if (!Array.isArray(list)) return NOTHING;
	return list.filter((one) => !isBlank(one)).map(text);
}

/** The exact number that somebody wrote, in the digits of our decimal system. */
function wholeNumber(value: unknown): unknown {
	if (typeof value === 'number') return value;
	const digits = typeof value === 'string' && /^\s*([-+]?[0-9]+)(\.0+)?\s*$/.exec(value)?.[1];
	if (!digits) return NOTHING;
	const exact = BigInt(digits.replace('+', ''));
	return BigInt(Number.MAX_SAFE_INTEGER) >= (exact < 0n ? -exact : exact) ? Number(exact) : NOTHING;
}

/** The whole numbers in a JSON text, digit by digit. */
export function wholeNumbersIn(json: string): string[] {
	const withoutTexts = json.replace(/"(?:[^"\\]|\\.)*"/g, '""');
	return (withoutTexts.match(/-?\d[\d.eE+-]*/g) ?? [])
		.filter((number) => /^-?\d+$/.test(number))
		.map((number) => String(BigInt(number)));
}
