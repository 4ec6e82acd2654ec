import type { INodeProperties } from 'n8n-workflow';

import { requestOptions } from '../../client/requestOptions';
import { catalogue } from '../operations';
import type { Operation, Resource } from '../operations/types';
import type { FormField } from './formFields';
import { drawn, formFields } from './formFields';

/** Workflows are saved without the values that are the default, so that this one can never change. */
const FIRST_RESOURCE = 'bonus';

const COLLECTION_LABEL = { additionalFields: 'Additional Fields', updateFields: 'Update Fields' };

/** The label of the JSON field, which messages use as well. */
export const JSON_LABEL = 'Additional Fields (JSON)';

const paging: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
];

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const json: INodeProperties = {
	displayName: JSON_LABEL,
	name: 'additionalFieldsJson',
	type: 'json',
	default: '{}',
	description:
		"Fields of WeChat Pay's page that this form does not have yet, as one JSON object. They are sent as they are.",
};

/** The form of the node, drawn from the catalogue. */
export const properties: INodeProperties[] = propertiesOf(catalogue);

/** @returns the form for some resources, the first of which is FIRST_RESOURCE or alone */
export function propertiesOf(resources: Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
			default: FIRST_RESOURCE,
		},
		...resources.flatMap(formOfResource),
		requestOptions,
	];
}

function formOfResource(resource: Resource): INodeProperties[] {
	const choice: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: firstOperation(resource),
	};
	return [choice, ...resource.operations.flatMap((operation) => formOf(resource, operation))];
}

/** What only reads is the safest to begin with. */
function firstOperation({ operations }: Resource): string {
	return (operations.find(({ value }) => value === 'get') ?? operations[0]).value;
}

function formOf(resource: Resource, operation: Operation): INodeProperties[] {
	const show = { resource: [resource.value], operation: [operation.value] };
	return parametersOf(operation).map((property) => ({
		...property,
		displayOptions: { show: { ...show, ...property.displayOptions?.show } },
	}));
}

/** All parameters of an operation in the order of the form: the necessary first. */
function parametersOf(operation: Operation): INodeProperties[] {
	const fields = formFields(operation);
	const open = fields.filter(({ collection }) => !collection);
	const isNecessary = ({ property }: FormField) =>
		property.required === true || property.displayOptions !== undefined;
	return [
		...noticeOf(operation),
		...open.filter(isNecessary).map(draw),
		...open.filter((field) => !isNecessary(field)).map(draw),
		...collectionOf(operation, fields),
		...extrasOf(operation),
	];
}

/** What the form has beside the fields. */
export function extrasOf({
	takesJson,
	answer,
}: Pick<Operation, 'takesJson' | 'answer'>): INodeProperties[] {
	return [
		...(takesJson ? [json] : []),
		...(answer?.pagedBy ? paging : []),
		...(answer?.simple ? [simplify] : []),
	];
}

function noticeOf({ notice }: Operation): INodeProperties[] {
	if (!notice) return [];
	return [{ displayName: notice, name: 'notice', type: 'notice', default: '' }];
}

function collectionOf({ optional }: Operation, fields: FormField[]): INodeProperties[] {
	const parts = fields
		.filter(({ collection }) => collection)
		.map(({ field, property }) => drawn(field, property, true));
	if (!optional || parts.length === 0) return [];
	return [
		{
			displayName: COLLECTION_LABEL[optional],
			name: optional,
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: parts.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
		},
	];
}

function draw({ field, property }: FormField): INodeProperties {
	return drawn(field, property);
}

/**
 * @returns the operation that the form's two choices name
 * @throws RangeError for names that the catalogue does not have, as in a workflow of a later version
 */
export function operationNamed(resource: unknown, operation: unknown): Operation {
	const found = catalogue
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new RangeError(
		`This version of the WeChat Pay node has no operation '${String(operation)}' of '${String(resource)}': choose one in the form, or update the package`,
	);
}
