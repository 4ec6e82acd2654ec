import { AdaptiveConcurrency } from './adaptiveConcurrency';
import { AdaptiveRate } from './adaptiveRate';
import type { Clock } from './clock';
import { ExecutionCancelled } from './executionCancelled';
import { StartLog } from './slidingWindow';
import { MAX_NAP, SteadyTime } from './steadyTime';

const MAX_CATCH_UP = 20;

export interface Permit {
	startedAt: number;
	limit: number;
	saturated: boolean;
	probe: boolean;
}
export interface Result { kind: 'ok' | 'limited' | 'failed'; latency: number; retryAfter?: number }
interface Waiter { resolve: (p: Permit) => void; reject: (e: Error) => void }

export class RateLimiter {
	private readonly time: SteadyTime;
	private readonly log?: StartLog;
	private readonly conc: AdaptiveConcurrency;
	private readonly ad = new AdaptiveRate();
	private queue: Waiter[] = [];
	private inFlight = 0;
	private nextStart = 0;
	private pumping = false;
	constructor(private readonly options: { clock: Clock; cap: number; concurrency?: number; signal?: AbortSignal }) {
		this.time = new SteadyTime(options.clock);
		if (options.cap) this.log = new StartLog(options.cap);
		this.conc = new AdaptiveConcurrency(options.concurrency);
	}
	async acquire(): Promise<Permit> {
		if (this.options.signal?.aborted) throw new ExecutionCancelled();
		return await new Promise((resolve, reject) => {
			this.queue.push({ resolve, reject });
			this.dispatch();
		});
	}
	release(p: Permit, r: Result): void {
		const now = this.time.now();
		this.inFlight -= 1;
		if (p.probe) this.probes -= 1;
		if (r.kind === 'ok') { this.ad.onSuccess(p.startedAt, now); if (p.saturated) this.conc.onSuccess(p.limit, r.latency, now); }
		if (r.kind === 'limited') this.ad.onLimited(p.startedAt, now, r.retryAfter);
		this.dispatch();
	}
	mayRetry(a: number) { return a < 30; }
	retryDelay(a: number) { return Math.min(30000, 20 * 2 ** (a - 1)) * (0.5 + Math.random()/2); }
	get debug() { return this.ad; }
	get t() { return this.time; }
	private rate(now: number) { return Math.min(this.options.cap || Infinity, this.ad.rate(now)); }
	private wait(now: number): number {
		if (this.ad.probing && this.probes) return Infinity;
		if (this.inFlight >= this.conc.limit) return Infinity;
		if (this.ad.isFull(now)) return 10;
		return Math.max(this.nextStart, this.ad.pausedUntil, this.log?.nextStart ?? 0) - now;
	}
	private probes = 0;
	private dispatch() {
		const now = this.time.now();
		while (this.queue.length && this.wait(now) <= 0) {
			const w = this.queue.shift()!;
			this.inFlight += 1;
			this.nextStart = Math.max(this.nextStart, now - MAX_CATCH_UP) + 1000 / this.rate(now);
			this.log?.add(now);
			this.ad.onStart(now);
			w.resolve({ startedAt: now, limit: this.conc.limit, saturated: this.inFlight >= this.conc.limit, probe: this.ad.probing });
			if (this.ad.probing) this.probes += 1;
		}
		if (!this.pumping) void this.pump();
	}
	private async pump() {
		this.pumping = true;
		while (this.queue.length + this.inFlight) {
			const w = this.queue.length ? this.wait(this.time.now()) : Infinity;
			await this.time.nap(Math.max(0, Math.min(w, MAX_NAP)));
			this.dispatch();
		}
		this.pumping = false;
	}
}
