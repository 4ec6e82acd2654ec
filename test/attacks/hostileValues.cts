/** Values that nobody should put into an item, and that sooner or later somebody will. */
import fc, { type Arbitrary } from 'fast-check';

import { anyText } from './madeUp.cts';

const MANY = 100_000;

/** The largest value that an order system ever delivered, and then some. */
const MEGABYTE = 1_000_000;

const PLACES = [
	'.',
	'..',
	' .. ',
	'../../../pay',
	'..\\..',
	'%2e%2e',
	'%2F..%2f',
	'a/b',
	'/',
	'//evil.example/',
	'https://evil.example/x',
	'\\\\evil.example',
	'@evil.example',
	':99999',
	'?mchid=1',
	'#fragment',
	'a;b=c',
	'a&b=c',
	'a=b',
	'%',
	'%00',
	'%zz',
	'%0d%0aX-Evil: 1',
	"'!()*~",
	'{code}',
	'{card_id}',
	'$&$1$$',
];

const HEADERS = [
	'\r\nX-Evil: 1',
	'a\r\n\r\nGET / HTTP/1.1',
	'a\nb',
	'a\tb',
	'\0',
	'\x7f',
	'\x85',
	'\x1b[31m',
];

const NAMES = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'__rl',
	'value',
];

const EXPRESSIONS = ['={{ $env }}', '{{ 1 + 1 }}', '={{ $json }}', '${1}', '=', '={{', '}}'];

const CHARACTERS = [
	'\ud83c',
	'\udf81',
	'a\ud83c\ud83cb',
	'🎁',
	'\ufffd',
	'\ufeff13900139000',
	'\u200b',
	'\u202e1234',
	'\u2028',
	'e\u0301',
	'é',
	'Ａ',
	'𝟙𝟚',
	'ſ',
];

const NUMBERS = [
	'12',
	' 12 ',
	'\u00a012',
	'12.0',
	'12.000000000000000000001',
	'12.5',
	'+12',
	'-12',
	'--12',
	'-0',
	'00012',
	'1e3',
	'0x10',
	'0b1',
	'0o7',
	'1_000',
	'1,000',
	'1 000',
	'９',
	'١٢',
	'²',
	'Infinity',
	'NaN',
	'null',
	'true',
	'9007199254740991',
	'9007199254740992',
	'9007199254740993',
	'-9007199254740993',
	'12345678901234567890',
	'9007199254740993.0',
	'1'.repeat(400),
	'0.1e1',
	'12n',
];

const DATES = [
	'2026-11-24',
	'2026-02-31',
	'0000-00-00',
	'2026-11-24T08:00:00',
	'2026-11-24T08:00:00Z',
	'2026-11-24T25:00:00+08:00',
	'2026-11-24T08:00:00+99:99',
	'2026-11-24T08:00:00+08:00\r\nX-Evil: 1',
	'+012026-11-24T08:00:00Z',
	'24.11.2026',
	'1764000000',
];

const JSON_TEXTS = [
	'{"__proto__": {"polluted": true}}',
	'{"constructor": {"prototype": {"polluted": true}}}',
	'{"a": {"__proto__": {"polluted": true}}}',
	'{"toString": "a"}',
	'{"bonus_value": 999, "mchid": "1900000109", "out_trade_no": "other"}',
	'{"number": 12345678901234567890}',
	'{"numbers": [1, {"deep": -9007199254740993}]}',
	'{"number": 1e400}',
	'{"number": 0.1}',
	'{"surrogate": "\\ud83c"}',
	'{"a": null}',
	'{"a": "b\\r\\nc"}',
	'[1]',
	'"text"',
	'{"a": 1',
	`{"${'a'.repeat(MANY)}": 1}`,
	`{"${'😀'.repeat(MANY)}": 1}`,
	`{"a": ${'['.repeat(MANY)}${']'.repeat(MANY)}}`,
	`{"a": ${'{"b":'.repeat(5000)}1${'}'.repeat(5000)}}`,
];

const HUGE = [
	'x'.repeat(MEGABYTE),
	'9'.repeat(MANY),
	'会'.repeat(MANY),
	`${' '.repeat(MANY)}x`,
	`a${' '.repeat(MANY)}x`,
	'\n'.repeat(MANY),
	'a,'.repeat(MANY),
	'2026-11-24 '.repeat(MANY / 10),
	`2026-11-24${' '.repeat(MANY)}T`,
	`${'0'.repeat(MANY)}1`,
	`1.${'0'.repeat(MANY)}`,
	'\ud83c'.repeat(MANY),
];

const OTHERS: unknown[] = [
	null,
	true,
	false,
	0,
	-0,
	-1,
	1.5,
	2 ** 53,
	-(2 ** 53),
	1e21,
	13900139000,
	[],
	[[]],
	['a', null, '', ' b '],
	['..', { a: 1 }],
	[1, 2 ** 53],
	Array.from({ length: 2000 }, (_, at) => `code-${at}`),
	{},
	{ toString: 'a', valueOf: 'b' },
	{ toISO: 'a', length: 1e9 },
	{ __rl: true, mode: 'id', value: '..' },
	{ __rl: true, value: { __rl: true } },
	{ value: { value: {} }, values: [null] },
	JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
];

/** All of them that are always the same. */
export const HOSTILE_VALUES: unknown[] = [
	...PLACES,
	...HEADERS,
	...NAMES,
	...EXPRESSIONS,
	...CHARACTERS,
	...NUMBERS,
	...DATES,
	...JSON_TEXTS,
	...HUGE,
	...OTHERS,
];

/** Any of them, or others, as JSON has them. */
export const hostileValue: Arbitrary<unknown> = fc.oneof(
	{ weight: 20, arbitrary: fc.constantFrom(...HOSTILE_VALUES) },
	{ weight: 3, arbitrary: anyText({ maxLength: 40 }) },
	{ weight: 2, arbitrary: fc.string({ unit: fc.constantFrom('\ud83c', '\udf81', 'a', '/', '.') }) },
	{ weight: 2, arbitrary: fc.bigInt().map(String) },
	{
		weight: 2,
		arbitrary: fc.double().map((number) => JSON.parse(JSON.stringify(number)) as unknown),
	},
	{ weight: 2, arbitrary: fc.json().map((text) => JSON.parse(text) as unknown) },
	{ weight: 1, arbitrary: fc.json() },
);

/** Values that only an expression can make: no JSON, and some of them no values to be looked at without care. */
export const HOSTILE_EXPRESSIONS = [
	'={{ 5n }}',
	'={{ ({ a: 5n }) }}',
	'={{ NaN }}',
	'={{ Infinity }}',
	'={{ ({ a: NaN }) }}',
	'={{ ({ a: undefined }) }}',
	'={{ ({ a: () => 1 }) }}',
	'={{ undefined }}',
	'={{ () => 1 }}',
	'={{ new Date() }}',
	'={{ new Date(NaN) }}',
	'={{ ({ a: new Date() }) }}',
	'={{ new Map([["a", 1]]) }}',
	'={{ ({ a: new Map([["a", 1]]) }) }}',
	'={{ Symbol() }}',
	'={{ /a/ }}',
	'={{ Object.create(null) }}',
	'={{ (() => { const a = {}; a.a = a; return a; })() }}',
	'={{ (() => { let a = []; for (let i = 0; i < 20000; i += 1) a = [a]; return a; })() }}',
	'={{ ({ a: (() => { let a = []; for (let i = 0; i < 20000; i += 1) a = [a]; return a; })() }) }}',
	'={{ ({ toISO: () => "x".repeat(100000) }) }}',
	'={{ ({ toISO: () => 5n }) }}',
	'={{ ({ toJSON: () => "other" }) }}',
	'={{ new Proxy({}, { get: () => { throw new Error("boo") } }) }}',
	'={{ $now }}',
	'={{ $json }}',
	'={{ $json.nothing.there }}',
	'={{ (() => { throw new Error("x".repeat(100000)) })() }}',
	'={{ "x".repeat(100000) }}',
	'={{',
	'={{ 1 }}{{ 2 }}',
	'=text',
];
