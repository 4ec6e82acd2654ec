/** Coupon: Send to User and Business Circle: Notify Points, as items tell of them. */
import type { IDataObject } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { restartProcess } from '../support/engine/restartProcess.cts';
import { FakeWechatPay } from '../support/fake/server.cts';

const APPID = 'wx233544546545989';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addStock({ stock_id: 'S1' });
});

afterEach(async () => {
	await wechatPay.stop();
});

async function run(
	resource: string,
	operation: string,
	parameters: IDataObject,
	items: IDataObject[] = [{}],
	retries = 0,
) {
	const execution = await runOperation({
		resource,
		operation,
		parameters,
		items: items.map((json) => ({ json })),
		credential: wechatPay.credential({ appid: APPID }),
		options: { retries },
	});
	return {
		done: execution.json(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
	};
}

const SENDING = { openid: '={{ $json.user }}', stockId: 'S1', outRequestNo: '={{ $json.number }}' };
const send = async (items: IDataObject[], retries?: number) =>
	await run('coupon', 'send', SENDING, items, retries);
const user = (index: number) => ({ user: `user${index}`, number: `20261128${index}` });

it('a number is required, for one of the node would send again what was sent', async () => {
	const { failures } = await send([{ user: 'user1', number: '' }]);
	expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'out_request_no' }]);
	expect(wechatPay.counts.received).toBe(0);
});

it('a lost response is repeated with the same bytes, and sends one coupon', async () => {
	wechatPay.misbehave({ fault: 'reset-after' });
	const { done, failures } = await send([user(1)], 1);
	expect(failures).toEqual([]);
	expect(done).toMatchObject([{ coupon_id: expect.any(String), out_request_no: '202611281' }]);
	expect(wechatPay.coupons).toHaveLength(1);
	const [first, second] = wechatPay.requests.map(({ rawBody }) => rawBody.toString());
	expect(second).toBe(first);
});

it('an unverifiable response is unknown, and running it again after a restart sends no second one', async () => {
	wechatPay.misbehave({ fault: 'bad-signature' });
	const { failures } = await send([user(1)]);
	expect(failures).toMatchObject([{ outcome: 'unknown', repeatable: true }]);
	restartProcess();
	const { done } = await send([user(1)]);
	expect(done).toHaveLength(1);
	expect(wechatPay.coupons).toHaveLength(1);
});

it('other values under a used number are refused by name', async () => {
	await send([user(1)]);
	const { failures } = await send([{ user: 'user2', number: '202611281' }]);
	expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'out_request_no' }]);
	expect(wechatPay.coupons).toHaveLength(1);
});

it('a refusal whose text is a number is unknown: the coupon may have been sent', async () => {
	wechatPay.addStock({ stock_id: 'S1', refusesAfterSending: true });
	const { failures } = await send([user(1)], 3);
	expect(failures).toMatchObject([
		{ outcome: 'unknown', code: 'INVALID_REQUEST', raw_message: '268645892', attempts: 1 },
	]);
	expect(failures[0].message).toContain('Coupon: Get Many of a User');
	expect(wechatPay.coupons).toHaveLength(1);
});

it('a user who may have no more, or none, does not end the batch; an empty stock says that the rest fails', async () => {
	wechatPay.addStock({ stock_id: 'S1', most: 20, mostPerUser: 1 });
	wechatPay.addCoupon({ openid: 'user10', stock_id: 'S1' });
	wechatPay.restrictUser('user15');
	const items = Array.from({ length: 30 }, (_, index) => user(index));
	const { done, failures } = await send(items);

	expect(done).toHaveLength(20);
	const codes = failures.map(({ code, outcome }) => `${outcome} ${code}`);
	expect(codes.filter((one) => one === 'refused RULE_LIMIT')).toHaveLength(1);
	expect(codes.filter((one) => one === 'refused REQUEST_BLOCKED')).toHaveLength(1);
	expect(codes.filter((one) => one === 'refused NOT_ENOUGH')).toHaveLength(8);
	const empty = failures.find(({ code }) => code === 'NOT_ENOUGH');
	expect(empty).toMatchObject({ repeatable: true });
	expect(empty?.message).toContain('the other items of this stock fail too');
});

describe('Business Circle: Notify Points', () => {
	const POINTS = {
		transactionId: '4200001',
		openid: 'member1',
		earnPoints: true,
		increasedPoints: 10,
		pointsUpdateTime: '2026-11-28T10:00:00+08:00',
	};
	const notify = async (more: IDataObject = {}, retries = 0) =>
		await run('businessCircle', 'notifyPoints', { ...POINTS, ...more }, [{}], retries);

	beforeEach(() => {
		wechatPay.addMallPayment({ transaction_id: '4200001', openid: 'member1' });
	});

	it('confirms once; told again, it does not read as refused', async () => {
		expect((await notify()).done).toMatchObject([{ success: true, transaction_id: '4200001' }]);
		const { failures } = await notify({ increasedPoints: 20 });
		expect(failures).toMatchObject([{ outcome: 'unknown', repeatable: false }]);
		expect(failures[0].message).toContain('it is done');
	});

	it('is sent once where the response is lost', async () => {
		wechatPay.misbehave({ fault: 'reset-after' });
		const { failures } = await notify({}, 3);
		expect(failures).toMatchObject([{ outcome: 'unknown', repeatable: false, attempts: 1 }]);
	});

	it('is refused on another day, and for payments that nobody asked points for', async () => {
		const yesterday = Math.floor(Date.now() / 1000) - 24 * 3600;
		wechatPay.addMallPayment({ transaction_id: '4200002', openid: 'member1', paidAt: yesterday });
		for (const transactionId of ['4200002', '4200003']) {
			const { failures } = await notify({ transactionId });
			expect(failures).toMatchObject([{ outcome: 'refused', repeatable: false }]);
		}
	});

	it.each([
		['2026-11-27 10:00:00', '2026-11-27T10:00:00.000+08:00'],
		['2026-11-27T02:00:00Z', '2026-11-27T10:00:00.000+08:00'],
		['2026-11-27T03:00:00+09:00', '2026-11-27T03:00:00+09:00'],
	])('reads the time %s, never in the zone of the host', async (pointsUpdateTime, sent) => {
		await notify({ pointsUpdateTime });
		expect(JSON.parse(wechatPay.requests[0].body)).toMatchObject({ points_update_time: sent });
	});

	it.each([
		['no points without a reason', { earnPoints: false, increasedPoints: 0 }, 'no_points_remarks'],
		['0 points', { increasedPoints: 0 }, 'increased_points'],
		[
			'points that were not earned',
			{ earnPoints: false, noPointsRemarks: '不参与' },
			'increased_points',
		],
		['half a point', { increasedPoints: 1.5 }, 'increased_points'],
		['no time', { pointsUpdateTime: 'yesterday' }, 'points_update_time'],
	])('sends nothing for %s', async (_what, more, field) => {
		const { failures } = await notify(more);
		expect(failures).toMatchObject([{ outcome: 'not_sent', field }]);
		expect(wechatPay.counts.received).toBe(0);
	});
});

it('reads the time of a parking that names no offset as that of China', async () => {
	await run('businessCircle', 'notifyParking', {
		brandid: 1000,
		openid: 'member1',
		plateNumber: '粤B888888',
		state: 'IN',
		time: '2026-11-28 08:00:00',
	});
	expect(JSON.parse(wechatPay.requests[0].body)).toMatchObject({
		time: '2026-11-28T08:00:00.000+08:00',
	});
});

it.each(['B888888', '粤b 888', '粤B8888🚗'])('no plate number: %s', async (plateNumber) => {
	const { failures } = await run('businessCircle', 'notifyParking', {
		brandid: 1000,
		openid: 'member1',
		plateNumber,
		state: 'IN',
		time: '2026-11-28T10:00:00+08:00',
	});
	expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'plate_number' }]);
});
