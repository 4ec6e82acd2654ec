import type { INodeProperties } from 'n8n-workflow';

import { renderField, formFields, collectionKey } from '../../../../nodes/action/form/fieldLayout';
import type { Field, Parameter } from '../../../../nodes/action/spec';
import { field, property } from '../../../support/madeUpFields';

const group = (more: Partial<INodeProperties> = {}): INodeProperties =>
	property('group', { type: 'fixedCollection', default: {}, ...more });

describe('formFields', () => {
	const fields: Parameter[] = [
		field('free'),
		field('needed', { required: true }),
		field('depending', { displayOptions: { show: { free: ['a'] } } }),
		{ ...field('merchant'), defaultFrom: 'mchid' },
		{ wireName: 'object', in: 'body', fields: [field('part'), field('other', { required: true })] },
		{ wireName: 'empty', in: 'body' },
	];

	it('are in the order of the page, with the parts of an object at its place', () => {
		expect(formFields({ fields }).map(({ property: { name } }) => name)).toEqual([
			'free',
			'needed',
			'depending',
			'merchant',
			'part',
			'other',
		]);
	});

	const collected = (optional?: 'updateFields') =>
		formFields({ fields, optional }).flatMap(({ collection, property: { name } }) =>
			collection ? [[collection, name]] : [],
		);

	it('stand in a collection, but for what is required, depends on another, or decides about one', () => {
		expect(collected()).toEqual([
			['additionalFields', 'merchant'],
			['additionalFields', 'part'],
		]);
	});

	it('stand in the one that the operation names, but for what has a stand-in', () => {
		expect(collected('updateFields')).toEqual([
			['additionalFields', 'merchant'],
			['updateFields', 'part'],
		]);
	});
});

describe('drawn', () => {
	const parts: Field = {
		wireName: 'group',
		fields: [field('a'), { wireName: 'b', fields: [field('c')] }],
	};
	const values = [property('a'), property('c')];

	it('leaves a single value as it is', () => {
		const single = property('a', { required: true });
		expect(renderField({ wireName: 'a' }, single)).toBe(single);
	});

	it('begins empty with a number that is required, in a field that n8n marks then', () => {
		const number = { type: 'number', default: 0, typeOptions: { minValue: 1 } } as const;
		const optional = property('a', number);
		expect(renderField({ wireName: 'a' }, optional)).toBe(optional);
		const required = property('a', { ...number, required: true });
		expect(renderField({ wireName: 'a' }, required)).toEqual({
			...property('a', { required: true }),
			validateType: 'number',
		});
		const usual = property('a', { ...number, default: 365, required: true });
		expect(renderField({ wireName: 'a' }, usual)).toBe(usual);
	});

	it('shows the parts of an object', () => {
		expect(renderField(parts, group())).toEqual({
			...group(),
			placeholder: 'Add GROUP',
			options: [{ name: 'value', displayName: 'GROUP', values }],
		});
	});

	it.each<[string, INodeProperties, boolean | undefined]>([
		['where it has to be filled', group({ required: true }), undefined],
		['where it was asked for', group(), true],
	])('shows them at once %s', (_, given, isOpen) => {
		expect(renderField(parts, given, isOpen)).toMatchObject({ default: { value: {} } });
	});

	it('shows no entry of a list at once, and keeps a placeholder', () => {
		const list = group({ typeOptions: { multipleValues: true }, placeholder: 'Add Entry' });
		expect(renderField(parts, list, true)).toEqual({
			...list,
			options: [{ name: 'values', displayName: 'GROUP', values }],
		});
		expect(collectionKey(list)).toBe('values');
	});

	it('has no parts where there are none', () => {
		expect(renderField({ wireName: 'group' }, group())).toMatchObject({
			options: [{ values: [] }],
		});
	});
});
