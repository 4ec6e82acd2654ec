import { RequestDeadlines } from '../../../../nodes/client/http/requestDeadlines';

/** Longer than any test takes, in ms. */
const LONG = 60_000;

const aborted = async (signal: AbortSignal) =>
	await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

it('is aborted when its deadline has passed, and no other one is', async () => {
	const requests = new RequestDeadlines();
	const [short, long] = [requests.start(20), requests.start(LONG)];
	expect([short.signal.aborted, short.isOverdue()]).toEqual([false, false]);
	await aborted(short.signal);

	expect(short.isOverdue()).toBe(true);
	expect([long.signal.aborted, long.isOverdue()]).toEqual([false, false]);
});

it('is aborted with the execution, which is no deadline', () => {
	const execution = new AbortController();
	const requests = new RequestDeadlines(execution.signal);
	const both = [requests.start(LONG), requests.start(LONG)];
	execution.abort();

	expect(both.map(({ signal }) => signal.aborted)).toEqual([true, true]);
	expect(both.map((one) => one.isOverdue())).toEqual([false, false]);
});

it('is left alone once it has ended', () => {
	const execution = new AbortController();
	const requests = new RequestDeadlines(execution.signal);
	const [ended, other] = [requests.start(LONG), requests.start(LONG)];
	ended.end();
	execution.abort();

	expect([ended.signal.aborted, other.signal.aborted]).toEqual([false, true]);
});

it('does not begin where the execution was cancelled before', () => {
	const requests = new RequestDeadlines(AbortSignal.abort());
	expect(requests.start(LONG).signal.aborted).toBe(true);
});
