/** Bills as their text arrives, in whatever pieces. */
import {
	MAX_STATEMENT_ROWS,
	StatementReader,
	TooManyRows,
} from '../../../../nodes/client/statement/statementReader';
import type { StatementShape } from '../../../../nodes/client/statement/statementShape';

const SHAPE: StatementShape = {
	columns: {
		时间: { key: 'time', kind: 'time' },
		单号: { key: 'number', kind: 'text' },
		退款: { key: 'refund', kind: 'number' },
		'金额(元)': { key: 'amount', kind: 'amount' },
		备注: { key: 'remark', kind: 'text' },
		状态: { key: 'state', kind: 'text' },
	},
	summary: {
		总数: { key: 'count', kind: 'count' },
		总额: { key: 'sum', kind: 'amount' },
	},
	count: 'count',
	free: '备注',
};

const HEADER = '时间,单号,退款,金额(元),备注,状态';
const TOTALS = '总数,总额';

const textOf = (...lines: string[]) => [...lines, ''].join('\r\n');
const row = (...values: string[]) => values.map((value) => `\`${value}`).join(',');
const bill = (...rows: string[]) => textOf(HEADER, ...rows, TOTALS, row(`${rows.length}`, '1.00'));
const ONE = row('2026-11-27 10:00:00', 'S-1', '0', '1.00', '', 'SUCCESS');

function read(text: string | Buffer, size = 1_000_000, asked = {}) {
	const bytes = Buffer.from(text);
	const reader = new StatementReader(SHAPE, asked);
	for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
	return reader.end();
}

const READ = {
	time: '2026-11-27T10:00:00+08:00',
	number: 'S-1',
	amount: 100,
	state: 'SUCCESS',
};

describe('what is read', () => {
	it('is the details, and the summary apart', () => {
		expect(read(bill(ONE))).toEqual({ rows: [READ], summary: { count: 1, sum: 100 } });
	});

	it.each([1, 2, 3, 7, 64])('is the same in pieces of %d bytes', (size) => {
		const text = `\uFEFF${bill(ONE, ONE.replace('S-1', '咖啡'))}`;
		expect(read(text, size)).toEqual(read(text));
	});

	it.each([
		['a byte order mark', (text: string) => `\uFEFF${text}`],
		['bare line feeds', (text: string) => text.replaceAll('\r\n', '\n')],
		['no line end after its last line', (text: string) => text.slice(0, -2)],
		['empty lines', (text: string) => text.replaceAll('\r\n', '\r\n\r\n')],
		[
			'backticks in its header',
			(text: string) => text.replace(HEADER, row(...HEADER.split(',')).slice(1)),
		],
		['brackets of full width', (text: string) => text.replace('(元)', '（元）')],
		['blanks in its header', (text: string) => text.replaceAll('单号,', ' 单号 ,')],
	])('may have %s', (_, change) => {
		expect(read(change(bill(ONE)))).toEqual(read(bill(ONE)));
	});

	it('goes by the headers, whatever their order', () => {
		const text = textOf('状态,单号', row('SUCCESS', 'S-1'), '总额,总数', row('1.00', '1'));
		expect(read(text)).toEqual({
			rows: [{ state: 'SUCCESS', number: 'S-1' }],
			summary: { sum: 100, count: 1 },
		});
	});

	it('keeps unknown columns under their header, unless they are empty', () => {
		const text = (value: string) =>
			textOf('单号,门店', row('S-1', value), TOTALS, row('1', '1.00'));
		expect(read(text('0042')).rows).toEqual([{ number: 'S-1', 门店: '0042' }]);
		expect(read(text('')).rows[0]).not.toHaveProperty('门店');
	});

	it('has a separator in its free text, whatever stands there', () => {
		const remark = 'a,`b,`,c';
		const [only] = read(bill(ONE.replace(',`,`SUCCESS', `,\`${remark},\`SUCCESS`))).rows;
		expect(only).toEqual({ ...READ, remark });
	});

	it('begins with what it was asked by', () => {
		const { rows } = read(bill(ONE, ONE), 64, { day: '2026-11-27' });
		expect(rows.map((one) => Object.keys(one)[0])).toEqual(['day', 'day']);
		expect(rows[1]).toEqual({ day: '2026-11-27', ...READ });
	});
});

describe('rows one after the other', () => {
	const refund = row('2026-11-27 11:00:00', 'S-1', 'R-1', '0.40', 'x', 'REFUND');
	const other = row('2026-11-27 12:00:00', 'S-2', '0', '1.00', '', 'SUCCESS');

	it.each([
		['alike', [ONE, other, ONE]],
		['of other columns', [ONE, refund, other, refund, refund, ONE]],
		['the same', [refund, refund]],
	])('that are %s are each what they are alone', (_, lines) => {
		const alone = lines.map((line) => read(bill(line)).rows[0]);
		expect(read(bill(...lines)).rows).toEqual(alone);
	});

	it('are objects of their own', () => {
		const { rows } = read(bill(ONE, ONE));
		rows[0].number = 'changed';
		expect(rows[1]).toEqual(READ);
	});

	it('have what they have, and no key without a value', () => {
		const [payment, , later] = read(bill(ONE, refund, other)).rows;
		for (const one of [payment, later]) {
			expect(Object.keys(one)).toEqual(['time', 'number', 'amount', 'state']);
		}
	});
});

describe('a copy of the reader', () => {
	it('goes on by itself, in the middle of a line', () => {
		const bytes = Buffer.from(bill(ONE, ONE.replace('S-1', 'S-2')));
		const first = new StatementReader(SHAPE, { day: 1 });
		first.write(bytes.subarray(0, 120));
		const copies = [first.copy(), first.copy()];
		for (const copy of copies) copy.write(bytes.subarray(120));
		for (const copy of copies) {
			expect(copy.end().rows.map(({ number, day }) => [number, day])).toEqual([
				['S-1', 1],
				['S-2', 1],
			]);
		}
	});
});

describe('a file that says something else than it should', () => {
	it.each([
		['', 'it has no summary at its end: it was cut off'],
		[textOf(HEADER, ONE), 'cut off'],
		[textOf(HEADER, ONE, TOTALS), 'cut off'],
		[textOf(HEADER, ONE, TOTALS, row('2', '1.00')), 'its summary counts 2 rows, but it has 1'],
		[textOf(HEADER, ONE, '总额', row('1.00')), 'its summary counts no rows, but it has 1'],
		[`${bill(ONE)}${ONE}\r\n`, 'a line behind its summary'],
		[textOf('a,b', ONE), 'an unknown header: a,b'],
		[textOf('__proto__,constructor', ONE), 'an unknown header'],
		[textOf(HEADER, ONE, TOTALS, TOTALS), 'a line without backticks'],
		[bill(row('1', '2')), 'a row of 2 values below 6 headers'],
		[textOf('单号,状态', row('1', '2', '3')), 'a row of 3 values below 2 headers'],
		[bill(ONE.replace('1.00', 'free')), 'an amount that is none: free'],
	])('%j is refused', (text, words) => {
		expect(() => read(text)).toThrow(words);
	});

	it('is refused in words that can be printed', () => {
		const text = textOf('a\u202eb,c', ONE);
		expect(() => read(text)).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('\u202e') }),
		);
	});

	it('has no line of more than a million bytes', () => {
		const reader = new StatementReader(SHAPE);
		reader.write(Buffer.alloc(1024 * 1024, 'x'));
		expect(() => reader.write(Buffer.from('x'))).toThrow('a line of more than a million bytes');
	});
});

it('more rows than can become items are refused as they arrive (B7)', () => {
	const reader = new StatementReader(SHAPE);
	reader.write(Buffer.from(`单号\n${'`S\n'.repeat(MAX_STATEMENT_ROWS)}`));
	expect(() => reader.write(Buffer.from('`S\r\n'))).toThrow(TooManyRows);
});
