/** So many requests without a single success between them, over such a time in ms, and sending stops. */
const MIN_FAILURES = 5;
const MIN_FAILING_TIME = 2000;
/** So many are enough at once: a breakdown of nine in ten has no such run. */
const MANY_FAILURES = 100;
/** Slow ones, and those that wait for a long Retry-After, are fewer: after the time until it gives up, so many are enough. */
const MIN_SLOW_FAILURES = 2;
/** The pause between probes, in ms; it doubles with each. */
const MIN_PAUSE = 1000;
const MAX_PAUSE = 8000;
/** How long it is waited for the first success, in ms. */
const GIVE_UP_AFTER = 120_000;
/** The last probe may take so much longer, in ms. */
const LAST_PROBE_TIME = 60_000;
/** Once it gave up, so long nobody waits for another probe, in ms. */
const REFUSED_FOR = 30_000;
/** A bad night is forgotten after so long, in ms; between executions the time of the rate limiter stands still. */
const KEPT_FOR = 5 * 60_000;

/** A request that did not succeed. */
export interface RequestFailure {
	/** `limited`: answered 429; `failed`: no response, or a breakdown. */
	kind: 'limited' | 'failed';
	startedAt: number;
	/** In words, such as "was answered 500". */
	reason?: string;
}

/**
 * Notices that nothing gets through to WeChat Pay any more. Then only probes are sent, one at a time; the first success
 * lets all go on. If there is none within two minutes, it gives up, so that the end of a batch does not depend on its
 * size. It knows nothing of the queue: the rate limiter asks it.
 *
 * Times are in ms of the rate limiter's time, which stands still while nobody sends, unless it says otherwise.
 */
export class CircuitBreaker {
	private failures = 0;

	/** With those that were answered 429. */
	private unsuccessful = 0;

	/** Since when nothing has succeeded. */
	private failingSince?: number;

	private lastSuccess = -Infinity;

	private pause = 0;

	private isPastDeadline = false;

	/** By the monotonic clock. */
	private lastFailureAt = 0;

	private open = false;

	private hasGivenUp = false;

	/** No probe may start before. */
	pausedUntil = -Infinity;

	/** How often it gave up; whoever sees the number grow stops waiting. */
	giveUps = 0;

	/** How the last request failed. */
	reason?: string;

	/** Whether only probes may be sent. */
	get isOpen(): boolean {
		return this.open;
	}

	/** But for those that were answered 429. */
	get failuresInARow(): number {
		return this.failures;
	}

	onSuccess(now: number): void {
		this.lastSuccess = now;
		this.close();
	}

	/** @param monotonicTime in ms */
	onFailure({ kind, startedAt, reason }: RequestFailure, now: number, monotonicTime: number): void {
		this.failingSince ??= Math.max(startedAt, this.lastSuccess);
		this.lastFailureAt = monotonicTime;
		this.reason = reason;
		this.unsuccessful += 1;
		if (kind === 'failed') this.failures += 1;
		this.open ||= this.isEnough(now - this.failingSince);
		const lastProbeAt = this.failingSince + GIVE_UP_AFTER;
		if (!this.open) return;
		this.waitForProbe(now, lastProbeAt, startedAt >= lastProbeAt);
		if (startedAt >= lastProbeAt) this.giveUp();
	}

	/**
	 * Gives up where the last probe takes too long, or was never sent.
	 *
	 * @param isStandstill whether the rate limiter has stopped sending as well, for nothing but 429 comes
	 */
	check(now: number, isStandstill: boolean): void {
		if (this.isPastDeadline || this.failingSince === undefined) return;
		if (!(this.open || isStandstill)) return;
		if (now - this.failingSince < GIVE_UP_AFTER + LAST_PROBE_TIME) return;
		this.isPastDeadline = true;
		this.giveUp();
	}

	private giveUp(): void {
		this.giveUps += 1;
		this.hasGivenUp = true;
		this.pausedUntil = -Infinity;
	}

	/**
	 * Whether it gave up a short while ago: whoever comes now need not wait for what many have waited for.
	 *
	 * @param monotonicTime in ms
	 */
	isRefusing(monotonicTime: number): boolean {
		return this.hasGivenUp && monotonicTime - this.lastFailureAt < REFUSED_FOR;
	}

	/**
	 * Whether what went wrong was so long ago that it says nothing any more.
	 *
	 * @param monotonicTime in ms
	 */
	isOutdated(monotonicTime: number): boolean {
		if (this.failingSince === undefined) return false;
		return monotonicTime - this.lastFailureAt >= KEPT_FOR;
	}

	private isEnough(failingTime: number): boolean {
		if (failingTime >= GIVE_UP_AFTER) return this.unsuccessful >= MIN_SLOW_FAILURES;
		if (this.failures >= MANY_FAILURES) return true;
		return this.failures >= MIN_FAILURES && failingTime >= MIN_FAILING_TIME;
	}

	/** The last probe is sent when the time is up: whoever is back by then is noticed. */
	private waitForProbe(now: number, lastProbeAt: number, wasLast: boolean): void {
		this.pause = Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, 2 * this.pause));
		this.pausedUntil = now + this.pause;
		if (!wasLast) this.pausedUntil = Math.min(this.pausedUntil, lastProbeAt);
	}

	private close(): void {
		this.failures = 0;
		this.unsuccessful = 0;
		this.failingSince = undefined;
		this.pause = 0;
		this.isPastDeadline = false;
		this.hasGivenUp = false;
		this.open = false;
		this.pausedUntil = -Infinity;
	}
}

/** Thrown to whoever waits to send when the circuit breaker gives up. */
export class CircuitOpen extends Error {
	override readonly name = 'CircuitOpen';

	/** @param reason how the last request failed */
	constructor(readonly reason = 'was not answered') {
		super(`Nothing gets through: ${reason}`);
	}
}
