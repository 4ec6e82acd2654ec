/** A larger share of 429 is never taken for strays. */
const MAX_SHARE = 0.15;
/** How long the share that was found is relied on, in ms. */
const MAX_AGE = 60_000;
/** Cuts down to this part of the rate, without a recovery, call for a trial. */
const USELESS = 0.85;
/** The rate of a trial, as part of the rate before it. */
const TRIAL = 0.5;
/** A trial lasts until so many strays are expected, and finds them if there are so many. */
const EXPECTED_IN_TRIAL = 12;
const MIN_IN_TRIAL = 5;
/** It ends early if so many were expected and none came. */
const EXPECTED_IN_VAIN = 4;
/** The estimate of a share is raised so much, because too low a one is taken for the traffic of others. */
const SHARE_MARGIN = 1.25;
/** A trial that would take longer is not made, in ms. */
const MAX_TRIAL = 10_000;
/** The time between trials in ms; it doubles with each one that found nothing. */
const MIN_TRIAL_INTERVAL = 10_000;
const MAX_TRIAL_INTERVAL = 240_000;
/** The time until a share that was too low is looked for again, in ms. */
const RETRIAL_INTERVAL = 3000;
/** The share of 429 is averaged over about so many responses. */
const AVERAGED_RESPONSES = 40;
/** How far above its expectation the number of strays may be: standard deviations, and more for few responses. */
const TOLERANCE = 3;
const SMALL_NUMBER = 2;
/** After so many expected strays, counting starts anew. */
const MAX_EXPECTED = 20;

class Tally {
	responses = 0;

	limited = 0;

	add(isLimited: boolean): void {
		this.responses += 1;
		if (isLimited) this.limited += 1;
	}

	get share(): number {
		return this.limited / Math.max(1, this.responses);
	}
}

interface Trial {
	/** Requests per second. */
	rate: number;
	/** The rate to return to if the 429 are strays, and if they are not. */
	peak: number;
	before: number;
	/** The share of 429 before. */
	share: number;
}

/**
 * Finds out whether 429 responses depend on the rate at all: WeChat Pay may answer 429 now and then whatever the speed. If
 * cuts do not end them, half the rate is tried for a moment. If they stay as frequent, being slower does not help.
 *
 * All times are in ms, all rates in requests per second.
 */
export class StrayDetector {
	/** The rate before the last cuts. */
	private peak = 0;

	/** The share of 429 lately. */
	private average = 0;

	/** Responses since the rate was last changed. */
	private current = new Tally();

	private trial?: Trial;

	private nextTrial = -Infinity;

	private trialInterval = MIN_TRIAL_INTERVAL;

	private found = 0;

	private foundAt = -Infinity;

	/** Responses since then. */
	private sinceFound = new Tally();

	/** The rate of the trial that is going on. */
	get trialRate(): number | undefined {
		return this.trial?.rate;
	}

	/** The share of requests that is expected to be answered 429 whatever the rate, 0 to 0.15. */
	share(now: number): number {
		return now - this.foundAt < MAX_AGE ? this.found : 0;
	}

	/** Whether there were more 429 than strays since the rate was last changed; without strays, that is any. */
	isExcess(now: number): boolean {
		const { responses, limited } = this.current;
		const expected = this.share(now) * responses;
		if (expected === 0) return limited > 0;
		return limited > expected + TOLERANCE * Math.sqrt(expected) + SMALL_NUMBER;
	}

	/** Whether so large a share of the responses since the last change was 429, and at least so many. */
	isAbove(share: number, limited: number): boolean {
		return this.current.limited >= limited && this.current.share >= share;
	}

	/** The share of 429 lately, 0 to 1. */
	get recentShare(): number {
		return this.average;
	}

	/** Records a response to a request that was sent at the present rate. */
	add(isLimited: boolean, now: number): void {
		this.current.add(isLimited);
		this.sinceFound.add(isLimited);
		this.average += ((isLimited ? 1 : 0) - this.average) / AVERAGED_RESPONSES;
		if (this.share(now) * this.current.responses >= MAX_EXPECTED) this.onChange();
	}

	/** To be called when the rate has been changed. */
	onChange(): void {
		this.current = new Tally();
	}

	/**
	 * Starts a trial, if cuts have not helped so far and one is due. To be called before a cut.
	 *
	 * @param known the rate that was believed to be accepted
	 * @returns whether it was started
	 */
	tryInsteadOfCut(rate: number, known: number, now: number): boolean {
		// It came back to the known rate without a 429, or WeChat Pay accepts much less than before.
		if (rate >= Math.min(known, this.peak) || rate < this.peak * TRIAL) {
			this.peak = rate;
			return false;
		}
		return rate < this.peak * USELESS && this.tryHalf(rate, now);
	}

	/** Starts a trial, if 429 came often enough to tell, and not too often. */
	tryHalf(rate: number, now: number): boolean {
		const { current, average } = this;
		const share = current.responses > AVERAGED_RESPONSES ? current.share : average;
		if (share > MAX_SHARE || now < this.nextTrial) return false;
		const responses = EXPECTED_IN_TRIAL / share;
		if ((responses / (rate * TRIAL)) * 1000 > MAX_TRIAL) return false;
		this.trial = {
			rate: rate * TRIAL,
			peak: Math.max(this.peak, rate),
			before: rate,
			share,
		};
		this.onChange();
		return true;
	}

	/** Ends the trial if it is decided; returns the rate to return to. */
	endTrial(now: number): number | undefined {
		const { trial, current } = this;
		if (!trial) return undefined;
		const expected = trial.share * current.responses;
		const isInVain = expected >= EXPECTED_IN_VAIN && current.limited === 0;
		const isDecided = isInVain || Math.max(expected, current.limited) >= EXPECTED_IN_TRIAL;
		if (!isDecided) return undefined;
		const areStrays = current.limited >= MIN_IN_TRIAL;
		this.trial = undefined;
		if (areStrays) {
			const share = Math.max(current.share, trial.share);
			this.found = Math.min(share * SHARE_MARGIN, MAX_SHARE);
			this.foundAt = now;
			this.sinceFound = new Tally();
			this.trialInterval = MIN_TRIAL_INTERVAL;
		} else {
			this.trialInterval = Math.min(2 * this.trialInterval, MAX_TRIAL_INTERVAL);
		}
		this.nextTrial = now + this.trialInterval;
		this.peak = areStrays ? trial.peak : trial.before;
		return this.peak;
	}

	/**
	 * To be called when there are more 429 than strays at a rate that is known to be accepted. If that goes on since the
	 * strays were found, the 429 depend on the rate after all.
	 *
	 * @returns whether the strays explain it still
	 */
	stillExplains(now: number): boolean {
		const share = this.share(now);
		if (share === 0) return false;
		if (this.sinceFound.share <= share) return true;
		this.nextTrial = now + RETRIAL_INTERVAL;
		this.found = 0;
		return false;
	}

	/** Gives up the trial, because nothing gets through any more. */
	abandonTrial(): void {
		this.trial = undefined;
	}
}
