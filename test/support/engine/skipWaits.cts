/**
 * Time is skipped while the package only waits: for a turn, before a retry, or, where a test wants it, for what the fake
 * WeChat Pay will never send. It runs on while any other request is under way, so that deadlines mean what they say. The
 * fake goes by the same time.
 *
 * A `.cts` file because it uses timers, which the lint keeps out of `.ts`.
 */
import { systemClock } from '../../../nodes/client/clock.ts';
import { RequestDeadlines } from '../../../nodes/client/http/requestDeadlines.ts';
import { onUnanswered } from '../fake/unanswered.cts';

interface Sleeper {
	until: number;
	wake(): void;
}

const sleepers = new Set<Sleeper>();
let underWay = 0;
/** How many of those under way wait in vain. */
let inVain = 0;
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
	RequestDeadlines.prototype.start = function (timeout, longest) {
		const deadline = start.call(this, timeout, longest);
		underWay += 1;
		let hasEnded = false;
		return {
			...deadline,
			end: () => {
				deadline.end();
				if (hasEnded) return;
				hasEnded = true;
				settle(deadline.isOverdue());
			},
		};
	};
}

/** Skips the time to a deadline, too, once no request under way can be answered any more. */
export function skipDeadlines(): void {
	skipWaits();
	onUnanswered(() => {
		inVain += 1;
		look();
	});
}

/** Of the requests under way, the overdue ones are those that waited in vain; others may have been given up before. */
function settle(isOverdue: boolean): void {
	underWay -= 1;
	if (isOverdue) inVain -= 1;
	inVain = Math.min(Math.max(inVain, 0), underWay);
	look();
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
			if (sleepers.size > 0 && underWay === inVain) wakeFirst();
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
