import type { INodeProperties } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';

import { printable } from '../../client/errors/printable';
import type { Field } from '../spec';
import { ValidationError } from '../spec';

/**
 * Checks a single value against what its field promises, and brings it into the form that WeChat Pay takes.
 *
 * @param value a parameter's value, never empty
 * @param timezone of the workflow, for times that name none
 * @returns what goes on the wire
 * @throws ValidationError; the message continues "'Label' …"
 */
export function validate(field: Field, value: unknown, timezone: string): unknown {
	const property = field.property as INodeProperties;
	switch (property.type) {
		case 'number':
			return integer(value, property);
		case 'boolean':
			return parseBoolean(value);
		case 'dateTime':
			return time(value, timezone);
		case 'options':
			return parseOption(value, property);
		case 'multiOptions':
			return listOf(value).map((one) => parseOption(one, property));
		default:
			return field.list ? listOf(value).map((one) => text(one, field)) : text(value, field);
	}
}

/**
 * Text for WeChat Pay: trimmed, as long as the field allows, without control characters and without characters outside
 * the one to three UTF-8 bytes that WeChat Pay takes (docs/protocol.md, Body bytes). Numbers are taken as their digits.
 */
function text(value: unknown, { maxLength = Infinity, minLength = 0, pattern }: Field): string {
	const characters = asText(value);
	const length = [...characters].length;
	if (length > maxLength) {
		throw new ValidationError(`must have at most ${maxLength} characters, this one has ${length}`);
	}
	checkCharacters(characters);
	if (length < minLength) {
		throw new ValidationError(`must have at least ${minLength} characters, this one has ${length}`);
	}
	if (pattern && !pattern.regex.test(characters)) throw new ValidationError(pattern.must);
	return characters;
}

function checkCharacters(characters: string): void {
	if (/\p{Cc}/u.test(characters)) {
		throw new ValidationError(
			'must not contain line breaks, tabs or other control characters: clean the value first',
		);
	}
	if (isFourBytes(characters)) {
		throw new ValidationError(
			'must not contain emoji or other characters of four bytes, which WeChat Pay does not take',
		);
	}
}

/** Whether a text has characters that WeChat Pay does not take (docs/protocol.md, Body bytes), or halves of such. */
export function isFourBytes(characters: string): boolean {
	return /[\u{10000}-\u{10FFFF}\uD800-\uDFFF]/u.test(characters);
}

/** A segment of the path; `.` and `..` would be taken for folders (docs/protocol.md, URL bytes). */
export function checkSegment(segment: unknown): void {
	if (segment === '.' || segment === '..') {
		throw new ValidationError('must not consist of dots only: map the real value');
	}
}

/** A whole number within its limits; the text of one, as spreadsheets deliver it, will do. */
function integer(value: unknown, { typeOptions = {} }: INodeProperties): number {
	const { minValue = -Infinity, maxValue = Infinity } = typeOptions;
	const isDigits = typeof value === 'string' && /^\s*[-+]?\d+(\.0+)?\s*$/.test(value);
	const number = isDigits ? Number(value) : value;
	const isWhole = typeof number === 'number' && Number.isSafeInteger(number);
	if (isWhole && number >= minValue && number <= maxValue) return number;
	throw new ValidationError(`must be ${rangeOf(minValue, maxValue)}${actualValue(value)}`);
}

function rangeOf(least: number, most: number): string {
	if (most < Infinity) return `a whole number from ${least} to ${most}`;
	if (least === 1) return 'a positive whole number, e.g. 30';
	return least > -Infinity ? `a whole number from ${least} up` : 'a whole number';
}

function parseBoolean(value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 1) return true;
	if (value === 'false' || value === 0) return false;
	throw new ValidationError(`must be true or false${actualValue(value)}`);
}

function parseOption(value: unknown, { options = [] }: INodeProperties): unknown {
	const values = options.map((option) => ('value' in option ? option.value : undefined));
	if (values.includes(value as string)) return value;
	throw new ValidationError(`must be one of ${values.join(', ')}${actualValue(value)}`);
}

/** A list; texts have commas between their entries. */
function listOf(value: unknown): unknown[] {
	const entries = typeof value === 'string' ? value.split(/[,\n]/) : value;
	if (!Array.isArray(entries)) {
		throw new ValidationError('must be a list, or text with commas between the entries');
	}
	return entries.filter((entry) => String(entry ?? '').trim() !== '');
}

const CHINA_OFFSET = '+08:00';
const CHINA_OFFSET_MS = 8 * 3600 * 1000;

/**
 * A point in time as WeChat Pay writes it. RFC 3339 with an offset passes as it is; what n8n's date picker, Luxon and
 * databases deliver is converted to China's time, which all of WeChat Pay's examples have.
 */
function time(value: unknown, timezone: string): string {
	const source = isLuxon(value) ? value.toISO() : value;
	const at = instantOf(source, timezone);
	if (at === undefined || Number.isNaN(at)) {
		throw new ValidationError(
			`must be a date and time, e.g. 2026-11-24T08:00:00+08:00${actualValue(value)}`,
		);
	}
	if (typeof source === 'string' && RFC_3339.test(source.trim())) return source.trim();
	return new Date(at + CHINA_OFFSET_MS).toISOString().replace('Z', CHINA_OFFSET);
}

/** No place on earth is further from UTC than 14 hours. */
const IMPOSSIBLE_OFFSET = /:\d\d(\.\d+)?\s*[+-](?!(0\d|1[0-4])(:?[0-5]\d)?\s*(\[|$))/;

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/;

function isLuxon(value: unknown): value is { toISO(): string | null } {
	return typeof (value as { toISO?: unknown } | null)?.toISO === 'function';
}

/** Numbers are refused: nobody can tell seconds from milliseconds and from the days of a spreadsheet. */
function instantOf(source: unknown, timezone: string): number | undefined {
	// Expressions come from another world, where Date is another class.
	if (Object.prototype.toString.call(source) === '[object Date]') {
		return Number(source);
	}
	if (typeof source !== 'string' || !isCalendarDay(source)) return undefined;
	if (IMPOSSIBLE_OFFSET.test(source)) return undefined;
	try {
		return tryToParseDateTime(source, timezone).toMillis();
	} catch {
		return undefined;
	}
}

/** Whether a text begins with a day that the calendar has; Date would take 31 February for 3 March. */
function isCalendarDay(source: string): boolean {
	const [, year, month, day] = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(source) ?? [];
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function actualValue(value: unknown): string {
	const isPlain = typeof value === 'number' || typeof value === 'string';
	return isPlain && String(value).length <= 20 ? `; it is ${printable(JSON.stringify(value))}` : '';
}

function asText(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return digitsOf(value);
	throw new ValidationError('must be text: map a single value, not a list or an object');
}

function digitsOf(value: number): string {
	if (Number.isSafeInteger(value)) return String(value);
	throw new ValidationError(
		'arrived as a number too long to be exact, its last digits are lost: read it as text from your order system',
	);
}
