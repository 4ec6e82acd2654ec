import { COMMITTED, NOT_COMMITTED, runBonus } from '../support/engine/bonusWorkflow.cts';
import { committedAt, openShop, type Shop } from '../support/engine/shop.cts';
import type { Fault } from '../support/fake/server.cts';
import { skipDeadlines } from '../support/engine/skipWaits.cts';

skipDeadlines();

let shop: Shop;

beforeEach(async () => {
	shop = await openShop(3);
});

afterEach(async () => {
	await shop.wechatPay.stop();
});

/** Long enough for a response on a machine that is busy, in ms. */
const PATIENCE = 10_000;

jest.setTimeout(30_000);

/** Runs three orders; the middle one meets the fault, the others show that it stays its own affair. */
async function runWith(fault: Fault, times = Infinity, options: object = { retries: 0 }) {
	shop.misbehave(1, fault, times);
	return await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
		options: { timeout: PATIENCE, ...options },
	});
}

interface Expected {
	fault: Fault;
	outcome: 'refused' | 'unknown' | 'not_sent';
	code?: string;
	status?: number;
	/** Whether WeChat Pay processed it in truth. */
	processed: boolean;
	says: RegExp;
}

const expected: Expected[] = [
	{
		fault: 'bad-signature',
		outcome: 'unknown',
		code: 'BAD_SIGNATURE',
		status: 204,
		processed: true,
		says: /signature does not fit the key PUB_KEY_ID_/,
	},
	{
		fault: 'missing-signature',
		outcome: 'unknown',
		code: 'MISSING_HEADER',
		status: 204,
		processed: true,
		says: /has no signature.*proxy or firewall/,
	},
	{
		fault: 'test-signature',
		outcome: 'unknown',
		code: 'PROBE',
		status: 204,
		processed: true,
		says: /test signatures \(WECHATPAY\/SIGNTEST\/\)/,
	},
	{
		fault: 'unknown-serial',
		outcome: 'unknown',
		code: 'UNKNOWN_SERIAL',
		status: 204,
		processed: true,
		says: /signed with the key FFFF\w*, the credential has PUB_KEY_ID_/,
	},
	{
		fault: 'skewed-clock',
		outcome: 'unknown',
		code: 'CLOCK',
		status: 204,
		processed: true,
		says: /its time is 3(599|600|601) seconds earlier than the clock of this n8n/,
	},
	{
		fault: 'tampered-body',
		outcome: 'unknown',
		code: 'BAD_SIGNATURE',
		status: 200,
		processed: true,
		says: /signature does not fit/,
	},
	{
		fault: 'reset-before',
		outcome: 'unknown',
		code: 'ECONNRESET',
		processed: false,
		says: /No response from WeChat Pay \(ECONNRESET\)/,
	},
	{
		fault: 'reset-after',
		outcome: 'unknown',
		code: 'ECONNRESET',
		processed: true,
		says: /No response from WeChat Pay \(ECONNRESET\)/,
	},
	{
		fault: 'stall',
		outcome: 'unknown',
		code: 'ETIMEDOUT',
		processed: true,
		says: /No response from WeChat Pay \(ETIMEDOUT\)/,
	},
	{
		fault: 'stall-before',
		outcome: 'unknown',
		code: 'ETIMEDOUT',
		processed: false,
		says: /No response from WeChat Pay/,
	},
	{
		fault: 'trickle',
		outcome: 'unknown',
		code: 'ETIMEDOUT',
		processed: true,
		says: /No response from WeChat Pay/,
	},
	{
		fault: 'rate-limit',
		outcome: 'refused',
		code: 'RATELIMIT_EXCEEDED',
		status: 429,
		processed: false,
		says: /not processed \(RATELIMIT_EXCEEDED\)\. Set 'Requests per Second'/,
	},
	{
		fault: { name: 'rate-limit', code: 'FREQUENCY_LIMITED' },
		outcome: 'refused',
		code: 'FREQUENCY_LIMITED',
		status: 429,
		processed: false,
		says: /not processed \(FREQUENCY_LIMITED\)/,
	},
	{
		fault: 'system-error',
		outcome: 'unknown',
		code: 'SYSTEM_ERROR',
		status: 500,
		processed: true,
		says: /could not say whether it was done \(SYSTEM_ERROR\)/,
	},
	{
		fault: 'service-unavailable',
		outcome: 'unknown',
		code: 'SERVICE_UNAVAILABLE',
		status: 503,
		processed: false,
		says: /could not say/,
	},
	{
		fault: 'bad-gateway',
		outcome: 'unknown',
		status: 502,
		processed: false,
		says: /could not say whether it was done \(502\)/,
	},
	{
		fault: 'empty-body',
		outcome: 'unknown',
		code: 'MISSING_HEADER',
		status: 200,
		processed: false,
		says: /has no signature/,
	},
	{
		fault: 'truncated-body',
		outcome: 'unknown',
		processed: true,
		says: /No response from WeChat Pay/,
	},
	{
		fault: 'redirect',
		outcome: 'unknown',
		status: 302,
		processed: false,
		says: /not from WeChat Pay \(302\)/,
	},
	{
		fault: 'accepted',
		outcome: 'unknown',
		status: 202,
		processed: false,
		says: /has not processed it yet \(202\)/,
	},
	{
		fault: 'html-404',
		outcome: 'unknown',
		status: 404,
		processed: false,
		says: /response is not from WeChat Pay \(404\)/,
	},
];

it.each(expected)('$fault: $outcome', async ({ fault, outcome, code, status, processed, says }) => {
	const execution = await runWith(fault);

	expect(execution.json(COMMITTED).map((json) => json.out_trade_no)).toEqual([
		'order-0',
		'order-2',
	]);
	const [item, ...others] = execution.json(NOT_COMMITTED);
	expect(others).toEqual([]);
	expect(item).toMatchObject({
		...shop.orders[1],
		error: {
			message: expect.stringMatching(says),
			outcome,
			attempts: 1,
			...(code === undefined ? {} : { code }),
			...(status === undefined ? {} : { http_status: status }),
		},
	});
	expect('order-1' in committedAt(shop.wechatPay)).toBe(processed);
});

it('takes no signed body for the empty response of a commit, whatever its size', async () => {
	const fault = { name: 'huge-body', bytes: 3_000_000 } as const;
	const execution = await runWith(fault, Infinity, { retries: 0, timeout: 20_000 });

	expect(execution.json(COMMITTED)).toHaveLength(2);
	expect(execution.json(NOT_COMMITTED)).toMatchObject([
		{ error: { outcome: 'unknown', code: 'NOT_BOUND' } },
	]);
});

it.each([
	['relabelled-status', 'NOT_BOUND'],
	['notification-as-response', 'NOT_BOUND'],
	['replayed-response', 'REPLAYED'],
	['stale-response', 'STALE'],
] as const)('%s is no success', async (name, code) => {
	// The clock and an earlier response.
	await runBonus({ orders: shop.orders, credential: shop.wechatPay.credential() });
	const execution = await runWith({ name }, 1, { retries: 0 });
	expect(execution.json(NOT_COMMITTED)).toMatchObject([{ error: { outcome: 'unknown', code } }]);
});

describe('repeats', () => {
	const settled: Fault[] = [
		'reset-before',
		'reset-after',
		'stall',
		'system-error',
		'bad-gateway',
		'rate-limit',
		'accepted',
		'bad-signature',
		'test-signature',
		'truncated-body',
	];

	it.each(settled)('settle %s with identical bytes, signed afresh', async (fault) => {
		const execution = await runWith(fault, 1, {});

		expect(execution.json(COMMITTED).map((json) => json.out_trade_no)).toEqual([
			'order-0',
			'order-1',
			'order-2',
		]);
		const sent = shop.wechatPay.requests.filter(({ body }) => body.includes('order-1'));
		expect(sent).toHaveLength(2);
		expect(sent[1].rawBody).toEqual(sent[0].rawBody);
		expect(sent[1].url).toBe(sent[0].url);
		expect(sent[1].nonce).not.toBe(sent[0].nonce);
	});

	it('end after as many as the user allows', async () => {
		const execution = await runWith('system-error', Infinity, { retries: 2 });

		expect(execution.json(NOT_COMMITTED)).toMatchObject([
			{ error: { outcome: 'unknown', attempts: 3, repeatable: true } },
		]);
	});

	it('happen once where a response does not verify', async () => {
		const execution = await runWith('bad-signature', Infinity, { retries: 3 });

		expect(execution.json(NOT_COMMITTED)).toMatchObject([
			{ error: { outcome: 'unknown', attempts: 2 } },
		]);
	});

	it('never happen after a refusal', async () => {
		shop.orders[1].member_code = 'nobody';
		await runBonus({
			orders: shop.orders,
			credential: shop.wechatPay.credential(),
			onError: 'continueErrorOutput',
		});

		expect(shop.wechatPay.counts.received).toBe(3);
	});

	it('leave an item unknown when only its repeat was refused: the first may have been processed', async () => {
		shop.misbehave(1, 'reset-after', 1);
		shop.misbehave(1, 'rate-limit');
		const execution = await runBonus({
			orders: shop.orders,
			credential: shop.wechatPay.credential(),
			onError: 'continueErrorOutput',
			options: { retries: 1 },
		});

		expect(execution.json(NOT_COMMITTED)).toMatchObject([
			{
				error: {
					outcome: 'unknown',
					code: 'RATELIMIT_EXCEEDED',
					message: expect.stringMatching(/No response.*a retry did not settle it/),
				},
			},
		]);
		expect(committedAt(shop.wechatPay)).toHaveProperty('order-1', 2);
	});
});

it('knows that nothing was sent when nobody listens', async () => {
	const credential = shop.wechatPay.credential();
	await shop.wechatPay.stop();
	const execution = await runBonus({
		orders: shop.orders,
		credential,
		onError: 'continueErrorOutput',
		options: { retries: 0 },
	});

	expect(execution.json(NOT_COMMITTED)).toMatchObject(
		shop.orders.map((order) => ({
			...order,
			error: { outcome: 'not_sent', code: 'ECONNREFUSED', repeatable: true },
		})),
	);
	shop = await openShop(0);
});
