import type { IDataObject } from 'n8n-workflow';

import type { N8n } from '../support/engine/webhook.cts';
import { PLATFORM_A, PUBLIC_KEY } from '../support/fake/keys.cts';
import type { Contents } from '../support/fake/notification.cts';
import { newId, notification } from '../support/fake/notification.cts';
import { CARD, CODE, COMMIT_BODY, MCHID, ORDER } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { exampleOfEvent } from '../tools/notify/examples.cts';
import { notify } from '../unit/WechatPayTrigger/scene.cts';
import { openExample } from './notified.cts';
import { Outside } from './outside.cts';

const SUB_MERCHANT = '1900000109';
const FEN = 9900;
const ANY = expect.any(String) as string;
const BOOKED = { 'Book Points': [[ORDER, CARD, CODE, 30]], 'Mark Booked': [[ORDER]] };

let wechatPay: FakeWechatPay;
let outside: Outside;
let n8n: N8n;

/** The order as the database has it. */
let row: IDataObject;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE });
	row = {
		order_no: ORDER,
		card_id: CARD,
		member_code: CODE,
		points: 30,
		amount_fen: FEN,
		sub_mchid: null,
		bonus_status: null,
	};
	outside = new Outside({
		found: { Order: ([orderNo]) => [row].filter(({ order_no }) => order_no === orderNo) },
	});
	n8n = await openExample({ file: 'order-paid-commit.json', wechatPay, outside });
});

afterEach(async () => {
	await n8n.stop();
	await wechatPay.stop();
});

/** The notification of the order's payment. */
const payment = (changes: IDataObject = {}, contents: Contents = {}): Contents => ({
	...exampleOfEvent('TRANSACTION.SUCCESS', {
		out_trade_no: ORDER,
		amount: { total: FEN, payer_total: FEN - 100, currency: 'CNY', payer_currency: 'CNY' },
		...changes,
	}),
	...contents,
});

/** WeChat Pay notifies of it, and everything that this starts comes to its end. */
async function paid(contents = payment()): Promise<void> {
	const { status } = await notify(n8n, notification(contents));
	expect(status).toBe(204);
	expect(n8n.runs.map(({ error }) => error).filter(Boolean)).toEqual([]);
}

/** What WeChat Pay was asked for, in its order. */
const asked = () => wechatPay.requests.map(({ url }) => url.split('/').pop());

/** Every request whose path ends so is processed, but its response can't be trusted. */
const spoilAnswers = (end: string) =>
	wechatPay.misbehave({
		fault: 'bad-signature',
		times: Infinity,
		when: ({ url }) => url.endsWith(end),
	});

describe('an order that is paid', () => {
	it('has its points booked, then is prepared and committed', async () => {
		await paid();

		expect(outside.queries).toEqual({ ...BOOKED, 'Mark Committed': [[ORDER, ANY]] });
		expect(Object.keys(outside.queries)).toEqual(['Book Points', 'Mark Booked', 'Mark Committed']);
		expect(asked()).toEqual(['prepare', 'commit']);
		expect(wechatPay.bonus(ORDER, MCHID)).toMatchObject({
			card_id: CARD,
			code: CODE,
			prepared: 30,
			committed: 30,
			commits: 1,
		});
	});

	it('and that the shop has prepared is only committed', async () => {
		wechatPay.prepareBonus({ card_id: CARD, code: CODE, ...COMMIT_BODY });
		row.bonus_status = 'prepared';
		await paid();

		expect(asked()).toEqual(['commit']);
		expect(outside.queries).toEqual({ ...BOOKED, 'Mark Committed': [[ORDER, ANY]] });
		expect(wechatPay.bonus(ORDER)).toMatchObject({ committed: 30, commits: 1 });
	});

	it('and that the shop has prepared without a word in the database is committed, too', async () => {
		wechatPay.prepareBonus({ card_id: CARD, code: CODE, ...COMMIT_BODY });
		await paid();

		expect(asked()).toEqual(['prepare', 'commit']);
		expect(wechatPay.bonuses).toMatchObject([{ prepared: 30, committed: 30 }]);
	});

	it('and could not be prepared before is prepared now', async () => {
		row.bonus_status = 'not prepared';
		await paid();

		expect(asked()).toEqual(['prepare', 'commit']);
		expect(wechatPay.bonuses).toMatchObject([{ prepared: 30, committed: 30 }]);
	});

	it('of a sub-merchant is committed for it', async () => {
		wechatPay.bindToBrand(SUB_MERCHANT);
		row.sub_mchid = SUB_MERCHANT;
		await paid(payment({ sp_mchid: MCHID, mchid: undefined, sub_mchid: SUB_MERCHANT }));

		expect(outside.queries).toHaveProperty('Mark Committed');
		expect(wechatPay.bonus(ORDER, SUB_MERCHANT)).toMatchObject({ committed: 30 });
	});

	it('is committed, too, when the database gives numbers as text', async () => {
		Object.assign(row, { points: '30', amount_fen: String(FEN), sub_mchid: '' });
		await paid();

		expect(outside.queries).toHaveProperty('Mark Committed');
		expect(wechatPay.bonus(ORDER)).toMatchObject({ committed: 30 });
	});
});

describe('a notification', () => {
	it('that is forged starts nothing', async () => {
		const forged = notification(payment(), { key: PLATFORM_A, serial: PUBLIC_KEY.serial });
		const { status } = await notify(n8n, forged);

		expect(status).toBe(401);
		expect(n8n.runs).toEqual([]);
		expect(outside.queries).toEqual({});
		expect(asked()).toEqual([]);
	});

	it('of something else starts nothing', async () => {
		await paid(exampleOfEvent('REFUND.SUCCESS', { out_trade_no: ORDER }));
		expect(n8n.runs).toEqual([]);
	});

	it('that comes again starts nothing again', async () => {
		const again = payment({}, { id: newId() });
		for (let time = 0; time < 3; time += 1) await paid(again);

		expect(n8n.runs).toHaveLength(1);
		expect(asked()).toEqual(['prepare', 'commit']);
	});

	it('that comes again under another ID before the outcome is written changes nothing', async () => {
		await Promise.all([paid(), paid()]);

		expect(n8n.runs).toHaveLength(2);
		const [first, second] = outside.queries['Book Points'];
		expect(second).toEqual(first);
		expect(wechatPay.bonuses).toMatchObject([{ prepared: 30, committed: 30 }]);
	});

	it.each(['pending', 'committed', 'needs attention'])(
		'that comes late leaves an order alone that is %s',
		async (bonus_status) => {
			row.bonus_status = bonus_status;
			await paid();

			expect(n8n.runs).toHaveLength(1);
			expect(outside.queries).toEqual({});
			expect(asked()).toEqual([]);
		},
	);

	it.each(['REFUND', 'NOTPAY', 'CLOSED', undefined])(
		'whose trade state is %s changes nothing',
		async (trade_state) => {
			await paid(payment({ trade_state }));

			expect(outside.queries).toEqual({});
			expect(asked()).toEqual([]);
		},
	);
});

describe('an order that has nothing to commit', () => {
	it('because the database does not know it, is left alone', async () => {
		await paid(payment({ out_trade_no: 'of-another-system' }));

		expect(outside.queries).toEqual({});
		expect(asked()).toEqual([]);
	});

	it.each<IDataObject>([
		{ card_id: null },
		{ card_id: '' },
		{ member_code: null },
		{ points: 0 },
		{ points: '0' },
		{ points: null },
		{ points: -30 },
	])('because it has %j, is left alone', async (change) => {
		Object.assign(row, change);
		await paid();

		expect(outside.queries).toEqual({});
		expect(asked()).toEqual([]);
	});
});

describe('a payment that does not agree with the order', () => {
	it.each([FEN - 1, FEN * 100, 0])('since %i fen were paid, is kept as such', async (total) => {
		await paid(payment({ amount: { total, payer_total: total, currency: 'CNY' } }));

		const said = expect.stringContaining(
			`${total} fen of CNY paid to the merchant, the order says ${FEN} fen to the merchant`,
		) as string;
		expect(outside.queries).toEqual({ 'Keep as Different': [[ORDER, said]] });
		expect(asked()).toEqual([]);
	});

	it('since it was paid in another currency, is kept as such (N3)', async () => {
		await paid(payment({ amount: { total: FEN, payer_total: FEN, currency: 'USD' } }));

		const said = expect.stringContaining(`${FEN} fen of USD paid to the merchant`) as string;
		expect(outside.queries).toEqual({ 'Keep as Different': [[ORDER, said]] });
		expect(asked()).toEqual([]);
	});

	it.each([null, 'unknown'])('since the order’s amount is %s, is kept as such', async (amount) => {
		row.amount_fen = amount;
		await paid();

		expect(Object.keys(outside.queries)).toEqual(['Keep as Different']);
		expect(asked()).toEqual([]);
	});

	it('since another sub-merchant was paid, is kept as such', async () => {
		wechatPay.bindToBrand(SUB_MERCHANT);
		row.sub_mchid = '1900000110';
		await paid(payment({ sub_mchid: SUB_MERCHANT }));

		const said = expect.stringContaining(`paid to ${SUB_MERCHANT}`) as string;
		expect(outside.queries).toEqual({ 'Keep as Different': [[ORDER, said]] });
		expect(asked()).toEqual([]);
	});
});

describe('an order that is refused', () => {
	it('when it is prepared, keeps the reason and is not committed', async () => {
		row.member_code = 'nobody';
		await paid();

		expect(outside.queries).toEqual({
			'Book Points': [[ORDER, CARD, 'nobody', 30]],
			'Mark Booked': [[ORDER]],
			'Keep Why Not Prepared': [
				[ORDER, 'refused', 'INVALID_REQUEST', expect.stringContaining('no member card'), ANY],
			],
		});
		expect(asked()).toEqual(['prepare']);
		expect(wechatPay.bonuses).toEqual([]);
	});

	it('because the shop prepared it with other points, keeps the reason', async () => {
		wechatPay.prepareBonus({ card_id: CARD, code: CODE, ...COMMIT_BODY, bonus_value: 20 });
		await paid();

		expect(outside.queries).toMatchObject({
			'Keep Why Not Prepared': [[ORDER, 'refused', 'INVALID_REQUEST', ANY, ANY]],
		});
		expect(asked()).toEqual(['prepare']);
		expect(wechatPay.bonus(ORDER)).toMatchObject({ prepared: 20, commits: 0 });
	});

	it('when it is committed, keeps the reason', async () => {
		row.bonus_status = 'prepared';
		await paid();

		expect(outside.queries).toEqual({
			...BOOKED,
			'Keep the Reason': [[ORDER, 'false', 'INVALID_REQUEST', ANY, ANY]],
		});
		expect(asked()).toEqual(['commit']);
	});
});

describe('a response that cannot be trusted', () => {
	it('leaves an order to the nightly workflow that may have been prepared', async () => {
		spoilAnswers('/prepare');
		await paid();

		expect(outside.queries).toEqual({
			...BOOKED,
			'Keep Why Not Prepared': [[ORDER, 'unknown', 'BAD_SIGNATURE', ANY, ANY]],
		});
		expect(wechatPay.bonus(ORDER)).toMatchObject({ prepared: 30, commits: 0 });
	});

	it('leaves an order to the nightly workflow that may have been committed', async () => {
		spoilAnswers('/commit');
		await paid();

		expect(outside.queries).toEqual({
			...BOOKED,
			'Keep the Reason': [[ORDER, 'true', 'BAD_SIGNATURE', ANY, ANY]],
		});
		expect(wechatPay.bonus(ORDER)).toMatchObject({ committed: 30 });
	});
});

it('WeChat Pay is told nothing of points that could not be booked', async () => {
	outside.found['Book Points'] = () => {
		throw new Error('The member system is away');
	};
	await notify(n8n, notification(payment()));

	expect(n8n.runs.map(({ error }) => error?.message)).toEqual(['The member system is away']);
	expect(outside.queries).toEqual({});
	expect(asked()).toEqual([]);
});
