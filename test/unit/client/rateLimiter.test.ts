/** The rate limiter against a simulated WeChat Pay, and its promises: the cap, clocks that jump, cancelling, retries. */
import fc from 'fast-check';

import { ExecutionCancelled } from '../../../nodes/client/errors/executionCancelled';
import type { Permit } from '../../../nodes/client/permit';
import type { RateLimiterOptions } from '../../../nodes/client/rateLimiter';
import { RateLimiter } from '../../../nodes/client/rateLimiter';
import type { Outcome, Scenario } from '../../support/limiterSimulation.cts';
import { maxWithin, simulate, unlimitedRate } from '../../support/limiterSimulation.cts';
import { mulberry32 } from '../../support/random.cts';
import { VirtualClock } from '../../support/virtualClock.cts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The latency in ms, and by how much it varies. */
const STEADY = { latency: 80, jitter: 0 };
const VARYING = { latency: 30, jitter: 100 };

// Simulated minutes take seconds, and much more where the machine is busy.
jest.setTimeout(MINUTE);

interface Wanted {
	used: number;
	limited?: number;
	othersRefused?: number;
	fairness?: number;
}

type Conditions = Omit<Scenario, 'latency' | 'jitter'>;

function expectOutcome(outcome: Outcome, wanted: Wanted): void {
	expect(outcome.refusedItems).toBe(0);
	expect(outcome.used).toBeGreaterThanOrEqual(wanted.used);
	expect(outcome.limited).toBeLessThanOrEqual(wanted.limited ?? 0.1);
	expect(outcome.othersRefused).toBeLessThanOrEqual(wanted.othersRefused ?? 0);
	expect(outcome.fairness).toBeGreaterThanOrEqual(wanted.fairness ?? 1);
}

/** Over all kinds of network. */
async function expectOutcomes(conditions: Conditions, wanted: Wanted): Promise<void> {
	for (const network of [STEADY, VARYING]) {
		expectOutcome(await simulate({ ...conditions, ...network }), wanted);
	}
}

/** Compared with what the limiter itself reaches where nothing is answered 429. */
async function expectShareOfUnlimited(conditions: Conditions, wanted: Wanted): Promise<void> {
	const rate = await unlimitedRate({ ...VARYING, items: conditions.items });
	expectOutcome(await simulate({ ...conditions, ...VARYING, unlimitedRate: rate }), wanted);
}

describe('a limit for this batch alone', () => {
	it.each([
		[5, 400, 0.9],
		[20, 1000, 0.9],
		[100, 2000, 0.9],
		[500, 5000, 0.85],
	])('uses nine tenths of it: %d/s', async (limit, items, used) => {
		await expectOutcomes({ limit: () => limit, items }, { used });
	});

	it.each([
		[5, 600, 0.88],
		[100, 2000, 0.86],
	])('does so with Retry-After as well: %d/s', async (limit, items, used) => {
		await expectOutcomes({ limit: () => limit, items, retryAfter: true }, { used });
	});

	it.each([1, 2])('uses most of as little as %d/s', async (limit) => {
		await expectOutcomes({ limit: () => limit, items: 100 * limit }, { used: 0.75, limited: 0.35 });
	});

	it('finds a limit that is just below what the network allows', async () => {
		const outcome = await simulate({ limit: () => 590, items: 6000, ...STEADY });
		expectOutcome(outcome, { used: 0.9, limited: 0.03 });
	});
});

describe('a limit that is shared', () => {
	it.each([20, 50, 80])('leaves others their %d of 100/s, and uses the rest', async (others) => {
		const items = 1000 + (100 - others) * 50;
		await expectOutcomes(
			{ limit: () => 100, others: () => others, items },
			{ used: 0.85, othersRefused: 0.05 },
		);
	});

	it('makes room for others who come later', async () => {
		const others = (time: number) => (time < 15 ? 0 : 60);
		await expectOutcomes(
			{ limit: () => 100, others, items: 3000 },
			{ used: 0.85, othersRefused: 0.05 },
		);
	});

	it('takes the room of others who stop', async () => {
		const others = (time: number) => (time < 40 ? 60 : 0);
		await expectOutcomes(
			{ limit: () => 100, others, items: 5000 },
			{ used: 0.83, othersRefused: 0.05 },
		);
	});

	it.each([
		[2, 20],
		[4, 20],
		[2, 100],
		[4, 100],
	])('divides it fairly between %d workers at %d/s', async (workers, limit) => {
		const items = (limit === 20 ? 40 : 20) * limit * workers;
		await expectOutcomes({ limit: () => limit, workers, items }, { used: 0.85, fairness: 0.9 });
	});
});

describe('429 that are not due to the rate', () => {
	it.each([
		[0.01, 0.85],
		[0.05, 0.7],
		[0.1, 0.4],
	])('is not slowed down by strays: %d of all', async (stray, used) => {
		const conditions = { limit: () => Infinity, stray, items: 3000 };
		await expectShareOfUnlimited(conditions, { used, limited: 0.15 });
	});

	it('goes on after everything was answered 429 for a while', async () => {
		const isBlackout = (time: number) => time > 4 && time % 6 < 1;
		await expectShareOfUnlimited(
			{ limit: () => Infinity, isBlackout, items: 6000 },
			{ used: 0.8, limited: 0.15 },
		);
	});
});

describe('a limit that changes', () => {
	it('follows it up', async () => {
		const limit = (time: number) => (time < 60 ? 10 : 50);
		await expectOutcomes({ limit, items: 3000 }, { used: 0.8 });
	});

	it('follows it down', async () => {
		const limit = (time: number) => (time < 20 ? 50 : 10);
		await expectOutcomes({ limit, items: 1500 }, { used: 0.85 });
	});
});

function limiterOn(clock: VirtualClock, options: Partial<RateLimiterOptions> = {}): RateLimiter {
	return new RateLimiter({ clock, cap: 0, random: mulberry32(1), ...options });
}

/** Sends requests in a number of lanes until the clock is stopped; returns when they started, in true ms. */
function send(clock: VirtualClock, limiter: RateLimiter, lanes: number, latency: number): number[] {
	const starts: number[] = [];
	const lane = async () => {
		for (;;) {
			const permit = await limiter.acquire();
			starts.push(clock.elapsed);
			await clock.sleep(latency);
			limiter.release(permit, { kind: 'ok' });
		}
	};
	for (let count = 0; count < lanes; count += 1) void lane();
	return starts;
}

describe('the cap of the user', () => {
	it.each([1, 3, 20, 200])('is never exceeded, and used: %d/s', async (cap) => {
		const clock = new VirtualClock();
		const starts = send(clock, limiterOn(clock, { cap }), 50, 30);
		await clock.advance(20_000);
		expect(maxWithin(starts, 1000)).toBe(cap);
		expect(starts.length).toBeGreaterThan(19.5 * cap);
	});

	it('may be less than one request per second', async () => {
		const clock = new VirtualClock();
		const starts = send(clock, limiterOn(clock, { cap: 0.25 }), 5, 30);
		await clock.advance(19_000);
		expect(starts.map((start) => Math.round(start))).toEqual([0, 4001, 8002, 12_003, 16_004]);
	});

	it('is rounded down to whole requests in a second', async () => {
		const clock = new VirtualClock();
		const starts = send(clock, limiterOn(clock, { cap: 2.9 }), 5, 30);
		await clock.advance(10_000);
		expect(maxWithin(starts, 1000)).toBe(2);
	});

	it('is exceeded by no burst after an idle time', async () => {
		const clock = new VirtualClock();
		const limiter = limiterOn(clock, { cap: 10 });
		const starts: number[] = [];
		for (let round = 0; round < 5; round += 1) {
			for (let request = 0; request < 8; request += 1) {
				const permit = await clock.runUntil(limiter.acquire());
				starts.push(clock.elapsed);
				limiter.release(permit, { kind: 'ok' });
			}
			await clock.advance(5000);
		}
		expect(maxWithin(starts, 1000)).toBeLessThanOrEqual(10);
	});
});

describe('clocks that jump', () => {
	const jumps = fc.array(
		fc.record({
			after: fc.integer({ min: 1, max: 2000 }),
			by: fc.constantFrom(1000, MINUTE, HOUR, DAY, -1000, -MINUTE, -HOUR, -DAY),
		}),
		{ maxLength: 8 },
	);

	it('never exceeds the cap, nor waits longer than without them', async () => {
		await fc.assert(
			fc.asyncProperty(
				jumps,
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 1, max: 900 }),
				async (planned, cap, latency) => {
					const clock = new VirtualClock();
					const starts = send(clock, limiterOn(clock, { cap }), 50, latency);
					for (const { after, by } of planned) {
						await clock.advance(after);
						clock.jump(by);
					}
					await clock.advance(3000);
					expect(maxWithin(starts, 1000)).toBeLessThanOrEqual(cap);
					const gaps = starts.map((start, index) => start - (starts[index - 1] ?? 0));
					expect(Math.max(...gaps)).toBeLessThanOrEqual(1000 + latency);
				},
			),
			{ numRuns: 25, seed: 15 },
		);
	});

	it('ends a pause in time', async () => {
		await fc.assert(
			fc.asyncProperty(jumps, async (planned) => {
				const clock = new VirtualClock();
				const limiter = limiterOn(clock);
				await stop(clock, limiter, 11_000);
				const start = clock.elapsed;
				const probe = limiter.acquire();
				for (const { after, by } of planned) {
					clock.in(after, () => clock.jump(by));
				}
				await clock.runUntil(probe);
				expect(clock.elapsed - start).toBeGreaterThanOrEqual(9999);
				expect(clock.elapsed - start).toBeLessThanOrEqual(14_000);
			}),
			{ numRuns: 25, seed: 15 },
		);
	});
});

async function acquire(
	count: number,
	clock: VirtualClock,
	limiter: RateLimiter,
): Promise<Permit[]> {
	return await clock.runUntil(
		Promise.all(Array.from({ length: count }, async () => await limiter.acquire())),
	);
}

/** A batch that sends a few requests, gets some through, and then nothing but 429. */
async function stop(clock: VirtualClock, limiter: RateLimiter, retryAfter?: number): Promise<void> {
	const results = [
		{ kind: 'ok' },
		{ kind: 'limited', retryAfter },
		{ kind: 'limited', retryAfter },
	] as const;
	for (const result of results) {
		const permits = await acquire(4, clock, limiter);
		await clock.advance(30);
		for (const permit of permits) limiter.release(permit, { ...result });
	}
}

describe('when nothing gets through', () => {
	/** Lets probes fail in one way, and returns the times between them. */
	async function probeGaps(kind: 'limited' | 'failed', count: number): Promise<number[]> {
		const clock = new VirtualClock();
		const limiter = limiterOn(clock);
		await stop(clock, limiter);
		const starts: number[] = [];
		for (let probe = 0; probe < count; probe += 1) {
			const permit = await clock.runUntil(limiter.acquire());
			starts.push(clock.elapsed);
			limiter.release(permit, { kind });
		}
		return starts.slice(1).map((start, index) => Math.round(start - starts[index]));
	}

	it('sends one probe at a time, and less and less often', async () => {
		const expected = [300, 600, 1200, 2400, 4800, 8000, 8000];
		expect(await probeGaps('limited', 8)).toEqual(expected);
		// A probe without a response may have been counted by WeChat Pay: the first one waits for room in the window.
		expect((await probeGaps('failed', 8)).slice(1)).toEqual(expected.slice(1));
	});

	it('lets the others wait for the probe, and go on with it', async () => {
		const clock = new VirtualClock();
		const limiter = limiterOn(clock);
		await stop(clock, limiter);
		expect(limiter.limitedBy).toBeUndefined();
		const probe = await clock.runUntil(limiter.acquire());
		const next = limiter.acquire();
		let hasStarted = false;
		void next.then(() => (hasStarted = true));
		await clock.advance(5000);
		expect(hasStarted).toBe(false);
		expect(limiter.limitedBy).toBe('pause');
		limiter.release(probe, { kind: 'ok' });
		await clock.runUntil(next);
		expect(limiter.limitedBy).toBeUndefined();
	});

	it('believes no Retry-After of more than a minute', async () => {
		const clock = new VirtualClock();
		const limiter = limiterOn(clock);
		await stop(clock, limiter, DAY);
		const start = clock.elapsed;
		await clock.runUntil(limiter.acquire());
		expect(clock.elapsed - start).toBeLessThanOrEqual(MINUTE);
	});

	it('gives up retries after two minutes, and starts to count anew with a success', async () => {
		const clock = new VirtualClock();
		const limiter = limiterOn(clock);
		await stop(clock, limiter);
		const waiting = limiter.acquire();
		await clock.advance(MINUTE);
		expect(limiter.mayRetry(1)).toBe(true);
		expect(limiter.timeWithoutSuccess).toBeGreaterThanOrEqual(MINUTE);
		await clock.advance(MINUTE + 100);
		expect(limiter.mayRetry(1)).toBe(false);
		limiter.release(await waiting, { kind: 'ok' });
		expect(limiter.timeWithoutSuccess).toBe(0);
		expect(limiter.mayRetry(29)).toBe(true);
		expect(limiter.mayRetry(30)).toBe(false);
	});
});

describe('retries', () => {
	it('end after two minutes also where most of the time is spent waiting for them', async () => {
		const clock = new VirtualClock();
		const limiter = limiterOn(clock);
		let attempt = 0;
		const item = async () => {
			do {
				const permit = await limiter.acquire();
				limiter.release(permit, { kind: 'limited' });
				attempt += 1;
				await limiter.waitForRetry(limiter.retryDelay(attempt, 20_000));
			} while (limiter.mayRetry(attempt));
		};
		await clock.runUntil(item());
		expect(attempt).toBeLessThan(10);
		expect(clock.elapsed).toBeGreaterThanOrEqual(2 * MINUTE);
		expect(clock.elapsed).toBeLessThan(3 * MINUTE);
	});

	it('wait twice as long each time, up to half a minute, with jitter', () => {
		const limiter = limiterOn(new VirtualClock(), { random: () => 1 });
		const delays = [1, 2, 3, 10, 11, 12, 30].map((attempt) => limiter.retryDelay(attempt));
		expect(delays).toEqual([20, 40, 80, 10_240, 20_480, 30_000, 30_000]);
		expect(limiterOn(new VirtualClock(), { random: () => 0 }).retryDelay(1)).toBe(10);
	});

	it('wait as long as WeChat Pay asks, but not for ever', () => {
		const limiter = limiterOn(new VirtualClock());
		expect(limiter.retryDelay(1, 5000)).toBe(5000);
		expect(limiter.retryDelay(1, DAY)).toBe(MINUTE);
		expect(limiter.retryDelay(1, 1001)).toBe(1001);
		expect(limiter.retryDelay(1, 1000)).toBeLessThanOrEqual(20);
	});
});

describe('cancelling', () => {
	it('ends all waits at once', async () => {
		const clock = new VirtualClock();
		const controller = new AbortController();
		const limiter = limiterOn(clock, { cap: 1, signal: controller.signal });
		await limiter.acquire();
		const waits = [limiter.acquire(), limiter.acquire()];
		await clock.advance(100);
		controller.abort();
		for (const wait of waits) await expect(wait).rejects.toThrow(ExecutionCancelled);
		await expect(limiter.acquire()).rejects.toThrow(ExecutionCancelled);
		expect(clock.elapsed).toBe(100);
	});

	it('takes back what is still under way', async () => {
		const controller = new AbortController();
		const limiter = limiterOn(new VirtualClock(), { signal: controller.signal });
		const permit = await limiter.acquire();
		controller.abort();
		expect(() => limiter.release(permit, { kind: 'failed' })).not.toThrow();
	});
});

describe('stopping', () => {
	it('sends nothing that was not sent before, and lets go on what was', async () => {
		const clock = new VirtualClock();
		const limiter = limiterOn(clock, { cap: 1 });
		await limiter.acquire();
		const first = limiter.acquire();
		const retry = limiter.acquire(true);
		const second = limiter.acquire();
		limiter.stop(new Error('enough'));
		limiter.stop(new Error('too late'));
		await expect(first).rejects.toThrow('enough');
		await expect(second).rejects.toThrow('enough');
		await expect(limiter.acquire()).rejects.toThrow('enough');
		expect(await clock.runUntil(retry)).toHaveProperty('startedAt', 1001);
	});
});

describe('concurrency', () => {
	/** Sends for a while to a server whose latency depends on how many requests are under way. */
	async function reached(latencyOf: (inFlight: number) => number, concurrency?: number) {
		const clock = new VirtualClock();
		const limiter = limiterOn(clock, { concurrency });
		let inFlight = 0;
		let most = 0;
		let done = 0;
		const lane = async () => {
			for (;;) {
				const permit = await limiter.acquire();
				inFlight += 1;
				most = Math.max(most, inFlight);
				await clock.sleep(latencyOf(inFlight));
				inFlight -= 1;
				done += 1;
				limiter.release(permit, { kind: 'ok' });
			}
		};
		for (let count = 0; count < 60; count += 1) void lane();
		await clock.advance(10_000);
		return { concurrency: limiter.concurrency, limitedBy: limiter.limitedBy, most, done };
	}

	it('grows up to 50 while the rate grows with it', async () => {
		const { concurrency, most, done, limitedBy } = await reached(() => 100);
		expect([concurrency, most, limitedBy]).toEqual([50, 50, 'concurrency']);
		expect(done).toBeGreaterThan(4700);
	});

	it('stays low where more only raises the latency', async () => {
		const { concurrency, done } = await reached((inFlight) => 20 * Math.max(inFlight, 8));
		expect(concurrency).toBeLessThanOrEqual(16);
		expect(done).toBeGreaterThan(450);
	});

	it('stays as the user set it', async () => {
		expect(await reached(() => 100, 7)).toMatchObject({ concurrency: 7, most: 7 });
	});
});

describe('places for items', () => {
	/** A limiter with so many requests that wait to be sent again, after results in a row. */
	async function placesAfter(
		results: Array<'ok' | 'failed'>,
		{ away = 0, concurrency }: { away?: number; concurrency?: number } = {},
	) {
		const clock = new VirtualClock();
		const limiter = limiterOn(clock, { concurrency });
		let moreIn = 0;
		limiter.onPlaces = () => (moreIn = limiter.places);
		for (const kind of results) limiter.release(await limiter.acquire(), { kind });
		for (let count = 0; count < away; count += 1) void limiter.waitForRetry(20_000);
		return { clock, limiter, moreIn };
	}

	const failed = (count: number) => Array<'failed'>(count).fill('failed');

	it('are as many as may be under way, and those of requests that wait to be sent again', async () => {
		expect((await placesAfter(['ok'])).limiter.places).toBe(50);
		const { limiter, moreIn, clock } = await placesAfter(['ok'], { away: 7 });
		expect([limiter.places, moreIn]).toEqual([57, 57]);
		const fixed = await placesAfter(['ok'], { away: 7, concurrency: 2 });
		expect(fixed.limiter.places).toBe(8);
		await clock.advance(9000);
		expect(limiter.places).toBe(57);
		await clock.advance(2000);
		expect(limiter.places).toBe(50);
	});

	it('are given to others only while others get through', async () => {
		const options = { away: 7 };
		expect((await placesAfter([], options)).limiter.places).toBe(50);
		expect((await placesAfter(failed(1), options)).limiter.places).toBe(50);
		expect((await placesAfter(['ok', ...failed(24)], options)).limiter.places).toBe(57);
		expect((await placesAfter(['ok', ...failed(25)], options)).limiter.places).toBe(50);
		expect((await placesAfter([...failed(25), 'ok'], options)).limiter.places).toBe(57);
	});

	it('are 200 at most, and one where the user wants one at a time', async () => {
		expect((await placesAfter(['ok'], { away: 400 })).limiter.places).toBe(200);
		expect((await placesAfter(['ok'], { away: 9, concurrency: 1 })).limiter.places).toBe(1);
	});
});

it('starts requests in the order in which they asked', async () => {
	const clock = new VirtualClock();
	const limiter = limiterOn(clock, { cap: 20 });
	const order: number[] = [];
	const all = Array.from({ length: 60 }, async (_, index) => {
		const permit = await limiter.acquire();
		order.push(index);
		limiter.release(permit, { kind: 'ok' });
	});
	await clock.runUntil(Promise.all(all));
	expect(order).toEqual(Array.from({ length: 60 }, (_, index) => index));
});

it('reports the rate and what limits it', async () => {
	const clock = new VirtualClock();
	expect(limiterOn(clock).rate).toBe(Infinity);
	const capped = limiterOn(clock, { cap: 5 });
	expect([capped.rate, capped.limitedBy]).toEqual([5, undefined]);
	send(clock, capped, 4, 10);
	await clock.advance(3000);
	expect(capped.limitedBy).toBe('cap');
});
