import type { Check } from './types';
import { RuleViolation } from './types';

/**
 * Text for WeChat Pay: trimmed, at most `max` characters, none of them a control character or outside the characters
 * of one to three UTF-8 bytes that WeChat Pay takes (protocol.md a.5). Numbers are taken as their digits.
 */
export function text(max: number): Check {
	return (value) => {
		const characters = asText(value);
		const length = [...characters].length;
		if (length > max) {
			throw new RuleViolation(`must have at most ${max} characters, this one has ${length}`);
		}
		if (/\p{Cc}/u.test(characters)) {
			throw new RuleViolation(
				'must not contain line breaks, tabs or other control characters: clean the value first',
			);
		}
		if (/[\u{10000}-\u{10FFFF}\uD800-\uDFFF]/u.test(characters)) {
			throw new RuleViolation(
				'must not contain emoji or other characters of four bytes, which WeChat Pay does not take',
			);
		}
		return characters;
	};
}

/** Text that becomes one segment of the path; `.` and `..` would be taken for folders (protocol.md a.4). */
export function pathText(max: number): Check {
	const checkText = text(max);
	return (value) => {
		const segment = checkText(value);
		if (segment === '.' || segment === '..') {
			throw new RuleViolation('must not consist of dots only: map the real value');
		}
		return segment;
	};
}

/** A merchant number. */
export const merchantNumber: Check = (value) => {
	const digits = text(32)(value);
	if (/^\d+$/.test(String(digits))) return digits;
	throw new RuleViolation('must be a merchant number, digits only, e.g. 1900000109');
};

/** A whole number from 1 up; the text of one, as spreadsheets deliver it, will do. */
export const positiveInteger: Check = (value) => {
	const number =
		typeof value === 'string' && /^\s*\d+(\.0+)?\s*$/.test(value) ? Number(value) : value;
	if (Number.isSafeInteger(number) && (number as number) > 0) return number as number;
	throw new RuleViolation(`must be a positive whole number, e.g. 30${butIs(value)}`);
};

function butIs(value: unknown): string {
	const isPlain = typeof value === 'number' || typeof value === 'string';
	return isPlain && String(value).length <= 20 ? `; it is ${JSON.stringify(value)}` : '';
}

function asText(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return digitsOf(value);
	throw new RuleViolation('must be text: map a single value, not a list or an object');
}

function digitsOf(value: number): string {
	if (Number.isSafeInteger(value)) return String(value);
	throw new RuleViolation(
		'arrived as a number too long to be exact, its last digits are lost: read it as text from your order system',
	);
}
