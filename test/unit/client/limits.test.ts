import { RateLimiter } from '../../../nodes/client/rateLimiter.ts';
import { inPool } from '../../../nodes/action/execution/pool.ts';
import { SlidingWindow } from '../../support/fake/rules/rateLimit.cts';
import { VirtualClock } from '../../support/virtualClock.cts';
import { Draw } from '../../tools/faults/draw.cts';

// The clock is the test's own; what takes real time is thousands of events on a machine that may be busy.
jest.setTimeout(120_000);

interface Ended {
	/** Confirmed requests per second. */
	rate: number;
	/** Items that were answered 429 once too often. */
	refused: number;
	/** In seconds. */
	took: number;
}

let clock: VirtualClock;

beforeEach(() => {
	clock = new VirtualClock();
	const draw = new Draw(1);
	jest.spyOn(Math, 'random').mockImplementation(() => draw.below(1_000_000) / 1_000_000);
});

afterEach(() => {
	jest.restoreAllMocks();
});

interface Limited {
	items: number;
	/** From the request to its response, in ms. */
	latency: number;
	/** By how much it may be longer, in ms; it is drawn for each way. */
	jitter?: number;
	/** 0 when the request is let through, else the ms until it would be. */
	limit: () => number;
	/** Whether the 429 has a Retry-After, in whole seconds. */
	retryAfter?: boolean;
}

/** A batch on a clock of its own: the pace and the pool under a limit that really counts, without the wire. */
async function batch(limited: Limited): Promise<Ended> {
	const { items, latency, jitter = 0, limit, retryAfter = false } = limited;
	const rateLimiter = new RateLimiter({ clock, cap: 0 });
	const draw = new Draw(2);
	const way = async () => await clock.sleep(latency / 2 + draw.below(jitter / 2 + 1));
	let refused = 0;
	const item = async () => {
		for (let attempt = 1; ; attempt += 1) {
			const permit = await rateLimiter.acquire(attempt > 1);
			await way();
			const wait = limit();
			await way();
			if (wait === 0) return rateLimiter.release(permit, { kind: 'ok' });
			const pause = retryAfter ? Math.ceil(wait / 1000) * 1000 : undefined;
			rateLimiter.release(permit, { kind: 'limited', retryAfter: pause });
			if (!rateLimiter.mayRetry(attempt)) break;
			await rateLimiter.waitForRetry(rateLimiter.retryDelay(attempt, pause));
		}
		refused += 1;
	};
	await clock.runUntil(inPool(rateLimiter, items, item, () => true));
	const took = clock.elapsed / 1000;
	return { refused, took, rate: items / took };
}

const perSecond = (rate: number) => {
	const window = new SlidingWindow(rate, () => clock.now());
	return () => window.wait();
};

const answers = [
	{ latency: 30, jitter: 0 },
	{ latency: 80, jitter: 0 },
	{ latency: 30, jitter: 100 },
];
const limits = [5, 20, 100].flatMap((rate) =>
	answers.flatMap((answer) => [
		{ rate, ...answer, retryAfter: false, and: 'without' },
		{ rate, ...answer, retryAfter: true, and: 'with' },
	]),
);

it.each(limits)(
	'keeps close to a limit of $rate/s that nobody told, answers after $latency ms and up to $jitter more, $and Retry-After',
	async ({ rate, latency, jitter, retryAfter }) => {
		const limit = perSecond(rate);
		// Long enough that the last pause does not count for much.
		const items = Math.max(2000, 40 * rate);
		const ended = await batch({ items, latency, jitter, limit, retryAfter });
		expect(ended.refused).toBe(0);
		expect(ended.rate / rate).toBeGreaterThan(0.9);
	},
);

it('feels its way back up once a limit is raised', async () => {
	const low = perSecond(10);
	const high = perSecond(50);
	const raisedAt = clock.now() + 20_000;
	const limit = () => (clock.now() < raisedAt ? low() : high());
	const { refused, took } = await batch({ items: 3000, latency: 30, limit });
	expect(refused).toBe(0);
	// 300 s if it stayed where it was, 76 s if it knew.
	expect(took).toBeLessThan(150);
});
