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
		? trimmed(value) === ''
		: Array.isArray(value) && value.length === 0;
}

/** @returns what may stand on the wire for a value that is not blank */
export function meant(
	{ list, phone }: Field,
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
			return options?.some((one) => 'value' in one && one.value === text(value))
				? text(value)
				: NOTHING;
		case 'multiOptions':
			return entries(value);
		default:
			if (phone)
				return String(text(value))
					.replace(/[^+\d]/g, '')
					.replace(/^(\+|00)?86(?=1\d{10}$)/, '');
			return list ? entries(value) : text(value);
	}
}

/** Without what cannot be seen around it. */
function trimmed(value: string): string {
	if (isPlain(value.at(0)) && isPlain(value.at(-1))) return value;
	const isUnseen = (character: string) => /^[\s\p{Cf}]$/u.test(character);
	let end = value.length;
	for (;;) {
		const [last = 'x'] = [...value.slice(Math.max(0, end - 2), end)].slice(-1);
		if (!isUnseen(last)) break;
		end -= last.length;
	}
	return value.slice(0, end).replace(/^[\s\p{Cf}]+/u, '');
}

const isPlain = (character = '') => character >= '!' && character <= '~';

function truth(value: unknown): unknown {
	const word = typeof value === 'string' ? trimmed(value).toLowerCase() : value;
	if ([true, 1, 'true', 'yes', 'on', '1', '是', '１'].includes(word as never)) return true;
	const isFalse = [false, 0, 'false', 'no', 'off', '0', '否', '０'].includes(word as never);
	return isFalse ? false : NOTHING;
}

/** A time that names no offset depends on the workflow; whatever it becomes must be a time. */
function instant(value: unknown): unknown {
	const hasOffset = typeof value === 'string' && /(Z|[+-]\d\d:\d\d)$/.test(trimmed(value));
	return hasOffset ? new Date(trimmed(value)) : SOME_TIME;
}

function text(value: unknown): unknown {
	if (typeof value === 'string') {
		return /\{\{|\[object \w+\]|^(null|undefined|NaN)$/.test(trimmed(value))
			? NOTHING
			: trimmed(value);
	}
	return Number.isSafeInteger(value) ? String(value) : NOTHING;
}

function entries(value: unknown): unknown {
	const list = typeof value === 'string' ? entriesOf(trimmed(value)) : value;
	if (Number.isSafeInteger(list)) return [String(list)];
	if (!Array.isArray(list)) return NOTHING;
	return list.filter((one) => !isBlank(one)).map(text);
}

function entriesOf(written: string): unknown {
	if (!/^\[(.*\]$|\s*")/s.test(written)) return written.split(/[,，、;；\r\n\u2028\u2029]/);
	try {
		return JSON.parse(written) as unknown;
	} catch {
		return NOTHING;
	}
}

/** The exact number that somebody wrote, in the digits of our decimal system, groups of three with commas between them. */
function wholeNumber(value: unknown): unknown {
	if (typeof value === 'number') return value;
	if (typeof value !== 'string') return NOTHING;
	const usual = trimmed(value).replace(/[０-９，．＋－]/g, (wide) =>
		String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
	);
	const digits = /^([-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+))(\.0{1,2})?$/.exec(usual)?.[1];
	if (!digits) return NOTHING;
	const exact = BigInt(digits.replace('+', '').replaceAll(',', ''));
	return BigInt(Number.MAX_SAFE_INTEGER) >= (exact < 0n ? -exact : exact) ? Number(exact) : NOTHING;
}

/** The whole numbers in a JSON text, digit by digit. */
export function wholeNumbersIn(json: string): string[] {
	const withoutTexts = json.replace(/"(?:[^"\\]|\\.)*"/g, '""');
	return (withoutTexts.match(/-?\d[\d.eE+-]*/g) ?? [])
		.filter((number) => /^-?\d+$/.test(number))
		.map((number) => String(BigInt(number)));
}
