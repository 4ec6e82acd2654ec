/** Bodies and queries against the documented fields: nothing missing, nothing wrong, nothing more. */
import { NUMBER, paramError, Refusal, type Location } from './refusal.cts';
import type { ReceivedRequest } from './request.cts';

/** What one documented field must be. `issue` names what is wrong with a value, or returns undefined. */
export interface FieldRule {
	required: boolean;
	issue: (value: unknown) => string | undefined;
}

export type FieldRules = Record<string, FieldRule>;

/** A string of so many characters, matching `pattern` when one is given. */
export function text(min: number, max: number, pattern?: RegExp): FieldRule {
	return {
		required: true,
		issue: (value) => {
			if (typeof value !== 'string') return 'must be a string';
			const length = [...value].length;
			if (length < min || length > max) return `length must be between ${min} and ${max}`;
			return pattern && !pattern.test(value) ? 'has characters that are not allowed' : undefined;
		},
	};
}

/** A JSON integer of at least 1; a string of digits is not one. */
export function positiveInteger(): FieldRule {
	return {
		required: true,
		issue: (value) => {
			if (!Number.isSafeInteger(value)) return 'must be an integer';
			return (value as number) < 1 ? 'must be at least 1' : undefined;
		},
	};
}

/** The same field, not required. */
export function optional(rule: FieldRule): FieldRule {
	return { ...rule, required: false };
}

/** Refuses with 400 PARAM_ERROR: undocumented fields first, then the documented ones in their order. */
export function checkFields(
	values: Record<string, unknown>,
	rules: FieldRules,
	location: Location,
): void {
	for (const name of Object.keys(values)) {
		if (!Object.hasOwn(rules, name)) throw extraParameter(name, values[name], location);
	}
	for (const [name, rule] of Object.entries(rules)) {
		const value = values[name];
		if (value === undefined && !rule.required) continue;
		const issue = value === undefined ? 'is required' : rule.issue(value);
		if (issue !== undefined) throw paramError(name, value, issue, location);
	}
}

/**
 * The JSON body of a request (docs/protocol.md, Body bytes and docs/protocol.md, Request headers): declared as JSON, valid UTF-8, an object, no null
 * and no character of four bytes anywhere, and only the documented fields.
 */
export function readBody(request: ReceivedRequest, rules: FieldRules): Record<string, unknown> {
	const body = readObject(request);
	checkFields(body, rules, 'body');
	return body;
}

/** The same body before its fields are compared with the documented ones. */
export function readObject({ headers, rawBody }: ReceivedRequest): Record<string, unknown> {
	if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(headers['content-type'] ?? '')) {
		const value = headers['content-type'];
		throw paramError('Content-Type', value, 'must be application/json', 'header');
	}
	return parseObject(rawBody);
}

/** The query of a request, against its documented parameters; each may come once. */
export function readQuery(url: string, rules: FieldRules): Record<string, string> {
	const query = queryOf(url);
	checkFields(query, rules, 'query');
	return query;
}

/** The decoded query; a parameter that was sent twice is refused. */
export function queryOf(url: string): Record<string, string> {
	const query: Record<string, string> = {};
	for (const [name, value] of new URLSearchParams(url.split('?')[1] ?? '')) {
		if (Object.hasOwn(query, name)) throw paramError(name, value, 'was sent twice', 'query');
		query[name] = value;
	}
	return query;
}

/** A GET has its parameters in the path and in the query only. */
export function checkNoBody({ rawBody }: ReceivedRequest): void {
	if (rawBody.length > 0) throw extraParameter('', undefined, 'body');
}

/** A JSON object in UTF-8, with no null and no character of four bytes anywhere. */
export function parseObject(rawBody: Buffer): Record<string, unknown> {
	let body: unknown;
	try {
		// ignoreBOM keeps a byte order mark in the text, where JSON does not allow it.
		body = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody));
	} catch {
		throw paramError('', undefined, 'is not JSON in UTF-8', 'body');
	}
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw paramError('', undefined, 'must be an object', 'body');
	}
	checkValues(body, '');
	return body as Record<string, unknown>;
}

/** No null, no 4-byte character, in keys and values, at any depth; escapes are resolved by now. */
function checkValues(value: unknown, pointer: string): void {
	const at = pointer.slice(1);
	if (value === null) throw paramError(at, value, 'must not be null', 'body');
	if (typeof value === 'string' && /[\u{10000}-\u{10FFFF}]/u.test(value)) {
		throw paramError(at, value, 'has a character of four bytes', 'body');
	}
	if (typeof value !== 'object') return;
	for (const [name, inner] of Object.entries(value)) {
		checkValues(name, pointer);
		checkValues(inner, `${pointer}/${name}`);
	}
}

/** The refusal of something that is not documented. */
export function extraParameter(name: string, value: unknown, location: Location): Refusal {
	const message = '含有非法的额外参数';
	return paramError(name, value, 'is not documented', location, message, NUMBER.extraParameter);
}
