/** When the circuit breaker opens, when a probe may be sent, and when it gives up; times in ms. */
import { CircuitBreaker } from '../../../nodes/client/circuitBreaker';

const WALL = Date.UTC(2026, 10, 28);
const MINUTE = 60_000;

let breaker: CircuitBreaker;

beforeEach(() => {
	breaker = new CircuitBreaker();
});

interface Failed {
	at: number;
	/** When it had started; at once if left out. */
	startedAt?: number;
	kind?: 'limited' | 'failed';
	wall?: number;
}

function fail({ at, startedAt = at, kind = 'failed', wall = WALL }: Failed) {
	breaker.onFailure({ kind, startedAt, reason: `at ${at}` }, at, wall);
}

/** Opens it, 2 s after the first failure. */
function open(): void {
	for (const at of [0, 500, 1000, 1500, 2000]) fail({ at });
}

describe('it opens', () => {
	it('after two requests over two minutes, whatever they were answered', () => {
		fail({ at: 0, kind: 'limited' });
		expect(breaker.isOpen).toBe(false);
		fail({ at: 2 * MINUTE, kind: 'limited' });
		expect([breaker.isOpen, breaker.giveUps]).toEqual([true, 1]);
	});

	it('after five failures in a row, over two seconds', () => {
		for (const at of [0, 500, 1000, 1999]) fail({ at });
		fail({ at: 1999 });
		expect(breaker.isOpen).toBe(false);
		fail({ at: 2000 });
		expect(breaker.isOpen).toBe(true);
		expect(breaker.reason).toBe('at 2000');
	});

	it('not after four, however long it takes', () => {
		for (const at of [0, 500, 1000, 100_000]) fail({ at });
		expect(breaker.isOpen).toBe(false);
	});

	it('at once after a hundred', () => {
		for (let count = 0; count < 99; count += 1) fail({ at: 10 });
		expect(breaker.isOpen).toBe(false);
		fail({ at: 10 });
		expect(breaker.isOpen).toBe(true);
	});

	it('after two that took two minutes', () => {
		fail({ at: 2 * MINUTE, startedAt: 0 });
		expect(breaker.isOpen).toBe(false);
		fail({ at: 2 * MINUTE, startedAt: 0 });
		expect(breaker.isOpen).toBe(true);
	});

	it('not for 429, which are the business of the rate limiter', () => {
		for (let at = 0; at < 20_000; at += 100) fail({ at, kind: 'limited' });
		expect(breaker.isOpen).toBe(false);
	});

	it('not while some get through', () => {
		for (let at = 0; at < 20_000; at += 500) {
			fail({ at });
			if (at % 2000 === 0) breaker.onSuccess(at);
		}
		expect(breaker.isOpen).toBe(false);
	});

	it('counts the time from the last success, and not from a request that was under way before', () => {
		breaker.onSuccess(9000);
		for (let count = 0; count < 10; count += 1) fail({ at: 10_000, startedAt: 0 });
		expect(breaker.isOpen).toBe(false);
		fail({ at: 11_000 });
		expect(breaker.isOpen).toBe(true);
	});
});

describe('while it is open', () => {
	beforeEach(open);

	it('a probe may be sent after 1, 2, 4, 8, 8 s, and when two minutes are over', () => {
		const pauses: number[] = [];
		for (let at = 2000; at < 2 * MINUTE; fail({ at })) {
			pauses.push(breaker.pausedUntil - at);
			at = breaker.pausedUntil;
		}
		expect(pauses.slice(0, 5)).toEqual([1000, 2000, 4000, 8000, 8000]);
		expect(breaker.giveUps).toBe(1);
	});

	it('a success closes it, and all counts anew', () => {
		fail({ at: 3000 });
		breaker.onSuccess(3100);
		expect(breaker.isOpen).toBe(false);
		expect(breaker.pausedUntil).toBe(-Infinity);
		for (const at of [4000, 5000, 6000, 7000]) fail({ at });
		expect(breaker.isOpen).toBe(false);
		fail({ at: 8000 });
		expect(breaker.pausedUntil).toBe(9000);
	});

	it('it gives up after a probe that was sent when two minutes were over, not before', () => {
		fail({ at: 2 * MINUTE + 5000, startedAt: 2 * MINUTE - 1 });
		expect(breaker.giveUps).toBe(0);
		expect(breaker.pausedUntil).toBeLessThanOrEqual(2 * MINUTE);
		fail({ at: 2 * MINUTE + 9000, startedAt: 2 * MINUTE });
		expect(breaker.giveUps).toBe(1);
	});

	it('it gives up after three minutes at the latest, once', () => {
		breaker.check(3 * MINUTE - 1, false);
		expect(breaker.giveUps).toBe(0);
		breaker.check(3 * MINUTE, false);
		breaker.check(4 * MINUTE, false);
		expect(breaker.giveUps).toBe(1);
	});
});

it('has nothing to give up while nothing failed', () => {
	breaker.check(10 * MINUTE, true);
	expect(breaker.giveUps).toBe(0);
});

describe('once it gave up', () => {
	beforeEach(() => {
		open();
		fail({ at: 2 * MINUTE, wall: WALL });
	});

	it.each([0, 29_999, -29_999])('it refuses who comes %d ms later', (ms) => {
		expect(breaker.isRefusing(WALL + ms)).toBe(true);
	});

	it.each([30_000, 86_400_000])('it lets try again %d ms later', (ms) => {
		expect(breaker.isRefusing(WALL + ms)).toBe(false);
		expect(breaker.pausedUntil).toBe(-Infinity);
	});

	it('it refuses nobody after a success', () => {
		breaker.onSuccess(3 * MINUTE);
		expect(breaker.isRefusing(WALL)).toBe(false);
	});

	it('that says nothing any more after five minutes', () => {
		expect(breaker.isOutdated(WALL + 5 * MINUTE - 1)).toBe(false);
		expect(breaker.isOutdated(WALL + 5 * MINUTE)).toBe(true);
		breaker.onSuccess(3 * MINUTE);
		expect(breaker.isOutdated(WALL + 5 * MINUTE)).toBe(false);
	});
});
