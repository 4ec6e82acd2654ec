import { rethrow } from '../../apiv3/attempt';
import { trimText } from '../../apiv3/trimText';
import { printable } from '../../client/errors/printable';
import { JSON_LABEL } from '../form/labels';
import { FieldValidationError } from './serialize';
import { invisibleIn, isFourBytes, unevaluatedIn } from './validators';

/**
 * Reads the fields that the user gives as JSON, because the form does not have them yet.
 *
 * @param given text, or an object that came from an expression
 * @param taken wire names that the form has, filled in or not
 * @param computed wire names of what is computed from the form
 * @returns the fields to be sent as they are
 * @throws FieldValidationError naming what cannot be sent
 */
export function readAdditionalFields(
	given: unknown,
	taken: string[],
	computed: string[] = [],
): Record<string, unknown> {
	const fields = parsed(given);
	for (const [name, value] of Object.entries(fields)) {
		if (!/^[a-z][a-z0-9_]*$/.test(name)) {
			throw violation(
				`names ${printable(JSON.stringify(name))}, which is no name of a WeChat Pay field`,
				name,
			);
		}
		if (taken.includes(name)) {
			throw violation(
				`names ${printable(name)}, which the form has: fill it in there, where it is checked`,
				name,
			);
		}
		if (computed.includes(name)) {
			throw violation(
				`names ${printable(name)}, which is computed from the fields of the form: remove it from the JSON`,
				name,
			);
		}
		checkValue(value, name);
	}
	return fields;
}

function parsed(given: unknown): Record<string, unknown> {
	const text = typeof given === 'string' ? trimText(given) : undefined;
	if (text === '') return {};
	const value = text === undefined ? given : parsedText(text);
	if (value === undefined || value === null) return {};
	if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
	throw violation('must be one JSON object, e.g. {"new_field": "value"}');
}

function parsedText(text: string): unknown {
	return rethrow<unknown>(
		() => JSON.parse(text),
		(reason) =>
			violation(
				`is not valid JSON (${printable((reason as Error).message, 200)}): check its quotes, commas and brackets`,
			),
	);
}

/** WeChat Pay's own fields are nested five deep. */
const MAX_DEPTH = 20;

function checkValue(value: unknown, field: string, depth = 1): void {
	const [what, wayOut] = objectionTo(value) ?? [];
	if (what) throw violation(`has ${what} in ${printable(field)}${wayOut}`, field);
	if (typeof value !== 'object') return;
	if (depth > MAX_DEPTH) throw violation(`is nested too deep in ${printable(field)}`, field);
	for (const [name, inner] of Object.entries(value as object)) {
		checkValue(inner, `${field}.${name}`, depth + 1);
	}
}

/**
 * What is wrong with a value, and the way out. WeChat Pay takes no null and no characters of four bytes (protocol.md
 * a.5); what JSON can't hold would be sent as something else, or not at all.
 */
function objectionTo(value: unknown): [what: string, wayOut: string] | undefined {
	if (value === null) return ['null', ': leave the field out instead'];
	if (value === undefined || typeof value === 'boolean') return undefined;
	if (typeof value === 'string') {
		return objectionToText(value);
	}
	if (Number.isFinite(value)) {
		const isExact = Number.isSafeInteger(value) || !Number.isInteger(value);
		return isExact ? undefined : ['a number too long to be exact', ': put it in quotes'];
	}
	if (Array.isArray(value) || isPlainObject(value)) return undefined;
	return ['something other than text, numbers, lists and objects', ': map a value of these'];
}

function objectionToText(value: string): [what: string, wayOut: string] | undefined {
	if (isFourBytes(value)) return ['emoji or other characters of four bytes', ''];
	const invisible = invisibleIn(value);
	if (invisible) return [`an invisible character (${invisible})`, ': delete it'];
	const unevaluated = unevaluatedIn(value);
	if (unevaluated) {
		return [
			`'${unevaluated}'`,
			': an expression was not evaluated or found no value, map the value itself',
		];
	}
	return undefined;
}

/** Expressions come from another world, where Object is another class. */
function isPlainObject(value: unknown): boolean {
	return Object.prototype.toString.call(value) === '[object Object]';
}

function violation(rule: string, field?: string): FieldValidationError {
	return new FieldValidationError(`'${JSON_LABEL}' ${rule}`, field && printable(field, 200));
}
