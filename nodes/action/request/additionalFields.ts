import { rethrow } from '../../apiv3/attempt';
import { trimText } from '../../apiv3/trimText';
import { printable } from '../../client/errors/printable';
import { JSON_LABEL } from '../form/labels';
import { objectionTo } from './jsonValue';
import { FieldValidationError } from './serialize';

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

function violation(rule: string, field?: string): FieldValidationError {
	return new FieldValidationError(`'${JSON_LABEL}' ${rule}`, field && printable(field, 200));
}
