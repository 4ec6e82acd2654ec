import type { IDataObject } from 'n8n-workflow';

import { skipWaits } from '../support/engine/skipWaits.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { notify } from '../unit/WechatPayTrigger/scene.cts';
import { openExample } from './notified.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

skipWaits();

const FILE = 'take-payment.json';
const ANY = expect.any(String) as string;

let wechatPay: FakeWechatPay;
let outside: Outside;
/** The order as the database has it. */
let row: IDataObject;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	row = {
		order_no: 'SHOP-1',
		amount_fen: 1000,
		description: '示例',
		expires_at: new Date(Date.now() + 30 * 60_000).toISOString(),
		status: 'open',
		expired: false,
	};
	const find = ([number]: unknown[]) => [row].filter(({ order_no }) => order_no === number);
	outside = new Outside({
		found: { 'Keep Order': find, 'Paid Order': find },
		files: new Proxy({}, { has: () => true, get: () => Buffer.from('PNG') }),
	});
	outside.rows = [row];
});

afterEach(async () => {
	await wechatPay.stop();
});

const start = async (trigger: string, body: IDataObject = {}) =>
	await runExample({
		file: FILE,
		start: trigger,
		json: { body },
		wechatPay,
		credential: { appid: 'wxd678efh567hg6787' },
		outside,
	});
const shop = async () =>
	await start('New Order', { order_no: 'SHOP-1', amount_fen: 1000, description: '示例' });

/** WeChat Pay tells of a payment, and all that starts comes to its end. */
async function told(notified = wechatPay.pay('SHOP-1')): Promise<void> {
	const n8n = await openExample({ file: FILE, wechatPay, outside });
	expect((await notify(n8n, notified)).status).toBe(204);
	expect(n8n.runs.map(({ error }) => error).filter(Boolean)).toEqual([]);
	await n8n.stop();
}

describe('a new order', () => {
	it('is made, and the shop gets its QR code', async () => {
		await shop();
		expect(wechatPay.orders).toMatchObject([
			{ out_trade_no: 'SHOP-1', total: 1000, trade_state: 'NOTPAY' },
		]);
		expect(outside.responses).toEqual([{ status: 200, body: 'image/png' }]);
	});

	it('posted again is the same order, with a fresh code', async () => {
		await shop();
		await shop();
		expect(wechatPay.orders).toHaveLength(1);
		expect(outside.responses).toHaveLength(2);
	});

	it('that cannot be made says why', async () => {
		row.amount_fen = 12.5;
		await shop();
		expect(outside.responses).toMatchObject([
			{ status: 502, body: { outcome: 'not_sent', message: expect.stringContaining('1250 fen') } },
		]);
	});
});

describe('the notification', () => {
	beforeEach(shop);

	it('marks the order paid, also where the payer used a coupon', async () => {
		await told(wechatPay.pay('SHOP-1', { payer_total: 900 }));
		expect(outside.queries).toEqual({ 'Mark Paid': [['SHOP-1', ANY, ANY]] });
	});

	it('of another amount is kept as such', async () => {
		row.amount_fen = 999;
		await told();
		expect(outside.queries).toEqual({
			'Keep as Different': [
				['SHOP-1', 'PAYMENT_DIFFERS', expect.stringContaining('1000 fen paid, the order says 999')],
			],
		});
	});

	it('of an order that was cancelled refunds it, once', async () => {
		row.status = 'cancelled';
		await told();
		await told(wechatPay.tellAgain('SHOP-1'));
		expect(wechatPay.refunds).toMatchObject([{ out_refund_no: 'cancelled-SHOP-1', refund: 1000 }]);
		const marked = ['SHOP-1', ANY, 'cancelled-SHOP-1', 'PROCESSING', ANY, ANY];
		expect(outside.queries['Mark Refunded']).toEqual([marked, marked]);
		expect(outside.queries).not.toHaveProperty('Mark Paid');
	});
});

describe('a notification that never comes', () => {
	beforeEach(shop);

	it('is made up for by a query', async () => {
		wechatPay.pay('SHOP-1');
		await start('Every Minute');
		expect(outside.queries).toEqual({ 'Mark Found Paid': [['SHOP-1', ANY, ANY]] });
	});

	it('leaves an order open that is neither paid nor expired', async () => {
		await start('Every Minute');
		expect(outside.queries).toEqual({});
		expect(wechatPay.orders).toMatchObject([{ trade_state: 'NOTPAY' }]);
	});

	it('closes an order that expired', async () => {
		row.expired = true;
		await start('Every Minute');
		expect(outside.queries).toEqual({ 'Mark Closed': [['SHOP-1']] });
		expect(wechatPay.orders).toMatchObject([{ trade_state: 'CLOSED' }]);
	});

	it('and a close that is refused marks nothing closed', async () => {
		row.expired = true;
		wechatPay.misbehave({
			fault: 'system-error-before',
			when: ({ method }) => method === 'POST',
			times: 9,
		});
		await start('Every Minute');
		expect(Object.keys(outside.queries)).toEqual(['Keep What Was Said']);
	});
});
