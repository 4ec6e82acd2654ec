import type { INodeProperties } from 'n8n-workflow';

import type { Endpoint, Field, Operation } from '../spec';

/** The collections of the form, which hold what may be left out. */
export type Collection = NonNullable<Operation['optional']> | 'options';

/** A field that the form asks for. */
export interface FormField {
	field: Field;
	property: INodeProperties;
	/** The collection it stands in; absent in the open. */
	collection?: Collection;
}

/**
 * The fields that the form asks for, in the order of WeChat Pay's page. The parts of an object without a form field of
 * its own stand at its place. In the open is what has to be filled in, and what belongs to another field or decides
 * about one, since n8n's `displayOptions` reach only fields beside each other. What has a stand-in changes nothing of
 * what WeChat Pay holds, so it is none of the 'Update Fields'.
 */
export function formFields({
	fields,
	optional = 'additionalFields',
}: Pick<Endpoint, 'fields'> & Pick<Operation, 'optional'>): FormField[] {
	// What is hidden has one value, which the form need not know.
	const all = flattenFields(fields).filter(({ property }) => property.type !== 'hidden');
	const deciding = all.flatMap(({ property }) => Object.keys(property.displayOptions?.show ?? {}));
	return all.map(({ field, property }) => {
		const { name, required, displayOptions } = property;
		const isWanted = required || field.insteadOf || (field.requiredOnWire && !field.defaultFrom);
		if (isWanted || displayOptions || deciding.includes(name)) return { field, property };
		return { field, property, collection: field.defaultFrom ? 'additionalFields' : optional };
	});
}

/** The fields that have a form field, with the parts of an object without one at its place. */
export function flattenFields(fields: Field[]): Array<Pick<FormField, 'field' | 'property'>> {
	return fields.flatMap((field) =>
		field.property ? [{ field, property: field.property }] : flattenFields(field.fields ?? []),
	);
}

/**
 * n8n's own form field, with the parts of an object or of a list's entries in it.
 *
 * @param isOpen whether an object shows its parts at once, as it should where it was asked for or has to be filled
 */
export function renderField(
	{ fields = [] }: Field,
	property: INodeProperties,
	isOpen = property.required,
): INodeProperties {
	if (property.type !== 'fixedCollection') return emptyIfRequired(property);
	const values = flattenFields(fields).map((part) => renderField(part.field, part.property));
	return {
		...property,
		...(isOpen && collectionKey(property) === 'value' ? { default: { value: {} } } : {}),
		placeholder: property.placeholder ?? `Add ${property.displayName}`,
		options: [{ name: collectionKey(property), displayName: property.displayName, values }],
	};
}

/**
 * A required number that would begin with 0 begins empty, and n8n marks it while it is. Its fields for numbers cannot do
 * that, for n8n looks at `required` only in fields of other types.
 */
function emptyIfRequired(property: INodeProperties): INodeProperties {
	if (property.type !== 'number' || !property.required || property.default !== 0) return property;
	// Its limits are checked by us; n8n knows them only of numbers.
	return {
		...property,
		type: 'string',
		validateType: 'number',
		default: '',
		typeOptions: undefined,
	};
}

/** The name under which n8n keeps what was filled in. */
export function collectionKey({ typeOptions }: INodeProperties): 'value' | 'values' {
	return typeOptions?.multipleValues ? 'values' : 'value';
}
