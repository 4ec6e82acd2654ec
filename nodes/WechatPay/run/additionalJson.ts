import { JSON_LABEL } from './description';
import { isFourBytes } from './check';
import { FieldViolation } from './values';

/**
 * Reads the fields that the user gives as JSON, because the form does not have them yet.
 *
 * @param given text, or an object that came from an expression
 * @param taken wire names that the form sets
 * @returns the fields to be sent as they are
 * @throws FieldViolation naming what can not be sent
 */
export function readJson(given: unknown, taken: string[]): Record<string, unknown> {
	const fields = parsed(given);
	for (const [name, value] of Object.entries(fields)) {
		if (!/^[a-z][a-z0-9_]*$/.test(name)) {
			throw violation(
				`names ${JSON.stringify(name)}, which is no name of a WeChat Pay field`,
				name,
			);
		}
		if (taken.includes(name)) {
			throw violation(`names ${name}, which the form also sets: keep one of the two`, name);
		}
		checkValue(value, name);
	}
	return fields;
}

function parsed(given: unknown): Record<string, unknown> {
	if (typeof given === 'string' && given.trim() === '') return {};
	const value = typeof given === 'string' ? parsedText(given) : given;
	if (value === undefined || value === null) return {};
	if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
	throw violation('must be one JSON object, e.g. {"new_field": "value"}');
}

function parsedText(text: string): unknown {
	let reason: string;
	try {
		return JSON.parse(text);
	} catch (error) {
		reason = (error as Error).message;
	}
	throw violation(`is not valid JSON (${reason}): check its quotes, commas and brackets`);
}

/** WeChat Pay takes no null and no characters of four bytes, at any depth (protocol.md a.5). */
function checkValue(value: unknown, field: string): void {
	if (value === null) throw violation(`has null in ${field}: leave the field out instead`, field);
	if (typeof value === 'string' && isFourBytes(value)) {
		throw violation(`has emoji or other characters of four bytes in ${field}`, field);
	}
	if (typeof value !== 'object') return;
	for (const [name, inner] of Object.entries(value)) checkValue(inner, `${field}.${name}`);
}

function violation(rule: string, field?: string): FieldViolation {
	return new FieldViolation(`'${JSON_LABEL}' ${rule}`, field);
}
