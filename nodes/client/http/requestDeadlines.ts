import type { Clock } from '../clock';
import { systemClock } from '../clock';
import { SteadyTime } from '../steadyTime';

/** A request under way. */
export interface Deadline {
	/** Aborts with the execution, or when the deadline has passed. */
	signal: AbortSignal;
	/** Whether it was the deadline. */
	isOverdue(): boolean;
	/** Begins the time anew, for something has arrived; the longest time stays. */
	renew(): void;
	/** To be called when the request has ended, however it did. */
	end(): void;
}

/** n8n's sleep cannot be taken back: it may outlive a request by so many ms. */
const MAX_SLEEP_MS = 1000;

/** An abort that nobody asks about; without a reason, Node makes an exception with a stack. */
const NO_REASON = 'ended';

interface RequestUnderWay {
	controller: AbortController;
	/** Of the watch's time, in ms. */
	endsAt: number;
	isOverdue: boolean;
}

/**
 * The requests under way. n8n's own timeout counts only the time in which nothing moves, so that a response arriving
 * byte by byte would never end; here each request has a deadline. One watch serves all of them; responses that a busy
 * process could not read in time are read first.
 */
export class RequestDeadlines {
	private readonly underWay = new Set<RequestUnderWay>();
	private readonly abortAll = () => this.underWay.forEach(({ controller }) => controller.abort());

	/** Until when the watch sleeps; infinite while there is none. */
	private wakesAt = Infinity;

	private wake = () => {};

	private readonly time: SteadyTime;

	/** @param execution the signal of the execution; one listener serves all requests, while there are any */
	constructor(
		private readonly execution?: AbortSignal,
		clock: Clock = systemClock,
	) {
		this.time = new SteadyTime(clock, MAX_SLEEP_MS);
	}

	/**
	 * @param timeout ms until the response must be complete
	 * @param longest ms for all of a response that renews its deadline
	 */
	start(timeout: number, longest = timeout): Deadline {
		const controller = new AbortController();
		if (this.execution?.aborted) controller.abort();
		if (this.underWay.size === 0) this.execution?.addEventListener('abort', this.abortAll);
		const now = this.time.now();
		const lastAt = now + longest;
		const endsAt = Math.min(now + timeout, lastAt);
		const request: RequestUnderWay = { controller, endsAt, isOverdue: false };
		this.underWay.add(request);
		if (this.wakesAt === Infinity) void this.watch();
		else if (endsAt < this.wakesAt) this.wake();
		return {
			signal: controller.signal,
			isOverdue: () => request.isOverdue,
			renew: () => {
				request.endsAt = Math.min(this.time.now() + timeout, lastAt);
			},
			end: () => this.end(request),
		};
	}

	private end(request: RequestUnderWay): void {
		this.underWay.delete(request);
		if (this.underWay.size > 0) return;
		this.execution?.removeEventListener('abort', this.abortAll);
		this.wake();
	}

	private async watch(): Promise<void> {
		while (this.underWay.size > 0) {
			const now = this.time.now();
			const first = Math.min(...[...this.underWay].map(({ endsAt }) => endsAt));
			await this.sleepUntil(first, now);
			this.abortOverdue();
		}
		this.wakesAt = Infinity;
	}

	private async sleepUntil(time: number, now: number): Promise<void> {
		const awake = new AbortController();
		this.wake = () => awake.abort(NO_REASON);
		this.wakesAt = Math.min(time, now + MAX_SLEEP_MS);
		await this.time.nap(time - now, awake.signal);
	}

	private abortOverdue(): void {
		const now = this.time.now();
		for (const request of this.underWay) {
			if (request.endsAt > now) continue;
			request.isOverdue = true;
			request.controller.abort();
			this.underWay.delete(request);
		}
	}
}
