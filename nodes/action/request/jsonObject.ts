import { attempt } from '../../apiv3/attempt';
import { trimText } from '../../apiv3/trimText';
import { printable } from '../../client/errors/printable';
import { ValidationError } from '../spec';
import { objectionTo } from './jsonValue';

const MAX_DEPTH = 20;

/**
 * A JSON object that the user gave as text, or that came from an expression.
 *
 * @returns undefined for an empty one
 * @throws ValidationError; the message continues "'Label' …"
 */
export function jsonObject(given: unknown): Record<string, unknown> | undefined {
	const value =
		typeof given === 'string' ? attempt(() => JSON.parse(trimText(given)) as unknown) : given;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new ValidationError(
			'must be one JSON object, e.g. {"name": "value"}: check its quotes, commas and brackets',
		);
	}
	if (Object.keys(value).length === 0) return undefined;
	check(value, '', 1);
	return value as Record<string, unknown>;
}

function check(value: unknown, place: string, depth: number): void {
	const [what, wayOut] = objectionTo(value) ?? [];
	if (what) throw new ValidationError(`has ${what} in ${printable(place)}${wayOut}`);
	if (typeof value !== 'object' || value === null) return;
	if (depth > MAX_DEPTH) throw new ValidationError(`is nested too deep in ${printable(place)}`);
	for (const [name, inner] of Object.entries(value)) {
		check(inner, place ? `${place}.${name}` : name, depth + 1);
	}
}
