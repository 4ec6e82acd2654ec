/** Orders files as Excel, WPS and shop systems write them. */
import { encode } from 'iconv-lite';

import { lostReport, OrdersFileError, readOrders } from './orders.cts';
import { runDemo, temporaryFile } from './process.cts';

const ENCODINGS: Record<string, (text: string) => Buffer> = {
	'UTF-8': (text) => encode(text, 'utf8'),
	'UTF-8 with a mark': (text) => encode(text, 'utf8', { addBOM: true }),
	GBK: (text) => encode(text, 'gbk'),
	GB18030: (text) => encode(text, 'gb18030'),
	'UTF-16 LE': (text) => encode(text, 'utf16le', { addBOM: true }),
	'UTF-16 BE': (text) => encode(text, 'utf16be', { addBOM: true }),
	'UTF-16 LE without a mark': (text) => encode(text, 'utf16le', { addBOM: false }),
	'UTF-16 BE without a mark': (text) => encode(text, 'utf16be', { addBOM: false }),
};

const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' };

/** Each with a column before, one between and one after that the demo does not need. */
const HEADERS: Record<string, string[]> = {
	own: ['id', 'order_no', 'card_id', 'buyer', 'member_code', 'points', 'note'],
	'in another case, with blanks': [
		'ID',
		' Order No. ',
		'CARD ID',
		'Buyer',
		'Member-Code',
		'POINTS',
		'Note',
	],
	"WeChat Pay's": ['id', 'out_trade_no', 'card_id', 'openid', 'code', 'bonus_value', 'note'],
	Chinese: ['序号', '订单号', '卡ID', '买家', '卡号', '积分', '备注'],
	'Chinese, otherwise': ['序号', '商户订单号', '会员卡 ID', '买家', '会员卡号', '赠送积分', '备注'],
	'Chinese, with marks and remarks': [
		'序号',
		'*订单号（必填）',
		'卡ID(card_id)',
		'买家',
		'【卡号】',
		'积分 (个)',
		'备注',
	],
	'Chinese, full width, quoted, on two lines': [
		'序号',
		'"订单\r\n编号"',
		'卡ＩＤ',
		'买家',
		'`会员编号',
		'积分：',
		'备注',
	],
};

const ROWS = [
	['1', 'mine-1', 'card-1', '张三', '478515832007', '30', ''],
	['', '', '', '', '', '', ''],
	['2', '="202611220002"', 'card-1', '"李""四"', '"=""478515832014"""', '="7"', '"两行\r\n备注"'],
	['3', '`202611220003', ' card-1 ', '王五', "'478515832021", '"8"', '无'],
	['=""', ' ', '', '\u200b', '', '', ''],
];

const ORDERS = [
	{ order_no: 'mine-1', card_id: 'card-1', member_code: '478515832007', points: '30' },
	{ order_no: '202611220002', card_id: 'card-1', member_code: '478515832014', points: '7' },
	{ order_no: '202611220003', card_id: 'card-1', member_code: '478515832021', points: '8' },
];

const read = (content: string | Buffer) => readOrders(temporaryFile(content));
const reason = (content: string | Buffer) => {
	try {
		read(content);
	} catch (error) {
		expect(error).toBeInstanceOf(OrdersFileError);
		return (error as Error).message.replace(/^.*orders\.csv/, 'orders.csv');
	}
	return undefined;
};

describe.each(Object.keys(ENCODINGS))('a file in %s', (encoding) => {
	describe.each(Object.entries(SEPARATORS))('with a %s between cells', (_name, separator) => {
		it.each(Object.entries(HEADERS))('and headers that are %s', (_kind, header) => {
			const rows = encoding === 'GBK' ? ROWS.slice(0, -1) : ROWS;
			const text = [header, ...rows].map((row) => row.join(separator)).join('\r\n');
			expect(read(ENCODINGS[encoding](text))).toEqual({ orders: ORDERS, lost: [] });
		});
	});
});

describe('a file', () => {
	const HEADER = 'order_no,card_id,member_code,points';
	const one = { order_no: '1', card_id: 'c', member_code: 'm', points: '3' };

	it.each([
		[
			'with the separator in its first line, as Excel writes it',
			'sep=;\r\n' + HEADER.replaceAll(',', ';') + '\r\n1;c;m;3\r\n',
		],
		['with titles above the header', `订单导出\r\n时间：,2026-11-27\r\n\r\n${HEADER}\r\n1,c,m,3`],
		['with line feeds only', `${HEADER}\n1,c,m,3\n`],
		['with carriage returns only', `${HEADER}\r1,c,m,3\r`],
		['whose lines end in two ways', `${HEADER}\r\n1,c,m,3\n`],
		['with empty lines before the header', `\r\n,,,\r\n${HEADER}\r\n1,c,m,3`],
		['with a tab after a number, which keeps it a text', `${HEADER}\r\n1\t,c,m\t,3\r\n`],
		['with empty cells after the last header', `${HEADER},,\r\n1,c,m,3,,\r\n`],
		['with all in quotes', '"order_no","card_id","member_code","points"\r\n"1","c","m","3"\r\n'],
		['with columns in another order', 'points,member_code,card_id,order_no\n3,m,c,1'],
		[
			'with more commas in a cell than separators',
			'order_no;"a,b,c,d,e";card_id;member_code;points\n1;"x,y,z,u,v,w";c;m;3',
		],
	])('%s', (_what, text) => {
		expect(read(text).orders).toEqual([one]);
	});

	it('may leave out empty cells at the end of a row', () => {
		const { orders } = read(`${HEADER},scenario\n1,c,m,3\n2,c,m,3,not prepared`);
		expect(orders.map(({ scenario }) => scenario)).toEqual(['', 'not prepared']);
	});
});

describe('a number that a spreadsheet made short', () => {
	const TEXT =
		'订单号,卡ID,卡号,积分,备注\n' +
		'"mine-1",card-1,478515832007,30,"a\nb"\n' +
		'mine-2,card-1,4.78516E+11,30,\n' +
		'2.02611E+19,card-1,4.78E+11,30,\n' +
		'mine-4,card-1,"4,78E+11",30,\n' +
		'mine-5,card-1,########,30,\n' +
		'1E10,card-1,478515832014,30,9.9E+11\n';

	it('is named as lost, and its order is not among the others', () => {
		const { orders, lost } = read(TEXT);
		expect(orders.map(({ order_no }) => order_no)).toEqual(['mine-1', '1E10']);
		expect(lost).toEqual([
			{ line: 4, header: '卡号', value: '4.78516E+11' },
			{ line: 5, header: '订单号', value: '2.02611E+19' },
			{ line: 5, header: '卡号', value: '4.78E+11' },
			{ line: 6, header: '卡号', value: '4,78E+11' },
			{ line: 7, header: '卡号', value: '########' },
		]);
	});

	it('is reported by its line, with the way out', () => {
		expect(lostReport(read(TEXT).lost)).toMatch(
			/Not sent: 4 orders, .*lost a number:\n {2}line 4: 卡号 4\.78516E\+11\n[\s\S]*format these columns as 'Text'/,
		);
		expect(lostReport([])).toBe('');
	});

	it('never gets to WeChat Pay', async () => {
		const { code, output } = await runDemo(temporaryFile(encode(TEXT, 'gbk')));
		expect(output).toMatch(/Orders: {6}2 from/);
		expect(output).toMatch(/Success: 2 orders[\s\S]*Not sent: 4 orders/);
		expect(output).toMatch(/line 6: 卡号 4,78E\+11/);
		expect(code).toBe(0);
	}, 30_000);

	it('ends the demo where every order has one', async () => {
		const { code, output } = await runDemo(
			temporaryFile('order_no,card_id,member_code,points\n1,c,4.78E+11,3\n'),
		);
		expect(output).toMatch(/Not sent: 1 order, [\s\S]*line 2: member_code 4\.78E\+11/);
		expect(output).not.toContain('Success');
		expect(code).toBe(1);
	}, 30_000);
});

describe('a file that is something else', () => {
	it.each([
		['an Excel workbook (or another ZIP archive)', Buffer.from('PK\x03\x04....', 'latin1')],
		['an old Excel or WPS workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
		['a compressed file', Buffer.from('1f8b0800', 'hex')],
		['a PDF', '%PDF-1.7'],
		['a web page or XML', '\ufeff <html><body><table><tr><td>订单号'],
		['a web page or XML', '<?xml version="1.0"?><Workbook/>'],
		['JSON', '[{"order_no": "1"}]'],
	])('is named: %s', (name, content) => {
		expect(reason(content)).toBe(
			`orders.csv is ${name}, not a CSV file. In Excel or WPS, save it as 'CSV UTF-8 (comma delimited)'.`,
		);
	});

	it('or that no encoding fits', () => {
		expect(reason(Buffer.from('6f72646572ff41fffe8081', 'hex'))).toBe(
			"orders.csv is no text in UTF-8, UTF-16 or GBK (GB18030): it begins with the bytes 6f 72 64 65 72 ff 41 ff. In Excel or WPS, save it as 'CSV UTF-8 (comma delimited)'.",
		);
	});
});

describe('a table that does not fit', () => {
	it('is told by its headers, and how they were read', () => {
		expect(reason(encode('订单号,,积分\n1,2,3\n', 'gbk'))).toBe(
			'orders.csv has no column card_id, member_code. Its first line must name order_no, card_id, member_code, points or 订单号, 卡ID, 卡号, 积分 (and may name sub_mchid, scenario); read as GBK, it names 订单号, (nothing), 积分.',
		);
	});

	it('because two columns have one meaning', () => {
		expect(reason('订单号,order_no,卡ID,卡号,积分\n1,2,3,4,5\n')).toBe(
			'orders.csv has two columns for order_no: 订单号, order_no. Rename or delete one.',
		);
	});

	it('because a row has more cells than the header', () => {
		expect(reason('order_no,card_id,member_code,points\n1,c,m,3\n2,c,m,3\n3,c,m,1,000\n')).toMatch(
			/^orders\.csv, line 4 has 5 cells, the header has 4\. A cell that contains/,
		);
	});
});
