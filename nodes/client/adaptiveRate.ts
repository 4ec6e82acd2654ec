import { cubicRate } from './rateCurve';
import { EventCounter } from './slidingWindow';
import { StrayDetector } from './strayDetector';

/** Below the known rate, a smaller share of 429 than this is a stray, and not the traffic of others. */
const OTHERS_SHARE = 0.045;
/** What is left of the rate after a 429. */
const CUT = 0.93;
/** What is left of it after a standstill. A first burst takes more than others leave for long. */
const STANDSTILL_CUT = 0.85;
/** Requests per second. */
const MIN_RATE = 0.5;
/**
 * After a cut it takes up to a second until WeChat Pay's window shows it. Until then a few 429 are the consequence of
 * the old rate; many are not. In ms, number, and share of the responses.
 */
const CUT_INTERVAL = 500;
/** ... after a standstill, in ms. */
const RESUME_INTERVAL = 1200;
const MANY_LIMITED = 3;
const MANY_LIMITED_SHARE = 0.1;
/** Among the last responses, so many 429 mean that nothing gets through any more. */
const RECENT_RESPONSES = 8;
const MOSTLY_LIMITED = 7;
/** ... if it lasts so long where the rate is already limited, in ms. Overload by a few percent is shorter. */
const MIN_STANDSTILL = 250;
/** The pause after a failed probe, in ms; it doubles with each. */
const MIN_PAUSE = 300;
const MAX_PAUSE = 8000;
/** A longer pause than that, in ms, is not believed. */
const MAX_RETRY_AFTER = 60_000;
/** Retry-After is rounded up to whole seconds; the last one, in ms, is left to the window and to probes. */
const RETRY_AFTER_UNIT = 1000;
/** A rate so many times higher than what is really sent does not limit anything. */
const BINDING = 1.25;
/** Slack of the window that is counted, against what WeChat Pay counts. */
const WINDOW_SLACK = 1.01;
/** So many 429 over such a time, in ms, while the rate is not limited, call for a try at a lower rate. */
const SUSPICIOUS_LIMITED = 20;
const SUSPICIOUS_TIME = 20_000;

/**
 * Finds the rate at which WeChat Pay accepts requests. It starts without a limit, takes what was accepted when nothing
 * gets through any more, and then follows a cubic curve around the highest rate that is known: a 429 there, or beyond,
 * is the limit and cuts the rate a little.
 *
 * All times are in ms of a clock that never goes back, all rates in requests per second.
 */
export class AdaptiveRate {
	/** The highest rate that is believed to be accepted. */
	private known = Infinity;

	/** The rate after the last cut. */
	private start = Infinity;

	/** When the rate was last cut, or sending was resumed; responses to earlier requests are no news. */
	private changedAt = -Infinity;

	/** When sending was resumed. WeChat Pay's window is filled unevenly for a while then. */
	private resumedAt = -Infinity;

	private lastSuccess = -Infinity;

	private recent: boolean[] = [];

	private readonly strays = new StrayDetector();

	/** All requests that were started. */
	private readonly started = new EventCounter();

	/** The requests that were started and not answered 429: what WeChat Pay counts. */
	private readonly counted = new EventCounter();

	/** Successful responses. */
	private readonly accepted = new EventCounter();

	/** How many there were in the second before the last one. */
	private acceptedPerSecond = 0;

	private standstill = false;

	private pause = 0;

	/** The known rate before nothing got through. */
	private knownBefore = Infinity;

	private suspicion = { since: 0, limited: 0 };

	/** No request may start before, in ms. */
	pausedUntil = -Infinity;

	/** Nothing gets through; only one request at a time may be sent, as a probe. */
	get isProbing(): boolean {
		return this.standstill;
	}

	/** The rate at which requests may be sent; infinite as long as no limit is known. */
	rate(now: number): number {
		if (this.strays.trialRate !== undefined) return this.strays.trialRate;
		if (this.known === Infinity) return Infinity;
		return Math.max(MIN_RATE, cubicRate(this.known, this.start, now - this.changedAt));
	}

	/** Whether as many requests were started in the last second as WeChat Pay is known to accept. */
	isWindowFull(now: number): boolean {
		if (this.known === Infinity) return false;
		const limit = Math.max(this.known, this.rate(now), 1);
		return this.counted.count(now) >= limit * WINDOW_SLACK;
	}

	onStart(now: number): void {
		this.started.add(now);
		this.counted.add(now);
	}

	/** WeChat Pay processed a request. */
	onSuccess(startedAt: number, now: number): void {
		this.accepted.add(now);
		this.acceptedPerSecond = this.accepted.count(now);
		if (startedAt < this.changedAt) {
			// It was among those that were accepted before the 429.
			if (this.standstill) this.learn(Math.min(this.knownBefore, this.known + 1), STANDSTILL_CUT);
			return;
		}
		if (this.standstill) this.resume(now);
		this.lastSuccess = now;
		this.record(false, now);
	}

	/**
	 * WeChat Pay answered 429.
	 *
	 * @param retryAfter how long it asks to wait, in ms
	 */
	onLimited(startedAt: number, now: number, retryAfter = 0): void {
		this.counted.remove(startedAt, now);
		if (startedAt < this.changedAt) return;
		if (this.standstill) {
			this.onProbeFailed(now, retryAfter);
			return;
		}
		this.record(true, now);
		const isBinding = this.isBinding(now);
		if (this.isStandstill(now, isBinding)) this.stop(now, retryAfter);
		else if (isBinding) this.considerCut(now);
		else this.considerTrial(now);
	}

	/** A probe got a 429, or no response. */
	onProbeFailed(now: number, retryAfter = 0): void {
		this.pause = Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, 2 * this.pause));
		this.pauseFor(Math.max(this.pause, retryAfter - RETRY_AFTER_UNIT), now);
	}

	private record(isLimited: boolean, now: number): void {
		this.recent.push(isLimited);
		if (this.recent.length > RECENT_RESPONSES) this.recent.shift();
		this.strays.add(isLimited, now);
		const returnTo = this.strays.endTrial(now);
		if (returnTo !== undefined) this.change(returnTo, now);
	}

	/** Whether the rate is what limits the requests, and not the number of requests under way or the user's cap. */
	private isBinding(now: number): boolean {
		return this.rate(now) < Math.max(1, this.started.count(now)) * BINDING;
	}

	private isStandstill(now: number, isBinding: boolean): boolean {
		if (this.recent.filter(Boolean).length < MOSTLY_LIMITED) return false;
		return !isBinding || now - this.lastSuccess >= MIN_STANDSTILL;
	}

	/** Nothing gets through: no more is allowed than was accepted in the last second, or WeChat Pay is unwell. */
	private stop(now: number, retryAfter: number): void {
		this.standstill = true;
		this.strays.abandonTrial();
		this.knownBefore = this.known;
		const { acceptedPerSecond } = this;
		if (acceptedPerSecond > 0) this.learn(Math.min(this.known, acceptedPerSecond), STANDSTILL_CUT);
		this.pause = 0;
		this.pauseFor(retryAfter - RETRY_AFTER_UNIT, now);
	}

	private pauseFor(ms: number, now: number): void {
		this.pausedUntil = now + Math.min(ms, MAX_RETRY_AFTER);
		this.changedAt = now;
	}

	private resume(now: number): void {
		this.standstill = false;
		this.changedAt = now;
		this.resumedAt = now;
		this.recent = [];
		this.strays.onChange();
	}

	private considerCut(now: number): void {
		// Before a success, nothing is known about the last cut. A trial is slow enough.
		if (this.lastSuccess < this.changedAt || this.strays.trialRate !== undefined) return;
		if (!this.strays.isExcess(now)) return;
		const isMany = this.strays.isAbove(MANY_LIMITED_SHARE, MANY_LIMITED);
		if (now < this.resumedAt + RESUME_INTERVAL || (now < this.changedAt + CUT_INTERVAL && !isMany))
			return;
		const rate = this.rate(now);
		if (this.strays.tryInsteadOfCut(rate, this.known, now)) this.changedAt = now;
		else this.change(this.limitFor(rate, now), now, rate * CUT);
	}

	/** The rate that is believed to be accepted, after a 429 at the given one. */
	private limitFor(rate: number, now: number): number {
		const share = this.strays.share(now);
		if (rate >= this.known) {
			return share > 0 ? Math.min(rate, this.accepted.count(now) / (1 - share)) : rate;
		}
		if (this.strays.stillExplains(now) || this.strays.recentShare < OTHERS_SHARE) return this.known;
		// Others take a part of the limit. They get room, as in CUBIC's fast convergence.
		return (rate * (1 + CUT)) / 2;
	}

	/** 429 that go on while the rate is not limited: are they fewer at a lower rate? */
	private considerTrial(now: number): void {
		const { suspicion } = this;
		if (this.strays.share(now) > 0) return;
		if (suspicion.limited === 0) suspicion.since = now;
		suspicion.limited += 1;
		if (suspicion.limited < SUSPICIOUS_LIMITED || now - suspicion.since < SUSPICIOUS_TIME) return;
		suspicion.limited = 0;
		if (this.strays.tryHalf(this.started.count(now), now)) this.changedAt = now;
	}

	private change(known: number, now: number, start = known * CUT): void {
		this.learn(known);
		this.start = Math.min(start, this.start);
		this.changedAt = now;
		this.strays.onChange();
	}

	private learn(known: number, cut = CUT): void {
		this.known = Math.max(MIN_RATE, known);
		this.start = this.known * cut;
	}
}
