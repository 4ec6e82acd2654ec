import { systemClock } from '../../../nodes/client/clock';

/** In ms; the timer itself goes on so long. */
const LONG = 2000;

it('tells the time of the machine', () => {
	const before = Date.now();
	expect(systemClock.now()).toBeGreaterThanOrEqual(before);
	expect(systemClock.now()).toBeLessThanOrEqual(Date.now());
});

it.each([
	['without a signal', undefined],
	['with one', new AbortController().signal],
])('sleeps as long as it is told %s', async (_, signal) => {
	const before = performance.now();
	await systemClock.sleep(30, signal);
	expect(performance.now() - before).toBeGreaterThan(28);
});

it('ends a sleep at once when the signal aborts, and leaves no listener behind', async () => {
	const controller = new AbortController();
	const removed = jest.spyOn(controller.signal, 'removeEventListener');
	const before = performance.now();
	const sleeping = systemClock.sleep(LONG, controller.signal);
	controller.abort();
	await sleeping;
	expect(removed).toHaveBeenCalledTimes(1);
	await systemClock.sleep(LONG, controller.signal);
	expect(performance.now() - before).toBeLessThan(LONG);
});
