/** What executions of one process share, and what each has for itself. */
import { CircuitOpen } from '../../../nodes/client/circuitBreaker';
import { systemClock } from '../../../nodes/client/clock';
import { RateLimiter } from '../../../nodes/client/rateLimiter';
import { Traffic, sharedTraffic } from '../../../nodes/client/traffic';
import { maxWithin } from '../../support/limiterSimulation.cts';
import { VirtualClock } from '../../support/virtualClock.cts';

let clock: VirtualClock;
let traffic: Traffic;

beforeEach(() => {
	clock = new VirtualClock();
	traffic = new Traffic(clock);
});

const open = (options: object = {}) => new RateLimiter({ clock, cap: 0, traffic, ...options });

/** Sends in so many lanes; returns when each request started. */
function send(limiter: RateLimiter, lanes: number, accepts: () => boolean = () => true): number[] {
	const starts: number[] = [];
	const lane = async () => {
		for (;;) {
			const permit = await limiter.acquire();
			starts.push(clock.elapsed);
			await clock.sleep(30);
			limiter.release(permit, { kind: accepts() ? 'ok' : 'limited' });
		}
	};
	for (let count = 0; count < lanes; count += 1) void lane();
	return starts;
}

it('the limit is known to who comes later', async () => {
	const times: number[] = [];
	const accepts = () => {
		const isAccepted = times.filter((time) => time > clock.elapsed - 1000).length < 20;
		if (isAccepted) times.push(clock.elapsed);
		return isAccepted;
	};
	send(open(), 10, accepts);
	await clock.advance(20_000);
	const { rate } = open();
	expect(rate).toBeGreaterThan(15);
	expect(rate).toBeLessThan(30);
});

it('each has a cap of its own', async () => {
	const slow = send(open({ cap: 1 }), 5);
	const fast = send(open({ cap: 20 }), 5);
	await clock.advance(10_000);
	expect(maxWithin(slow, 1000)).toBe(1);
	expect(slow.length).toBeGreaterThanOrEqual(9);
	expect(maxWithin(fast, 1000)).toBe(20);
	expect(fast.length).toBeGreaterThanOrEqual(190);
});

it('one probe at a time is sent for all, and its success lets all go on', async () => {
	for (let count = 0; count < 100; count += 1) {
		traffic.breaker.onFailure({ kind: 'failed', startedAt: 0 }, 0, clock.now());
	}
	const [one, other] = [open(), open()];
	const probe = await clock.runUntil(one.acquire());
	expect(probe.isProbe).toBe(true);
	const next = other.acquire();
	let hasStarted = false;
	void next.then(() => (hasStarted = true));
	await clock.advance(20_000);
	expect(hasStarted).toBe(false);
	expect(other.limitedBy).toBe('pause');
	one.release(probe, { kind: 'ok' });
	expect((await clock.runUntil(next)).isProbe).toBe(false);
});

it('who must not wait long does not wait for a probe', async () => {
	for (let count = 0; count < 100; count += 1) {
		traffic.breaker.onFailure({ kind: 'failed', startedAt: 0 }, 0, clock.now());
	}
	await expect(open({ isPatient: false }).acquire()).rejects.toThrow(CircuitOpen);
	await clock.advance(1);
	traffic.breaker.onSuccess(1);
	expect(await open({ isPatient: false }).acquire()).toHaveProperty('isProbe', false);
});

it('who waits to send again hears at once that the circuit breaker gave up', async () => {
	const limiter = open();
	const waiting = limiter.waitForRetry(30_000);
	await clock.advance(100);
	traffic.breaker.giveUps += 1;
	await clock.runUntil(waiting);
	expect(clock.elapsed).toBeLessThan(500);
	expect(limiter.hasGivenUp).toBe(true);
	await limiter.waitForRetry(30_000);
	await expect(limiter.acquire(true)).rejects.toThrow(CircuitOpen);
	expect(open().hasGivenUp).toBe(false);
});

it('is one for each merchant, host and endpoint, and at most two hundred', async () => {
	jest.spyOn(systemClock, 'monotonic').mockImplementation(() => clock.monotonic());
	const first = sharedTraffic(['m', 'h', 'a']);
	expect(sharedTraffic(['m', 'h', 'a'])).toBe(first);
	expect(sharedTraffic(['m', 'h', 'b'])).not.toBe(first);
	first.breaker.onFailure({ kind: 'failed', startedAt: 0 }, 0, clock.monotonic());
	expect(sharedTraffic(['m', 'h', 'a'])).toBe(first);
	clock.jump(24 * 3600_000);
	expect(sharedTraffic(['m', 'h', 'a'])).toBe(first);
	await clock.advance(5 * 60_000);
	const next = sharedTraffic(['m', 'h', 'a']);
	expect(next).not.toBe(first);
	for (let count = 0; count < 198; count += 1) sharedTraffic([`${count}`]);
	expect(sharedTraffic(['m', 'h', 'a'])).toBe(next);
	for (let count = 0; count < 200; count += 1) sharedTraffic([`more ${count}`]);
	expect(sharedTraffic(['m', 'h', 'a'])).not.toBe(next);
	jest.restoreAllMocks();
});
