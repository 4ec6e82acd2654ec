/** What the texts of a bill become. */
import type { StatementColumn } from '../../../../nodes/client/statement/statementShape';
import {
	StatementFormatError,
	statementValue,
} from '../../../../nodes/client/statement/statementValue';

const valueOf = (kind: StatementColumn['kind'], text: string) => statementValue(text, { kind });

it.each<[string, number]>([
	['0.00', 0],
	['0', 0],
	['1', 100],
	['1.', 100],
	['1.5', 150],
	['0.01', 1],
	['0.29', 29],
	['19.90', 1990],
	['1.10', 110],
	['-0.20', -20],
	['-0.00', 0],
	['+0.20', 20],
	['0.00600', 0.6],
	['-0.00180', -0.18],
	['1234567890.12', 123456789012],
])('%s yuan is %d fen', (text, fen) => {
	expect(Object.is(valueOf('amount', text), fen)).toBe(true);
});

it.each(['1,00', '1.0.0', 'x', '.5', '1e3', '¥1.00', ' 1.00', '--1'])('%j is no amount', (text) => {
	expect(() => valueOf('amount', text)).toThrow(StatementFormatError);
	expect(() => valueOf('amount', text)).toThrow(`it has an amount that is none: ${text}`);
});

it.each<[string, number]>([
	['0', 0],
	['20', 20],
	['20.0', 20],
	['20.', 20],
])('%s is the count %d', (text, count) => {
	expect(valueOf('count', text)).toBe(count);
});

it.each(['20.5', '-1', '2 0', 'twenty'])('%j is no count', (text) => {
	expect(() => valueOf('count', text)).toThrow(`it has a number that is none: ${text}`);
});

it('a time is China’s, and gets its offset; anything else stays as it is', () => {
	expect(valueOf('time', '2026-11-27 08:05:09')).toBe('2026-11-27T08:05:09+08:00');
	for (const text of ['2026-11-27', '2026-11-27 08:05:09.5', 'x2026-11-27 08:05:09']) {
		expect(valueOf('time', text)).toBe(text);
	}
});

it('a number of 0 is none, a text of 0 is one', () => {
	expect(valueOf('number', '0')).toBeUndefined();
	expect(valueOf('number', '00')).toBe('00');
	expect(valueOf('text', '0')).toBe('0');
});

it.each<StatementColumn['kind']>(['text', 'number', 'goods', 'amount', 'time', 'count'])(
	'an empty %s is none',
	(kind) => {
		expect(valueOf(kind, '')).toBeUndefined();
	},
);

it.each([
	['a\\ b', 'a,b'],
	["it\\'s", "it's"],
	["it's", "it's"],
	['\\"x\\"', '"x"'],
	['\\`', '`'],
	['\\140', '`'],
	['\\1400', '`0'],
	['a\\nb\\tc\\rd', 'a\nb\tc\rd'],
	['\\\\n', '\\n'],
	['\\\\\\n', '\\\n'],
	['\\\x1a', '\x1a'],
	['\\x', '\\x'],
	['\\', '\\'],
	['plain', 'plain'],
])('the text %j of the merchant was %j', (text, original) => {
	expect(valueOf('goods', text)).toBe(original);
});

it('other texts are not the merchant’s, and stay as they are', () => {
	expect(valueOf('text', 'a\\ b')).toBe('a\\ b');
});
