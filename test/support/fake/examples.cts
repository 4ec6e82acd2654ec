/** A good request of each documented operation, and the ways to spoil its body, for table-driven tests. */
import { aDay, chinaSeconds } from '../days.cts';
import type { Sent } from './client.cts';
import { exampleOf, operation, type Field, type Operation } from './rules/facts.cts';
import { CARD, CODE, encrypted, MCHID } from './scene.cts';
import type { FakeWechatPay } from './server.cts';

export const PHONE = '13800138000';

/** Of the golden requests, and the placeholder of a path without an example. */
const OPENIDS = ['oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', '示例'];
const MALL_TRANSACTION = '1217752501201407033233368018';
const MALL_OPENID = 'oWmnN4xxxxxxxxxxe92NHIGf1xd8';

type Values = Record<string, unknown>;

/** Where the documented examples do not go together, or are too old. */
const CORRECTIONS: Record<string, Values> = {
	'bill.getTradeBill': { bill_date: aDay(), sub_mchid: '1900000109' },
	'bill.getFundFlowBill': { bill_date: aDay() },
	'bill.getSubMerchantFundFlowBill': { bill_date: aDay(), sub_mchid: '1900000109' },
	'card.list': { limit: 20, brand_id: '1004' },
	'coupon.getCallback': { mchid: MCHID },
	'coupon.listByUser': { status: 'SENDED', limit: 20 },
	'coupon.listStocks': {
		limit: 10,
		create_start_time: '2026-11-01T00:00:00+08:00',
		create_end_time: '2026-11-30T00:00:00+08:00',
	},
	'coupon.setCallback': { mchid: MCHID },
	'member.listByUser': { limit: 20 },
	'member.update': {
		balance_information: { before_balance: 888, add_balance: 100, balance: 988 },
	},
	'transfer.create': {
		transfer_scene_report_infos: [
			{ info_type: '活动名称', info_content: '注册会员有礼' },
			{ info_type: '奖励说明', info_content: '消费返现' },
		],
	},
	'refund.create': {
		transaction_id: undefined,
		amount: {
			refund: 888,
			from: [{ account: 'AVAILABLE', amount: 888 }],
			total: 888,
			currency: 'CNY',
		},
	},
};

const EXAMPLE_NUMBER = '1217752501201407033233368018';
const EXAMPLE_REFUND = {
	out_trade_no: EXAMPLE_NUMBER,
	out_refund_no: EXAMPLE_NUMBER,
	refund_id: '50000000382019052709732678859',
};
const SUB_MERCHANT = '1900000109';

/** The examples of refunds are of a service provider. */
function addRefund(fake: FakeWechatPay, status: 'PROCESSING' | 'ABNORMAL'): void {
	fake.addOrder({ out_trade_no: EXAMPLE_NUMBER, sub_mchid: SUB_MERCHANT, total: 888 });
	fake.addRefund({ ...EXAMPLE_REFUND, sub_mchid: SUB_MERCHANT, status });
}

const EXAMPLE_TRANSFER = {
	out_bill_no: 'plfk2020042013',
	transfer_bill_no: '1330000071100999991182020050700019480001',
	user_name: '张三',
};

/** Receipts are made of transfers that have ended. */
function addPaid(fake: FakeWechatPay, receipt?: 'FINISHED'): void {
	const created_at = Math.floor(Date.now() / 1000);
	fake.addTransfer({
		...EXAMPLE_TRANSFER,
		state: 'SUCCESS',
		...(receipt && { receipt: { state: receipt, created_at } }),
	});
}

/** What a fake has to know in addition to the scene. */
const ARRANGED: Record<string, (fake: FakeWechatPay) => void> = {
	'card.upgrade': (fake) => fake.addCard({ card_id: CARD, upgraded: false }),
	'card.depositCodes': (fake) => fake.addCard({ card_id: CARD, code_mode: 'MERCHANT_DEPOSIT' }),
	'order.close': (fake) => fake.addOrder({ out_trade_no: EXAMPLE_NUMBER, trade_state: 'NOTPAY' }),
	'order.partnerClose': (fake) =>
		fake.addOrder({
			out_trade_no: EXAMPLE_NUMBER,
			sub_mchid: SUB_MERCHANT,
			trade_state: 'NOTPAY',
		}),
	'refund.create': (fake) =>
		fake.addOrder({ out_trade_no: EXAMPLE_NUMBER, sub_mchid: SUB_MERCHANT, total: 888 }),
	'refund.getByOutRefundNo': (fake) => addRefund(fake, 'PROCESSING'),
	'refund.applyAbnormal': (fake) => addRefund(fake, 'ABNORMAL'),
	'transfer.cancel': (fake) => fake.addTransfer(EXAMPLE_TRANSFER),
	'transfer.getByOutBillNo': (fake) => fake.addTransfer(EXAMPLE_TRANSFER),
	'transfer.getByTransferBillNo': (fake) => fake.addTransfer(EXAMPLE_TRANSFER),
	'transfer.createReceiptByOutBillNo': (fake) => addPaid(fake),
	'transfer.createReceiptByTransferBillNo': (fake) => addPaid(fake),
	'transfer.getReceiptByOutBillNo': (fake) => addPaid(fake, 'FINISHED'),
	'transfer.getReceiptByTransferBillNo': (fake) => addPaid(fake, 'FINISHED'),
	'serviceItem.add': (fake) => fake.addCard({ card_id: CARD }),
};

/** Everything that the examples speak of. */
export function arrange(fake: FakeWechatPay, id: string): void {
	fake.addCard({ card_id: CARD, serviceItems: { 666: {} } });
	fake.addMember({ card_id: CARD, code: CODE, bonus_value: 500, balance: 888 });
	fake.addMember({ card_id: CARD, code: 'INVITED', phone: '13800138001' });
	fake.addCampaign({ card_id: CARD, activity_id: '371067' });
	fake.addActivation({
		card_id: CARD,
		code: CODE,
		encrypt_code: exampleOf(operation('activation.decryptCode').query_params)
			.encrypt_code as string,
		activate_ticket: 'abcdefg',
		nickname: '周星星',
	});
	fake.addTrade({ time: chinaSeconds(aDay()), sub_mchid: '1900000109' });
	for (const mchid of ['1230000109', '1900000109']) {
		fake.addFlow({ time: chinaSeconds(aDay()), mchid });
	}
	fake.addPayer(PHONE);
	fake.setNotifyUrl('https://shop.example/notify');
	fake.setCouponNotifyUrl('https://shop.example/coupons');
	for (const mchid of ['10000022', '10000023']) fake.bindToBrand(mchid);
	fake.addStock({ stock_id: '9856000', stock_creator_mchid: '8956000' });
	for (const openid of OPENIDS) {
		fake.addCoupon({ openid, coupon_id: '9856888', stock_creator_mchid: '8956000' });
	}
	fake.addMallPayment({ transaction_id: MALL_TRANSACTION, openid: MALL_OPENID });
	ARRANGED[id]?.(fake);
}

/** The body of the examples; undefined when the operation has none. */
export function exampleBody(id: string): Values | undefined {
	const { body_params: fields } = operation(id);
	return fields.length === 0 ? undefined : correctedExample(id, fields);
}

/** The documented example as a request in order. */
export function exampleRequest(id: string): Sent {
	const { method, path, path_params, query_params } = operation(id);
	const variables = exampleOf(path_params);
	const query = Object.entries(correctedExample(id, query_params)).map(
		([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
	);
	const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
		encodeURIComponent(String(variables[name])),
	);
	const url = query.length === 0 ? filled : `${filled}?${query.join('&')}`;
	return { method, url, body: exampleBody(id) };
}

function correctedExample(id: string, fields: Field[]): Values {
	const example: Values = { ...exampleOf(fields) };
	for (const { name, encrypted: isSecret } of fields) {
		if (isSecret) example[name] = encrypted(id === 'invitation.getStatus' ? '13800138001' : PHONE);
		if (name in (CORRECTIONS[id] ?? {})) example[name] = CORRECTIONS[id][name];
	}
	return example;
}

/** A body with one fault, and the JSON pointer of it. */
export interface Spoilt {
	what: string;
	field: string;
	body: object;
}

const OF_ANOTHER_TYPE: Record<Field['type'], unknown> = {
	string: 1,
	integer: '1',
	boolean: 'true',
	object: [],
	array: {},
	file: 1,
};

/** Every documented field of the body missing, of another type, too long, or one of those not listed. */
export function spoiltBodies({ id, body_params: fields }: Operation): Spoilt[] {
	const body = exampleBody(id) as Values;
	return spoil(fields, body, '').map(({ what, field, change }) => {
		const copy = structuredClone(body);
		change(copy);
		return { what, field, body: copy };
	});
}

interface Change {
	what: string;
	field: string;
	change: (body: Values) => void;
}

function spoil(fields: Field[], values: Values, pointer: string): Change[] {
	const own = fields.flatMap((field) => {
		const at = `${pointer}/${field.name}`;
		const faults = faultsOf(field).map(([what, value]) => ({
			what: `${at} ${what}`,
			field: at,
			change: (body: Values) => put(body, at, value),
		}));
		return [...faults, ...deeper(field, values[field.name], at)];
	});
	const extra = `${pointer}/note`;
	return [
		...own,
		{ what: `${extra} undocumented`, field: extra, change: (body) => put(body, extra, 'x') },
	];
}

function deeper(field: Omit<Field, 'name'>, value: unknown, at: string): Change[] {
	if (field.fields) return spoil(field.fields, value as Values, at);
	if (!field.items) return [];
	return deeper(field.items, (value as unknown[])[0], `${at}/0`);
}

function faultsOf(field: Field): Array<[what: string, value: unknown]> {
	return [
		['of another type', OF_ANOTHER_TYPE[field.type]],
		...(field.required ? [['missing', undefined] as [string, undefined]] : []),
		...(field.max_length
			? [['too long', '长'.repeat(field.max_length + 1)] as [string, string]]
			: []),
		...(field.enum ? [['not listed', 'OTHER'] as [string, string]] : []),
		...(field.format === 'rfc3339'
			? [['no time', '2026-02-30T00:00:00+08:00'] as [string, string]]
			: []),
		...(field.type === 'string' ? [['empty', ''] as [string, string]] : []),
	];
}

function put(body: Values, pointer: string, value: unknown): void {
	const names = pointer.slice(1).split('/');
	const last = names.pop() as string;
	const parent = names.reduce((inner, name) => inner[name] as Values, body);
	parent[last] = value;
}
