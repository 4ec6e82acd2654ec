import type { INodeProperties } from 'n8n-workflow';

import { rethrow } from '../../apiv3/attempt';
import { readBoolean } from '../../apiv3/readBoolean';
import { trimText } from '../../apiv3/trimText';
import { collectionKey } from '../form/fieldLayout';
import type { Field, Parameter, DefaultSource } from '../spec';
import { ValidationError } from '../spec';
import { jsonObject } from './jsonObject';
import { checkBytes, checkSegment, isBlank, validate } from './validators';

export { isBlank } from './validators';

/** Values by the names of their form fields, as n8n gives them; of an object, of an entry, or of the whole form. */
export type Values = Record<string, unknown>;

/** What values need from around them. */
export interface SerializeContext {
	/** Of the workflow. */
	timezone: string;
	/** What an empty field is filled with, if there is anything. */
	defaultValue: (kind: DefaultSource) => string | undefined;
}

/** A value that breaks a rule, named by its label and its place. */
export class FieldValidationError extends Error {
	override readonly name = 'FieldValidationError';

	constructor(
		/** A whole sentence but for its full stop. */
		message: string,
		/** Wire names from the top, with dots between them; absent where it is about more than one. */
		readonly field?: string,
	) {
		super(message);
	}
}

/** Where fields stand: in an object or in an entry of a list; empty at the top. */
interface FieldPath {
	/** Behind a label: " of 'Adviser'". */
	label: string;
	/** Before a wire name: "guide.". */
	wire: string;
}

const TOP: FieldPath = { label: '', wire: '' };

/**
 * Checks the values of some fields and brings them into WeChat Pay's form. What was left empty is left out.
 *
 * @returns what goes on the wire, by wire name
 * @throws FieldValidationError for the first value that breaks a rule
 */
export function serialize(
	fields: Field[],
	values: Values,
	context: SerializeContext,
	place: FieldPath = TOP,
): Record<string, unknown> {
	const entries = fields.flatMap((field): Array<[string, unknown]> => {
		const value = valueOf(field, fields, values, context, place);
		return value === undefined ? [] : [[field.wireName, value]];
	});
	const sent = Object.fromEntries(entries);
	for (const field of fields) {
		checkRequiredWith(field, sent, fields, place);
		checkAlternatives(field, sent, fields, place);
	}
	return sent;
}

function valueOf(
	field: Field,
	siblings: Field[],
	values: Values,
	context: SerializeContext,
	place: FieldPath,
): unknown {
	const { property } = field;
	if (!property) {
		return serialize(field.fields ?? [], values, context, inside(field, place, place.label));
	}
	if (!isShown(property, values)) return undefined;
	// What the form does not show has one value.
	const given = property.type === 'hidden' ? property.default : values[property.name];
	// A list whose entries are all empty is none.
	const value = isEmpty(given, property) ? undefined : filled(field, given, context, place);
	if (value !== undefined) return value;
	const standIn = field.defaultFrom && defaultFor(field, siblings, values, context);
	if (standIn !== undefined) return filled(field, standIn, context, place);
	if (property.required || field.requiredOnWire) throw empty(field, property, place);
	return undefined;
}

/** n8n leaves the values of fields it does not show where they are; they are not meant. */
function isShown({ displayOptions }: INodeProperties, values: Values): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(([name, allowed]) =>
		(allowed as unknown[] | undefined)?.some((one) => isSame(values[name], one)),
	);
}

/** Whether a value is the one that the form waits for; booleans and choices may be text with blanks around. */
function isSame(value: unknown, expected: unknown): boolean {
	if (typeof expected === 'boolean') return readBoolean(value) === expected;
	return value === expected || (typeof value === 'string' && trimText(value) === expected);
}

/** A number below its own minimum is what n8n puts into a field that nobody filled in. */
function isEmpty(value: unknown, property: INodeProperties): boolean {
	if (isBlank(value)) return true;
	if (value === 0) return !property.required && (property.typeOptions?.minValue ?? 0) > 0;
	if (property.type !== 'fixedCollection') return false;
	const content = (value as Values)[collectionKey(property)];
	return content === undefined || (Array.isArray(content) && content.length === 0);
}

function defaultFor(
	field: Field,
	siblings: Field[],
	values: Values,
	{ defaultValue }: SerializeContext,
): string | undefined {
	const { defaultFrom, skipDefaultIf } = field as Parameter;
	const other = siblings.find(({ wireName }) => wireName === skipDefaultIf)?.property;
	if (other && !isEmpty(values[other.name], other)) return undefined;
	return defaultFrom && defaultValue(defaultFrom);
}

function filled(
	field: Field,
	given: unknown,
	context: SerializeContext,
	place: FieldPath,
): unknown {
	const property = field.property as INodeProperties;
	if (property.type === 'fixedCollection') return group(field, property, given, context, place);
	const read = () => {
		const value = field.json ? jsonObject(given) : validate(field, given, context.timezone);
		if ((field as Parameter).in === 'path') checkSegment(value);
		return Array.isArray(value) && value.length === 0 ? undefined : value;
	};
	return rethrow<unknown>(read, (reason) => {
		const rule = reason instanceof ValidationError ? reason.message : 'cannot be read';
		const label = labelOf(property, place);
		return new FieldValidationError(`${label} ${rule}`, place.wire + field.wireName);
	});
}

/** An object, or a list of such. */
function group(
	field: Field,
	property: INodeProperties,
	given: unknown,
	context: SerializeContext,
	place: FieldPath,
): unknown {
	const parts = field.fields ?? [];
	const name = collectionKey(property);
	const content = record(given, property, field, place)[name];
	const label = ` of ${labelOf(property, place)}`;
	if (name === 'value') {
		const values = record(content, property, field, place);
		const object = serialize(parts, values, context, inside(field, place, label));
		checkSize(object, field, property, place);
		return Object.keys(object).length > 0 || property.required ? object : undefined;
	}
	return [content]
		.flat()
		.map((entry, index) =>
			serialize(
				parts,
				record(entry, property, field, place),
				context,
				inside(field, place, `${label} (entry ${index + 1})`),
			),
		);
}

/** WeChat Pay counts the bytes of the object without blanks. */
function checkSize(
	object: object,
	field: Field,
	property: INodeProperties,
	place: FieldPath,
): void {
	rethrow(
		() => checkBytes(JSON.stringify(object), field.maxBytes),
		(reason) =>
			new FieldValidationError(
				`${labelOf(property, place)} ${(reason as Error).message}`,
				place.wire + field.wireName,
			),
	);
}

function record(value: unknown, property: INodeProperties, field: Field, place: FieldPath): Values {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Values;
	throw new FieldValidationError(
		`${labelOf(property, place)} must be filled field by field`,
		place.wire + field.wireName,
	);
}

/** Some fields need others beside them. */
function checkRequiredWith(
	field: Field,
	sent: Record<string, unknown>,
	siblings: Field[],
	place: FieldPath,
): void {
	const { requiredWith, property, wireName } = field;
	if (!requiredWith || !property || sent[wireName] !== undefined) return;
	if (!valueAt(sent, requiredWith)) return;
	const other = fieldAt(siblings, requiredWith)?.property;
	const wayOut =
		other?.type === 'boolean'
			? `fill it in, or turn '${other.displayName}' off`
			: `it goes with '${other?.displayName}', so fill in both or neither`;
	throw new FieldValidationError(
		`${labelOf(property, place)} is empty: ${wayOut}`,
		place.wire + wireName,
	);
}

function valueAt(values: Record<string, unknown>, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, name) => (value as Values | undefined)?.[name], values);
}

function fieldAt(fields: Field[], path: string): Field | undefined {
	const [name, ...rest] = path.split('.');
	const found = fields.find(({ wireName }) => wireName === name);
	return rest.length === 0 ? found : fieldAt(found?.fields ?? [], rest.join('.'));
}

/** Some fields stand in for one another. */
function checkAlternatives(
	{ insteadOf, requiredUnless, property, wireName }: Field,
	sent: Record<string, unknown>,
	siblings: Field[],
	place: FieldPath,
): void {
	const otherName = insteadOf ?? requiredUnless;
	if (otherName === undefined || !property) return;
	const other = siblings.find((one) => one.wireName === otherName)?.property;
	const isFilled = sent[wireName] !== undefined;
	const isOtherFilled = sent[otherName] !== undefined;
	const label = labelOf(property, place);
	if (!isFilled && !isOtherFilled) {
		throw new FieldValidationError(
			`${label} and '${other?.displayName}' are empty: fill in one of them`,
			place.wire + wireName,
		);
	}
	if (insteadOf === undefined || !isFilled || !isOtherFilled) return;
	throw new FieldValidationError(
		`${label} and '${other?.displayName}' are both filled, and WeChat Pay takes one of them: leave one empty`,
		place.wire + wireName,
	);
}

function empty({ wireName, defaultFrom }: Field, property: INodeProperties, place: FieldPath) {
	const wayOut = defaultFrom
		? ' here and in the credential: fill in one of them'
		: ': map it to a value of the input item, or fill it in';
	return new FieldValidationError(
		`${labelOf(property, place)} is empty${wayOut}`,
		place.wire + wireName,
	);
}

function inside({ wireName }: Field, place: FieldPath, label: string): FieldPath {
	return { label, wire: `${place.wire}${wireName}.` };
}

function labelOf({ displayName }: INodeProperties, { label }: FieldPath): string {
	return `'${displayName}'${label}`;
}
