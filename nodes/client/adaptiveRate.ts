import { EventCounter } from './slidingWindow';

/** What is left of the rate after a 429. */
const CUT = 0.9;
/** How long the way back to the known rate takes, in ms; the growth is cubic around it. */
const RETURN_TIME = 3000;
/** Requests per second. */
const MIN_RATE = 0.5;
/** So many 429 among the last responses mean that nothing gets through. */
const RECENT = 8;
const MAX_RECENT_LIMITED = 6;
/** The pause when nothing gets through, in ms; it doubles as long as a probe fails. */
const MIN_PAUSE = 1000;
const MAX_PAUSE = 8000;
export const MAX_RETRY_AFTER = 60_000;

export class AdaptiveRate {
	/** The highest rate that is believed to be free of 429, per second. */
	private known = Infinity;

	/** The rate after the last cut. */
	private base = Infinity;

	private cutAt = -Infinity;

	private recent: boolean[] = [];

	private readonly accepted = new EventCounter();

	private readonly started = new EventCounter();

	private pause = 0;

	pausedUntil = -Infinity;

	probing = false;

	private gotThrough = true;

	rate(now: number): number {
		if (this.known === Infinity) return Infinity;
		const t = (now - this.cutAt) / RETURN_TIME - 1;
		return Math.max(MIN_RATE, this.known + (this.known - this.base) * t ** 3);
	}

	onStart(now: number): void {
		this.started.add(now);
	}

	onSuccess(startedAt: number, now: number): void {
		this.accepted.add(now);
		if (this.probing) {
			this.probing = false;
			this.pause = 0;
			this.cutAt = now;
			this.gotThrough = true;
			return;
		}
		if (startedAt < this.cutAt) return;
		this.gotThrough = true;
		this.remember(false);
	}

	onLimited(startedAt: number, now: number, retryAfter = 0): void {
		if (startedAt < this.cutAt) return;
		if (this.probing) {
			this.stop(now, retryAfter);
			return;
		}
		this.remember(true);
		if (this.recent.filter(Boolean).length >= MAX_RECENT_LIMITED) {
			const count = this.accepted.count(now);
			this.known = Math.max(MIN_RATE, Math.min(this.known, count || Infinity));
			this.base = this.known * CUT;
			this.recent = [];
			this.stop(now, retryAfter);
			return;
		}
		const rate = this.rate(now);
		const sent = this.started.count(now);
		if (rate > Math.max(sent, 1) * 1.25 || !this.gotThrough) return;
		this.known = rate < this.known ? rate * (1 + CUT) / 2 : rate;
		this.base = rate * CUT;
		this.cutAt = now;
		this.gotThrough = false;
	}

	private stop(now: number, retryAfter: number): void {
		this.pause = Math.min(MAX_PAUSE, this.pause ? 2 * this.pause : MIN_PAUSE);
		this.pausedUntil = now + Math.max(this.pause, Math.min(retryAfter, MAX_RETRY_AFTER));
		this.probing = true;
		this.cutAt = now;
	}

	private remember(limited: boolean): void {
		this.recent.push(limited);
		if (this.recent.length > RECENT) this.recent.shift();
	}
}
