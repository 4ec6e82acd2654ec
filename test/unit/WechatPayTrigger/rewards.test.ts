/** What tells of coupons and of payments in the mall: the data is there under WeChat Pay's names, as its pages have it. */
import { runOperation, SUCCESS, WECHAT } from '../../support/engine/operation.cts';
import type { N8n } from '../../support/engine/webhook.cts';
import { notification } from '../../support/fake/notification.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import type { Notified } from '../../support/fake/trade/events.cts';
import { type Fact, eventFacts } from '../../support/facts/facts.cts';
import { exampleOfEvent, isKnownInside } from '../../tools/notify/examples.cts';
import { notify, openTrigger, started } from './scene.cts';

const OPENID = 'o-member';
const PAYMENT = 'T-mall-1';

let n8n: N8n;
let fake: FakeWechatPay;

beforeEach(async () => {
	n8n = await openTrigger();
	fake = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await n8n.stop();
	await fake.stop();
});

const plaintextOf = (type: string): Fact[] =>
	eventFacts.find(({ event_type: known }) => known === type)?.plaintext ?? [];

async function startsWith(notified: Notified, wanted: object): Promise<void> {
	expect((await notify(n8n, notified)).status).toBe(204);
	expect(started(n8n)).toMatchObject([wanted]);
}

it('COUPON.USE has the coupon, and the payment that it was used for', async () => {
	const couponId = fake.addCoupon({ openid: OPENID, stock_id: 'S1' });
	const paid = { transaction_id: 'T1', consume_amount: 500 };

	await startsWith(fake.useCoupon(couponId, paid), {
		event_type: 'COUPON.USE',
		resource: {
			coupon_id: couponId,
			stock_id: 'S1',
			status: 'USED',
			consume_information: { transaction_id: 'T1', consume_amount: 500 },
		},
	});
});

it('MALL_TRANSACTION.SUCCESS has what Notify Points asks for, and MALL_REFUND.SUCCESS follows it', async () => {
	const told = fake.addMallPayment({ transaction_id: PAYMENT, openid: OPENID });
	await startsWith(told, {
		event_type: 'MALL_TRANSACTION.SUCCESS',
		resource: { transaction_id: PAYMENT, openid: OPENID, amount: 200 },
	});
	const { transaction_id, openid, appid, time_end } = told.resource;
	const execution = await runOperation({
		resource: 'businessCircle',
		operation: 'notifyPoints',
		parameters: {
			transactionId: transaction_id as string,
			openid: openid as string,
			earnPoints: true,
			increasedPoints: 2,
			pointsUpdateTime: time_end as string,
			appid: appid as string,
		},
		credential: fake.credential(),
		options: { retries: 0 },
	});
	expect(execution.json(WECHAT, SUCCESS)).toMatchObject([{ success: true }]);

	await n8n.stop();
	n8n = await openTrigger({ events: ['MALL_REFUND.SUCCESS'] });
	await startsWith(fake.refundInMall(PAYMENT), {
		event_type: 'MALL_REFUND.SUCCESS',
		resource: { transaction_id: PAYMENT, openid: OPENID, refund_amount: 100 },
	});
});

it.each([
	'COUPON.USE',
	'MALL_TRANSACTION.SUCCESS',
	'MALL_REFUND.SUCCESS',
	'MALL_AUTH.ACTIVATE_CARD',
])('%s is in the short list, and npm run notify sends it with all of its data', async (type) => {
	await n8n.stop();
	n8n = await openTrigger({ events: [type] });
	const example = exampleOfEvent(type, { openid: OPENID });
	expect(isKnownInside(type)).toBe(true);
	await notify(n8n, notification(example));
	await notify(n8n, notification(exampleOfEvent('COMPLAINT.CREATE')));

	expect(started(n8n)).toMatchObject([{ event_type: type, resource: { openid: OPENID } }]);
	const sent = Object.keys(example?.resource ?? {}).filter((name) => name !== 'openid');
	const documented = plaintextOf(type).map(({ name }) => name);
	expect(documented).toEqual(expect.arrayContaining(sent));
	expect(sent).toHaveLength(documented.filter((name) => name !== 'openid').length);
});
