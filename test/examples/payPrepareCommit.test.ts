import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../support/engine/engine.cts';
import { CARD, CODE, MCHID, ORDER } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

const SUB_MERCHANT = '1900000109';

let wechatPay: FakeWechatPay;
let outside: Outside;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE });
	outside = new Outside();
});

afterEach(async () => {
	await wechatPay.stop();
});

/** What the shop sends in both calls. */
const order = (changes: IDataObject = {}): IDataObject => ({
	order_no: ORDER,
	card_id: CARD,
	member_code: CODE,
	points: 30,
	...changes,
});

async function call(start: string, body: IDataObject): Promise<Execution> {
	const execution = await runExample({
		file: 'pay-prepare-commit.json',
		start,
		json: { headers: {}, params: {}, query: {}, body },
		wechatPay,
		outside,
	});
	expect(execution.error).toBeUndefined();
	return execution;
}

const created = async (body = order()) => await call('Order Created', body);
const booked = async (body = order()) => await call('Points Booked', body);

/** Every request whose path ends so is processed, but its response can't be trusted. */
const spoilAnswers = (end: string) =>
	wechatPay.misbehave({
		fault: 'bad-signature',
		times: Infinity,
		when: ({ url }) => url.includes(end),
	});

describe('an order that is paid', () => {
	it('is prepared when it is created and committed when its points are booked', async () => {
		await created();
		expect(outside.queries).toEqual({ 'Mark Prepared': [[ORDER, expect.any(String)]] });
		expect(wechatPay.bonus(ORDER, MCHID)).toMatchObject({ prepared: 30, commits: 0 });

		wechatPay.addOrder({ out_trade_no: ORDER });
		await booked();
		expect(outside.queries).toMatchObject({ 'Mark Committed': [[ORDER, expect.any(String)]] });
		expect(Object.keys(outside.queries)).toEqual(['Mark Prepared', 'Mark Committed']);
		expect(wechatPay.bonus(ORDER, MCHID)).toMatchObject({ committed: 30, commits: 1 });
	});

	it('of a sub-merchant, too', async () => {
		wechatPay.bindToBrand(SUB_MERCHANT);
		wechatPay.addOrder({ out_trade_no: ORDER, sub_mchid: SUB_MERCHANT });
		await created(order({ sub_mchid: SUB_MERCHANT }));
		await booked(order({ sub_mchid: SUB_MERCHANT }));

		expect(Object.keys(outside.queries)).toEqual(['Mark Prepared', 'Mark Committed']);
		expect(wechatPay.bonus(ORDER, SUB_MERCHANT)).toMatchObject({ committed: 30 });
	});

	it('may be announced twice', async () => {
		wechatPay.addOrder({ out_trade_no: ORDER });
		for (const announce of [created, created, booked, booked]) await announce();

		expect(outside.queries).toEqual({
			'Mark Prepared': [expect.any(Array), expect.any(Array)],
			'Mark Committed': [expect.any(Array), expect.any(Array)],
		});
		expect(wechatPay.bonuses).toHaveLength(1);
		expect(wechatPay.bonus(ORDER)).toMatchObject({ prepared: 30, committed: 30 });
	});
});

describe('an order that is refused', () => {
	it('when it is prepared, keeps the reason', async () => {
		await created(order({ member_code: 'nobody' }));

		expect(outside.queries).toEqual({
			'Keep Why Not Prepared': [
				[ORDER, 'INVALID_REQUEST', expect.stringContaining('no member card'), expect.any(String)],
			],
		});
		expect(wechatPay.bonuses).toEqual([]);
	});

	it('because it is not paid, is not committed', async () => {
		await created();
		wechatPay.addOrder({ out_trade_no: ORDER, trade_state: 'NOTPAY' });
		await booked();

		expect(outside.queries).toMatchObject({
			'Keep as Not Paid': [[ORDER, 'NOTPAY', expect.any(String)]],
		});
		expect(outside.queries).not.toHaveProperty('Mark Committed');
		expect(wechatPay.bonus(ORDER)).toMatchObject({ commits: 0 });
	});

	it('because WeChat Pay does not know it, is not committed', async () => {
		await created();
		await booked();

		expect(outside.queries).toMatchObject({
			'Keep Why Not Looked Up': [
				[ORDER, 'ORDER_NOT_EXIST', expect.any(String), expect.any(String)],
			],
		});
		expect(wechatPay.bonus(ORDER)).toMatchObject({ commits: 0 });
	});

	it('because it was not prepared, keeps the reason', async () => {
		wechatPay.addOrder({ out_trade_no: ORDER });
		await booked();

		expect(outside.queries).toEqual({
			'Keep the Reason': [
				[ORDER, 'false', 'INVALID_REQUEST', expect.any(String), expect.any(String)],
			],
		});
	});
});

describe('an order whose answer cannot be trusted', () => {
	it('is not committed when it could not be looked up', async () => {
		wechatPay.addOrder({ out_trade_no: ORDER });
		await created();
		spoilAnswers('/out-trade-no/');
		await booked();

		expect(outside.queries).toMatchObject({
			'Keep Why Not Looked Up': [[ORDER, 'BAD_SIGNATURE', expect.any(String), expect.any(String)]],
		});
		expect(wechatPay.bonus(ORDER)).toMatchObject({ commits: 0 });
	});

	it('is left to the nightly workflow when it may have been committed', async () => {
		wechatPay.addOrder({ out_trade_no: ORDER });
		await created();
		spoilAnswers('/commit');
		await booked();

		expect(outside.queries).toMatchObject({
			'Keep the Reason': [[ORDER, 'true', 'BAD_SIGNATURE', expect.any(String), expect.any(String)]],
		});
		expect(outside.queries).not.toHaveProperty('Mark Committed');
		expect(wechatPay.bonus(ORDER)).toMatchObject({ committed: 30 });
	});

	it('is not taken for prepared', async () => {
		spoilAnswers('/prepare');
		await created();

		expect(outside.queries).toEqual({
			'Keep Why Not Prepared': [[ORDER, 'BAD_SIGNATURE', expect.any(String), expect.any(String)]],
		});
	});
});
