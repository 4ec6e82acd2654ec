import { sleep } from 'n8n-workflow';

/** Thrown to whoever waits for a turn when the execution is cancelled. */
export class Cancelled extends Error {
	override readonly name = 'Cancelled';
}

/** How long a cancelled execution may go on waiting. */
const LONGEST_NAP = 200;
/** The first pause after a repeatable failure, in ms; it doubles with each repeat (errors.yaml, retry_rules). */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
/** The window over which accepted requests are counted to learn what WeChat Pay allows. */
const WINDOW = 1000;
/** What one refusal for speed takes off a rate that was already limited. */
const CUT = 0.93;
/** Lost time that may be made up by starting sooner; sleeping is only exact to a few ms. */
const CATCH_UP = 50;

/**
 * The speed that all items of a batch share. It starts without a limit (but for the user's cap), learns the limit when
 * WeChat Pay answers 429, and feels its way back up while requests are accepted.
 */
export class Pace {
	/** Requests per second; infinite until the first 429. */
	private rate: number;

	private nextStart = 0;

	private pausedUntil = 0;

	/** When the rate was last cut; answers to requests started before are no news. */
	private lastCut = 0;

	/** Refusals for speed since the last accepted request. */
	private streak = 0;

	private accepted: number[] = [];

	constructor(
		/** Requests per second that the user allows; 0 for no cap. */
		private readonly cap: number,
		private readonly signal?: AbortSignal,
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
	async turn(): Promise<number> {
		for (;;) {
			if (this.cancelled) throw new Cancelled('The execution was cancelled');
			const now = Date.now();
			const wait = Math.max(this.nextStart, this.pausedUntil) - now;
			if (wait <= 0) {
				this.nextStart = Math.max(this.nextStart, now - CATCH_UP) + 1000 / this.rate;
				return now;
			}
			await sleep(Math.min(wait, LONGEST_NAP));
		}
	}

	/**
	 * Waits before the same request is sent again: exponentially longer, with jitter so that items which were lost
	 * together do not come back together.
	 *
	 * @param attempt the number of requests sent so far
	 */
	async backOff(attempt: number): Promise<void> {
		const pause = FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
		const end = Date.now() + pause;
		while (!this.cancelled && Date.now() < end) {
			await sleep(Math.min(end - Date.now(), LONGEST_NAP));
		}
	}

	/** WeChat Pay took a request: its limit is not reached. */
	accept(): void {
		const now = Date.now();
		this.streak = 0;
		this.accepted.push(now);
		if (this.accepted[0] < now - 2 * WINDOW) this.forgetBefore(now - WINDOW);
		// The longer nothing was refused, the bolder; an infinite rate stays one.
		const secondsSinceCut = (now - this.lastCut) / 1000;
		this.rate = Math.min(this.cap || Infinity, this.rate + Math.min(0.01 * secondsSinceCut, 0.5));
	}

	/**
	 * WeChat Pay answered 429 to a request.
	 *
	 * @param startedAt what `turn` returned for it
	 * @param retryAfter the pause it asked for, in ms
	 */
	limit(startedAt: number, retryAfter?: number): void {
		const now = Date.now();
		if (retryAfter !== undefined) this.pauseUntil(now + Math.min(retryAfter, LONGEST_PAUSE));
		if (startedAt < this.lastCut) return;
		this.streak += 1;
		if (this.streak > 1 || this.rate === Infinity) {
			this.pauseUntil(
				now + Math.min(FIRST_PAUSE * 2 ** Math.max(0, this.streak - 2), LONGEST_PAUSE),
			);
		}
		this.rate = Math.max(0.5, this.rate === Infinity ? this.measured(now) : this.rate * CUT);
		this.lastCut = now;
	}

	/** Requests that WeChat Pay accepted within the last second: at the limit, they are the limit. */
	private measured(now: number): number {
		this.forgetBefore(now - WINDOW);
		return this.accepted.length;
	}

	private forgetBefore(time: number): void {
		this.accepted = this.accepted.filter((at) => at >= time);
	}

	private pauseUntil(time: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, time);
	}
}
