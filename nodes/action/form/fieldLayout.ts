import type { INodeProperties } from 'n8n-workflow';

import type { Endpoint, Field, Operation } from '../spec';

/** A field that the form asks for. */
export interface FormField {
	field: Field;
	property: INodeProperties;
	/** The collection it stands in; absent in the open. */
	collection?: Operation['optional'];
}

/**
 * The fields that the form asks for, in the order of WeChat Pay's page. The parts of an object without a form field of
 * its own stand at its place. What may be left out stands in the collection of the operation, but for what belongs to
 * another field, for what has a stand-in or is one, and for what WeChat Pay wants, all of which people look for in the open.
 */
export function formFields({
	fields,
	optional,
}: Pick<Endpoint, 'fields'> & Pick<Operation, 'optional'>): FormField[] {
	return flattenFields(fields).map(({ field, property }) => {
		const isInTheOpen =
			property.required ||
			property.displayOptions ||
			field.defaultFrom ||
			field.requiredOnWire ||
			field.insteadOf;
		return { field, property, collection: isInTheOpen ? undefined : optional };
	});
}

function flattenFields(fields: Field[]): Array<Pick<FormField, 'field' | 'property'>> {
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
	if (property.type !== 'fixedCollection') return property;
	const values = flattenFields(fields).map((part) => renderField(part.field, part.property));
	return {
		...property,
		...(isOpen && collectionKey(property) === 'value' ? { default: { value: {} } } : {}),
		placeholder: property.placeholder ?? `Add ${property.displayName}`,
		options: [{ name: collectionKey(property), displayName: property.displayName, values }],
	};
}

/** The name under which n8n keeps what was filled in. */
export function collectionKey({ typeOptions }: INodeProperties): 'value' | 'values' {
	return typeOptions?.multipleValues ? 'values' : 'value';
}
