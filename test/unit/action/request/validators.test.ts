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
		['what cannot be seen around', '\uFEFF 42\u200B\u200E\n', '42'],
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
		['a zero-width blank', 'a\u200Bb', 'contains an invisible character (U+200B)'],
		['a soft hyphen', 'a\u00ADb', 'contains an invisible character (U+00AD)'],
		['a bidirectional mark', 'a\u202Eb', 'contains an invisible character (U+202E)'],
		['a joined emoji', '👩\u200D💻', 'emoji or other characters of four bytes'],
		['a line separator', 'a\u2028b', 'line breaks'],
		['an expression', '{{ $json.order_no }}', "contains '{{': the expression was not evaluated"],
		['a part of one', 'order {{', 'the expression was not evaluated'],
		['what became of an object', 'a [object Object]', 'the expression gives an object'],
		['undefined', ' undefined ', "is the word 'undefined': the expression found no value"],
		['null', 'null', "is the word 'null'"],
		['NaN', 'NaN', "is the word 'NaN'"],
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

describe('a phone number', () => {
	const phone = {
		phone: true,
		pattern: { regex: /^\+?\d{6,20}$/, must: 'must be a phone number' },
	};

	it.each([
		['13800138000', '13800138000'],
		[13800138000, '13800138000'],
		['+86 138 0013 8000', '13800138000'],
		['138-0013-8000', '13800138000'],
		['138–0013—8000', '13800138000'],
		['(+86) 138.0013.8000', '13800138000'],
		['008613800138000', '13800138000'],
		['8613800138000', '13800138000'],
		['＋８６　１３８００１３８０００', '13800138000'],
		['\u202D138\u200B0013\u00A08000\u202C', '13800138000'],
		['+852 6123 4567', '+85261234567'],
		['8612345678', '8612345678'],
	])('%p is the digits that WeChat Pay takes', (value, digits) => {
		expect(sent(value, {}, phone as Partial<Field>)).toBe(digits);
	});

	it.each(['phone', '138 0013 8000 / 139', '12', '+86'])('is not %p', (value) => {
		expect(broken(value, {}, phone as Partial<Field>)).toBe('must be a phone number');
	});
});

describe('a list of texts', () => {
	const list = true as const;

	it.each([
		['commas and lines', 'a, b\nc', ['a', 'b', 'c']],
		['a list', ['a', 1], ['a', '1']],
		['blank entries', 'a,, ,b,', ['a', 'b']],
		['empty entries', ['a', '', ' ', null, undefined, '\u200B'], ['a']],
		['Chinese commas and semicolons', '1001，1002、c3；c4; c5', ['1001', '1002', 'c3', 'c4', 'c5']],
		['lines of all systems', 'a\r\nb\rc\u2028d', ['a', 'b', 'c', 'd']],
		['JSON text', ' ["c1", "c,2", 3] ', ['c1', 'c,2', '3']],
		['one number', 1001, ['1001']],
		['what cannot be seen around entries', 'a\u200B,\uFEFFb', ['a', 'b']],
	])('is taken from %s', (_, value, texts) => {
		expect(sent(value, {}, { list })).toEqual(texts);
	});

	it.each(['["a"', '[a,b]', '["a",]'])('is refused for %p, which is no JSON', (value) => {
		expect(broken(value, {}, { list })).toContain('looks like a JSON list and is not one');
	});

	it.each(['{{ $json.codes }}', '[object Object]', ['a', '[object Object]']])(
		'is refused for %p, which was not evaluated',
		(value) => {
			expect(broken(value, {}, { list })).toContain('the expression');
		},
	);

	it.each([{}, true])('is refused for %p', (value) => {
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
		['1,000', 1000],
		['-1,234,567.00', -1234567],
		['１２，０００', 12000],
		['\u200B12\uFEFF', 12],
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
		'12.50',
		12.5,
		'1.000',
		'1,00',
		'1000,000',
		',100',
		'¥100',
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
		[' TRUE\u200B', true],
		['Yes', true],
		['1', true],
		['是', true],
		['on', true],
		['False', false],
		['no', false],
		['０', false],
		['否', false],
		['OFF', false],
	])('may be %p', (value, truth) => {
		expect(sent(value, { type: 'boolean' })).toBe(truth);
	});

	it.each([
		['perhaps', '; it is "perhaps"'],
		[2, '; it is 2'],
		['', '; it is ""'],
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
		expect(sent(' A , A\u200B', property)).toEqual(['A', 'A']);
		expect(sent('["A", 2]', property)).toEqual(['A', 2]);
		expect(sent(' A ', { type: 'options', options })).toBe('A');
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
		[
			'what cannot be seen around',
			'\u200E2026-12-01T10:20:30+09:00\u200B',
			'2026-12-01T10:20:30+09:00',
		],
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

describe('amounts, addresses, bytes and expiries', () => {
	const number = { type: 'number', typeOptions: { minValue: 1 } } as const;
	const chinese = '长';

	it('an amount is a whole number of fen', () => {
		expect(sent('1250', number, { fen: true })).toBe(1250);
		expect(broken(12.5, number, { fen: true })).toContain('12.50 yuan is 1250 fen');
		expect(broken(0, number, { fen: true })).toContain('must be a positive whole number');
	});

	it('the first character that WeChat Pay does not take is named by its place', () => {
		expect(broken('好a👍b👍')).toContain('(character 3)');
		expect(broken('ab\uD83D')).toContain('(character 3)');
	});

	it('127 characters are counted as people count them, 80 bytes as WeChat Pay does', () => {
		expect(sent(chinese.repeat(127), {}, { maxLength: 127 })).toHaveLength(127);
		expect(broken(chinese.repeat(128), {}, { maxLength: 127 })).toContain('this one has 128');
		expect(sent(chinese.repeat(26), {}, { maxBytes: 80 })).toHaveLength(26);
		expect(broken(chinese.repeat(27), {}, { maxBytes: 80 })).toContain(
			'at most 80 bytes, this one has 81',
		);
	});

	it('an address is one of the internet where it has to be', () => {
		expect(sent('::ffff:203.0.113.7', {}, { ip: 'public' })).toBe('203.0.113.7');
		expect(broken('10.0.0.2', {}, { ip: 'public' })).toContain('10.0.0.2');
		expect(sent('10.0.0.2', {}, { ip: 'any' })).toBe('10.0.0.2');
	});

	it('an expiry lies between its limits, in the time zone of its field', () => {
		const field = {
			timezone: 'Asia/Shanghai',
			ahead: { min: 60, max: 15 * 86400, must: 'must be 1 minute to 15 days ahead' },
		};
		const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
		const time = { type: 'dateTime' } as const;
		const soon = at(120);
		expect(Date.parse(String(sent(soon, time, field)))).toBe(Date.parse(soon));
		const china = new Date(Date.now() + 8 * 3600_000 + 600_000).toISOString().slice(0, 19);
		expect(sent(china, time, field)).toBe(`${china}.000+08:00`);
		expect(broken(at(-1), time, field)).toBe(
			'must be 1 minute to 15 days ahead; it is in the past',
		);
		expect(broken(at(30), time, field)).toContain('minutes ahead');
		expect(broken(at(16 * 86400), time, field)).toContain('23040 minutes ahead');
		for (const form of ['20260421191948', 1776770388, '2026-4-21 7pm']) {
			expect(broken(form, time, field)).toContain('e.g. 2026-11-24T08:00:00+08:00');
		}
	});
});
