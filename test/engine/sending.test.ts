import { COMMIT, COMMITTED, NOT_COMMITTED, runBonus } from '../support/engine/bonusWorkflow.cts';
import { committedAt, openShop, type Shop } from '../support/engine/shop.cts';
import type { FakeOptions } from '../support/fake/server.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';

skipWaits();

let shop: Shop;

const open = async (count: number, options?: FakeOptions) => {
	shop = await openShop(count, options);
};

const run = async (options: object, more: object = {}) =>
	await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
		options: options as never,
		...more,
	});

afterEach(async () => {
	await shop.wechatPay.stop();
});

const concurrencies: Array<[string, number, object]> = [
	['as many as the user allows', 4, { concurrency: 4 }],
	['one at a time', 1, { concurrency: 1 }],
];

it.each(concurrencies)('has %s under way', async (_name, most, options) => {
	await open(2 * most, { delay: 400 });
	const execution = await run(options);

	expect(shop.wechatPay.counts.peakInFlight).toBe(most);
	expect(execution.json(COMMITTED)).toHaveLength(2 * most);
});

it('has more and more under way by default, as long as that is faster', async () => {
	await open(300, { delay: 250 });
	await run({});
	// How far it goes depends on what the machine can do beside other work; test/unit/client has that by a virtual clock.
	expect(shop.wechatPay.counts.peakInFlight).toBeGreaterThan(8);
	expect(shop.wechatPay.counts.peakInFlight).toBeLessThanOrEqual(50);
}, 20_000);

it('keeps the order of the input, whatever is answered first', async () => {
	await open(20);
	for (const slow of [0, 3, 7]) shop.misbehave(slow, 'reset-before', 1);
	const execution = await run({});

	expect(execution.json(COMMITTED).map((json) => json.out_trade_no)).toEqual(
		shop.orders.map((order) => order.order_no),
	);
	const arrived = shop.wechatPay.requests.map(({ body }) => body);
	expect(arrived[arrived.length - 1]).toMatch(/order-[037]"/);
});

it('never starts more requests in a second than the user allows', async () => {
	await open(24);
	await run({ requestsPerSecond: 20, concurrency: 10 });

	const times = shop.wechatPay.requests.map(({ receivedAt }) => receivedAt);
	expect(times).toHaveLength(24);
	// 23 gaps of 50 ms; requests may come up to 50 ms early to make up for lost time.
	expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(23 * 50 - 100);
});

it('slows down for all items on 429, and ends without a refused one', async () => {
	await open(60, { rateLimit: { perSecond: 15 } });
	const execution = await run({});

	expect(execution.json(NOT_COMMITTED)).toEqual([]);
	expect(Object.keys(committedAt(shop.wechatPay))).toHaveLength(60);
	// Ten at once overrun the limit at first; from then on a refusal is the exception.
	expect(shop.wechatPay.counts.limited).toBeGreaterThan(0);
	expect(shop.wechatPay.counts.limited).toBeLessThan(30);
}, 20_000);

it('sends an order again only after Retry-After, while others go on', async () => {
	await open(12);
	shop.misbehave(0, { name: 'rate-limit', retryAfter: 2 }, 1);
	const execution = await run({ concurrency: 2 });

	expect(execution.json(COMMITTED)).toHaveLength(12);
	const { requests } = shop.wechatPay;
	const [first, again] = requests.filter(({ body }) => /order-0"/.test(String(body)));
	expect(again.receivedAt - first.receivedAt).toBeGreaterThanOrEqual(1900);
	expect(requests.filter(({ receivedAt }) => receivedAt < again.receivedAt)).toHaveLength(12);
}, 20_000);

it('sends no order that still waits once another one stops the workflow', async () => {
	await open(40);
	shop.orders[0].member_code = 'nobody';
	await run({ requestsPerSecond: 2 }, { onError: 'stopWorkflow' });
	expect(shop.wechatPay.counts.received).toBeLessThanOrEqual(3);
});

describe('a cancelled execution', () => {
	/** Cancels when so many requests have arrived. */
	async function cancelAfter(received: number, options: object) {
		let cancel = () => {};
		const running = run(options, { onStart: (how: () => void) => (cancel = how) });
		await shop.wechatPay.untilReceived(received);
		cancel();
		return await running;
	}

	it('sends nothing more, and tells of every item what became of it', async () => {
		await open(100, { delay: 50 });
		const execution = await cancelAfter(20, { concurrency: 5 });

		expect(shop.wechatPay.counts.received).toBeLessThanOrEqual(25);
		const items = [...execution.json(COMMIT), ...execution.json(COMMIT, 1)];
		expect(items).toHaveLength(100);
		const committed = committedAt(shop.wechatPay);
		for (const { success, out_trade_no, order_no, error } of items) {
			const isCommitted = String(out_trade_no ?? order_no) in committed;
			if (success) expect(isCommitted).toBe(true);
			else expect(error).toHaveProperty('outcome', isCommitted ? 'unknown' : expect.any(String));
			if (!success && !isCommitted) expect(error).toHaveProperty('repeatable', true);
		}
	});

	it('ends at once while items wait for a response, a repeat or their turn', async () => {
		await open(20);
		shop.misbehave(0, { name: 'rate-limit', retryAfter: 60 });
		for (const order of [1, 2]) shop.misbehave(order, 'stall');
		const execution = await cancelAfter(3, { concurrency: 3 });

		expect(execution.run.status).toBe('canceled');
		const outcomes = execution
			.json(COMMIT, 1)
			.map(({ error }) => (error as { outcome: string }).outcome);
		// Whether the 429 or the cancelling is there first is chance; either way the item is told rightly.
		expect(['refused', 'unknown']).toContain(outcomes[0]);
		expect(outcomes.slice(1)).toEqual(['unknown', 'unknown', ...Array(17).fill('not_sent')]);
	}, 3000);
});

it('keeps to the domains of the credential', async () => {
	await open(2);
	const execution = await run(
		{ retries: 0 },
		{
			credential: {
				...shop.wechatPay.credential(),
				allowedHttpRequestDomains: 'domains',
				allowedDomains: 'api.mch.weixin.qq.com',
			},
		},
	);

	expect(shop.wechatPay.counts.received).toBe(0);
	expect(execution.json(NOT_COMMITTED)).toMatchObject([
		{ error: { outcome: 'not_sent', raw_message: expect.stringContaining('Domain not allowed') } },
		{ error: { outcome: 'not_sent' } },
	]);
});

it('sends to a domain that the credential allows', async () => {
	await open(1);
	const { hostname } = new URL(shop.wechatPay.credential().baseUrl);
	const execution = await run(
		{ retries: 0 },
		{
			credential: {
				...shop.wechatPay.credential(),
				allowedHttpRequestDomains: 'domains',
				allowedDomains: ` ${hostname} `,
			},
		},
	);

	expect(execution.json(COMMITTED)).toHaveLength(1);
});

it.each([undefined, '', ' '])(
	'allows nothing where the list of domains is empty: %j',
	async (list) => {
		await open(1);
		const execution = await run(
			{ retries: 0 },
			{
				credential: {
					...shop.wechatPay.credential(),
					allowedHttpRequestDomains: 'domains',
					allowedDomains: list,
				},
			},
		);

		expect(shop.wechatPay.counts.received).toBe(0);
		expect(execution.json(NOT_COMMITTED)).toMatchObject([{ error: { outcome: 'not_sent' } }]);
	},
);

it('prepares as it commits', async () => {
	await open(3);
	shop.orders[2].member_code = 'nobody';
	const execution = await run({}, { operation: 'prepare' });

	expect(execution.json(COMMITTED)).toMatchObject([
		{ success: true, out_trade_no: 'order-0', bonus_value: 1 },
		{ success: true, out_trade_no: 'order-1', bonus_value: 2 },
	]);
	expect(execution.json(NOT_COMMITTED)).toMatchObject([{ error: { outcome: 'refused' } }]);
	expect(shop.wechatPay.requests[0].url).toMatch(/\/bonus\/prepare$/);
	expect(committedAt(shop.wechatPay)).toEqual({});
});
