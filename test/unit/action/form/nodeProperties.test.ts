/** The form of the node, drawn from operations made up for it. */
import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from '../../../../nodes/action/spec';
import { findOperation } from '../../../../nodes/action/execution/executionContext';
import { extraProperties, nodeProperties } from '../../../../nodes/action/form/nodeProperties';
import { catalogue } from '../../../../nodes/WechatPay/operations';
import { properties } from '../../../support/catalogue.cts';
import { field, property } from '../../../support/madeUpFields';

function operation(value: string, more: Partial<Operation> = {}): Operation {
	const words = {
		name: `Name of ${value}`,
		action: `Do ${value}`,
		description: `It does ${value}`,
	};
	const endpoint = { method: 'POST', path: '/v3/x', fields: [], repeatable: true } as const;
	return { value, ...words, ...endpoint, pastTense: 'done', ...more } as Operation;
}

const resource = (
	value: string,
	operations: Operation[],
	defaultOperation = operations[0].value,
): Resource => ({
	value,
	name: `Name of ${value}`,
	description: `All about ${value}`,
	operations,
	defaultOperation,
});

/** The form without its two choices and the options at its end. */
function fieldsOf(given: Operation): INodeProperties[] {
	const [, , ...rest] = nodeProperties({
		resources: [resource('thing', [given])],
		defaultResource: 'thing',
	});
	return rest.slice(0, -1);
}

const shown = { show: { resource: ['thing'], operation: ['do'] } };

it('begins with a choice of resources and one of their operations, and ends with the options', () => {
	const form = nodeProperties({
		resources: [
			resource('bonus', [operation('commit'), operation('prepare')]),
			resource('thing', [operation('delete'), operation('get')], 'get'),
		],
		defaultResource: 'bonus',
	});
	expect(form).toEqual([
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Name of bonus', value: 'bonus', description: 'All about bonus' },
				{ name: 'Name of thing', value: 'thing', description: 'All about thing' },
			],
			default: 'bonus',
		},
		choice('bonus', ['commit', 'prepare'], 'commit'),
		choice('thing', ['delete', 'get'], 'get'),
		expect.objectContaining({ name: 'options', type: 'collection' }),
	]);
});

function choice(of: string, values: string[], first: string): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [of] } },
		options: values.map((value) => ({
			name: `Name of ${value}`,
			value,
			action: `Do ${value}`,
			description: `It does ${value}`,
		})),
		default: first,
	};
}

it('has the notice first, then what is necessary, and what may be left out in a collection by name', () => {
	const depending = { displayOptions: { show: { b: ['x'] } } };
	const fields = [
		field('z'),
		{ ...field('own'), defaultFrom: 'mchid' as const },
		field('a'),
		field('b', { required: true }),
		field('c', depending),
	];
	const given = operation('do', { fields, notice: 'Mind this', optional: 'additionalFields' });
	expect(fieldsOf(given)).toEqual([
		{ ...property('notice', { displayName: 'Mind this', type: 'notice' }), displayOptions: shown },
		{ ...property('b', { required: true }), displayOptions: shown },
		{ ...property('c'), displayOptions: { show: { ...shown.show, b: ['x'] } } },
		{ ...property('own'), displayOptions: shown },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [property('a'), property('z')],
			displayOptions: shown,
		},
	]);
});

it('names the collection by what it is for, and has none where it would be empty', () => {
	const update = operation('do', { fields: [field('a')], optional: 'updateFields' });
	expect(fieldsOf(update)).toMatchObject([{ displayName: 'Update Fields', name: 'updateFields' }]);
	const requiredOnWire = operation('do', {
		fields: [field('a', { required: true })],
		optional: 'updateFields',
	});
	expect(fieldsOf(requiredOnWire)).toMatchObject([{ name: 'a' }]);
	expect(fieldsOf(operation('do'))).toEqual([]);
});

it('ends with what the operation has beside its fields', () => {
	expect(extraProperties({})).toEqual([]);
	expect(extraProperties({ response: { requiredFields: [], listField: 'data' } })).toEqual([]);
	const answer = { requiredFields: [], uniqueBy: ['id'], simplifiedFields: ['id'] };
	expect(extraProperties({ takesJson: true, response: answer })).toMatchObject([
		{ displayName: 'Additional Fields (JSON)', type: 'json', default: '{}' },
		{ displayName: 'Return All', type: 'boolean', default: false },
		{
			displayName: 'Limit',
			type: 'number',
			default: 50,
			typeOptions: { minValue: 1 },
			displayOptions: { show: { returnAll: [false] } },
		},
		{ displayName: 'Simplify', type: 'boolean', default: true },
	]);
});

it('is drawn from the catalogue, whose operations are found by their names', () => {
	expect(properties[0]).toMatchObject({ name: 'resource', default: 'bonus' });
	expect(findOperation(catalogue, 'bonus', 'commit')).toMatchObject({
		action: 'Commit membercard bonus',
	});
});

it.each([
	['bonus', 'undo'],
	['coupon', 'get'],
	[undefined, null],
])('has no operation of the names %p and %p', (ofResource, value) => {
	expect(() => findOperation(catalogue, ofResource, value)).toThrow(
		`has no operation '${value}' of '${ofResource}': choose one in the form, or update the package`,
	);
});
