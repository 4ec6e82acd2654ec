/** A limit that really counts. */
export interface RateLimitOptions {
	perSecond: number;
	/** Sends Retry-After with the seconds after which a place is free. */
	retryAfter?: boolean;
	/** Official pages spell it in several ways (docs/protocol.md, Status and code). Default RATELIMIT_EXCEEDED. */
	code?: string;
}

/**
 * A sliding window: never more than `perSecond` requests are let through within any second. Requests
 * that were held back don't count. A rate that is not whole stretches the window (0.5: one in two
 * seconds). `clock` gives milliseconds.
 */
export class SlidingWindow {
	private readonly limit: number;

	private readonly window: number;

	private passed: number[] = [];

	constructor(
		perSecond: number,
		private readonly clock: () => number = () => Date.now(),
	) {
		this.limit = Math.max(1, Math.floor(perSecond));
		this.window = (this.limit / perSecond) * 1000;
	}

	/** 0 when the request is let through, and counted; else the milliseconds until a place is free. */
	wait(): number {
		const now = this.clock();
		const from = this.passed.findIndex((time) => time > now - this.window);
		this.passed = from < 0 ? [] : this.passed.slice(from);
		if (this.passed.length >= this.limit) return this.passed[0] + this.window - now;
		this.passed.push(now);
		return 0;
	}
}
