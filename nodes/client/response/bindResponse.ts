import type { Request, ResponseShape } from '../types';
import { isOwnCode } from './errorBody';

type Values = Record<string, unknown>;

/**
 * Whether the content of a verified response belongs to the request: WeChat Pay's signature covers neither the request
 * nor the status.
 *
 * @param body the raw bytes
 * @returns why it does not, to follow "WeChat Pay's response"; undefined where it does, and for what is no JSON object
 * @see docs/protocol.md, What a signature does not cover
 */
export function mismatch(body: Buffer, { response, subject }: Request): string | undefined {
	if (!response) return body.length > 0 ? 'has a body where none is due' : undefined;
	if (response.isOptional && body.length === 0) return undefined;
	const object = parsed(body);
	if (!object) return undefined;
	if (isRefusal(object)) return 'is a refusal under the status of a success';
	const asked = comparable(subject);
	const ofObject = response.listField ? undefined : missingField(object, response);
	const found = ofObject ?? differenceIn(object, asked, response);
	if (found) return found;
	return rowsOf(object, response)
		.map((row) => missingField(row, response) ?? differenceIn(row, asked, response))
		.find((one) => one !== undefined);
}

function parsed(body: Buffer): Values | undefined {
	try {
		const value: unknown = JSON.parse(body.toString());
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function rowsOf(object: Values, { listField }: ResponseShape): Values[] {
	const list = listField === undefined ? undefined : object[listField];
	return Array.isArray(list) ? list.filter(isObject) : [];
}

function missingField(object: Values, { requiredFields }: ResponseShape): string | undefined {
	const missing = requiredFields.find(
		(names) => !names.split('|').some((name) => isFilled(object[name])),
	);
	return missing === undefined ? undefined : `has no '${missing.replaceAll('|', "', '")}'`;
}

/**
 * Whether it is the body of an error (docs/protocol.md, Error body). The `code` of a member card is not made of words,
 * and has no message beside it.
 */
function isRefusal({ code, message }: Values): boolean {
	if (typeof code !== 'string') return false;
	return (isOwnCode(code) && message !== undefined) || /^[A-Z]+(_[A-Z]+)+$/.test(code);
}

/** With a set for each list, for a list may be long, and so may be the response to it. */
function comparable(subject: Values): Values {
	return Object.fromEntries(
		Object.entries(subject).map(([name, value]) => [
			name,
			Array.isArray(value) ? new Set(value.map(String)) : value,
		]),
	);
}

function differenceIn(
	object: Values,
	subject: Values,
	{ repeats = {} }: ResponseShape,
): string | undefined {
	const elsewhere = Object.entries(repeats).find(
		([name, path]) => isFilled(subject[name]) && differs(at(object, path), subject[name]),
	);
	const different = elsewhere?.[0] ?? differentName(object, subject);
	return different === undefined ? undefined : `is about another '${different}'`;
}

/** The name of the first value that both have and that is not the same; objects are compared part by part. */
export function differentName(object: Values, subject: Values): string | undefined {
	for (const [name, asked] of Object.entries(subject)) {
		const told = object[name];
		if (isObject(asked)) {
			const inside = isObject(told) ? differentName(told, asked) : undefined;
			if (inside !== undefined) return inside;
		} else if (differs(told, asked)) return name;
	}
	return undefined;
}

/** @param asked a value, or a set of which one is told */
function differs(told: unknown, asked: unknown): boolean {
	if (!isFilled(told) || typeof told === 'object') return false;
	return asked instanceof Set ? !asked.has(String(told)) : String(asked) !== String(told);
}

function at(object: Values, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), object);
}

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function isObject(value: unknown): value is Values {
	return (
		typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)
	);
}
