/** The form of every operation, filled in with values that may be sent, and every place where others may be put. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { resources } from '../support/catalogue.cts';
import type { Endpoint, Field, Operation } from '../../nodes/action/spec.ts';
import { formFields, collectionKey } from '../../nodes/action/form/fieldLayout.ts';

/** A single value of the form. */
export interface Leaf {
	/** By which the items of the tests have it. */
	key: string;
	field: Field;
	property: INodeProperties;
	/** Wire names from the top of path, query or body; numbers for entries of lists. */
	wire: Array<string | number>;
	/** Where the field at the top goes. */
	place: string;
	/** Whether other values decide if it is shown; if not, it counts for nothing. */
	isConditional: boolean;
	/** A value that may be sent. */
	usual: unknown;
}

/** An operation with its filled form. */
export interface Form {
	resource: string;
	operation: Operation;
	/** As a workflow saves them: every value is an expression for what the item has under the key of the leaf. */
	parameters: IDataObject;
	leaves: Leaf[];
}

/** Values that go together by a rule of the operation, and the input item's file. */
const USUAL: Record<string, unknown> = {
	balance: 2,
	file: 'data',
	transfer_amount: 100,
	transfer_scene_id: 'other',
};

/** Fields that the form does not have yet. */
const JSON_LEAF: Omit<Leaf, 'key'> = {
	field: { wireName: '' },
	property: { displayName: 'JSON', name: 'additionalFieldsJson', type: 'json', default: '' },
	wire: [],
	place: 'body',
	isConditional: false,
	usual: '{"new_field": "value"}',
};

/** What must be ahead is so, however long the tests take. */
const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString();

/** The forms of the whole catalogue. */
export const forms: Form[] = resources.flatMap(({ value: resource, operations }) =>
	operations
		// Its path and its body are the user's: test/engine/apiRequest.test.ts.
		.filter(({ isFree }) => !isFree)
		.map((operation) => formOf(resource, operation)),
);

/** What the operation may call: itself, the same for partners, and what is read first. */
export function endpointsOf({ operation }: Form): Endpoint[] {
	return [operation, operation.partner, ...(operation.readFirst?.endpoints ?? [])].filter(
		(one) => one !== undefined,
	);
}

/** An item that fills the form. */
export function usualItem({ leaves }: Form): IDataObject {
	return Object.fromEntries(leaves.map(({ key, usual }) => [key, usual])) as IDataObject;
}

/**
 * The parameters with an expression for those leaves only, and for all others what the usual item has: n8n takes longer
 * for an expression than the node for all the rest.
 */
export function parametersFor({ parameters, leaves }: Form, keys: Iterable<string>): IDataObject {
	const varying = new Set(keys);
	const settled = new Map<unknown, unknown>(
		leaves.filter(({ key }) => !varying.has(key)).map(({ key, usual }) => [readingOf(key), usual]),
	);
	const settle = (_name: string, value: unknown) =>
		settled.has(value) ? settled.get(value) : value;
	return JSON.parse(JSON.stringify(parameters), settle) as IDataObject;
}

/** The expression for what an item has. */
export function readingOf(key: string): string {
	return `={{ $json.${key} }}`;
}

function formOf(resource: string, operation: Operation): Form {
	const leaves: Leaf[] = [];
	const parameters: IDataObject = {};
	const wires = wirePaths(operation.fields);
	for (const { field, property, collection } of formFields(operation)) {
		const { path, place } = wires.get(field) ?? { path: [], place: '' };
		const value = drawn(field, property, { wire: path, place, isConditional: false }, leaves);
		if (!collection) parameters[property.name] = value;
		else parameters[collection] = { ...(parameters[collection] as object), [property.name]: value };
	}
	if (operation.takesJson) {
		leaves.push({ ...JSON_LEAF, key: 'json' });
		parameters.additionalFieldsJson = readingOf('json');
	}
	return { resource, operation, parameters, leaves };
}

type Wire = { path: string[]; place: string };

/** Where the fields of the form are in the request. */
export function wirePaths(fields: Field[], above: string[] = [], place = ''): Map<Field, Wire> {
	return new Map(
		fields.flatMap((field) => {
			const path = [...above, field.wireName];
			const at = 'in' in field ? String(field.in) : place;
			if (field.property) return [[field, { path, place: at }] as [Field, Wire]];
			return [...wirePaths(field.fields ?? [], path, at)];
		}),
	);
}

/** Where a field stands. */
type Spot = Pick<Leaf, 'wire' | 'place' | 'isConditional'>;

/** What a workflow holds for a field. */
function drawn(
	field: Field,
	property: INodeProperties,
	spot: Spot,
	leaves: Leaf[],
): IDataObject[string] {
	const isConditional = spot.isConditional || property.displayOptions !== undefined;
	if (property.type === 'fixedCollection') {
		return group(field, property, { ...spot, isConditional }, leaves);
	}
	// Of two that stand in for each other, one is filled.
	const isOther = leaves.some((leaf) => leaf.field.wireName === field.insteadOf);
	const usual = isOther ? '' : usualValue(field, property);
	// What decides on other fields can't be an expression in n8n.
	if (property.noDataExpression) return usual as IDataObject[string];
	const key = `v${leaves.length}`;
	leaves.push({ key, field, property, ...spot, isConditional, usual });
	const expression = readingOf(key);
	if (property.type !== 'resourceLocator') return expression;
	return { __rl: true, mode: 'id', value: expression };
}

/** An object, or a list with one entry. */
function group(
	{ fields = [] }: Field,
	property: INodeProperties,
	spot: Spot,
	leaves: Leaf[],
): IDataObject {
	const name = collectionKey(property);
	const above = name === 'values' ? [...spot.wire, 0] : spot.wire;
	const wires = wirePaths(fields);
	const content = Object.fromEntries(
		formFields({ fields: fields as never }).map((part) => {
			const wire = [...above, ...(wires.get(part.field)?.path ?? [])];
			return [part.property.name, drawn(part.field, part.property, { ...spot, wire }, leaves)];
		}),
	);
	return { [name]: name === 'values' ? [content] : content };
}

function usualValue(
	{ wireName, maxLength = Infinity, minLength = 1, ahead }: Field,
	property: INodeProperties,
): unknown {
	if (wireName in USUAL) return USUAL[wireName];
	const { type, typeOptions, options = [], placeholder = '' } = property;
	const [first] = options.map((option) => ('value' in option ? option.value : undefined));
	switch (type) {
		case 'number':
			return Math.max(1, Number(typeOptions?.minValue ?? 1));
		case 'boolean':
			return true;
		case 'options':
			return first;
		case 'multiOptions':
			return [first];
		case 'dateTime':
			return ahead ? IN_AN_HOUR : '2026-12-24T08:00:00+08:00';
		default:
			return placeholder
				.replace(/^e\.g\. /, '')
				.slice(0, maxLength)
				.padEnd(minLength, 'x');
	}
}
