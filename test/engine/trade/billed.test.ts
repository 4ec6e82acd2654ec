/** Bills of what was paid, refunded and paid out before: the fake WeChat Pay lists its own records. */
import type { IDataObject } from 'n8n-workflow';

import { fileOfBinary } from '../../support/engine/binary.cts';
import { ERROR, runOperation, SUCCESS, WECHAT } from '../../support/engine/operation.cts';
import { skipDeadlines } from '../../support/engine/skipWaits.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { dayOf } from '../../support/fake/trade/trades.cts';
import { APPID, orderOf, run, SUB_MERCHANT } from './scene.cts';

skipDeadlines();

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await fake.stop();
});

/** Two days after the first order was paid, when its bill is there. @returns the rows */
async function billed(
	parameters: IDataObject = {},
	operation = 'bill.getTradeBill',
): Promise<IDataObject[]> {
	const { done, failures } = await run(fake, operation, { billDate: day(), ...parameters });
	expect(failures).toEqual([]);
	return done;
}

const day = () =>
	dayOf((fake.orders[0] ?? { success_time: fake.transfers[0].created_at }).success_time);
const ofTrade = (rows: IDataObject[]) =>
	rows.map(({ trade_state, out_trade_no, out_refund_no, refund_status }) =>
		[trade_state, out_trade_no, out_refund_no, refund_status].filter(Boolean).join(' '),
	);

async function pay(number: string, more: IDataObject = {}, payerTotal?: number): Promise<void> {
	const { failures } = await run(fake, 'payment.createNative', orderOf(number, more));
	expect(failures).toEqual([]);
	fake.pay(number, payerTotal === undefined ? {} : { payer_total: payerTotal });
}

async function refund(outTradeNo: string, outRefundNo: string, fen: number): Promise<void> {
	const parameters = { outTradeNo, outRefundNo, refund: fen };
	const { done } = await run(fake, 'refund.create', parameters);
	expect(done).toMatchObject([{ pending: true }]);
}

describe('the trade bill of a day', () => {
	it('lists what was paid and refunded, and not what was only ordered', async () => {
		await pay('SHOP-1', { total: 1000, additionalFields: { attach: '桌号 7' } });
		await run(fake, 'payment.createNative', orderOf('SHOP-2'));
		await refund('SHOP-1', 'R-1', 300);
		fake.settleRefund('R-1');
		fake.letDaysPass(2);

		const [payment, back, ...more] = await billed();
		const [order] = fake.orders;
		expect(more).toEqual([]);
		expect(payment).toEqual({
			bill_date: day(),
			trade_time: expect.stringMatching(`^${day()}T.*\\+08:00$`),
			appid: APPID,
			mchid: order.mchid,
			transaction_id: order.transaction_id,
			out_trade_no: 'SHOP-1',
			openid: order.openid,
			trade_type: 'NATIVE',
			trade_state: 'SUCCESS',
			bank_type: 'OTHERS',
			currency: 'CNY',
			settlement_total: 1000,
			coupon_amount: 0,
			settlement_refund: 0,
			coupon_refund: 0,
			description: '示例',
			attach: '桌号 7',
			fee: 6,
			rate: '0.60%',
			total: 1000,
			refund: 0,
		});
		expect(back).toMatchObject({
			trade_state: 'REFUND',
			transaction_id: order.transaction_id,
			refund_id: fake.refunds[0].refund_id,
			out_refund_no: 'R-1',
			refund: 300,
			refund_type: 'ORIGINAL',
			refund_status: 'SUCCESS',
			fee: -2,
		});
	});

	it.each([
		['ALL', ['SUCCESS SHOP-1', 'SUCCESS SHOP-2', 'REFUND SHOP-1 R-1 PROCESSING'], 3],
		['SUCCESS', ['SUCCESS SHOP-1', 'SUCCESS SHOP-2'], 2],
		['REFUND', ['REFUND SHOP-1 R-1 PROCESSING'], 1],
	])('of %s has its kind, and counts it', async (billType, rows, count) => {
		await pay('SHOP-1');
		await pay('SHOP-2');
		await refund('SHOP-1', 'R-1', 100);
		fake.letDaysPass(2);

		const all = await billed({ billType, includeSummary: true });
		expect(ofTrade(all.slice(0, -1))).toEqual(rows);
		expect(all.at(-1)?.summary).toMatchObject({ trade_count: count });
	});

	it.each([
		['SUCCESS', 'SUCCESS'],
		['ABNORMAL', 'CHANGE'],
		['CLOSED', 'FAIL'],
	] as const)('calls a refund that is %s %s, if it was so by then (B6)', async (status, word) => {
		await pay('SHOP-1');
		await refund('SHOP-1', 'R-1', 50);
		await refund('SHOP-1', 'R-2', 50);
		fake.settleRefund('R-1', status);
		fake.letDaysPass(2);
		fake.settleRefund('R-2', status);

		expect((await billed({ billType: 'REFUND' })).map((row) => row.refund_status)).toEqual([
			word,
			'PROCESSING',
		]);
		const { done } = await run(fake, 'refund.get', { outRefundNo: 'R-2' });
		expect(done).toMatchObject([{ status }]);
	});

	it('splits what was paid with a coupon, also what is refunded of it', async () => {
		await pay('SHOP-1', { total: 1000 }, 900);
		await refund('SHOP-1', 'R-1', 500);
		fake.letDaysPass(2);

		expect(await billed()).toMatchObject([
			{ total: 1000, settlement_total: 900, coupon_amount: 100 },
			{ refund: 500, settlement_refund: 450, coupon_refund: 50, total: 0 },
		]);
	});

	it('has a refund on the day on which it was accepted', async () => {
		await pay('SHOP-1');
		fake.letDaysPass(1);
		await refund('SHOP-1', 'R-1', 100);
		fake.letDaysPass(2);

		expect(ofTrade(await billed())).toEqual(['SUCCESS SHOP-1']);
		const next = dayOf(fake.refunds[0].created_at);
		expect(ofTrade(await billed({ billDate: next }))).toEqual(['REFUND SHOP-1 R-1 PROCESSING']);
	});

	it.each([
		['with a byte order mark', { byteOrderMark: true }],
		['without one, and with bare line feeds', { byteOrderMark: false, lineEnd: '\n' }],
		['in the older form', { older: true }],
	] as const)('%s says the same; texts are the merchant’s own', async (_, style) => {
		const description = `奶茶"大杯", '热' \`x\` 50\\50`;
		await pay('SHOP-1', { description });
		await refund('SHOP-1', 'R-1', 40);
		fake.letDaysPass(2);
		fake.setBills(style);

		expect(await billed()).toMatchObject([
			{ out_trade_no: 'SHOP-1', settlement_total: 100, description },
			{ out_refund_no: 'R-1', settlement_refund: 40, description },
		]);
	});

	it('is written with backticks and a summary', async () => {
		await pay('SHOP-1');
		fake.letDaysPass(2);
		const execution = await runOperation({
			resource: 'bill',
			operation: 'getTradeBill',
			parameters: { billDate: day(), outputAs: 'file', binaryPropertyName: 'data' },
			credential: fake.credential(),
		});

		expect(execution.json(WECHAT, ERROR)).toEqual([]);
		const [item] = execution.items(WECHAT, SUCCESS);
		const lines = fileOfBinary(item.binary?.data).toString().split('\r\n');
		expect(lines[0]).toMatch(/^\uFEFF交易时间,公众账号ID,.*,费率备注$/);
		expect(lines[1]).toMatch(/^`[\d -]+:\d\d:\d\d,`wx\w+,`\d+,`0,`,`\d{28},`SHOP-1,`/);
		expect(lines.slice(2)).toEqual([
			'总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
			'`1,`1.00,`0.00,`0.00,`0.01000,`1.00,`0.00',
			'',
		]);
	});

	it('of a service provider has the sub-merchant, and can be that of one', async () => {
		for (const [index, subMchid] of [SUB_MERCHANT, '1900000110'].entries()) {
			await pay(`SHOP-${index}`, { subMchid });
		}
		fake.letDaysPass(2);

		expect((await billed()).map((row) => row.sub_mchid)).toEqual([SUB_MERCHANT, '1900000110']);
		expect(await billed({ subMchid: SUB_MERCHANT })).toMatchObject([{ out_trade_no: 'SHOP-0' }]);
	});
});

describe('the fund flow bill of a day', () => {
	const FUND = 'bill.getFundFlowBill';
	const inShort = (rows: IDataObject[]) =>
		rows.map(({ business_type: type, flow_type: way, amount, voucher_no: number }) =>
			[type, way, amount, number].join(' '),
		);

	it('has what came in, what went out, what WeChat Pay kept, and the balance after each', async () => {
		await pay('SHOP-1', { total: 10_000 }, 9000);
		fake.addRefund({
			out_trade_no: 'SHOP-1',
			out_refund_no: 'R-1',
			refund: 1000,
			reason: '缺货,`x\n第二行',
		});
		fake.letDaysPass(2);

		const all = await billed({ includeSummary: true }, FUND);
		const rows = all.slice(0, -1);
		expect(inShort(rows)).toEqual([
			'交易 收入 9000 SHOP-1',
			'扣除交易手续费 支出 54 SHOP-1',
			'退款 支出 900 R-1',
			'退回交易手续费 收入 5 R-1',
		]);
		expect(rows[2].remark).toBe('缺货,`x\\n第二行');
		expect(new Set(rows.map(({ flow_id: id }) => id)).size).toBe(4);
		const [first, ...later] = rows.map(({ balance }) => Number(balance));
		expect(later).toEqual([first - 54, first - 954, first - 949]);
		expect(all.at(-1)?.summary).toEqual({
			flow_count: 4,
			income_count: 2,
			income_amount: 9005,
			expense_count: 2,
			expense_amount: 954,
		});
	});

	it.each([
		['PROCESSING', 1],
		['SUCCESS', 1],
		['ABNORMAL', 1],
		['CLOSED', 2],
	] as const)('has %s refunds, whose money comes back only if closed', async (status, count) => {
		fake.setBills({ feePercent: 0 });
		await pay('SHOP-1');
		await refund('SHOP-1', 'R-1', 100);
		if (status !== 'PROCESSING') fake.settleRefund('R-1', status);
		fake.letDaysPass(2);

		const rows = await billed({}, FUND);
		expect(inShort(rows)).toEqual([
			'交易 收入 100 SHOP-1',
			...['退款 支出 100 R-1', '退款 收入 100 R-1'].slice(0, count),
		]);
	});

	it('is that of the sub-merchant whose money it is', async () => {
		await pay('SHOP-1', { subMchid: SUB_MERCHANT });
		fake.letDaysPass(2);

		expect(await billed({}, FUND)).toEqual([]);
		const parameters = { subMchid: SUB_MERCHANT };
		const rows = await billed(parameters, 'bill.getSubMerchantFundFlowBill');
		expect(inShort(rows)).toEqual(['交易 收入 100 SHOP-1', '扣除交易手续费 支出 1 SHOP-1']);
	});

	it('has transfers in the account for operation, those that failed with their way back (B9)', async () => {
		fake.addTransfer({ out_bill_no: 'T1', state: 'SUCCESS', transfer_amount: 70 });
		fake.addTransfer({ out_bill_no: 'T2', state: 'CANCELLED', transfer_amount: 80 });
		fake.letDaysPass(2);

		expect(await billed({}, FUND)).toEqual([]);
		const rows = await billed({ accountType: 'OPERATION' }, FUND);
		expect(inShort(rows)).toEqual([
			'商家转账 支出 70 T1',
			'商家转账 支出 80 T2',
			'商家转账 收入 80 T2',
		]);
		const id = fake.transfers[0].transfer_bill_no;
		expect(rows[0]).toMatchObject({ business_id: id, flow_id: id });
	});
});
