import type { IDataObject } from 'n8n-workflow';

import { CARD, CODE } from '../support/fake/scene.cts';
import { FakeWechatPay, type Notified } from '../support/fake/server.cts';
import { notify } from '../unit/WechatPayTrigger/scene.cts';
import { openExample } from './notified.cts';
import { Outside } from './outside.cts';

let wechatPay: FakeWechatPay;
let outside: Outside;
let row: IDataObject;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE, bonus_value: 500 });
	wechatPay.addOrder({ out_trade_no: 'SHOP-1', total: 1000 });
	wechatPay.addRefund({ out_trade_no: 'SHOP-1', out_refund_no: 'R-1', refund: 250 });
	row = { order_no: 'SHOP-1', card_id: CARD, member_code: CODE, points: 100, taken_back: false };
	outside = new Outside({
		found: { 'Refunded Order': ([number]) => [row].filter(({ order_no }) => order_no === number) },
	});
});

afterEach(async () => {
	await wechatPay.stop();
});

async function told(notified: Notified): Promise<void> {
	const n8n = await openExample({ file: 'points-follow-refunds.json', wechatPay, outside });
	expect((await notify(n8n, notified)).status).toBe(204);
	expect(n8n.runs.map(({ error }) => error).filter(Boolean)).toEqual([]);
	await n8n.stop();
}

const points = () => wechatPay.members[0].bonus_value;

it('takes the share of the refund off the card, once', async () => {
	await told(wechatPay.settleRefund('R-1'));
	await told(wechatPay.settleRefund('R-1'));
	expect(points()).toBe(475);
	expect(outside.queries['Mark Taken Back'][0]).toEqual(['R-1', 'SHOP-1', 25]);
});

it.each(['ABNORMAL', 'CLOSED'] as const)(
	'takes nothing for a refund that is %s',
	async (status) => {
		await told(wechatPay.settleRefund('R-1', status));
		expect(points()).toBe(500);
		expect(outside.queries).toEqual({});
	},
);

it.each<IDataObject>([
	{ member_code: null },
	{ points: 0 },
	{ taken_back: true },
	{ order_no: 'other' },
])('leaves an order alone that has %j', async (change) => {
	Object.assign(row, change);
	await told(wechatPay.settleRefund('R-1'));
	expect(points()).toBe(500);
	expect(wechatPay.requests).toEqual([]);
});

it('keeps a refund whose points are gone as such', async () => {
	wechatPay.addMember({ card_id: CARD, code: CODE, bonus_value: 10 });
	await told(wechatPay.settleRefund('R-1'));
	expect(points()).toBe(10);
	expect(outside.queries['Keep the Reason']).toEqual([
		['R-1', 'SHOP-1', 25, expect.stringContaining('would leave the member with -15 points')],
	]);
});
