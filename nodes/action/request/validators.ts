import type { INodeProperties } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';

import { attempt } from '../../apiv3/attempt';
import { readBoolean } from '../../apiv3/readBoolean';
import { toHalfWidth, trimText } from '../../apiv3/trimText';
import { systemClock } from '../../client/clock';
import { printable } from '../../client/errors/printable';
import type { Field } from '../spec';
import { ValidationError } from '../spec';
import { checkFen } from './amount';
import { pastChinaDay } from './chinaDay';
import { ipAddress } from './ipAddress';

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
	if (typeof value === 'string') checkEvaluated(trimText(value));
	if (field.pastDay) return pastChinaDay(value, timezone, field.pastDay);
	switch (property.type) {
		case 'number':
			if (field.fen) checkFen(value);
			return integer(value, property);
		case 'boolean':
			return parseBoolean(value);
		case 'dateTime':
			return time(value, field, timezone);
		case 'options':
			return parseOption(value, property);
		case 'multiOptions':
			return listOf(value).map((one) => parseOption(one, property));
		default:
			return field.list ? listOf(value).map((one) => text(one, field)) : text(value, field);
	}
}

/**
 * Text for WeChat Pay: trimmed, as long as the field allows, without control characters, characters that cannot be seen,
 * and characters outside the one to three UTF-8 bytes that WeChat Pay takes (docs/protocol.md, Body bytes). Numbers are
 * taken as their digits.
 */
function text(
	value: unknown,
	{ maxLength = Infinity, minLength = 0, maxBytes, pattern, phone, ip }: Field,
): string {
	const characters = phone ? phoneDigits(asText(value)) : asText(value);
	checkEvaluated(characters);
	const length = characters.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '_').length;
	if (length > maxLength) {
		throw new ValidationError(`must have at most ${maxLength} characters, this one has ${length}`);
	}
	checkCharacters(characters);
	if (length < minLength) {
		throw new ValidationError(`must have at least ${minLength} characters, this one has ${length}`);
	}
	checkBytes(characters, maxBytes);
	if (pattern && !pattern.regex.test(characters)) throw new ValidationError(pattern.must);
	return ip ? ipAddress(characters, ip === 'public') : characters;
}

/** @throws ValidationError for more bytes than WeChat Pay takes: a Chinese character has three */
export function checkBytes(characters: string, maxBytes = Infinity): void {
	const bytes = Buffer.byteLength(characters);
	if (bytes <= maxBytes) return;
	throw new ValidationError(
		`must have at most ${maxBytes} bytes, this one has ${bytes} (a Chinese character has three)`,
	);
}

function checkCharacters(characters: string): void {
	if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(characters)) {
		throw new ValidationError(
			'must not contain line breaks, tabs or other control characters: clean the value first',
		);
	}
	// Before the invisible ones, which emoji are joined with.
	if (isFourBytes(characters)) {
		throw new ValidationError(
			`must not contain emoji or other characters of four bytes, which WeChat Pay does not take (character ${placeOfFourBytes(characters)})`,
		);
	}
	const invisible = invisibleIn(characters);
	if (invisible) {
		throw new ValidationError(
			`contains an invisible character (${invisible}): delete it, or type the value anew`,
		);
	}
}

/** The first character of a text that cannot be seen, as "U+200B". */
export function invisibleIn(characters: string): string | undefined {
	const [found] = /\p{Cf}/u.exec(characters) ?? [];
	if (found === undefined) return undefined;
	return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What an expression leaves that was not evaluated, or whose value was missing or an object. */
export function unevaluatedIn(characters: string): string | undefined {
	const [found] = /\{\{|\[object \w+\]/.exec(characters) ?? [];
	return found ?? /^(undefined|null|NaN)$/.exec(characters)?.[0];
}

/** @throws ValidationError for a text that is not the value that somebody meant */
function checkEvaluated(characters: string): void {
	const found = unevaluatedIn(characters);
	if (found === undefined) return;
	if (found === '{{') {
		throw new ValidationError(
			"contains '{{': the expression was not evaluated. Switch the field to Expression where it was entered",
		);
	}
	throw new ValidationError(
		found.startsWith('[')
			? `contains '${found}': the expression gives an object, map one of its values`
			: `is the word '${found}': the expression found no value, map one that the input item has`,
	);
}

/** As people write it: with blanks, hyphens, brackets, full-width digits, and China's country code. */
function phoneDigits(written: string): string {
	return toHalfWidth(written)
		.replace(/[\s\p{Cf}\p{Pd}\u2212().]/gu, '')
		.replace(/^(\+|00)?86(?=1\d{10}$)/, '');
}

/** Whether a text has characters that WeChat Pay does not take (docs/protocol.md, Body bytes), or halves of such. */
export function isFourBytes(characters: string): boolean {
	return /[\u{10000}-\u{10FFFF}\uD800-\uDFFF]/u.test(characters);
}

/** Counted from 1, as people count. */
function placeOfFourBytes(characters: string): number {
	return [...characters].findIndex((one) => isFourBytes(one)) + 1;
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
	const number = wholeNumber(value);
	if (number !== undefined && number >= minValue && number <= maxValue) return number;
	throw new ValidationError(`must be ${rangeOf(minValue, maxValue)}${actualValue(value)}`);
}

/** Of one zero or two behind the point: "1.000" is a thousand in some countries, and one in others. */
const WHOLE = /^([-+]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.00?)?$/;

/** @returns the whole number that a value is, or is the text of; undefined for any other, which is never rounded */
export function wholeNumber(value: unknown): number | undefined {
	let number: unknown = value;
	if (typeof value === 'string') {
		const [, sign, digits] = WHOLE.exec(toHalfWidth(trimText(value))) ?? [];
		number = digits === undefined ? undefined : Number(sign + digits.replace(/,/g, ''));
	}
	return Number.isSafeInteger(number) ? (number as number) : undefined;
}

function rangeOf(least: number, most: number): string {
	if (most < Infinity) return `a whole number from ${least} to ${most}`;
	if (least === 1) return 'a positive whole number, e.g. 30';
	return least > -Infinity ? `a whole number from ${least} up` : 'a whole number';
}

/** @throws ValidationError for what is neither true nor false */
export function parseBoolean(value: unknown): boolean {
	const truth = readBoolean(value);
	if (truth !== undefined) return truth;
	throw new ValidationError(`must be true or false${actualValue(value)}`);
}

function parseOption(value: unknown, { options = [] }: INodeProperties): unknown {
	const values = options.map((option) => ('value' in option ? option.value : undefined));
	const one = typeof value === 'string' ? trimText(value) : value;
	if (values.includes(one as string)) return one;
	throw new ValidationError(`must be one of ${values.join(', ')}${actualValue(value)}`);
}

/** Whether a value is left blank, whatever field it is of. */
export function isBlank(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return trimText(value) === '';
	return Array.isArray(value) && value.length === 0;
}

/** A list: an array, its JSON text, a single value, or text with commas, semicolons or line breaks between the entries. */
function listOf(value: unknown): unknown[] {
	const entries = typeof value === 'string' ? entriesOf(trimText(value)) : value;
	if (Array.isArray(entries)) return entries.filter((entry) => !isBlank(entry));
	if (typeof entries === 'number') return [entries];
	throw new ValidationError('must be a list, or text with commas between the entries');
}

function entriesOf(characters: string): unknown[] {
	if (/^\[(.*\]$|\s*")/s.test(characters)) return jsonList(characters);
	return characters.split(/[,，、;；\r\n\u2028\u2029]/);
}

function jsonList(characters: string): unknown[] {
	const list = attempt(() => JSON.parse(characters) as unknown);
	if (Array.isArray(list)) return list;
	throw new ValidationError(
		'looks like a JSON list and is not one: check its quotes, commas and brackets',
	);
}

const CHINA_OFFSET = '+08:00';
const CHINA_OFFSET_MS = 8 * 3600 * 1000;

/**
 * A point in time as WeChat Pay writes it. RFC 3339 with an offset passes as it is; what n8n's date picker, Luxon and
 * databases deliver is converted to China's time, which all of WeChat Pay's examples have.
 */
function time(value: unknown, field: Field, timezone: string): string {
	const given = isLuxon(value) ? value.toISO() : value;
	const source = typeof given === 'string' ? trimText(given) : given;
	const at = instantOf(source, field.timezone ?? timezone);
	if (at === undefined || Number.isNaN(at)) {
		throw new ValidationError(
			`must be a date and time, e.g. 2026-11-24T08:00:00+08:00${actualValue(value)}`,
		);
	}
	checkAhead(at, field);
	if (typeof source === 'string' && RFC_3339.test(source)) return source;
	return new Date(at + CHINA_OFFSET_MS).toISOString().replace('Z', CHINA_OFFSET);
}

function checkAhead(at: number, { ahead }: Field): void {
	if (!ahead) return;
	const seconds = (at - systemClock.now()) / 1000;
	if (seconds >= ahead.min && seconds <= ahead.max) return;
	throw new ValidationError(
		`${ahead.must}; it is ${seconds < 0 ? 'in the past' : `${Math.round(seconds / 60)} minutes ahead`}`,
	);
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
	if (typeof value === 'string') return trimText(value);
	if (typeof value === 'number') return digitsOf(value);
	throw new ValidationError('must be text: map a single value, not a list or an object');
}

function digitsOf(value: number): string {
	if (Number.isSafeInteger(value)) return String(value);
	throw new ValidationError(
		'arrived as a number too long to be exact, its last digits are lost: read it as text from your order system',
	);
}
