/** The form of the node, drawn from operations made up for it. */
import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from '../../../../nodes/action/spec';
import { findOperation } from '../../../../nodes/action/execution/executionContext';
import { nodeProperties } from '../../../../nodes/action/form/nodeProperties';
import { catalogue } from '../../../../nodes/WechatPay/operations';
import { catalogues, forms, properties } from '../../../support/catalogue.cts';
import { field, property } from '../../../support/madeUpFields';

function operation(value: string, more: Partial<Operation> = {}): Operation {
	const words = {
		name: `Name of ${value}`,
		action: `Do ${value}`,
		description: `It does ${value}`,
	};
	const endpoint = {
		method: 'POST',
		path: '/v3/x',
		fields: [],
		resendable: true,
		repeatable: true,
	} as const;
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
	const given = operation('do', { fields, notice: 'Mind this' });
	expect(fieldsOf(given)).toEqual([
		{ ...property('notice', { displayName: 'Mind this', type: 'notice' }), displayOptions: shown },
		{ ...property('b', { required: true }), displayOptions: shown },
		{ ...property('c'), displayOptions: { show: { ...shown.show, b: ['x'] } } },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [property('a'), property('own'), property('z')],
			displayOptions: shown,
		},
	]);
});

it('links from the notice to the page that has more of it', () => {
	const given = operation('do', { notice: 'Mind this.', noticeMore: 'And that.' });
	expect(fieldsOf(given)).toMatchObject([
		{
			type: 'notice',
			displayName: expect.stringMatching(
				/^Mind this\. <a href="https:\/\/github\.com\/[^"]+\/docs\/operations\/thing\.md#name-of-do" target="_blank">More<\/a>$/,
			),
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

it("has n8n's paging in the open, and the JSON with the fields that it adds to", () => {
	const answer = { requiredFields: [], uniqueBy: ['id'] };
	const given = operation('do', { takesJson: true, response: answer });
	const json = { displayName: 'Additional Fields (JSON)', type: 'json', default: '{}' };
	expect(fieldsOf(given)).toMatchObject([
		{ displayName: 'Return All', type: 'boolean', default: false },
		{
			displayName: 'Limit',
			type: 'number',
			default: 50,
			typeOptions: { minValue: 1 },
			displayOptions: { show: { ...shown.show, returnAll: [false] } },
		},
		{ name: 'additionalFields', options: [json] },
	]);
	const update = operation('do', { takesJson: true, optional: 'updateFields' });
	expect(fieldsOf(update)).toMatchObject([{ name: 'updateFields', options: [json] }]);
	const list = operation('do', { response: { requiredFields: [], listField: 'data' } });
	expect(fieldsOf(list)).toEqual([]);
});

it("has 'Update Fields' before what else may be left out", () => {
	const fields = [{ ...field('own'), defaultFrom: 'mchid' as const }, field('a')];
	expect(fieldsOf(operation('do', { fields, optional: 'updateFields' }))).toMatchObject([
		{ name: 'updateFields', options: [property('a')] },
		{ name: 'additionalFields', options: [property('own')] },
	]);
});

it("has 'Simplify' in the options, once for each resource, where an operation offers it", () => {
	const simple = { response: { requiredFields: [], simplifiedFields: ['id'] } };
	const form = nodeProperties({
		resources: [
			resource('bonus', [operation('commit')]),
			resource('thing', [operation('delete'), operation('get', simple)]),
		],
		defaultResource: 'bonus',
	});
	const options = form[form.length - 1].options as INodeProperties[];
	expect(options.map(({ name }) => name)).toEqual([
		'concurrency',
		'requestsPerSecond',
		'retries',
		'simplify',
		'timeout',
	]);
	expect(options[3]).toMatchObject({
		type: 'boolean',
		default: true,
		displayOptions: { show: { '/resource': ['thing'], '/operation': ['get'] } },
	});
});

/** Names of the fields and the operations that show them. */
const shownFor = (form: INodeProperties[]) =>
	form
		.filter(({ displayOptions }) => displayOptions?.show?.operation)
		.map(({ name, displayOptions }) => [name, displayOptions?.show?.operation]);

describe('a field that several operations have', () => {
	const a = field('a', { required: true });
	const b = field('b', { required: true });
	const form = (...operations: Operation[]) =>
		nodeProperties({ resources: [resource('thing', operations)], defaultResource: 'thing' });

	it('stands in the form once, between those of one operation alone', () => {
		const own = field('own', { required: true });
		const three = form(
			operation('one', { fields: [a, b] }),
			operation('two', { fields: [a, own, b] }),
			operation('three', { fields: [b] }),
		);
		expect(shownFor(three)).toEqual([
			['a', ['one', 'two']],
			['own', ['two']],
			['b', ['one', 'two', 'three']],
		]);
	});

	it('stands there again where an operation has it in another order', () => {
		const swapped = form(
			operation('one', { fields: [a, b] }),
			operation('two', { fields: [b, a] }),
		);
		expect(shownFor(swapped)).toEqual([
			['a', ['one']],
			['b', ['one', 'two']],
			['a', ['two']],
		]);
	});

	it('stands there again where one word differs, or what it depends on', () => {
		const otherWords = field('a', { required: true, description: 'Another one' });
		const depending = field('a', { required: true, displayOptions: { show: { b: ['x'] } } });
		const three = form(
			operation('one', { fields: [a] }),
			operation('two', { fields: [otherWords] }),
			operation('three', { fields: [depending] }),
		);
		expect(shownFor(three)).toEqual([
			['a', ['three']],
			['a', ['two']],
			['a', ['one']],
		]);
	});

	it('is shared within one resource only', () => {
		const two = nodeProperties({
			resources: ['x', 'y'].map((value) => resource(value, [operation('do', { fields: [a] })])),
			defaultResource: 'x',
		});
		const resourcesOf = two.flatMap(({ displayOptions: { show } = {} }) =>
			show?.operation ? [show.resource] : [],
		);
		expect(resourcesOf).toEqual([['x'], ['y']]);
	});
});

/** What n8n shows where an operation is chosen, in its order, without the names of resources and operations. */
function seenBy(form: INodeProperties[], ofResource: string, value: string): INodeProperties[] {
	return form.flatMap(({ displayOptions, ...property }) => {
		const { resource: of = [], operation: by = [], ...own } = displayOptions?.show ?? {};
		const isSeen = of.includes(ofResource) && by.includes(value);
		return isSeen ? [{ ...property, displayOptions: { show: own } }] : [];
	});
}

describe.each(Object.entries(catalogues))('the form of %s', (node, { resources, ...rest }) => {
	const all = resources.flatMap((of) => of.operations.map((one) => [of, one] as const));

	it.each(all.map(([of, one]) => [`${of.value}.${one.value}`, of, one] as const))(
		'shows %s what a form of its own would show',
		(_, of, one) => {
			const ofItsOwn = nodeProperties({ ...rest, resources: [{ ...of, operations: [one] }] });
			const alone = seenBy(ofItsOwn, of.value, one.value);
			expect(seenBy(forms[node as keyof typeof forms], of.value, one.value)).toEqual(alone);
			expect(alone.length).toBe(ofItsOwn.length - 3);
		},
	);
});

it.each(Object.entries(forms))(
	'keeps the form of %s small, since the editor loads all of it',
	(_, form) => {
		expect(Buffer.byteLength(JSON.stringify(form))).toBeLessThan(90_000);
	},
);

it('is drawn from the catalogue, whose operations are found by their names', () => {
	expect(properties[0]).toMatchObject({ name: 'resource', default: 'bonus' });
	expect(findOperation(catalogue, 'bonus', 'commit')).toMatchObject({
		action: 'Commit membercard bonus',
	});
});

it.each([
	['bonus', 'undo'],
	['voucher', 'get'],
	[undefined, null],
])('has no operation of the names %p and %p', (ofResource, value) => {
	expect(() => findOperation(catalogue, ofResource, value)).toThrow(
		`has no operation '${value}' of '${ofResource}': choose one in the form, or update the package`,
	);
});
