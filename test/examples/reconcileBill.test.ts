import type { IDataObject } from 'n8n-workflow';

import { skipWaits } from '../support/engine/skipWaits.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

skipWaits();

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	// Tests run at any hour.
	wechatPay.setBills({ readyHour: 0 });
});

afterEach(async () => {
	await wechatPay.stop();
});

/** Noon of yesterday in China, in Unix seconds. */
function yesterday(): number {
	const offset = 8 * 3600;
	const days = Math.floor((Date.now() / 1000 + offset) / 86_400) - 1;
	return days * 86_400 + 12 * 3600 - offset;
}

const payment = (order_no: string, amount_fen: number) => ({
	order_no,
	refund_no: null,
	amount_fen,
});

function pay(number: string, total: number, refund?: { out_refund_no: string; refund: number }) {
	wechatPay.addOrder({ out_trade_no: number, total, success_time: yesterday() });
	if (refund) wechatPay.addRefund({ out_trade_no: number, created_at: yesterday(), ...refund });
}

async function reconcile(rows: IDataObject[]) {
	const outside = new Outside({ rows });
	const execution = await runExample({
		file: 'reconcile-bill-nightly.json',
		start: 'Every Morning',
		wechatPay,
		outside,
	});
	expect(execution.error).toBeUndefined();
	const [report] = outside.queries['Keep the Report'] ?? [];
	const [inBill, inShop, differences] = report ?? [];
	return {
		inBill,
		inShop,
		differences: differences && (JSON.parse(String(differences)) as IDataObject[]),
		posted: outside.posted,
	};
}

it('a day on which all agrees is kept, and wakes nobody', async () => {
	pay('1001', 100, { out_refund_no: 'R1', refund: 40 });
	const rows = [payment('1001', 100), { order_no: '1001', refund_no: 'R1', amount_fen: 40 }];
	expect(await reconcile(rows)).toEqual({ inBill: 2, inShop: 2, differences: [], posted: [] });
});

it('what is there and not here, here and not there, and amounts that differ are one report and one alert', async () => {
	pay('1001', 100);
	pay('1002', 200);
	pay('1003', 300, { out_refund_no: 'R3', refund: 300 });
	const rows = [payment('1001', 99), payment('1003', 300), payment('1004', 400)];
	const { differences, posted } = await reconcile(rows);
	expect(differences).toEqual([
		{
			number: 'payment 1001',
			order_no: '1001',
			what: 'amounts differ',
			bill_fen: 100,
			shop_fen: 99,
		},
		{
			number: 'payment 1002',
			order_no: '1002',
			what: 'in the bill only',
			bill_fen: 200,
			shop_fen: null,
		},
		{
			number: 'refund R3',
			order_no: '1003',
			what: 'in the bill only',
			bill_fen: 300,
			shop_fen: null,
		},
		{
			number: 'payment 1004',
			order_no: '1004',
			what: 'in the shop only',
			bill_fen: null,
			shop_fen: 400,
		},
	]);
	expect(posted).toEqual([
		{ msgtype: 'text', text: { content: expect.stringContaining('4 differences') } },
	]);
});

it('a day without trade is compared as well', async () => {
	const { inBill, differences } = await reconcile([payment('1001', 100)]);
	expect(inBill).toBe(0);
	expect(differences).toMatchObject([{ number: 'payment 1001', what: 'in the shop only' }]);
});

it('a bill that is not there is no empty bill', async () => {
	wechatPay.misbehave({ fault: 'system-error-before', times: 9 });
	pay('1001', 100);
	const { differences, posted } = await reconcile([payment('1001', 100)]);
	expect(differences).toBeUndefined();
	expect(posted).toEqual([
		{ msgtype: 'text', text: { content: expect.stringContaining('was not compared') } },
	]);
});

it('10,000 orders are compared at once', async () => {
	const numbers = Array.from({ length: 10_000 }, (_, index) => `A${100_000 + index}`);
	for (const number of numbers) pay(number, 100);
	const rows = numbers.slice(1).map((number) => payment(number, 100));
	const { inBill, differences } = await reconcile(rows);
	expect(inBill).toBe(10_000);
	expect(differences).toMatchObject([{ order_no: 'A100000', what: 'in the bill only' }]);
}, 20_000);
