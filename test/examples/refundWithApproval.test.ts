import type { IDataObject } from 'n8n-workflow';

import { FakeWechatPay, type Notified } from '../support/fake/server.cts';
import { notify } from '../unit/WechatPayTrigger/scene.cts';
import { openExample } from './notified.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

const FILE = 'refund-with-approval.json';
const ANY = expect.any(String) as string;

let wechatPay: FakeWechatPay;
let outside: Outside;
let row: IDataObject;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addOrder({ out_trade_no: 'SHOP-1', total: 1000 });
	row = {
		refund_no: 'R-1',
		order_no: 'SHOP-1',
		amount_fen: 250,
		reason: '商品已售完',
		status: 'waiting',
	};
	outside = new Outside({ found: { 'Keep Refund': () => [row] } });
});

afterEach(async () => {
	await wechatPay.stop();
});

const wanted = async () =>
	await runExample({ file: FILE, start: 'Refund Wanted', json: { body: row }, wechatPay, outside });

async function told(notified: Notified): Promise<void> {
	const n8n = await openExample({ file: FILE, wechatPay, outside });
	expect((await notify(n8n, notified)).status).toBe(204);
	expect(n8n.runs.map(({ error }) => error).filter(Boolean)).toEqual([]);
	await n8n.stop();
}

it('is made once somebody approved it', async () => {
	await wanted();
	expect(outside.questions).toEqual(['Refund 2.50 yuan of order SHOP-1?']);
	expect(wechatPay.refunds).toMatchObject([{ out_refund_no: 'R-1', refund: 250 }]);
	expect(outside.queries).toEqual({ 'Mark Accepted': [['R-1', 'PROCESSING', ANY, null, ANY]] });
	await wanted();
	expect(wechatPay.refunds).toHaveLength(1);
});

it('is not made where nobody does', async () => {
	outside.approves = false;
	await wanted();
	expect(wechatPay.requests).toEqual([]);
	expect(outside.queries).toEqual({ 'Mark Rejected': [['R-1']] });
});

it('that was decided before is not asked for again', async () => {
	row.status = 'under way';
	await wanted();
	expect(outside.questions).toEqual([]);
	expect(outside.responses).toEqual([
		{ status: 202, body: { refund_no: 'R-1', status: 'under way' } },
	]);
});

it('that WeChat Pay refuses for lack of money waits for another go', async () => {
	wechatPay.setBalance(0);
	await wanted();
	expect(outside.queries['Keep the Reason']).toEqual([
		['R-1', 'true', 'NOT_ENOUGH', expect.stringContaining('Top up the account')],
	]);
});

it.each([
	['SUCCESS', 'Mark Refunded'],
	['ABNORMAL', 'Mark Abnormal'],
	['CLOSED', 'Mark Closed'],
] as const)('ends as %s by the notification', async (status, node) => {
	await wanted();
	outside.queries = {};
	await told(wechatPay.settleRefund('R-1', status));
	expect(outside.queries).toEqual({ [node]: [['R-1', ANY]] });
});
