/** Bill files as WeChat Pay writes them (payments-api.json, bill_files; https://pay.weixin.qq.com/doc/v3/merchant/4013071246). */
import type { Flow, Trade } from './trades.cts';
import { chinaTime } from '../rules/times.cts';

/** What differs from one file to the next. */
export interface StatementStyle {
	/** Begins with U+FEFF. */
	byteOrderMark: boolean;
	lineEnd: '\r\n' | '\n';
	/** 总金额 and 企业红包金额 instead of 应结订单金额 and 代金券金额, and no 订单金额. */
	older: boolean;
	/** Columns that nobody has heard of, by header. */
	added: Record<string, string>;
	/** What to do with the finished text. */
	spoil: (text: string) => string;
}

export const USUAL_STYLE: StatementStyle = {
	byteOrderMark: true,
	lineEnd: '\r\n',
	older: false,
	added: {},
	spoil: (text) => text,
};

type Cell<T> = [header: string, value: (one: T) => string];

const WHO: Array<Cell<Trade>> = [
	['交易时间', ({ time }) => billTime(time)],
	['公众账号ID', ({ appid }) => appid],
	['商户号', ({ mchid }) => mchid],
	['特约商户号', ({ sub_mchid: subMchid }) => subMchid ?? '0'],
	['设备号', (trade) => escaped(trade.device_id ?? '', trade)],
	['微信订单号', ({ transaction_id: id }) => id],
	['商户订单号', ({ out_trade_no: number }) => number],
	['用户标识', ({ openid }) => openid],
	['交易类型', ({ trade_type: type }) => type],
	['交易状态', ({ refund }) => (refund ? 'REFUND' : 'SUCCESS')],
	['付款银行', ({ bank_type: bank }) => bank],
	['货币种类', () => 'CNY'],
	['应结订单金额', ({ refund, total, coupon_amount }) => yuan(refund ? 0 : total - coupon_amount)],
	['代金券金额', ({ refund, coupon_amount }) => yuan(refund ? 0 : coupon_amount)],
];

const REFUND_TIMES: Array<Cell<Trade>> = [
	['退款申请时间', ({ time }) => billTime(time)],
	['退款成功时间', ({ refund }) => (refund?.success_time ? billTime(refund.success_time) : '')],
];

const REFUND: Array<Cell<Trade>> = [
	['微信退款单号', ({ refund }) => refund?.refund_id ?? '0'],
	['商户退款单号', ({ refund }) => refund?.out_refund_no ?? '0'],
	['退款金额', ({ refund }) => yuan(refund ? refund.amount - refund.coupon_refund : 0)],
	['充值券退款金额', ({ refund }) => yuan(refund?.coupon_refund ?? 0)],
	['退款类型', ({ refund }) => refund?.type ?? ''],
	['退款状态', ({ refund }) => refund?.status ?? ''],
];

const GOODS: Array<Cell<Trade>> = [
	['商品名称', (trade) => escaped(trade.description, trade)],
	['商户数据包', (trade) => escaped(trade.attach, trade)],
	['手续费', ({ fee, refund }) => (((refund ? -1 : 1) * fee) / 100_000).toFixed(5)],
	['费率', ({ rate }) => rate],
	['订单金额', ({ refund, total }) => yuan(refund ? 0 : total)],
];

const ASKED: Cell<Trade> = ['申请退款金额', ({ refund }) => yuan(refund?.amount ?? 0)];
const REMARK: Cell<Trade> = ['费率备注', ({ rate_remark: remark }) => remark];

const TRADE_CELLS: Record<string, Array<Cell<Trade>>> = {
	ALL: [...WHO, ...REFUND, ...GOODS, ASKED, REMARK],
	SUCCESS: [...WHO, ...GOODS, REMARK],
	REFUND: [...WHO, ...REFUND_TIMES, ...REFUND, ...GOODS, ASKED, REMARK],
};

const OLDER: Record<string, string> = {
	应结订单金额: '总金额',
	代金券金额: '企业红包金额',
	充值券退款金额: '企业红包退款金额',
	应结订单总金额: '总交易额',
	退款总金额: '总退款金额',
	充值券退款总金额: '总企业红包退款金额',
};

const NOT_IN_OLDER = ['订单金额', '申请退款金额', '费率备注', '订单总金额', '申请退款总金额'];

/** @param type ALL, SUCCESS or REFUND */
export function tradeStatement(trades: Trade[], type: string, style: StatementStyle): Buffer {
	const listed = trades.filter(
		({ refund }) => type === 'ALL' || (type === 'REFUND') === (refund !== undefined),
	);
	const sum = (cell: string) =>
		listed.reduce((total, trade) => total + Number(valueOf(cell, trade)), 0).toFixed(2);
	const summary: Array<[string, string]> = [
		['总交易单数', String(listed.length)],
		['应结订单总金额', sum('应结订单金额')],
		['退款总金额', sum('退款金额')],
		['充值券退款总金额', sum('充值券退款金额')],
		['手续费总金额', Number(sum('手续费')).toFixed(5)],
		['订单总金额', sum('订单金额')],
		['申请退款总金额', sum('申请退款金额')],
	];
	const ofOrders = ['总交易单数', '应结订单总金额', '手续费总金额', '订单总金额'];
	return written(
		listed,
		TRADE_CELLS[type],
		summary.filter(([header]) => type !== 'SUCCESS' || ofOrders.includes(header)),
		style,
	);
}

function valueOf(header: string, trade: Trade): string {
	const [, value] = TRADE_CELLS.ALL.find(([name]) => name === header) as Cell<Trade>;
	return value(trade);
}

const FLOW_CELLS: Array<Cell<Flow>> = [
	['记账时间', ({ time }) => billTime(time)],
	['微信支付业务单号', ({ business_id: id }) => id],
	['资金流水单号', ({ flow_id: id }) => id],
	['业务名称', ({ business_name: name }) => name],
	['业务类型', ({ business_type: type }) => type],
	['收支类型', ({ isIncome }) => (isIncome ? '收入' : '支出')],
	['收支金额(元)', ({ amount }) => yuan(amount)],
	['账户结余(元)', ({ balance }) => yuan(balance)],
	['资金变更提交申请人', ({ applicant }) => applicant],
	['备注', ({ remark }) => oneLine(remark)],
	['业务凭证号', ({ voucher_no: number }) => oneLine(number)],
];

export function flowStatement(flows: Flow[], style: StatementStyle): Buffer {
	const of = (isIncome: boolean) => flows.filter((flow) => flow.isIncome === isIncome);
	const sum = (some: Flow[]) => yuan(some.reduce((total, { amount }) => total + amount, 0));
	return written(
		flows,
		FLOW_CELLS,
		[
			['资金流水总笔数', `${flows.length}.0`],
			['收入笔数', `${of(true).length}.0`],
			['收入金额', sum(of(true))],
			['支出笔数', `${of(false).length}.0`],
			['支出金额', sum(of(false))],
		],
		style,
	);
}

function written<T>(
	rows: T[],
	cells: Array<Cell<T>>,
	summary: Array<[string, string]>,
	{ byteOrderMark, lineEnd, older, added, spoil }: StatementStyle,
): Buffer {
	const isKept = (header: string) => !older || !NOT_IN_OLDER.includes(header);
	const name = (header: string) => (older ? (OLDER[header] ?? header) : header);
	const details = cells.filter(([header]) => isKept(header));
	const totals = summary.filter(([header]) => isKept(header));
	const more = Object.entries(added);
	const lines = [
		[...details.map(([header]) => name(header)), ...more.map(([header]) => header)].join(','),
		...rows.map((row) =>
			line([...details.map(([, value]) => value(row)), ...more.map(([, value]) => value)]),
		),
		totals.map(([header]) => name(header)).join(','),
		line(totals.map(([, value]) => value)),
		'',
	];
	const text = spoil(lines.join(lineEnd));
	return Buffer.from(byteOrderMark ? `\uFEFF${text}` : text);
}

/** Each value begins with a backtick, so that spreadsheets keep long numbers. */
function line(values: string[]): string {
	return values.map((value) => `\`${value}`).join(',');
}

function yuan(fen: number): string {
	return (fen / 100).toFixed(2);
}

function billTime(seconds: number): string {
	return chinaTime(seconds).slice(0, 19).replace('T', ' ');
}

/** Fund flow bills escape only what would break a line. */
function oneLine(text: string): string {
	const names: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\x01': ' ' };
	return text.replace(/[\n\r\x01]/g, (character) => names[character]);
}

/** The merchant's own text; the two kinds of rows differ in how they write ' and `. */
function escaped(text: string, { refund }: Trade): string {
	const names: Record<string, string> = {
		'\\': '\\\\',
		"'": refund ? "'" : "\\'",
		'"': '\\"',
		'`': refund ? '\\140' : '\\`',
		',': '\\ ',
		'\n': '\\n',
		'\r': '\\r',
		'\t': '\\t',
		'\uE000': '\\ ',
		'\x1a': '\\\x1a',
	};
	return text.replace(/[\\'"`,\n\r\t\uE000\x1a]/g, (character) => names[character]);
}
