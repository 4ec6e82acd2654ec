import type { INodeProperties } from 'n8n-workflow';

import { requestOptions } from '../../client/requestOptions';
import type { Catalogue, Operation, Resource } from '../spec';
import { docsUrl } from './docsPage';
import type { Collection, FormField } from './fieldLayout';
import { renderField, formFields } from './fieldLayout';
import { COLLECTION_LABEL, JSON_LABEL } from './labels';

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
	description: "Fields of WeChat Pay's page that this form does not have, as one JSON object",
};

/** @returns the form of a node, made from its catalogue */
export function nodeProperties({ resources, defaultResource }: Catalogue): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
			default: defaultResource,
		},
		...resources.flatMap(formOfResource),
		optionsOf(resources),
	];
}

function formOfResource(resource: Resource): INodeProperties[] {
	return [operationChoice(resource), ...sharedProperties(resource)];
}

function operationChoice({
	value: ofResource,
	operations,
	defaultOperation,
}: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [ofResource] } },
		options: operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: defaultOperation,
	};
}

/** A property of the form and the operations of the resource that show it. */
interface SharedProperty {
	property: INodeProperties;
	/** Equal for properties that are the same word for word. */
	text: string;
	operations: string[];
}

/**
 * The fields of all operations of a resource; what several have word for word stands there once, since the editor loads
 * all of it. n8n shows fields in the order of the form, so a field is shared only where every operation keeps its
 * order.
 */
function sharedProperties(resource: Resource): INodeProperties[] {
	const { value: ofResource, operations } = resource;
	const form: SharedProperty[] = [];
	for (const operation of operations) {
		let next = 0;
		for (const property of parametersOf(resource, operation)) {
			const text = JSON.stringify(property);
			let place = form.findIndex((shared, index) => index >= next && shared.text === text);
			if (place < 0) {
				place = next;
				form.splice(place, 0, { property, text, operations: [] });
			}
			form[place].operations.push(operation.value);
			next = place + 1;
		}
	}
	return form.map(({ property, operations: shownFor }) => ({
		...property,
		displayOptions: {
			show: { resource: [ofResource], operation: shownFor, ...property.displayOptions?.show },
		},
	}));
}

/** The parameters of an operation in the order of the form, but for the options: the necessary first. */
function parametersOf(resource: Resource, operation: Operation): INodeProperties[] {
	const fields = formFields(operation);
	const extras = extraProperties(operation);
	return [
		...noticeOf(resource, operation),
		...fields.filter(({ collection }) => !collection).map(draw),
		...extras.filter(({ collection }) => !collection).map(({ property }) => property),
		...collectionOf('updateFields', fields, extras),
		...collectionOf('additionalFields', fields, extras),
	];
}

/** What the form has beside the fields. */
export function extraProperties({
	takesJson,
	response,
	optional = 'additionalFields',
}: Pick<Operation, 'takesJson' | 'response' | 'optional'>): Array<Omit<FormField, 'field'>> {
	return [
		...(takesJson ? [{ property: json, collection: optional }] : []),
		...(response?.uniqueBy ? paging.map((property) => ({ property })) : []),
		...(response?.simplifiedFields ? [{ property: simplify, collection: 'options' as const }] : []),
	];
}

function noticeOf(resource: Resource, operation: Operation): INodeProperties[] {
	const { notice, noticeMore } = operation;
	if (!notice) return [];
	const link = noticeMore
		? ` <a href="${docsUrl(resource, operation)}" target="_blank">More</a>`
		: '';
	return [{ displayName: `${notice}${link}`, name: 'notice', type: 'notice', default: '' }];
}

function collectionOf(
	collection: Collection,
	fields: FormField[],
	extras: Array<Omit<FormField, 'field'>>,
): INodeProperties[] {
	const isPart = (part: Pick<FormField, 'collection'>) => part.collection === collection;
	const parts = [
		...fields.filter(isPart).map(({ field, property }) => renderField(field, property, true)),
		...extras.filter(isPart).map(({ property }) => property),
	];
	if (parts.length === 0) return [];
	return [
		{
			displayName: COLLECTION_LABEL[collection],
			name: collection,
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: parts.sort(byLabel),
		},
	];
}

/** Those of every operation, and 'Simplify' for the operations of each resource that have it. */
function optionsOf(resources: Resource[]): INodeProperties {
	const simplifies = resources.flatMap(({ value, operations }): INodeProperties[] => {
		const names = operations
			.filter(({ response }) => response?.simplifiedFields)
			.map((operation) => operation.value);
		const displayOptions = { show: { '/resource': [value], '/operation': names } };
		return names.length > 0 ? [{ ...simplify, displayOptions }] : [];
	});
	const options = requestOptions.options as INodeProperties[];
	return { ...requestOptions, options: [...options, ...simplifies].sort(byLabel) };
}

function byLabel(a: INodeProperties, b: INodeProperties): number {
	return a.displayName < b.displayName ? -1 : 1;
}

function draw({ field, property }: FormField): INodeProperties {
	return renderField(field, property);
}
