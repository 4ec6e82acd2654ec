import type { Clock } from './clock';
import { systemClock } from './clock';
import { ExecutionCancelled } from './executionCancelled';

/** The first pause after a repeatable failure, in ms; it doubles with each repeat (docs/protocol.md, Retries). */
const FIRST_RETRY_DELAY_MS = 1000;
const MAX_PAUSE_MS = 60_000;
/** The window over which accepted requests are counted to find what WeChat Pay allows. */
const WINDOW_MS = 1000;
/** A few requests a second come unevenly: there the average over so many windows may tell more than the last one. */
const WINDOWS = 4;
/** How close to the measured limit requests are sent. */
const MARGIN = 0.97;
const MIN_RATE = 0.5;
/** How long to stay below a limit before asking again whether it still stands, in ms. */
const SHORT_HOLD_MS = 3000;
const LONG_HOLD_MS = 30_000;
const MAX_HOLD_MS = 120_000;
/** A rate that has grown by less since it was held has met the same limit again. */
const SAME_LIMIT_RATIO = 1.2;
/** So many accepted requests make a first estimate as good as a later one. */
const MIN_SAMPLES = 50;
/** What one accepted request then adds to the rate; 0.05 makes it grow by 5 % in a second. */
const FAST_STEP = 0.5;
const SLOW_STEP = 0.05;
/** Lost time that may be made up by starting sooner; sleeping is only exact to a few ms. */
const CATCH_UP_MS = 20;

/**
 * The speed that all items of an execution share. It starts without a limit (but for the user's cap), finds the limit
 * when WeChat Pay answers 429, and feels its way back up while requests are accepted.
 */
export class RateLimiter {
	/** Requests per second; infinite until the first 429. */
	private rate: number;

	private nextStart = 0;

	private pausedUntil = 0;

	/** When the rate was last cut; answers to requests started before are no news. */
	private lastCut = 0;

	/** Until then the rate stays as it was cut. */
	private holdUntil = 0;

	/** The rate as it was last cut, and for how long it was held. */
	private held = 0;

	private hold = 0;

	/** An estimate from an execution that had hardly begun, perhaps far too low, is left sooner and faster. */
	private isRoughEstimate = false;

	/** Refusals for speed since the last accepted request. */
	private streak = 0;

	private accepted: number[] = [];

	constructor(
		/** Requests per second that the user allows; 0 for no cap. */
		private readonly cap: number,
		private readonly signal?: AbortSignal,
		private readonly clock: Clock = systemClock,
	) {
		this.rate = cap || Infinity;
	}

	get cancelled(): boolean {
		return this.signal?.aborted ?? false;
	}

	/**
	 * Waits until the next request may start.
	 *
	 * @returns the time of the start, in ms
	 * @throws Cancelled when the execution is cancelled before
	 */
	async acquire(): Promise<number> {
		for (;;) {
			if (this.cancelled) throw new ExecutionCancelled();
			const now = this.clock.now();
			const wait = this.startTime(now) - now;
			if (wait <= 0) {
				this.nextStart = Math.max(this.nextStart, now - CATCH_UP_MS) + 1000 / this.rate;
				return now;
			}
			await this.clock.sleep(wait, this.signal);
		}
	}

	/** When the next request may start. A clock that was set back makes no wait longer. */
	private startTime(now: number): number {
		this.nextStart = Math.min(this.nextStart, now + 1000 / this.rate);
		this.pausedUntil = Math.min(this.pausedUntil, now + MAX_PAUSE_MS);
		return Math.max(this.nextStart, this.pausedUntil);
	}

	/**
	 * Waits before the same request is sent again: exponentially longer, with jitter so that items which were lost
	 * together do not come back together.
	 *
	 * @param attempt the number of requests sent so far
	 */
	async backOff(attempt: number): Promise<void> {
		const pause = FIRST_RETRY_DELAY_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
		await this.clock.sleep(pause, this.signal);
	}

	/**
	 * Waits for work that others may wait for as well, and that goes on for them if this execution is cancelled.
	 *
	 * @throws Cancelled when the execution is cancelled before, else what the work throws
	 */
	async raceCancellation<T>(work: Promise<T>): Promise<T> {
		const { signal } = this;
		if (!signal) return await work;
		let cancel = () => {};
		const cancelled = new Promise<never>((_, reject) => {
			cancel = () => reject(new ExecutionCancelled());
		});
		signal.addEventListener('abort', cancel);
		if (signal.aborted) cancel();
		try {
			return await Promise.race([work, cancelled]);
		} finally {
			signal.removeEventListener('abort', cancel);
		}
	}

	/** WeChat Pay took a request: its limit is not reached. */
	onSuccess(): void {
		const now = this.clock.now();
		this.streak = 0;
		this.accepted.push(now);
		if (this.accepted[0] < now - 2 * WINDOWS * WINDOW_MS)
			this.forgetBefore(now - WINDOWS * WINDOW_MS);
		if (now < this.holdUntil) return;
		// An infinite rate stays one.
		this.rate = Math.min(
			this.cap || Infinity,
			this.rate + (this.isRoughEstimate ? FAST_STEP : SLOW_STEP),
		);
	}

	/**
	 * WeChat Pay answered 429 to a request.
	 *
	 * @param startedAt what `turn` returned for it
	 * @param retryAfter the pause it asked for, in ms
	 */
	onRateLimited(startedAt: number, retryAfter?: number): void {
		const now = this.clock.now();
		if (startedAt >= this.lastCut) this.cut(now);
		if (retryAfter !== undefined) this.pauseUntil(now + Math.min(retryAfter, MAX_PAUSE_MS));
	}

	private cut(now: number): void {
		const isFirst = this.rate === Infinity;
		const stillStands =
			!this.isRoughEstimate && now >= this.holdUntil && this.rate < this.held * SAME_LIMIT_RATIO;
		// A rate that went well for a whole hold is better known than what can be measured now.
		this.rate = stillStands ? Math.min(this.rate, this.held) : this.reduced(now);
		this.held = this.rate;
		this.isRoughEstimate = isFirst && this.acceptedSince(now - WINDOW_MS) < MIN_SAMPLES;
		this.hold = this.nextHold(stillStands);
		this.holdUntil = now + this.hold;
		this.streak += 1;
		if (isFirst || this.streak > 1) {
			const pause = FIRST_RETRY_DELAY_MS * 2 ** Math.max(0, this.streak - 2);
			this.pauseUntil(now + Math.min(pause, MAX_PAUSE_MS));
		}
		this.lastCut = now;
	}

	/** Each time it turns out that the limit still stands, it is tried less often. */
	private nextHold(stillStands: boolean): number {
		if (this.isRoughEstimate) return SHORT_HOLD_MS;
		return stillStands ? Math.min(2 * this.hold, MAX_HOLD_MS) : LONG_HOLD_MS;
	}

	/** The rate after a refusal. What was accepted lately is the limit, unless there was a pause just now. */
	private reduced(now: number): number {
		this.forgetBefore(now - WINDOWS * WINDOW_MS);
		const isMeasured = this.pausedUntil < now - WINDOW_MS;
		const lately = Math.max(this.acceptedSince(now - WINDOW_MS), this.accepted.length / WINDOWS);
		const limit = isMeasured ? Math.min(this.rate, lately) : this.rate;
		return Math.min(this.cap || Infinity, Math.max(MIN_RATE, limit * MARGIN));
	}

	private acceptedSince(time: number): number {
		return this.accepted.filter((at) => at >= time).length;
	}

	private forgetBefore(time: number): void {
		this.accepted = this.accepted.filter((at) => at >= time);
	}

	private pauseUntil(time: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, time);
	}
}
