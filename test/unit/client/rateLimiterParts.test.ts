/** What the rate limiter is made of, piece by piece. */
import { AdaptiveConcurrency } from '../../../nodes/client/adaptiveConcurrency';
import { systemClock } from '../../../nodes/client/clock';
import { Fifo } from '../../../nodes/client/fifo';
import { cubicRate } from '../../../nodes/client/rateCurve';
import { EventCounter, StartLog } from '../../../nodes/client/slidingWindow';
import { SteadyTime } from '../../../nodes/client/steadyTime';
import { StrayDetector } from '../../../nodes/client/strayDetector';
import { VirtualClock } from '../../support/virtualClock.cts';

describe('cubicRate', () => {
	const rateAfter = (seconds: number) => cubicRate(100, 93, seconds * 1000);

	it('starts where it was cut, and has a plateau at the known rate', () => {
		expect(rateAfter(0)).toBe(93);
		expect(rateAfter(7)).toBeGreaterThan(99.99);
		expect(rateAfter(8)).toBeCloseTo(100, 0);
	});

	it('returns fast at first, and goes on slowly at first', () => {
		expect(rateAfter(2)).toBeGreaterThan(96.5);
		expect(rateAfter(10)).toBeLessThan(110);
		expect(rateAfter(15)).toBeGreaterThan(200);
	});

	it('gives a low rate time for ten requests', () => {
		expect(cubicRate(1, 0.9, 9900)).toBeLessThan(1);
		expect(cubicRate(1, 0.9, 10_100)).toBeGreaterThan(1);
	});
});

describe('EventCounter', () => {
	it('counts the last second', () => {
		const counter = new EventCounter();
		for (let time = 0; time < 3000; time += 100) counter.add(time);
		expect(counter.count(2900)).toBe(10 + 1);
		expect(counter.count(3415)).toBe(5);
		expect(counter.count(10_000)).toBe(0);
	});

	it('takes back what is not too old', () => {
		const counter = new EventCounter();
		[0, 500, 1100].forEach((time) => counter.add(time));
		counter.remove(500, 1200);
		counter.remove(0, 1200);
		expect(counter.count(1200)).toBe(1);
	});
});

describe('Fifo', () => {
	it('returns entries in their order, however many there are', () => {
		const fifo = new Fifo<number>();
		const taken: number[] = [];
		for (let entry = 0; entry < 5000; entry += 1) {
			fifo.push(entry);
			if (entry % 3 > 0) taken.push(fifo.take());
		}
		expect(fifo.size).toBe(5000 - taken.length);
		while (fifo.size > 0) taken.push(fifo.take());
		expect(taken).toEqual(Array.from({ length: 5000 }, (_, index) => index));
	});
});

describe('StartLog', () => {
	it('allows so many starts at once, and the next after a second', () => {
		const log = new StartLog(3);
		expect(log.nextStart).toBe(-Infinity);
		[0, 10, 20].forEach((time) => log.add(time));
		expect(log.nextStart).toBe(1001);
		log.add(1001);
		expect(log.nextStart).toBe(1011);
	});
});

describe('SteadyTime', () => {
	it('counts what passes, and no jump of the wall clock', async () => {
		const clock = new VirtualClock();
		const time = new SteadyTime(clock);
		await clock.advance(300);
		expect(time.now()).toBe(300);
		for (const jump of [100, -100, 1000, -1000, 86_400_000, -86_400_000]) {
			clock.jump(jump);
			expect(time.now()).toBe(300);
		}
	});

	it('nearly stands still while nobody reads it', async () => {
		const clock = new VirtualClock();
		const time = new SteadyTime(clock);
		await clock.advance(400);
		expect(time.now()).toBe(400);
		await clock.advance(3_600_000);
		expect(time.now()).toBe(800);
		const slow = new SteadyTime(clock, 1000);
		await clock.advance(3_600_000);
		expect(slow.now()).toBe(2000);
	});

	it('naps for a part of what is asked for, and as short as timers can', async () => {
		const clock = new VirtualClock();
		const time = new SteadyTime(clock);
		for (const [asked, napped] of [
			[150, 150],
			[5000, 200],
			[Infinity, 200],
			[0.001, 1],
			[-5, 1],
		]) {
			const before = time.now();
			await clock.runUntil(time.nap(asked));
			expect(time.now() - before).toBe(napped);
		}
	});

	it('ends a nap with the signal', async () => {
		const clock = new VirtualClock();
		const time = new SteadyTime(clock);
		const controller = new AbortController();
		clock.in(20, () => controller.abort());
		await clock.runUntil(time.nap(150, controller.signal));
		expect(time.now()).toBe(20);
	});
});

describe('AdaptiveConcurrency', () => {
	/** A round of responses at the present limit. */
	function round(concurrency: AdaptiveConcurrency, latency: number, now = 0): number {
		const { limit } = concurrency;
		for (let count = 0; count < limit; count += 1) concurrency.onSuccess(limit, latency, now);
		return concurrency.limit;
	}

	it('climbs while the latency stays, and goes back when only that grows', () => {
		const concurrency = new AdaptiveConcurrency();
		expect(round(concurrency, 50)).toBe(8);
		expect(round(concurrency, 50)).toBe(16);
		expect(round(concurrency, 100)).toBe(8);
		expect(round(concurrency, 50)).toBe(8);
	});

	it('tries a level again after half a minute', () => {
		const concurrency = new AdaptiveConcurrency();
		[50, 50, 100].forEach((latency) => round(concurrency, latency));
		expect(round(concurrency, 50, 29_000)).toBe(8);
		expect(round(concurrency, 50, 31_000)).toBe(16);
	});

	it('learns nothing from requests of another level', () => {
		const concurrency = new AdaptiveConcurrency();
		for (let count = 0; count < 20; count += 1) concurrency.onSuccess(8, 50, 0);
		expect(concurrency.limit).toBe(4);
	});

	it('ends at 50', () => {
		const concurrency = new AdaptiveConcurrency();
		for (let count = 0; count < 10; count += 1) round(concurrency, 50);
		expect(concurrency.limit).toBe(50);
	});
});

describe('StrayDetector', () => {
	/** Every so many responses one is a 429. */
	function respond(detector: StrayDetector, responses: number, every: number, now = 0): void {
		for (let count = 1; count <= responses; count += 1) detector.add(count % every === 0, now);
	}

	/** A detector in a trial, after one response in twenty was a 429. */
	function inTrial(): StrayDetector {
		const detector = new StrayDetector();
		expect(detector.tryInsteadOfCut(100, 100, 0)).toBe(false);
		respond(detector, 400, 20);
		expect(detector.tryInsteadOfCut(90, 95, 0)).toBe(false);
		expect(detector.tryInsteadOfCut(80, 95, 0)).toBe(true);
		expect(detector.trialRate).toBe(40);
		return detector;
	}

	it('takes 429 for strays that are as frequent at half the rate', () => {
		const detector = inTrial();
		respond(detector, 239, 20);
		expect(detector.endTrial(0)).toBeUndefined();
		detector.add(true, 0);
		expect(detector.endTrial(0)).toBe(100);
		expect(detector.trialRate).toBeUndefined();
		expect(detector.share(0)).toBeCloseTo(0.0625, 2);
		expect(detector.share(60_000)).toBe(0);
	});

	it('does not where there are none at half the rate, and soon', () => {
		const detector = inTrial();
		respond(detector, 79, Infinity);
		expect(detector.endTrial(0)).toBeUndefined();
		detector.add(false, 0);
		expect(detector.endTrial(0)).toBe(80);
		expect(detector.share(0)).toBe(0);
		respond(detector, 400, 20);
		expect(detector.tryHalf(80, 19_000)).toBe(false);
		expect(detector.tryHalf(80, 21_000)).toBe(true);
	});

	it('makes no trial with so many 429 that others must be the reason', () => {
		const detector = new StrayDetector();
		detector.tryInsteadOfCut(100, 100, 0);
		respond(detector, 100, 5);
		expect(detector.tryInsteadOfCut(80, 95, 0)).toBe(false);
	});

	it('makes no trial that would take long', () => {
		const detector = new StrayDetector();
		respond(detector, 1000, 200);
		expect(detector.tryHalf(400, 0)).toBe(false);
		expect(detector.tryHalf(500, 0)).toBe(true);
	});

	it('gives up strays that turn out to be more', () => {
		const detector = inTrial();
		respond(detector, 240, 20);
		detector.endTrial(0);
		respond(detector, 100, 20);
		expect(detector.stillExplains(0)).toBe(true);
		respond(detector, 100, 5);
		expect(detector.stillExplains(0)).toBe(false);
		expect(detector.share(0)).toBe(0);
	});
});

describe('systemClock', () => {
	it('is the wall clock', () => {
		expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
	});

	it('sleeps', async () => {
		const start = performance.now();
		await systemClock.sleep(20);
		expect(performance.now() - start).toBeGreaterThan(18);
	});

	it('ends a sleep at once when it is cancelled, and leaves no listener', async () => {
		const { signal } = new AbortController();
		const controller = new AbortController();
		const added = jest.spyOn(controller.signal, 'addEventListener');
		const removed = jest.spyOn(controller.signal, 'removeEventListener');
		const start = performance.now();
		const sleep = systemClock.sleep(1500, controller.signal);
		controller.abort();
		await sleep;
		await systemClock.sleep(1500, controller.signal);
		expect(performance.now() - start).toBeLessThan(1000);
		await systemClock.sleep(1, signal);
		expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
	});
});
