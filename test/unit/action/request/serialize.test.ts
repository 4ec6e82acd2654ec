/** From the values of a form to WeChat Pay's fields: what is left out, what is refused, and by which name. */
import type { INodeProperties } from 'n8n-workflow';

import type { Field } from '../../../../nodes/action/spec';
import type { SerializeContext } from '../../../../nodes/action/request/serialize';
import {
	FieldValidationError,
	isBlank,
	serialize,
} from '../../../../nodes/action/request/serialize';

const SETTING: SerializeContext = {
	timezone: 'Asia/Shanghai',
	defaultValue: (kind) => `my ${kind}`,
};

type Property = Partial<INodeProperties>;

/** A field called `name`, shown as "Name". */
function field(name: string, property: Property = {}, rules: Partial<Field> = {}): Field {
	const displayName = name[0].toUpperCase() + name.slice(1);
	const whole = { displayName, name, type: 'string', default: '', ...property };
	return { wireName: name, property: whole as INodeProperties, ...rules };
}

const object = (name: string, fields: Field[], property: Property = {}) =>
	field(name, { type: 'fixedCollection', ...property }, { fields });

const list = (name: string, fields: Field[]) =>
	object(name, fields, { typeOptions: { multipleValues: true } });

/** What is thrown for values that break a rule. */
function broken(fields: Field[], values: Record<string, unknown>, setting = SETTING) {
	let violation: unknown = 'it was taken';
	try {
		violation = serialize(fields, values, setting);
	} catch (error) {
		violation = error;
	}
	expect(violation).toBeInstanceOf(FieldValidationError);
	const { message, field: wireName, name } = violation as FieldValidationError;
	expect(name).toBe('FieldValidationError');
	return [message, wireName];
}

it.each([
	[undefined, true],
	[null, true],
	['', true],
	[' \n', true],
	['\uFEFF\u200B', true],
	[[], true],
	['a', false],
	[0, false],
	[false, false],
	[[''], false],
	[{}, false],
])('takes %j for blank: %p', (value, blank) => {
	expect(isBlank(value)).toBe(blank);
});

describe('a single value', () => {
	it('goes by its wire name, in the order of the page', () => {
		const fields = [field('b'), { ...field('a'), wireName: 'a_wire' }];
		const sent = serialize(fields, { a: '1', b: '2', c: '3' }, SETTING);
		expect(Object.entries(sent)).toEqual([
			['b', '2'],
			['a_wire', '1'],
		]);
	});

	it.each([undefined, null, '', ' ', []])('is left out where it is %j', (a) => {
		expect(serialize([field('a')], { a }, SETTING)).toEqual({});
	});

	it('is left out where a list is empty but for blanks', () => {
		expect(serialize([field('a', {}, { list: true })], { a: ' , ' }, SETTING)).toEqual({});
	});

	it('may be zero, unless its least is more and nobody has to fill it in', () => {
		const number = (property: Property) => [field('a', { type: 'number', ...property })];
		expect(serialize(number({}), { a: 0 }, SETTING)).toEqual({ a: 0 });
		expect(serialize(number({ typeOptions: { minValue: 0 } }), { a: 0 }, SETTING)).toEqual({
			a: 0,
		});
		expect(serialize(number({ typeOptions: { minValue: 1 } }), { a: 0 }, SETTING)).toEqual({});
		expect(broken(number({ required: true, typeOptions: { minValue: 1 } }), { a: 0 })[0]).toMatch(
			/^'A' must be a positive whole number/,
		);
	});

	it('is asked for where it is required', () => {
		expect(broken([field('a', { required: true })], {})).toEqual([
			"'A' is empty: map it to a value of the input item, or fill it in",
			'a',
		]);
		expect(broken([field('a', {}, { requiredOnWire: true })], { a: ' ' })[1]).toBe('a');
	});

	it('counts only where the form shows it', () => {
		const shown = { displayOptions: { show: { kind: ['x', 'y'] } }, required: true };
		const fields = [field('a', shown)];
		expect(serialize(fields, { a: '1', kind: 'y' }, SETTING)).toEqual({ a: '1' });
		expect(serialize(fields, { a: '1', kind: 'z' }, SETTING)).toEqual({});
		expect(serialize(fields, {}, SETTING)).toEqual({});
		expect(serialize(fields, { a: '1', kind: ' x\u200B' }, SETTING)).toEqual({ a: '1' });
		const switched = [field('a', { displayOptions: { show: { on: [true] } } })];
		for (const on of [true, 'true', 'TRUE', 1, '是']) {
			expect(serialize(switched, { a: '1', on }, SETTING)).toEqual({ a: '1' });
		}
		for (const on of [false, 'false', 0, 'no', 'perhaps', undefined]) {
			expect(serialize(switched, { a: '1', on }, SETTING)).toEqual({});
		}
		const both = { displayOptions: { show: { kind: ['x'], size: [1] } } };
		expect(serialize([field('a', both)], { a: '1', kind: 'x', size: 2 }, SETTING)).toEqual({});
	});

	it('that breaks a rule is named by its label and its wire name', () => {
		const fields = [{ ...field('a', {}, { maxLength: 1 }), wireName: 'a_wire' }];
		expect(broken(fields, { a: '12' })).toEqual([
			"'A' must have at most 1 characters, this one has 2",
			'a_wire',
		]);
	});

	it('that cannot even be looked at is named as well', () => {
		const throwing = {
			toISO: () => {
				throw new TypeError('secret inside');
			},
		};
		expect(broken([field('a', { type: 'dateTime' })], { a: throwing })).toEqual([
			"'A' cannot be read",
			'a',
		]);
	});

	it('is no segment of dots where it goes into the path', () => {
		const inPath = { ...field('a'), in: 'path' } as Field;
		expect(broken([inPath], { a: '..' })[0]).toContain('dots only');
		expect(serialize([{ ...field('a'), in: 'body' } as Field], { a: '..' }, SETTING)).toEqual({
			a: '..',
		});
	});
});

describe('what stands in for an empty value', () => {
	const mchid = field('mchid', {}, { defaultFrom: 'mchid' });
	const sub = field('sub');

	it('is taken, and checked as if it was filled in', () => {
		expect(serialize([mchid], {}, SETTING)).toEqual({ mchid: 'my mchid' });
		expect(serialize([mchid], { mchid: '7' }, SETTING)).toEqual({ mchid: '7' });
		expect(broken([{ ...mchid, maxLength: 3 }], {})[0]).toContain('this one has 8');
	});

	it('is not taken where another field is filled', () => {
		const fields = [{ ...mchid, skipDefaultIf: 'sub' } as Field, sub];
		expect(serialize(fields, { sub: '9' }, SETTING)).toEqual({ sub: '9' });
		expect(serialize(fields, { sub: ' ' }, SETTING)).toEqual({ mchid: 'my mchid' });
		expect(serialize(fields, {}, SETTING)).toEqual({ mchid: 'my mchid' });
	});

	it('may be missing, too', () => {
		const none = { ...SETTING, defaultValue: () => undefined };
		expect(serialize([mchid], {}, none)).toEqual({});
		expect(broken([{ ...mchid, requiredOnWire: true }], {}, none)).toEqual([
			"'Mchid' is empty here and in the credential: fill in one of them",
			'mchid',
		]);
	});
});

describe('an object', () => {
	const parts = [field('c', { required: true }), field('d')];

	it('is made of its parts', () => {
		expect(serialize([object('o', parts)], { o: { value: { c: '1', d: '' } } }, SETTING)).toEqual({
			o: { c: '1' },
		});
	});

	it.each([undefined, null, {}, { value: undefined }])('is left out where it is %j', (o) => {
		expect(serialize([object('o', parts)], { o }, SETTING)).toEqual({});
		expect(broken([object('o', parts, { required: true })], { o })[1]).toBe('o');
	});

	it('is left out where nothing of it is filled in, unless it is required', () => {
		const o = { value: {} };
		expect(serialize([object('o', [field('d')])], { o }, SETTING)).toEqual({});
		expect(serialize([object('o', [field('d')], { required: true })], { o }, SETTING)).toEqual({
			o: {},
		});
	});

	it('names its place in what it refuses', () => {
		expect(broken([object('o', parts)], { o: { value: { d: '1' } } })).toEqual([
			"'C' of 'O' is empty: map it to a value of the input item, or fill it in",
			'o.c',
		]);
		const inner = object('p', [object('o', parts)]);
		expect(broken([inner], { p: { value: { o: { value: { d: '1' } } } } })).toEqual([
			"'C' of 'O' of 'P' is empty: map it to a value of the input item, or fill it in",
			'p.o.c',
		]);
	});

	it.each([
		['a text', 'x', 'is empty'],
		['a list', ['x'], 'is empty'],
		['a text within', { value: 'x' }, 'must be filled field by field'],
		['null within', { value: null }, 'must be filled field by field'],
		['a list within', { value: [{ c: '1' }] }, 'must be filled field by field'],
	])('is not %s', (_, o, rule) => {
		expect(broken([object('o', parts, { required: true })], { o })).toEqual([
			expect.stringContaining(`'O' ${rule}`),
			'o',
		]);
	});

	it('without a form field of its own has its parts in the form at its place', () => {
		const plain: Field = { wireName: 'o', fields: parts };
		expect(serialize([plain, field('a')], { c: '1', a: '2' }, SETTING)).toEqual({
			o: { c: '1' },
			a: '2',
		});
		expect(broken([plain], {})).toEqual([
			"'C' is empty: map it to a value of the input item, or fill it in",
			'o.c',
		]);
		expect(serialize([{ wireName: 'o' }], {}, SETTING)).toEqual({ o: {} });
	});
});

describe('a list of objects', () => {
	const entries = list('l', [field('c', { required: true }), field('d', {}, { maxLength: 1 })]);

	it('has an object for each entry', () => {
		const l = { values: [{ c: '1' }, { c: '2', d: '3' }] };
		expect(serialize([entries], { l }, SETTING)).toEqual({ l: [{ c: '1' }, { c: '2', d: '3' }] });
		expect(serialize([entries], { l: { values: { c: '1' } } }, SETTING)).toEqual({
			l: [{ c: '1' }],
		});
	});

	it.each([{}, { values: [] }, { values: undefined }])('is left out where it is %j', (l) => {
		expect(serialize([entries], { l }, SETTING)).toEqual({});
	});

	it('counts its entries from 1 in what it refuses', () => {
		const l = { values: [{ c: '1' }, { c: '2', d: '33' }] };
		expect(broken([entries], { l })).toEqual([
			"'D' of 'L' (entry 2) must have at most 1 characters, this one has 2",
			'l.d',
		]);
		expect(broken([entries], { l: { values: ['x'] } })).toEqual([
			"'L' must be filled field by field",
			'l',
		]);
	});
});

describe('a field that goes with another', () => {
	const company = (property: Property) => [
		field('b', property),
		{ ...field('a', {}, { requiredWith: 'b' }), wireName: 'a' },
	];

	it('is asked for where the other one is filled', () => {
		expect(broken(company({}), { b: '1' })).toEqual([
			"'A' is empty: it goes with 'B', so fill in both or neither",
			'a',
		]);
		expect(broken(company({ type: 'boolean' }), { b: true })).toEqual([
			"'A' is empty: fill it in, or turn 'B' off",
			'a',
		]);
		expect(broken([object('o', company({}))], { o: { value: { b: '1' } } })).toEqual([
			"'A' of 'O' is empty: it goes with 'B', so fill in both or neither",
			'o.a',
		]);
	});

	it('is not where the other one is empty or off', () => {
		expect(serialize(company({}), {}, SETTING)).toEqual({});
		expect(serialize(company({ type: 'boolean' }), { b: false }, SETTING)).toEqual({ b: false });
		expect(serialize(company({}), { a: '1' }, SETTING)).toEqual({ a: '1' });
		expect(serialize(company({}), { a: '1', b: '2' }, SETTING)).toEqual({ a: '1', b: '2' });
	});

	it('may be zero or off itself', () => {
		const fields = [
			field('b'),
			field('n', { type: 'number' }, { requiredWith: 'b' }),
			field('t', { type: 'boolean' }, { requiredWith: 'b' }),
		];
		expect(serialize(fields, { b: '1', n: 0, t: false }, SETTING)).toEqual({
			b: '1',
			n: 0,
			t: false,
		});
	});
});
