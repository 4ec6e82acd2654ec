import { RequestDeadlines } from '../../../../nodes/client/http/requestDeadlines';
import { VirtualClock } from '../../../support/virtualClock.cts';

/** Ms until the response must be complete. */
const TIMEOUT = 60_000;

let clock: VirtualClock;

beforeEach(() => {
	clock = new VirtualClock();
});

const requestDeadlines = (execution?: AbortSignal) => new RequestDeadlines(execution, clock);

it('is aborted when its deadline has passed, and no other one is', async () => {
	const requests = requestDeadlines();
	const [short, long] = [requests.start(2500), requests.start(TIMEOUT)];
	await clock.advance(2499);
	expect([short.signal.aborted, short.isOverdue()]).toEqual([false, false]);
	await clock.advance(1);

	expect([short.signal.aborted, short.isOverdue()]).toEqual([true, true]);
	expect([long.signal.aborted, long.isOverdue()]).toEqual([false, false]);
});

it.each([-3_600_000, 3_600_000])(
	'is aborted in time where the wall clock is set by %d ms',
	async (ms) => {
		const request = requestDeadlines().start(TIMEOUT);
		await clock.advance(TIMEOUT / 2);
		clock.jump(ms);
		await clock.advance(TIMEOUT / 2 - 1);
		expect(request.isOverdue()).toBe(false);
		await clock.advance(1);
		expect(request.isOverdue()).toBe(true);
	},
);

it('is aborted with the execution, which is no deadline', () => {
	const execution = new AbortController();
	const requests = requestDeadlines(execution.signal);
	const both = [requests.start(TIMEOUT), requests.start(TIMEOUT)];
	execution.abort();

	expect(both.map(({ signal }) => signal.aborted)).toEqual([true, true]);
	expect(both.map((one) => one.isOverdue())).toEqual([false, false]);
});

it('is left alone once it has ended', async () => {
	const execution = new AbortController();
	const requests = requestDeadlines(execution.signal);
	const [ended, other] = [requests.start(TIMEOUT), requests.start(2 * TIMEOUT)];
	ended.end();
	await clock.advance(TIMEOUT);
	execution.abort();

	expect([ended.signal.aborted, other.signal.aborted]).toEqual([false, true]);
	expect(ended.isOverdue()).toBe(false);
});

it('does not begin where the execution was cancelled before', () => {
	expect(requestDeadlines(AbortSignal.abort()).start(TIMEOUT).signal.aborted).toBe(true);
});

it('is aborted in time where it began while an earlier one was under way, or after all had ended', async () => {
	const requests = requestDeadlines();
	const long = requests.start(TIMEOUT);
	await clock.advance(100);
	const short = requests.start(300);
	await clock.advance(299);
	expect(short.isOverdue()).toBe(false);
	await clock.advance(1);
	expect(short.isOverdue()).toBe(true);
	short.end();
	long.end();
	await clock.advance(TIMEOUT);
	const next = requests.start(1500);
	await clock.advance(1499);
	expect(next.isOverdue()).toBe(false);
	await clock.advance(1);
	expect([next.isOverdue(), long.isOverdue()]).toEqual([true, false]);
});

describe('a response that renews its deadline', () => {
	const LONGEST = 2.5 * TIMEOUT;

	it('has its full time again from then on, and no more', async () => {
		const request = requestDeadlines().start(TIMEOUT, LONGEST);
		await clock.advance(TIMEOUT - 1);
		request.renew();
		await clock.advance(TIMEOUT - 1);
		expect(request.isOverdue()).toBe(false);
		await clock.advance(1);
		expect(request.isOverdue()).toBe(true);
	});

	it('ends at its longest time, however often it does', async () => {
		const request = requestDeadlines().start(TIMEOUT, LONGEST);
		for (let time = 0; time < 4; time += 1) {
			await clock.advance(LONGEST / 4 - 1);
			request.renew();
		}
		expect(request.isOverdue()).toBe(false);
		await clock.advance(4);
		expect(request.isOverdue()).toBe(true);
	});
});
