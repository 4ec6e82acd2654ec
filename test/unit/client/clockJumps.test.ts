/**
 * The wall clock is set forwards and backwards by a second, a minute, an hour, a day, as often as may be, while requests
 * are limited, retried, waited for and given up. Nothing waits longer, and nothing is sent sooner, than without that.
 */
import fc from 'fast-check';

import { CertificateStore } from '../../../nodes/apiv3/certificateStore';
import { NonceMemory } from '../../../nodes/apiv3/nonceMemory';
import type { HostAttempt } from '../../../nodes/client/http/hostFailover';
import { HostFailover } from '../../../nodes/client/http/hostFailover';
import { RequestDeadlines } from '../../../nodes/client/http/requestDeadlines';
import { ServerClock } from '../../../nodes/client/response/serverClock';
import { maxWithin } from '../../support/limiterSimulation.cts';
import type { Night, Weather } from '../../support/night.cts';
import { goBy, spendNight } from '../../support/night.cts';
import { VirtualClock } from '../../support/virtualClock.cts';

// What is signed is another test's matter, and takes real time.
jest.mock('../../../nodes/client/response/verifyResponse', () => ({ distrust: () => undefined }));

// Simulated hours take seconds, and much more where the machine is busy.
jest.setTimeout(120_000);

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** By how much the wall clock is set. */
const by = fc.constantFrom(...[SECOND, MINUTE, HOUR, DAY].flatMap((ms) => [ms, -ms]));

const jumpsWithin = (ms: number) =>
	fc.array(fc.record({ after: fc.integer({ min: 0, max: ms }), by }), {
		minLength: 1,
		maxLength: 12,
	});

let clock: VirtualClock;
let goByOwn: () => void;

beforeEach(() => {
	clock = new VirtualClock();
	goByOwn = goBy(clock);
});

afterEach(() => goByOwn());

async function expectForAll<T>(
	arbitrary: fc.Arbitrary<T>,
	numRuns: number,
	property: (value: T) => Promise<void>,
): Promise<void> {
	await fc.assert(fc.asyncProperty(arbitrary, property), { numRuns, seed: 15 });
}

/** Lets time pass in short steps, with the jumps of the wall clock between them. */
async function pass(ms: number, jumps: Array<{ after: number; by: number }> = []): Promise<void> {
	for (const one of jumps) clock.in(Math.min(one.after, ms), () => clock.jump(one.by));
	await clock.advance(ms);
}

describe('a batch', () => {
	const weathers = fc.constantFrom<Weather>('nobody', 'black hole', 'reset', '500', '429');
	const nights = fc.record({
		weather: weathers,
		concurrency: fc.constantFrom(0, 1, 20),
		retryAfter: fc.constantFrom(undefined, 5, 3600),
		jumps: jumpsWithin(4 * MINUTE),
	});

	it('ends within five minutes where nothing gets through, as without jumps', async () => {
		await expectForAll(nights, 20, async ({ weather, ...night }) => {
			const morning = await spendNight(clock, { orders: 300, weather: () => weather, ...night });
			expect(morning.took).toBeGreaterThan(1.5 * MINUTE);
			expect(morning.took).toBeLessThan(5 * MINUTE);
			expect(morning.results).toHaveLength(300);
			expect(morning.count('done')).toBe(0);
		});
	});

	it('goes on soon where WeChat Pay is back, and ends complete', async () => {
		await expectForAll(nights, 20, async ({ weather, ...night }) => {
			const back = (time: number): Weather => (time > 1 && time < 60 ? weather : 'fine');
			const morning = await spendNight(clock, { orders: 1500, weather: back, ...night });
			expect(morning.count('done')).toBeGreaterThanOrEqual(1500 - 50);
			expect(morning.count('not_sent')).toBe(0);
			const silent = morning.starts.map(
				(start, index) => start - (morning.starts[index - 1] ?? start),
			);
			// A probe may be under way until its deadline, and Retry-After is believed for a minute.
			expect(Math.max(...silent)).toBeLessThanOrEqual(
				night.retryAfter ? MINUTE + SECOND : 20 * SECOND,
			);
		});
	});

	it('never exceeds the cap, and uses it', async () => {
		const caps = fc.record({
			cap: fc.integer({ min: 1, max: 40 }),
			concurrency: fc.constantFrom(0, 10),
			jumps: jumpsWithin(20 * SECOND),
		});
		await expectForAll(caps, 30, async (night: Partial<Night> & { cap: number }) => {
			const orders = 20 * night.cap;
			const morning = await spendNight(clock, { orders, weather: () => 'fine', ...night });
			expect(morning.count('done')).toBe(orders);
			expect(maxWithin(morning.starts, SECOND)).toBeLessThanOrEqual(night.cap);
			expect(morning.took).toBeLessThan(24 * SECOND);
		});
	});

	it('finds the same concurrency', async () => {
		await expectForAll(jumpsWithin(5 * SECOND), 10, async (jumps) => {
			const night: Night = { orders: 2000, weather: () => 'fine' };
			const { took } = await spendNight(clock, night);
			expect((await spendNight(clock, { ...night, jumps })).took).toBe(took);
		});
	});

	it('sends an order again in time', async () => {
		await expectForAll(jumpsWithin(10 * SECOND), 20, async (jumps) => {
			const night: Night = { orders: 1, weather: () => '500', jumps };
			const morning = await spendNight(clock, night);
			expect(morning.requests).toEqual([4]);
			// Pauses of 1, 2 and 4 s, with jitter, and four responses.
			expect(morning.took).toBeGreaterThanOrEqual(3.5 * SECOND);
			expect(morning.took).toBeLessThanOrEqual(7.4 * SECOND);
		});
	});
});

describe('what the process keeps in mind', () => {
	it('a deadline passes in its time', async () => {
		const cases = fc.record({
			timeout: fc.integer({ min: 1, max: 300 }),
			jumps: jumpsWithin(MINUTE),
		});
		await expectForAll(cases, 30, async ({ timeout, jumps }) => {
			const request = new RequestDeadlines(undefined, clock).start(timeout * SECOND);
			await pass(timeout * SECOND - 1, jumps);
			expect(request.isOverdue()).toBe(false);
			await pass(1);
			expect(request.isOverdue()).toBe(true);
			request.end();
		});
	});

	it('the main host is tried again after five minutes, and not before', async () => {
		const [baseUrl, backupUrl] = ['https://main.example.com', 'https://backup.example.com'];
		const hosts = () => new HostFailover({ baseUrl, backupUrl }, {}, clock);
		const lost: HostAttempt = { host: baseUrl, end: 'no connection' };
		await expectForAll(jumpsWithin(5 * MINUTE), 30, async (jumps) => {
			hosts().recordResult(lost);
			await pass(5 * MINUTE - 1, jumps);
			expect(hosts().next()).toBe(backupUrl);
			await pass(1);
			expect(hosts().next()).toBe(baseUrl);
		});
	});

	it('certificates are asked for again after five minutes, and downloaded anew after twelve hours', async () => {
		await expectForAll(jumpsWithin(5 * MINUTE), 30, async (jumps) => {
			const store = new CertificateStore(
				() => clock.now(),
				() => clock.monotonic(),
			);
			const down = async () => await Promise.reject(new Error('down'));
			await store.refresh(down).catch(() => undefined);
			await pass(5 * MINUTE - 1, jumps);
			expect(store.failedLately).toBe(true);
			await pass(1);
			expect(store.failedLately).toBe(false);
			await store.refresh(async () => await Promise.resolve([]));
			await pass(12 * HOUR - 1, jumps);
			expect(store.isFresh).toBe(true);
			await pass(1);
			expect(store.isFresh).toBe(false);
		});
	});

	it('a nonce is believed once in ten minutes', async () => {
		await expectForAll(jumpsWithin(10 * MINUTE), 30, async (jumps) => {
			const memory = new NonceMemory();
			const claim = () => memory.claim('nonce', 'response', clock.monotonic());
			expect(claim()).toBe(true);
			await pass(10 * MINUTE, jumps);
			expect(claim()).toBe(false);
			await pass(1);
			expect(claim()).toBe(true);
		});
	});

	it("WeChat Pay's clock is known whatever ours shows: nothing genuine is refused, and nothing old is taken", async () => {
		const steps = fc.array(
			fc.record({
				after: fc.integer({ min: 1, max: 4 * MINUTE }),
				by,
				latency: fc.nat(10 * SECOND),
			}),
			{ minLength: 1, maxLength: 20 },
		);
		await expectForAll(steps, 100, async (all) => {
			const server = new ServerClock();
			const start = Date.UTC(2026, 10, 28);
			const exchange = (age: number, latency: number) => ({
				signedAt: Math.floor((start + clock.monotonic() - latency / 2 - age) / 1000) * 1000,
				sentAt: clock.monotonic() - latency,
				receivedAt: clock.monotonic(),
				at: clock.now(),
			});
			expect(server.accepts(exchange(0, 100))).toBe(true);
			for (const step of all) {
				await pass(step.after, [{ after: 0, by: step.by }]);
				expect(server.accepts(exchange(0, step.latency))).toBe(true);
				expect(server.accepts(exchange(2 * MINUTE, step.latency))).toBe(false);
				expect(server.accepts(exchange(0, step.latency))).toBe(true);
			}
		});
	});
});
