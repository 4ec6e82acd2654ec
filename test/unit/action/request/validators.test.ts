/** What a single value has to be, and the form that it takes on the wire, to the last character and number. */
import type { INodeProperties } from 'n8n-workflow';

import type { Field } from '../../../../nodes/action/spec';
import { ValidationError } from '../../../../nodes/action/spec';
import { validate, checkSegment } from '../../../../nodes/action/request/validators';

function sent(
	value: unknown,
	property: Partial<INodeProperties> = {},
	rules: Partial<Field> = {},
): unknown {
	const whole = { displayName: 'X', name: 'x', default: '', type: 'string', ...property };
	return validate(
		{ wireName: 'x', property: whole as INodeProperties, ...rules },
		value,
		'Asia/Tokyo',
	);
}

/** The rule that a value breaks. */
function broken(...given: Parameters<typeof sent>): string {
	let violation: unknown = 'it was taken';
	try {
		violation = sent(...given);
	} catch (error) {
		violation = error;
	}
	expect(violation).toBeInstanceOf(ValidationError);
	return (violation as ValidationError).message;
}

describe('a text', () => {
	it.each([
		['blanks around', '  a b ', 'a b'],
		['a number', 42, '42'],
		['the largest exact number', Number.MAX_SAFE_INTEGER, '9007199254740991'],
		['characters of three bytes', '好\u{FFFD}\uE000', '好\u{FFFD}\uE000'],
	])('is taken with %s', (_, value, text) => {
		expect(sent(value)).toBe(text);
	});

	it.each([
		['a line break', 'a\nb', 'line breaks, tabs or other control characters'],
		['a tab', 'a\tb', 'control characters'],
		['DEL', 'a\u007Fb', 'control characters'],
		['the first emoji', 'a\u{10000}', 'emoji or other characters of four bytes'],
		['the last one', '\u{10FFFF}b', 'four bytes'],
		['the first half of one', 'a\uD800', 'four bytes'],
		['the second half of one', '\uDFFFb', 'four bytes'],
		['a number that is not exact', 2 ** 53, 'arrived as a number too long to be exact'],
		['a fraction', 1.5, 'arrived as a number too long to be exact'],
		['an object', {}, 'must be text: map a single value'],
		['a list', ['a'], 'must be text: map a single value'],
		['a truth', true, 'must be text: map a single value'],
	])('is refused with %s', (_, value, rule) => {
		expect(broken(value)).toContain(rule);
	});

	it('has its length counted in characters, without the blanks around', () => {
		const limits = { minLength: 2, maxLength: 3 };
		expect(sent(' ab ', {}, limits)).toBe('ab');
		expect(sent(' 一二三 ', {}, limits)).toBe('一二三');
		expect(broken(' a ', {}, limits)).toBe('must have at least 2 characters, this one has 1');
		expect(broken('abcd', {}, limits)).toBe('must have at most 3 characters, this one has 4');
		expect(broken('a😀b', {}, limits)).toContain('emoji');
	});

	it('looks like its pattern', () => {
		const pattern = { regex: /^\d+$/, must: 'must be digits' };
		expect(sent('12', {}, { pattern })).toBe('12');
		expect(broken('1a', {}, { pattern })).toBe('must be digits');
	});
});

describe('a list of texts', () => {
	const list = true as const;

	it.each([
		['commas and lines', 'a, b\nc', ['a', 'b', 'c']],
		['a list', ['a', 1], ['a', '1']],
		['blank entries', 'a,, ,b,', ['a', 'b']],
		['empty entries', ['a', '', ' ', null, undefined], ['a']],
	])('is taken from %s', (_, value, texts) => {
		expect(sent(value, {}, { list })).toEqual(texts);
	});

	it.each([7, {}, true])('is refused for %p', (value) => {
		expect(broken(value, {}, { list })).toBe(
			'must be a list, or text with commas between the entries',
		);
	});

	it('has each of its entries checked', () => {
		expect(broken('ab,abc', {}, { list, maxLength: 2 })).toContain('this one has 3');
	});
});

describe('a whole number', () => {
	const limits = (minValue?: number, maxValue?: number): Partial<INodeProperties> => ({
		type: 'number',
		typeOptions: { minValue, maxValue },
	});

	it.each([
		[7, 7],
		[-7, -7],
		['7', 7],
		[' -7\n', -7],
		['+12', 12],
		['12.0', 12],
		['12.00', 12],
	])('may be %p', (value, number) => {
		expect(sent(value, { type: 'number' })).toBe(number);
	});

	it.each([
		7.5,
		'7.5',
		'7.05',
		'7.',
		'.0',
		'a7',
		'7a',
		'1 2',
		'1e3',
		'0x10',
		'--1',
		'9007199254740992',
		2 ** 53,
		NaN,
		Infinity,
		true,
		null,
		[7],
	])('is not %p', (value) => {
		expect(broken(value, { type: 'number' })).toMatch(/^must be a whole number(; it is .+)?$/);
	});

	it('keeps within its limits', () => {
		expect(sent(1, limits(1, 10))).toBe(1);
		expect(sent('10', limits(1, 10))).toBe(10);
		expect(broken(0, limits(1, 10))).toBe('must be a whole number from 1 to 10; it is 0');
		expect(broken('11', limits(1, 10))).toBe('must be a whole number from 1 to 10; it is "11"');
		expect(broken(0, limits(1))).toBe('must be a positive whole number, e.g. 30; it is 0');
		expect(broken(4, limits(5))).toBe('must be a whole number from 5 up; it is 4');
		expect(broken(-1, limits(0))).toBe('must be a whole number from 0 up; it is -1');
	});
});

describe('a truth', () => {
	it.each([
		[true, true],
		['true', true],
		[1, true],
		[false, false],
		['false', false],
		[0, false],
	])('may be %p', (value, truth) => {
		expect(sent(value, { type: 'boolean' })).toBe(truth);
	});

	it.each([
		['yes', '; it is "yes"'],
		[2, '; it is 2'],
		['1', '; it is "1"'],
		[[], ''],
	])('is not %p', (value, told) => {
		expect(broken(value, { type: 'boolean' })).toBe(`must be true or false${told}`);
	});
});

describe('a choice', () => {
	const options = [
		{ name: 'First', value: 'A' },
		{ name: 'Second', value: 2 },
		{ name: 'group', displayName: 'No choice', values: [] },
	];

	it('is one of the options, exactly', () => {
		const property = { type: 'options', options } as const;
		expect(sent('A', property)).toBe('A');
		expect(sent(2, property)).toBe(2);
		expect(broken('B', property)).toMatch(/^must be one of A, 2.*; it is "B"$/);
		expect(broken('2', property)).toContain('must be one of A, 2');
		expect(broken('A', { type: 'options' })).toBe('must be one of ; it is "A"');
	});

	it('may be several, as a list or as text', () => {
		const property = { type: 'multiOptions', options } as const;
		expect(sent(['A', 2], property)).toEqual(['A', 2]);
		expect(sent('A', property)).toEqual(['A']);
		expect(broken(['A', 'B'], property)).toContain('; it is "B"');
	});
});

describe('a refused value', () => {
	it.each([
		['as text', 'x'.repeat(20), `; it is "${'x'.repeat(20)}"`],
		['not as a long text', 'x'.repeat(21), ''],
		['not as an object', { a: 1 }, ''],
	])('is told %s', (_, value, told) => {
		expect(broken(value, { type: 'number' })).toBe(`must be a whole number${told}`);
	});
});

describe('a point in time', () => {
	const time = { type: 'dateTime' } as const;

	it.each([
		['RFC 3339, without blanks', ' 2026-12-01T10:20:30+09:00 ', '2026-12-01T10:20:30+09:00'],
		['with parts of a second', '2026-12-01T10:20:30.1+09:00', '2026-12-01T10:20:30.1+09:00'],
		['behind Greenwich', '2026-12-01T10:20:30-05:00', '2026-12-01T10:20:30-05:00'],
		['UTC', '2026-12-01T10:20:30Z', '2026-12-01T18:20:30.000+08:00'],
		['without an offset', '2026-12-01T10:20:30', '2026-12-01T09:20:30.000+08:00'],
		['a day', '2026-12-01', '2026-11-30T23:00:00.000+08:00'],
		['an offset without a colon', '2026-12-01T10:20:30+0900', '2026-12-01T09:20:30.000+08:00'],
		['the furthest offset', '2026-12-01T10:20:30+14:00', '2026-12-01T10:20:30+14:00'],
		['the last of February', '2024-02-29T10:00:00', '2024-02-29T09:00:00.000+08:00'],
		['a Date', new Date('2026-12-01T10:20:30Z'), '2026-12-01T18:20:30.000+08:00'],
		[
			'what Luxon makes',
			{ toISO: () => '2026-12-01T10:20:30.000+09:00' },
			'2026-12-01T10:20:30.000+09:00',
		],
	])('may be %s', (_, value, text) => {
		expect(sent(value, time)).toBe(text);
	});

	it.each([
		['a number', 1796083200, '; it is 1796083200'],
		['a word', 'tomorrow', '; it is "tomorrow"'],
		['a word behind a day', '2026-12-01 at noon', '; it is "2026-12-01 at noon"'],
		['a word before a day', 'on 2026-12-01', '; it is "on 2026-12-01"'],
		['a day of three digits', '2026-12-011', '; it is "2026-12-011"'],
		['the 31st of February', '2026-02-31', '; it is "2026-02-31"'],
		['the 29th of February in other years', '2026-02-29', '; it is "2026-02-29"'],
		['a thirteenth month', '2026-13-01', '; it is "2026-13-01"'],
		['an offset that no place has', '2026-12-01T10:20+15:00', ''],
		['such an offset after seconds', '2026-12-01T10:20:30+15:00', ''],
		['such an offset after parts of a second', '2026-12-01T10:20:30.123+15:00', ''],
		['such an offset after a blank', '2026-12-01T10:20:30 -19', ''],
		['something before it', 'x2026-12-01T10:20:30+09:00', ''],
		['something behind it', '2026-12-01T10:20:30+09:00x', ''],
		['a Date that is none', new Date('none'), ''],
		['what Luxon makes of nothing', { toISO: () => null }, ''],
		['null', null, ''],
		['an object', {}, ''],
	])('is not %s', (_, value, told) => {
		expect(broken(value, time)).toBe(
			`must be a date and time, e.g. 2026-11-24T08:00:00+08:00${told}`,
		);
	});
});

describe('a segment of a path', () => {
	it.each(['.', '..'])('is not %s', (segment) => {
		expect(() => checkSegment(segment)).toThrow('must not consist of dots only');
	});

	it.each(['...', 'a.b', '', 7])('may be %p', (segment) => {
		expect(() => checkSegment(segment)).not.toThrow();
	});
});
