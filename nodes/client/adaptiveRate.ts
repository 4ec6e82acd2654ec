import { EventCounter } from './slidingWindow';

/** What is left of the rate after a 429. */
const CUT = +(process.env.CUT ?? 0.93);
/** How long the way back to the known rate takes, in ms; the growth is cubic around it. */
const RETURN_TIME = +(process.env.RT ?? 3000);
/** Requests per second. */
const MIN_RATE = 0.5;
/** So many 429 among the last responses mean that nothing gets through. */
const RECENT = 8;
const MAX_RECENT_LIMITED = 6;
/** The pause when nothing gets through, in ms; it doubles as long as a probe fails. */
const MIN_PAUSE = +(process.env.MINP ?? 300);
const G = +(process.env.G ?? 0.03);
const MAXRT = +(process.env.MAXRT ?? 8000);
const E = +(process.env.E ?? 0.5);
const GRACE = +(process.env.GRACE ?? 500);
const FLOOD = +(process.env.FLOOD ?? 250);
const KEEP = +(process.env.KEEP ?? 1);
const LOW = +(process.env.LOW ?? 40000);
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

	private readonly open = new EventCounter();

	private pause = 0;

	pausedUntil = -Infinity;

	probing = false;

	private before = 0;
	private n = 0;
	private r = 0;
	private lastOk = -Infinity;

	rate(now: number): number {
		if (this.known === Infinity) return Infinity;
		const t = (now - this.cutAt) / Math.min(MAXRT, Math.max(RETURN_TIME, LOW / this.known)) - 1;
		if (t < 0) return Math.max(MIN_RATE, this.known + (this.known - this.base) * t ** 3);
		const x = (t * Math.min(MAXRT, Math.max(RETURN_TIME, LOW / this.known))) / 1000;
		return this.known + G * this.known ** E * x ** 3;
	}

	onStart(now: number): void {
		this.started.add(now);
		this.open.add(now);
	}

	onSuccess(startedAt: number, now: number): void {
		this.accepted.add(now);
		if (this.probing && startedAt < this.cutAt) {
			this.known = Math.min(this.before, this.known + 1);
			this.base = this.known * CUT;
		} else if (this.probing) {
			this.probing = false;
			this.pause = 0;
			this.cutAt = now;
			this.n = this.r = 0;
			this.lastOk = now;
			return;
		}
		if (startedAt < this.cutAt) return;
		this.lastOk = now;
		this.n += 1;
		this.remember(false);
	}

	isFull(now: number): boolean {
		return this.known < Infinity && this.open.count(now) >= Math.max(this.known, this.rate(now)) * 1.02;
	}

	onLimited(startedAt: number, now: number, retryAfter = 0): void {
		this.open.remove(startedAt, now);
		if (startedAt < this.cutAt) return;
		if (this.probing) {
			this.stop(now, retryAfter);
			return;
		}
		this.remember(true);
		this.n += 1;
		this.r += 1;
		const rate = this.rate(now);
		const isBinding = rate < Math.max(this.started.count(now), 1) * 1.25;
		if (this.recent.filter(Boolean).length >= MAX_RECENT_LIMITED && (!isBinding || now - this.lastOk >= FLOOD)) {
			const count = this.accepted.count(now);
			this.before = this.known;
			this.known = Math.max(MIN_RATE, Math.min(this.known, count || Infinity));
			this.base = this.known * CUT;
			this.recent = [];
			this.pausedUntil = now + retryAfter;
			this.probing = true;
			this.cutAt = now;
			return;
		}
		if (!isBinding || this.lastOk < this.cutAt) return;
		if (now - this.cutAt < GRACE && (this.r < 3 || this.r < 0.1 * this.n)) return;
		this.known = KEEP * (rate < this.known ? rate * (1 + CUT) / 2 : rate);
		this.base = this.known * CUT;
		this.cutAt = now;
		this.n = this.r = 0;
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
