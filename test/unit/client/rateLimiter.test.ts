/** The speed of a batch by a clock of its own, which only moves while somebody sleeps: what starts when, to the ms. */
import { RateLimiter } from '../../../nodes/client/rateLimiter';
import { ExecutionCancelled } from '../../../nodes/client/executionCancelled';
import { VirtualClock } from '../../support/virtualClock.cts';

const mockClock = {
	now: 0,
	/** Called whenever time has passed. */
	tick: () => {},
};

jest.mock('n8n-workflow', () => ({
	sleep: async (ms: number) => {
		mockClock.now += ms;
		mockClock.tick();
	},
}));

const START = 1_000_000_000;

beforeEach(() => {
	mockClock.now = START;
	mockClock.tick = () => {};
	jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);
});

afterEach(() => {
	jest.restoreAllMocks();
});

const elapsed = () => mockClock.now - START;

/** When so many turns begin, in ms from the start. */
async function turns(rateLimiter: RateLimiter, count: number): Promise<number[]> {
	const starts: number[] = [];
	for (let turn = 0; turn < count; turn += 1) starts.push((await rateLimiter.acquire()) - START);
	return starts;
}

/** Accepts so many requests, evenly within the next second. */
function acceptInASecond(rateLimiter: RateLimiter, count: number): void {
	for (let request = 0; request < count; request += 1) {
		mockClock.now += 1000 / count;
		rateLimiter.onSuccess();
	}
}

/** The rate that requests are started at, per second, once pauses are over. */
async function rateOf(rateLimiter: RateLimiter): Promise<number> {
	// The first ones make up for lost time.
	const [, , , fourth, fifth] = await turns(rateLimiter, 5);
	return 1000 / (fifth - fourth);
}

/** A pace that met its first 429 after so many accepted requests in a second. */
function limited(accepted: number, cap = 0): RateLimiter {
	const rateLimiter = new RateLimiter(cap);
	acceptInASecond(rateLimiter, accepted);
	rateLimiter.onRateLimited(mockClock.now);
	return rateLimiter;
}

describe('before any 429', () => {
	it('lets everything start at once', async () => {
		expect(await turns(new RateLimiter(0), 5)).toEqual([0, 0, 0, 0, 0]);
	});

	it('keeps to what the user allows, also after an idle time', async () => {
		const rateLimiter = new RateLimiter(10);
		// Up to 20 ms of lost time are made up for.
		expect(await turns(rateLimiter, 4)).toEqual([0, 80, 180, 280]);
		mockClock.now = START + 1000;
		expect(await turns(rateLimiter, 3)).toEqual([1000, 1080, 1180]);
	});

	it('never becomes faster than the user allows', async () => {
		const rateLimiter = new RateLimiter(10);
		for (let request = 0; request < 100; request += 1) rateLimiter.onSuccess();
		expect(await rateOf(rateLimiter)).toBeCloseTo(10);
	});
});

describe.each([0.05, 0.2, 0.5, 3])('a cap of %d requests a second', (cap) => {
	it('is kept after a 429, however many requests were accepted before and after', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(cap, undefined, clock);
		const starts: number[] = [];
		const batch = async () => {
			for (let request = 0; request < 30; request += 1) {
				const start = await rateLimiter.acquire();
				starts.push(clock.elapsed);
				if (request === 5) rateLimiter.onRateLimited(start);
				else rateLimiter.onSuccess();
			}
		};
		await clock.runUntil(batch());
		const gaps = starts.slice(1).map((start, before) => start - starts[before]);
		// 20 ms of lost time may be made up for.
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000 / cap - 21);
	});
});

describe('at the first 429', () => {
	it('goes on after a second, just below what was accepted in the last one', async () => {
		const rateLimiter = limited(20);
		expect(await rateLimiter.acquire()).toBe(START + 2000);
		expect(await rateOf(rateLimiter)).toBeCloseTo(20 * 0.97);
	});

	it('does not count what was accepted earlier', async () => {
		const rateLimiter = new RateLimiter(0);
		acceptInASecond(rateLimiter, 40);
		mockClock.now += 5000;
		acceptInASecond(rateLimiter, 20);
		rateLimiter.onRateLimited(mockClock.now);
		expect(await rateOf(rateLimiter)).toBeCloseTo(20 * 0.97);
	});

	it('counts all that was accepted in the last one, however long the batch has run', async () => {
		const rateLimiter = new RateLimiter(0);
		for (let second = 0; second < 8; second += 1) acceptInASecond(rateLimiter, 20);
		for (let request = 0; request < 10; request += 1) {
			mockClock.now += 50;
			rateLimiter.onSuccess();
		}
		rateLimiter.onRateLimited(mockClock.now);
		// Both ends of the second count.
		expect(await rateOf(rateLimiter)).toBeCloseTo(21 * 0.97);
	});

	it('counts what was accepted a second ago', async () => {
		const rateLimiter = new RateLimiter(0);
		for (let request = 0; request < 10; request += 1) rateLimiter.onSuccess();
		mockClock.now += 1000;
		rateLimiter.onRateLimited(mockClock.now);
		expect(await rateOf(rateLimiter)).toBeCloseTo(10 * 0.97);
	});

	it('goes on with one request in two seconds where nothing was accepted', async () => {
		expect(await rateOf(limited(0))).toBeCloseTo(0.5);
	});

	it('does not take the accepted ones for the limit where the user allows less', async () => {
		expect(await rateOf(limited(20, 10))).toBeCloseTo(10 * 0.97);
	});
});

describe('a further 429', () => {
	it('changes nothing for a request that was started before the cut', async () => {
		const rateLimiter = limited(20);
		rateLimiter.onRateLimited(mockClock.now - 1);
		expect(await rateLimiter.acquire()).toBe(START + 2000);
		expect(await rateOf(rateLimiter)).toBeCloseTo(20 * 0.97);
	});

	it('counts for one that was started with it, and takes the rate for the limit after a pause', async () => {
		const rateLimiter = limited(20);
		rateLimiter.onRateLimited(mockClock.now);
		expect(await rateOf(rateLimiter)).toBeCloseTo(20 * 0.97 * 0.97);
	});

	it('measures again once the last second had no pause in it', async () => {
		const rateLimiter = limited(20);
		mockClock.now += 3000;
		acceptInASecond(rateLimiter, 10);
		rateLimiter.onRateLimited(mockClock.now);
		expect(await rateOf(rateLimiter)).toBeCloseTo(10 * 0.97);
	});

	it('does not take a measure above the rate', async () => {
		const rateLimiter = limited(20);
		mockClock.now += 1500;
		acceptInASecond(rateLimiter, 50);
		rateLimiter.onRateLimited(mockClock.now);
		expect(await rateOf(rateLimiter)).toBeCloseTo(20 * 0.97 * 0.97);
	});

	it('takes the rate for the limit while the last second had a pause in it', async () => {
		const rateLimiter = limited(20);
		// The pause ends after one second, so that a second later it is just out of sight.
		mockClock.now += 2000;
		rateLimiter.onSuccess();
		rateLimiter.onRateLimited(mockClock.now);
		expect(await rateOf(rateLimiter)).toBeCloseTo(20 * 0.97 * 0.97);
	});

	it('pauses twice as long with each one in a row, up to a minute', async () => {
		const rateLimiter = limited(20);
		const pauses: number[] = [];
		for (let refusal = 0; refusal < 9; refusal += 1) {
			const before = mockClock.now;
			rateLimiter.onRateLimited(before);
			pauses.push((await rateLimiter.acquire()) - before);
		}
		expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
	});

	it('does not pause when requests were accepted since', async () => {
		const rateLimiter = limited(20);
		await rateLimiter.acquire();
		rateLimiter.onSuccess();
		mockClock.now += 500;
		const before = mockClock.now;
		rateLimiter.onRateLimited(before);
		expect((await rateLimiter.acquire()) - before).toBe(0);
	});
});

describe('the pause that WeChat Pay asks for', () => {
	it('is kept', async () => {
		const rateLimiter = new RateLimiter(0);
		rateLimiter.onRateLimited(mockClock.now, 7000);
		expect(await turns(rateLimiter, 1)).toEqual([7000]);
	});

	it('is kept as well where the cut is none', async () => {
		const rateLimiter = limited(20);
		rateLimiter.onRateLimited(mockClock.now - 1, 7000);
		expect(await turns(rateLimiter, 1)).toEqual([8000]);
	});

	it('is a minute at most', async () => {
		const rateLimiter = new RateLimiter(0);
		rateLimiter.onRateLimited(mockClock.now, 3_600_000);
		expect(await turns(rateLimiter, 1)).toEqual([60_000]);
	});

	it('does not shorten a longer one', async () => {
		const rateLimiter = new RateLimiter(0);
		rateLimiter.onRateLimited(mockClock.now, 7000);
		rateLimiter.onRateLimited(mockClock.now, 2000);
		expect(await turns(rateLimiter, 1)).toEqual([7000]);
	});
});

describe('the way back up', () => {
	it('is held for three seconds after the first cut, then goes by half a request each', async () => {
		const rateLimiter = limited(20);
		mockClock.now += 2999;
		rateLimiter.onSuccess();
		expect(await rateOf(rateLimiter)).toBeCloseTo(19.4);

		const other = limited(20);
		mockClock.now += 3000;
		for (let request = 0; request < 4; request += 1) other.onSuccess();
		expect(await rateOf(other)).toBeCloseTo(19.4 + 4 * 0.5);
	});

	it('is held for thirty seconds after later cuts, then goes by a twentieth each', async () => {
		const again = () => {
			const rateLimiter = limited(20);
			rateLimiter.onRateLimited(mockClock.now);
			return rateLimiter;
		};
		const rateLimiter = again();
		mockClock.now += 29_999;
		rateLimiter.onSuccess();
		expect(await rateOf(rateLimiter)).toBeCloseTo(19.4 * 0.97);

		const other = again();
		mockClock.now += 30_000;
		for (let request = 0; request < 4; request += 1) other.onSuccess();
		expect(await rateOf(other)).toBeCloseTo(19.4 * 0.97 + 4 * 0.05);
	});

	it('is held for thirty seconds after a first cut that fifty accepted requests went before', async () => {
		const rateLimiter = limited(50);
		mockClock.now += 29_999;
		rateLimiter.onSuccess();
		expect(await rateOf(rateLimiter)).toBeCloseTo(50 * 0.97);

		const fewer = limited(49);
		mockClock.now += 29_999;
		fewer.onSuccess();
		expect(await rateOf(fewer)).toBeCloseTo(49 * 0.97 + 0.5);
	});

	it('leads back to the rate that held, twice as long, up to two minutes, where the limit still stands', async () => {
		const rateLimiter = limited(60);
		for (const hold of [30_000, 60_000, 120_000, 120_000]) {
			mockClock.now += hold - 1;
			rateLimiter.onSuccess();
			expect(await rateOf(rateLimiter)).toBeCloseTo(60 * 0.97);
			mockClock.now += 1000;
			for (let request = 0; request < 20; request += 1) rateLimiter.onSuccess();
			expect(await rateOf(rateLimiter)).toBeCloseTo(60 * 0.97 + 20 * 0.05);
			rateLimiter.onRateLimited(mockClock.now);
		}
	});

	it('is measured anew where the rate has grown by more than a fifth since it was held', async () => {
		const rateLimiter = limited(60);
		mockClock.now += 30_000;
		for (let request = 0; request < 300; request += 1) rateLimiter.onSuccess();
		mockClock.now += 5000;
		acceptInASecond(rateLimiter, 65);
		rateLimiter.onRateLimited(mockClock.now);
		expect(await rateOf(rateLimiter)).toBeCloseTo(65 * 0.97);
	});

	it('ends at what the user allows', async () => {
		const rateLimiter = limited(20, 21);
		mockClock.now += 60_000;
		for (let request = 0; request < 100; request += 1) rateLimiter.onSuccess();
		expect(await rateOf(rateLimiter)).toBeCloseTo(21);
	});
});

describe('a repeat', () => {
	it.each([
		[1, 0, 500],
		[1, 1, 1000],
		[2, 1, 2000],
		[4, 0, 4000],
		[4, 0.5, 6000],
	])('number %d waits, by chance %d, %d ms', async (attempt, chance, ms) => {
		jest.spyOn(Math, 'random').mockReturnValue(chance);
		await new RateLimiter(0).backOff(attempt);
		expect(elapsed()).toBe(ms);
	});
});

describe('a clock that is set back', () => {
	it('makes the wait for a turn no longer', async () => {
		const rateLimiter = new RateLimiter(10);
		await rateLimiter.acquire();
		mockClock.now -= 3_600_000;
		const before = mockClock.now;
		expect((await rateLimiter.acquire()) - before).toBe(100);
	});

	it('makes the pause that WeChat Pay asks for a minute at most', async () => {
		const rateLimiter = new RateLimiter(0);
		rateLimiter.onRateLimited(mockClock.now, 60_000);
		mockClock.now -= 3_600_000;
		const before = mockClock.now;
		expect((await rateLimiter.acquire()) - before).toBe(60_000);
	});

	it('makes the wait for a repeat no longer', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(1);
		mockClock.tick = () => (mockClock.now -= 3_600_000);
		await new RateLimiter(0).backOff(1);
		expect(elapsed()).toBe(1000 - 3_600_000);
	});
});

describe('work that others may wait for as well', () => {
	const never = new Promise<never>(() => {});

	it.each([
		['without a signal', undefined],
		['with one', new AbortController().signal],
	])('is waited for %s', async (_, signal) => {
		const rateLimiter = new RateLimiter(0, signal);
		expect(await rateLimiter.raceCancellation(Promise.resolve('done'))).toBe('done');
		await expect(rateLimiter.raceCancellation(Promise.reject(new Error('down')))).rejects.toThrow(
			'down',
		);
	});

	it('is left to the others when the execution is cancelled', async () => {
		const controller = new AbortController();
		const waiting = new RateLimiter(0, controller.signal).raceCancellation(never);
		controller.abort();
		await expect(waiting).rejects.toThrow(new ExecutionCancelled());
	});

	it('is not waited for where the execution was cancelled before', async () => {
		const waiting = new RateLimiter(0, AbortSignal.abort()).raceCancellation(never);
		await expect(waiting).rejects.toBeInstanceOf(ExecutionCancelled);
	});

	it('leaves no listener behind', async () => {
		const { signal } = new AbortController();
		const [add, remove] = [
			jest.spyOn(signal, 'addEventListener'),
			jest.spyOn(signal, 'removeEventListener'),
		];
		await new RateLimiter(0, signal).raceCancellation(Promise.resolve());
		expect(remove.mock.calls).toEqual(add.mock.calls);
		expect(add).toHaveBeenCalledTimes(1);
	});
});

describe('a cancelled execution', () => {
	const open = () => {
		const execution = new AbortController();
		const clock = new VirtualClock();
		return { execution, clock, rateLimiter: new RateLimiter(1, execution.signal, clock) };
	};

	it('ends the waiting for a turn at once', async () => {
		const { execution, clock, rateLimiter } = open();
		expect(rateLimiter.cancelled).toBe(false);
		await rateLimiter.acquire();
		const waiting = rateLimiter.acquire();
		clock.in(1, () => execution.abort());
		await expect(clock.runUntil(waiting)).rejects.toBeInstanceOf(ExecutionCancelled);
		await expect(waiting).rejects.toMatchObject({
			name: 'ExecutionCancelled',
			message: 'The execution was cancelled',
		});
		expect(rateLimiter.cancelled).toBe(true);
		expect(clock.elapsed).toBe(1);
	});

	it('ends the waiting for a repeat at once', async () => {
		const { execution, clock, rateLimiter } = open();
		clock.in(1, () => execution.abort());
		await clock.runUntil(rateLimiter.backOff(6));
		expect(clock.elapsed).toBe(1);
	});
});
