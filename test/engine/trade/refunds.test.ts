/** Refunds: no order refunded twice, nobody told of money that did not move. */
import { restartProcess } from '../../support/engine/restartProcess.cts';
import { skipWaits } from '../../support/engine/skipWaits.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { run, SUB_MERCHANT } from './scene.cts';

skipWaits();

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await FakeWechatPay.start({ tls: false });
	fake.addOrder({ out_trade_no: 'ORDER-1', total: 1000 });
});

afterEach(async () => {
	await fake.stop();
});

const refundOf = (refund: unknown, more: object = {}) => ({
	outTradeNo: 'ORDER-1',
	outRefundNo: 'R-1',
	refund: refund as number,
	...more,
});
const refundSum = () => fake.refunds.reduce((sum, { refund }) => sum + refund, 0);
const bodyOf = (index: number) =>
	JSON.parse(fake.requests.at(index)?.body ?? '') as Record<string, unknown>;

describe('a refund that WeChat Pay accepted', () => {
	it('is a success that is pending, and its status is the word of WeChat Pay', async () => {
		const { done } = await run(fake, 'refund.create', refundOf(500));
		expect(done).toMatchObject([
			{ success: true, pending: true, status: 'PROCESSING', out_refund_no: 'R-1' },
		]);
		expect(done[0]).not.toHaveProperty('refunded_earlier');
		const asked = await run(fake, 'refund.get', { outRefundNo: 'R-1' });
		expect(asked.done).toMatchObject([{ pending: true, status: 'PROCESSING' }]);
		fake.settleRefund('R-1');
		const settled = await run(fake, 'refund.get', { outRefundNo: 'R-1' });
		expect(settled.done).toMatchObject([{ status: 'SUCCESS' }]);
		expect(settled.done[0]).not.toHaveProperty('pending');
	});

	it('has the total of the order, which is read where it is left empty', async () => {
		await run(fake, 'refund.create', refundOf(500));
		expect(fake.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
		expect(bodyOf(-1)).toMatchObject({ amount: { refund: 500, total: 1000, currency: 'CNY' } });
	});

	it('reads nothing where the total is given', async () => {
		await run(fake, 'refund.create', refundOf(500, { additionalFields: { total: 1000 } }));
		expect(fake.requests.map(({ method }) => method)).toEqual(['POST']);
	});

	it.each([
		['ABNORMAL', /Apply Abnormal.*Do not refund again/],
		['CLOSED', /Nothing was refunded.*new one/],
	] as const)('and that is %s leaves by Error', async (status, wayOut) => {
		fake.setRefundStatus(status);
		const { done, failures } = await run(fake, 'refund.create', refundOf(500));
		expect(done).toEqual([]);
		expect(failures).toMatchObject([
			{
				outcome: 'refused',
				code: status,
				repeatable: false,
				response: { refund_id: expect.any(String) },
			},
		]);
		expect(failures[0].message).toMatch(wayOut);
		const asked = await run(fake, 'refund.get', { outRefundNo: 'R-1' });
		expect(asked).toMatchObject({ done: [{ status }], failures: [] });
	});

	it('and that has a status of its own is open', async () => {
		fake.setRefundStatus('PARKED' as never);
		const { failures } = await run(fake, 'refund.create', refundOf(500));
		expect(failures).toMatchObject([{ outcome: 'unknown', code: 'PARKED' }]);
		expect(failures[0].message).toContain('Look with Refund: Get');
	});
});

describe('the same refund number', () => {
	it('sends the same bytes again after a lost response, also in a later execution', async () => {
		fake.misbehave({ fault: 'reset-after', when: ({ method }) => method === 'POST' });
		const lost = await run(fake, 'refund.create', refundOf(500));
		expect(lost.failures).toMatchObject([{ outcome: 'unknown', repeatable: true }]);
		expect(lost.failures[0].message).toMatch(
			/a new number only if that says CLOSED.*again as it is/,
		);
		const again = await run(fake, 'refund.create', refundOf(500));
		expect(again.done).toMatchObject([{ success: true, out_refund_no: 'R-1' }]);
		expect(again.done[0]).not.toHaveProperty('refunded_earlier');
		const posts = fake.requests.filter(({ method }) => method === 'POST');
		expect(posts.map(({ body }) => body)).toEqual([posts[0].body, posts[0].body]);
		expect(refundSum()).toBe(500);
	});

	it('with other values is refused by name, and nothing is sent', async () => {
		await run(fake, 'refund.create', refundOf(500));
		const sent = fake.requests.length;
		const { failures } = await run(fake, 'refund.create', refundOf(400));
		expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'out_refund_no' }]);
		expect(failures[0].message).toMatch(
			/'Refund Number' R-1 was used.*a 'Refund Number' of its own/,
		);
		expect(fake.requests.slice(sent).map(({ method }) => method)).not.toContain('POST');
	});

	it('with another amount leaves the outcome open where only WeChat Pay knows of the first', async () => {
		await run(fake, 'refund.create', refundOf(500));
		restartProcess();
		const { failures } = await run(fake, 'refund.create', refundOf(400));
		expect(failures).toMatchObject([
			{ outcome: 'unknown', code: 'REFUND_FEE_MISMATCH', repeatable: false },
		]);
		expect(failures[0].message).toContain(
			"Another refund of the order needs a 'Refund Number' of its own",
		);
		expect(refundSum()).toBe(500);
	});

	it('of another order leaves it open as well', async () => {
		await run(fake, 'refund.create', refundOf(500));
		fake.addOrder({ out_trade_no: 'ORDER-2', total: 1000 });
		restartProcess();
		const { failures } = await run(fake, 'refund.create', refundOf(500, { outTradeNo: 'ORDER-2' }));
		expect(failures).toMatchObject([{ outcome: 'unknown', code: 'INVALID_REQUEST' }]);
	});

	it('of Monday is not read as a new refund on Friday', async () => {
		const monday = Math.floor(Date.now() / 1000) - 4 * 86400;
		fake.addRefund({
			out_trade_no: 'ORDER-1',
			out_refund_no: 'R-1',
			refund: 500,
			status: 'SUCCESS',
			created_at: monday,
		});
		const { done } = await run(fake, 'refund.create', refundOf(500));
		expect(done).toMatchObject([
			{ refunded_earlier: true, refund_id: expect.any(String), create_time: expect.any(String) },
		]);
		expect(done[0].note).toContain("a 'Refund Number' of its own");
		expect(refundSum()).toBe(500);
	});
});

describe('a refund that cannot be done', () => {
	it.each([
		[12.5, '12.50 yuan is 1250 fen'],
		['12.50', '12.50 yuan is 1250 fen'],
		[0, 'positive whole number'],
		[1001, 'more than the 1000 fen of the whole order'],
	])('of %p fen is not sent', async (refund, words) => {
		const { failures } = await run(fake, 'refund.create', refundOf(refund));
		expect(failures).toMatchObject([{ outcome: 'not_sent' }]);
		expect(failures[0].message).toContain(words);
		expect(fake.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it.each([
		['no refund number', { outRefundNo: '={{ " " }}' }, "'Refund Number' is empty"],
		['no order', { outTradeNo: '' }, 'fill in one of them'],
		['both orders', { transactionId: '4200001234' }, 'leave one empty'],
		['a refund number of 65 characters', { outRefundNo: 'R'.repeat(65) }, 'at most 64 characters'],
		['a reason of 81 bytes', { additionalFields: { reason: '退'.repeat(27) } }, 'at most 80 bytes'],
		[
			'a local address',
			{ additionalFields: { notifyUrl: 'http://localhost:5678/x' } },
			'public https address',
		],
	])('has %s', async (_, more, words) => {
		const { failures } = await run(fake, 'refund.create', refundOf(100, more));
		expect(failures).toMatchObject([{ outcome: 'not_sent' }]);
		expect(failures[0].message).toContain(words);
		expect(fake.requests).toEqual([]);
	});

	it('exceeds, together with others, the order: with the advice about the total', async () => {
		await run(fake, 'refund.create', refundOf(800));
		const { failures } = await run(fake, 'refund.create', refundOf(300, { outRefundNo: 'R-2' }));
		expect(failures).toMatchObject([{ outcome: 'refused', code: 'INVALID_REQUEST' }]);
		expect(failures[0].message).toMatch(/not payer_total.*All refunds of the order together/);
	});

	it('waits for money: the same number once there is some', async () => {
		fake.setBalance(100);
		const { failures } = await run(fake, 'refund.create', refundOf(500));
		expect(failures).toMatchObject([{ outcome: 'refused', code: 'NOT_ENOUGH', repeatable: true }]);
		expect(failures[0].message).toContain('the same number and values');
		fake.setBalance(1000);
		expect((await run(fake, 'refund.create', refundOf(500))).done).toMatchObject([
			{ success: true },
		]);
		expect(refundSum()).toBe(500);
	});

	it.each([
		[
			'is older than a year',
			{ success_time: Math.floor(Date.now() / 1000) - 366 * 86400 },
			'TRADE_OVERDUE',
			'more than one year old',
		],
		['was not paid', { trade_state: 'NOTPAY' }, 'RESOURCE_NOT_EXISTS', 'no such paid order'],
	])('of an order that %s says so', async (_, order, code, words) => {
		fake.addOrder({ out_trade_no: 'ORDER-3', total: 1000, ...order });
		const { failures } = await run(fake, 'refund.create', refundOf(1, { outTradeNo: 'ORDER-3' }));
		expect(failures).toMatchObject([{ outcome: 'refused', code }]);
		expect(failures[0].message).toContain(words);
	});

	it('was limited: the outcome is open, for the refund may be under way', async () => {
		fake.misbehave({ fault: 'rate-limit', when: ({ method }) => method === 'POST', times: 99 });
		const { failures } = await run(fake, 'refund.create', refundOf(500));
		expect(failures).toMatchObject([{ outcome: 'unknown', http_status: 429, repeatable: true }]);
		expect(failures[0].message).toContain('again as it is');
	});
});

describe('the roles', () => {
	it('a direct merchant sends no merchant number at all', async () => {
		await run(fake, 'refund.create', refundOf(1, { additionalFields: { total: 1000 } }));
		expect(Object.keys(bodyOf(-1))).toEqual(['out_trade_no', 'out_refund_no', 'amount']);
		await run(fake, 'refund.get', { outRefundNo: 'R-1' });
		expect(fake.requests.at(-1)?.url).toBe('/v3/refund/domestic/refunds/R-1');
	});

	it('a service provider sends the sub-merchant alone, and reads its order', async () => {
		fake.addOrder({ out_trade_no: 'ORDER-9', sub_mchid: SUB_MERCHANT, total: 70 });
		const additionalFields = { subMchid: SUB_MERCHANT };
		const { done } = await run(
			fake,
			'refund.create',
			refundOf(70, { outTradeNo: 'ORDER-9', additionalFields }),
		);
		expect(done).toMatchObject([{ success: true, amount: { total: 70 } }]);
		expect(fake.requests[0].url).toContain('/v3/pay/partner/transactions/out-trade-no/ORDER-9');
		expect(Object.keys(bodyOf(-1))).toEqual([
			'sub_mchid',
			'out_trade_no',
			'out_refund_no',
			'amount',
		]);
	});
});

it('a refund that got stuck is settled on another card, which is never shown', async () => {
	await run(fake, 'refund.create', refundOf(500));
	fake.settleRefund('R-1', 'ABNORMAL');
	const [{ refund_id: refundId }] = fake.refunds;
	const parameters = {
		refundId,
		outRefundNo: 'R-1',
		type: 'USER_BANK_CARD',
		bankType: 'ICBC_DEBIT',
		bankAccount: '6222021234567890123',
		realName: '张三',
	};
	const { done } = await run(fake, 'refund.applyAbnormal', parameters);
	expect(done).toMatchObject([{ success: true, pending: true, channel: 'OTHER_BANKCARD' }]);
	expect(JSON.stringify([done, fake.requests.map(({ body }) => body)])).not.toContain(
		'6222021234567890123',
	);
	fake.settleRefund('R-1');
	const again = await run(fake, 'refund.applyAbnormal', {
		...parameters,
		bankAccount: '6222021234567890999',
	});
	expect(again.failures).toMatchObject([{ outcome: 'refused' }]);
	expect(again.failures[0].message).toContain('Look with Refund: Get');
});
