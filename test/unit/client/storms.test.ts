/** Bad nights, by a clock of their own: nothing gets through, for ever or for a while. Orders go the way of all items. */
import { MAX_CONCURRENCY } from '../../../nodes/client/adaptiveConcurrency';
import type { FailureDetails } from '../../../nodes/client/errors/requestError';
import type { Morning, Night, Weather } from '../../support/night.cts';
import { mulberry32 } from '../../support/random.cts';
import { goBy, spendNight } from '../../support/night.cts';
import { VirtualClock } from '../../support/virtualClock.cts';

// What is signed is another test's matter, and takes real time.
jest.mock('../../../nodes/client/response/verifyResponse', () => ({ distrust: () => undefined }));

jest.setTimeout(60_000);

const MINUTE = 60_000;
/** With jitter in the times before, a sum of them may be a little less than it is. */
const HALF_A_MINUTE = MINUTE / 2 + 1;

let clock: VirtualClock;
let goByOwn: () => void;

beforeEach(() => {
	clock = new VirtualClock();
	goByOwn = goBy(clock);
});

afterEach(() => goByOwn());

const spend = async (night: Night) => await spendNight(clock, night);

/** No order without an outcome, and none with a wrong one. */
function expectTruth({ results, requests, arrived }: Morning, orders: number): void {
	expect(results).toHaveLength(orders);
	const wrong = results.filter((result, order) => {
		if (result === 'done') return !arrived.has(order);
		const isTrue = (result.outcome === 'unknown') === arrived.has(order);
		const isCounted = result.attempts === (requests[order] ?? 0);
		const isRepeatable = result.repeatable || result.outcome === 'unknown';
		return !isTrue || !isCounted || !isRepeatable || UNWANTED.test(result.message);
	});
	expect(wrong).toEqual([]);
}

const UNWANTED = /\b(error|problem|failure|mistake|undefined)\b/i;

const forEver: Array<[Weather, RegExp, number]> = [
	['nobody', /could not reach it \(ECONNREFUSED\)\. Check the network/, 250],
	['black hole', /was not answered \(ETIMEDOUT\)\. Run this item again later/, 100],
	['reset', /was not answered \(ECONNRESET\)/, 250],
	['500', /was answered 500\. Run this item again later/, 250],
	['429', /was answered 429\. Run this item again later/, 100],
];

describe.each(forEver)('%s for ever', (weather, says, most) => {
	it.each([
		['usual options', {}],
		['one at a time', { concurrency: 1 }],
		['no retries', { retries: 0 }],
		['requests that must not be repeated', { repeatable: false }],
		['pauses that are asked for', { retryAfter: 30 }],
	])('ends 10,000 orders within five minutes, each with its outcome: %s', async (_, options) => {
		const orders = 10_000;
		const morning = await spend({ orders, weather: () => weather, ...options });
		expect(morning.took).toBeLessThan(5 * MINUTE);
		expectTruth(morning, orders);
		// What was sent to find out that nothing gets through, and no more.
		if ('concurrency' in options) expect(morning.count('unknown')).toBeLessThanOrEqual(2);
		const untried = morning.results.filter((one) => one !== 'done' && one.attempts === 0);
		expect(untried.length).toBeGreaterThan(9000);
		const told = new Set(untried.map((one) => (one as FailureDetails).message));
		expect(told.size).toBe(1);
		expect([...told][0]).toMatch(
			/^Not sent, because nothing gets through to WeChat Pay: the last request /,
		);
		expect([...told][0]).toMatch(says);
		expect(morning.count('not_sent')).toBeGreaterThanOrEqual(untried.length);
		if (!('retries' in options) && !('repeatable' in options)) {
			const sent = morning.requests.reduce((sum, one) => sum + one, 0);
			expect(sent).toBeLessThan(most);
		}
	});

	it.each([3_600_000, -3_600_000])(
		'ends as well with a clock that jumps by %d ms',
		async (jump) => {
			const morning = await spend({ orders: 500, weather: () => weather, jump });
			expect(morning.took).toBeGreaterThan(1.5 * MINUTE);
			expect(morning.took).toBeLessThan(5 * MINUTE);
			expectTruth(morning, 500);
		},
	);

	it('ends in time where long pauses are asked for and one is sent at a time', async () => {
		const night = { orders: 500, weather: () => weather, concurrency: 1, retryAfter: 3600 };
		const morning = await spend(night);
		expect(morning.took).toBeLessThan(5 * MINUTE);
		expectTruth(morning, 500);
	});

	it('sends again as soon as somebody is there, and ends complete', async () => {
		const back = (time: number): Weather => (time > 5 && time < 110 ? weather : 'fine');
		const orders = 3000;
		const morning = await spend({ orders, weather: back });
		expect(morning.count('done')).toBe(orders);
		expect(morning.took).toBeLessThan(3 * MINUTE);
	});

	it('notices who is back when the two minutes are nearly over', async () => {
		const back = (time: number): Weather => (time < 119.5 ? weather : 'fine');
		const morning = await spend({ orders: 1000, weather: back });
		expect(morning.count('done')).toBeGreaterThanOrEqual(1000 - MAX_CONCURRENCY);
		expect(morning.count('not_sent')).toBe(0);
	});

	it('ends at once when it is cancelled', async () => {
		const morning = await spend({ orders: 500, weather: () => weather, cancelAfter: 60 });
		expect(morning.took).toBeLessThanOrEqual(MINUTE + 1);
		expect(morning.results.filter(Boolean).length).toBeGreaterThanOrEqual(MAX_CONCURRENCY);
	});

	it('is known to the next execution, until a probe gets through', async () => {
		const endpoint = `storm of ${weather}`;
		await spend({ orders: 1000, weather: () => weather, endpoint });
		const next = await spend({ orders: 1000, weather: () => weather, endpoint });
		expect(next.took).toBe(0);
		expect(next.requests).toEqual([]);
		expectTruth(next, 1000);
		await clock.advance(HALF_A_MINUTE);
		const probing = await spend({ orders: 1000, weather: () => weather, endpoint });
		expect(probing.took).toBeLessThan(MINUTE / 2);
		expect(probing.requests.filter(Boolean)).toHaveLength(1);
		expectTruth(probing, 1000);
		await clock.advance(HALF_A_MINUTE);
		const after = await spend({ orders: 1000, weather: () => 'fine', endpoint });
		expect(after.count('done')).toBe(1000);
		expect(after.took).toBeLessThan(30_000);
	});
});

describe('what stops every request alike', () => {
	it.each<[Weather, RegExp]>([
		[
			'tls',
			/^Not sent, because the TLS certificate of the host is not trusted.*NODE_EXTRA_CA_CERTS/,
		],
		['domain', /^Not sent, because the credential does not allow.*'Allowed HTTP Request Domains'/],
		['ssrf', /^Not sent, because n8n has blocked the host.*'Base URL'/],
	])('is tried once, and ends the batch: %s', async (weather, says) => {
		const morning = await spend({ weather: () => weather });
		expect(morning.took).toBeLessThan(1000);
		expect(morning.requests.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(4);
		expect(morning.count('not_sent')).toBe(10_000);
		expectTruth(morning, 10_000);
		const told = new Set((morning.results as FailureDetails[]).map(({ message }) => message));
		expect(told.size).toBe(1);
		expect([...told][0]).toMatch(says);
	});

	it('says nothing about the next execution', async () => {
		const endpoint = 'stopped';
		await spend({ orders: 100, weather: () => 'domain', endpoint });
		const fixed = await spend({ orders: 100, weather: () => 'fine', endpoint });
		expect(fixed.count('done')).toBe(100);
	});
});

describe('what is not a storm', () => {
	it('a few orders that are never answered do not stop the others', async () => {
		const weather = (_: number, order: number): Weather => (order % 100 < 6 ? '500' : 'fine');
		const morning = await spend({ orders: 3000, weather });
		expect(morning.count('done')).toBe(3000 * 0.94);
		expect(morning.count('unknown')).toBe(3000 * 0.06);
	});

	it.each([0.5, 0.8])('a share of %d that breaks down slows nothing down', async (share) => {
		let drawn = 0;
		const weather = (): Weather => ((drawn += 7919) % 100 < share * 100 ? 'reset' : 'fine');
		const morning = await spend({ orders: 3000, weather });
		expect(morning.count('not_sent')).toBe(0);
		expect(morning.took).toBeLessThan(10 * MINUTE);
	});

	it.each<[Weather, number]>([
		['500', 0.7],
		['reset', 0.9],
	])(
		'10,000 orders end within five minutes where %s is all that a share of %d gets',
		async (lost, share) => {
			const random = mulberry32(1);
			const weather = (): Weather => (random() < share ? lost : 'fine');
			const morning = await spend({ orders: 10_000, weather });
			expect(morning.took).toBeLessThan(5 * MINUTE);
			expect(morning.count('not_sent')).toBe(0);
			// Each was tried four times, by default.
			const done = 10_000 * (1 - share ** 4);
			expect(morning.count('done')).toBeGreaterThan(done * 0.97);
			expectTruth(morning, 10_000);
		},
	);

	it('one at a time stays one at a time, however long an order waits to be sent again', async () => {
		let last = -1;
		const weather = (_: number, order: number): Weather => {
			expect(order - last).toBeLessThanOrEqual(1);
			last = Math.max(last, order);
			return order % 3 === 0 ? '500' : 'fine';
		};
		const morning = await spend({ orders: 30, weather, concurrency: 1 });
		expect(morning.count('done')).toBe(20);
	});

	it('a single order is tried as often as the user wants', async () => {
		const morning = await spend({ orders: 1, weather: () => 'nobody' });
		expect(morning.results).toMatchObject([{ outcome: 'not_sent', attempts: 4 }]);
		expect(morning.took).toBeLessThan(10_000);
	});
});
