/** A larger share of 429 is never taken for strays. */
const MAX_SHARE = 0.15;
/** How long the share that was found is relied on, in ms. */
const MAX_AGE = 60_000;
/** The rate has come back to where it was before the cuts. */
const RECOVERED = 0.97;
/** Responses are compared above and below this part of the rate before the cuts. */
const MIDDLE = 0.75;
/** The comparison is made when cuts have brought the rate down to this part. */
const LOW = 0.5;
/** ... and when so many 429 were received below the middle. */
const MIN_LIMITED = 6;
/** Strays stay as frequent when the rate sinks; those of a limit become much rarer. */
const SAME_SHARE = 0.7;
/** How far above its expectation the number of strays may be by chance, in standard deviations. */
const TOLERANCE = 2.5;

class Tally {
	responses = 0;

	limited = 0;

	add(isLimited: boolean): void {
		this.responses += 1;
		if (isLimited) this.limited += 1;
	}

	get share(): number {
		return this.responses > 0 ? this.limited / this.responses : 0;
	}
}

/**
 * Finds out whether 429 responses depend on the rate at all: WeChat Pay may answer 429 now and then whatever the speed. If
 * the share of 429 is the same after the rate was halved, being slower does not help.
 */
export class StrayDetector {
	/** The rate before the cuts that are being judged; 0 if there were none. */
	private peak = 0;

	private fast = new Tally();

	private slow = new Tally();

	private found = 0;

	private foundAt = -Infinity;

	/** The share of requests that is expected to be answered 429 whatever the rate, 0 to 0.15. */
	share(now: number): number {
		return now - this.foundAt < MAX_AGE ? this.found : 0;
	}

	/** Whether that many 429 are too many to be strays only. */
	isExcess(responses: number, limited: number, now: number): boolean {
		const expected = this.share(now) * responses;
		return limited > expected + TOLERANCE * Math.sqrt(expected);
	}

	/** Records a response at a rate in requests per second. */
	add(isLimited: boolean, rate: number): void {
		(rate > this.peak * MIDDLE ? this.fast : this.slow).add(isLimited);
	}

	/**
	 * To be called when the rate is about to be cut.
	 *
	 * @param rate the rate before the cut
	 * @returns the rate to return to if the last cuts have proved useless
	 */
	onCut(rate: number, now: number): number | undefined {
		const { peak, fast, slow } = this;
		if (rate >= peak * RECOVERED) {
			this.restart(rate);
			return undefined;
		}
		if (rate > peak * LOW || slow.limited < MIN_LIMITED) return undefined;
		this.restart(rate);
		if (fast.share > MAX_SHARE || slow.share < fast.share * SAME_SHARE) return undefined;
		this.found = (fast.limited + slow.limited) / (fast.responses + slow.responses);
		this.foundAt = now;
		return peak;
	}

	private restart(rate: number): void {
		this.peak = rate;
		this.fast = new Tally();
		this.slow = new Tally();
	}
}
