/**
 * Time is skipped while the package only waits: for a turn, or before a retry. It runs on while a request is under way,
 * so that deadlines mean what they say. The fake WeChat Pay goes by the same time.
 *
 * A `.cts` file because it uses timers, which the lint keeps out of `.ts`.
 */
import { systemClock } from '../../../nodes/client/clock.ts';
import { RequestDeadlines } from '../../../nodes/client/http/requestDeadlines.ts';

interface Sleeper {
	until: number;
	wake(): void;
}

const sleepers = new Set<Sleeper>();
let underWay = 0;
/** By how much time was moved on, in ms. */
let skipped = 0;
let isLooking = false;

/** Skips waits in all tests of a file. */
export function skipWaits(): void {
	const wall = Date.now.bind(Date);
	const { monotonic } = systemClock;
	Date.now = () => wall() + skipped;
	systemClock.monotonic = () => monotonic() + skipped;
	systemClock.sleep = sleep;
	const { start } = RequestDeadlines.prototype;
	RequestDeadlines.prototype.start = function (timeout) {
		const deadline = start.call(this, timeout);
		underWay += 1;
		let hasEnded = false;
		return {
			...deadline,
			end: () => {
				deadline.end();
				if (!hasEnded) underWay -= 1;
				hasEnded = true;
				look();
			},
		};
	};
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted) return;
	let wake = () => {};
	const over = new Promise<void>((resolve) => {
		wake = resolve;
	});
	const sleeper = { until: Date.now() + ms, wake };
	const timer = setTimeout(wake, ms);
	signal?.addEventListener('abort', wake);
	sleepers.add(sleeper);
	look();
	await over;
	sleepers.delete(sleeper);
	signal?.removeEventListener('abort', wake);
	clearTimeout(timer);
}

/** Wakes the first sleeper, once everything has happened that happens without waiting. */
function look(): void {
	if (isLooking || sleepers.size === 0) return;
	isLooking = true;
	setImmediate(() =>
		setImmediate(() => {
			isLooking = false;
			if (underWay === 0) wakeFirst();
		}),
	);
}

function wakeFirst(): void {
	const first = Math.min(...[...sleepers].map(({ until }) => until));
	skipped += Math.max(0, first - Date.now());
	for (const sleeper of sleepers) {
		if (sleeper.until > first) continue;
		sleepers.delete(sleeper);
		sleeper.wake();
	}
	look();
}
