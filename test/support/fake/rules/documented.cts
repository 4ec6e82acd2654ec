/** Requests against the documented facts: nothing missing, nothing wrong, nothing more, at any depth. */
import { valuesOf, type Field } from './facts.cts';
import { extraParameter } from './fields.cts';
import { paramError, type Location } from './refusal.cts';

const RFC3339 = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const REQUEST_NUMBER = /^[0-9A-Za-z|_*-]+$/;
const USUAL_REQUEST_NUMBER_LENGTH = 32;

/** Where values stand: in the path, the query or the body, and there below a JSON pointer. */
interface Place {
	location: Location;
	pointer: string;
}

type Nameless = Omit<Field, 'name'>;
type Issue = string | undefined;

/** Refuses with 400 PARAM_ERROR: undocumented fields first, then the documented ones in their order. */
export function checkDocumented(
	values: Record<string, unknown>,
	fields: Field[],
	location: Location,
): void {
	checkObject(values, fields, { location, pointer: '' });
}

/** A query with its integers as numbers, as far as they are digits. */
export function readIntegers(
	query: Record<string, string>,
	fields: Field[],
): Record<string, unknown> {
	const integers = new Set(fields.filter(({ type }) => type === 'integer').map(({ name }) => name));
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [
			name,
			integers.has(name) && /^(0|[1-9]\d*)$/.test(value) ? Number(value) : value,
		]),
	);
}

function checkObject(values: Record<string, unknown>, fields: Field[], place: Place): void {
	const names = new Set(fields.map(({ name }) => name));
	for (const [name, value] of Object.entries(values)) {
		if (!names.has(name)) throw extraParameter(place.pointer + name, value, place.location);
	}
	for (const field of fields) checkField(values[field.name], field, place);
}

function checkField(value: unknown, field: Field, place: Place): void {
	const at = place.pointer + field.name;
	if (value !== undefined) return checkValue(value, withRequestNumber(field), at, place.location);
	if (field.required) throw paramError(at, value, 'is required', place.location);
}

/** The request number has one set of characters everywhere, and 32 of them where no page says more. */
function withRequestNumber(field: Field): Field {
	if (field.name !== 'out_request_no') return field;
	const { max_length = USUAL_REQUEST_NUMBER_LENGTH } = field;
	return { ...field, max_length, pattern: REQUEST_NUMBER.source };
}

function checkValue(value: unknown, field: Nameless, at: string, location: Location): void {
	const issue = ISSUES[field.type](value, field);
	if (issue !== undefined) throw paramError(at, value, issue, location);
	const place = { location, pointer: `${at}/` };
	if (field.type === 'object' && field.fields) {
		checkObject(value as Record<string, unknown>, field.fields, place);
	}
	for (const [index, item] of field.type === 'array' ? (value as unknown[]).entries() : []) {
		checkValue(item, field.items as Nameless, place.pointer + index, location);
	}
}

const ISSUES: Record<Field['type'], (value: unknown, field: Nameless) => Issue> = {
	string: textIssue,
	integer: integerIssue,
	boolean: (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean'),
	object: (value) =>
		typeof value === 'object' && !Array.isArray(value) ? undefined : 'must be an object',
	array: arrayIssue,
	file: () => 'must be a part of its own',
};

/** An empty text is never a value: what is not known has to be left out (docs/protocol.md, Merchant numbers). */
function textIssue(value: unknown, field: Nameless): Issue {
	if (typeof value !== 'string') return 'must be a string';
	const { min_length: min = 1, max_length: max = Infinity, pattern, format } = field;
	const length = [...value].length;
	if (length < min || length > max) return `length must be between ${min} and ${max}`;
	if (pattern && !new RegExp(pattern, 'u').test(value))
		return 'has characters that are not allowed';
	if (format === 'rfc3339' && !isTime(value)) return 'is not a time of RFC 3339 with its offset';
	const values = valuesOf(field);
	return values && !values.includes(value) ? `must be one of ${values.join(', ')}` : undefined;
}

function integerIssue(value: unknown, { minimum, maximum }: Nameless): Issue {
	if (!Number.isSafeInteger(value)) return 'must be an integer';
	const number = value as number;
	if (minimum !== undefined && number < minimum) return `must be at least ${minimum}`;
	return maximum !== undefined && number > maximum ? `must be at most ${maximum}` : undefined;
}

function arrayIssue(value: unknown, { required }: Nameless): Issue {
	if (!Array.isArray(value)) return 'must be an array';
	return required && value.length === 0 ? 'must not be empty' : undefined;
}

/** V8 takes the 30th of February for a day of March, so the day is compared with what comes of it. */
function isTime(value: string): boolean {
	const [, day] = RFC3339.exec(value) ?? [];
	if (day === undefined || Number.isNaN(Date.parse(value))) return false;
	const midnight = Date.parse(`${day}T00:00:00Z`);
	return new Date(midnight).toISOString().startsWith(day);
}
