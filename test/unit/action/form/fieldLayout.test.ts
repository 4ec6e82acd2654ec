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

	it('stand in the collection where they may be left out and nobody looks for them in the open', () => {
		const optional = 'additionalFields';
		const collected = formFields({ fields, optional }).filter(({ collection }) => collection);
		expect(collected).toMatchObject([
			{ collection: optional, property: { name: 'free' } },
			{ collection: optional, property: { name: 'part' } },
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
