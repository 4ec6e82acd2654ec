import { AdaptiveConcurrency } from './adaptiveConcurrency';
import { AdaptiveRate } from './adaptiveRate';
import type { Clock } from './clock';
import { ExecutionCancelled } from './executionCancelled';
import { Fifo } from './fifo';
import { StartLog } from './slidingWindow';
import { MAX_NAP, SteadyTime } from './steadyTime';

/** Lost time, in ms, that may be made up for by starting sooner; sleeping is only exact to a few ms. */
const MAX_CATCH_UP = 20;
/** How often it is looked whether a full window has room again, in ms. */
const WINDOW_POLL = 10;
/** The pause before the first retry of a request, in ms; it doubles with each. The rate of all is limited as well. */
const MIN_RETRY_DELAY = 20;
const MAX_RETRY_DELAY = 30_000;
const MAX_RETRY_AFTER = 60_000;
/** A request that was answered 429 so often is given up, even while others get through: it has a limit of its own. */
const MAX_LIMITED_ATTEMPTS = 30;
/** How long requests are retried while nothing gets through, in ms. */
const MAX_TIME_WITHOUT_SUCCESS = 120_000;

export interface RateLimiterOptions {
	clock: Clock;
	/** The most requests to start in any second; 0 for no cap. */
	cap: number;
	/** The most requests under way at once; found automatically, up to 50, if left out. */
	concurrency?: number;
	/** The execution's; ends all waits. */
	signal?: AbortSignal;
	/** For the jitter of retries, 0 to 1. */
	random?: () => number;
}

/** The permission to send one request. Has to be given back by `release`, exactly once. */
export interface Permit {
	/** Of the limiter's own clock, in ms. */
	readonly startedAt: number;
	/** The most requests that might be under way at once then. */
	readonly limit: number;
	/** Whether it was sent to find out whether anything gets through again. */
	readonly isProbe: boolean;
}

/** How a request ended. */
export interface RequestResult {
	/** `limited`: answered 429; `failed`: no response, or one that says nothing about the speed, such as 500. */
	kind: 'ok' | 'limited' | 'failed';
	/** From the start to the response, in ms. */
	latency: number;
	/** How long WeChat Pay asks to wait, in ms. */
	retryAfter?: number;
}

/** What requests are waiting for. */
export type LimitedBy = 'pause' | 'concurrency' | 'cap' | 'rate';

interface Waiter {
	resolve(permit: Permit): void;
	reject(error: Error): void;
}

/**
 * Decides when requests may start: it finds WeChat Pay's limit and the useful concurrency by itself, shares them with
 * others, and keeps the user's cap. Requests start in the order in which they asked.
 *
 * @see docs/rate-limiter.md
 */
export class RateLimiter {
	private readonly time: SteadyTime;

	private readonly starts?: StartLog;

	private readonly adaptiveRate = new AdaptiveRate();

	private readonly adaptiveConcurrency: AdaptiveConcurrency;

	private readonly waiting = new Fifo<Waiter>();

	private inFlight = 0;

	private probes = 0;

	/** When the next request may start, by the rate. */
	private nextStart = 0;

	private lastSuccess = 0;

	/** Until then, requests wait to be sent again. */
	private retriesUntil = 0;

	private isTicking = false;

	private readonly signal?: AbortSignal;

	private readonly cap: number;

	private readonly random: () => number;

	constructor({ clock, cap, concurrency, signal, random = Math.random }: RateLimiterOptions) {
		this.time = new SteadyTime(clock);
		this.cap = cap > 0 ? cap : Infinity;
		if (cap > 0) this.starts = new StartLog(cap);
		this.adaptiveConcurrency = new AdaptiveConcurrency(concurrency);
		this.signal = signal;
		this.random = random;
		signal?.addEventListener('abort', () => this.cancel(), { once: true });
	}

	/** The rate that is allowed now, in requests per second; infinite without a cap and a known limit. */
	get rate(): number {
		return this.rateAt(this.time.now());
	}

	/** The most requests that may be under way now. */
	get concurrency(): number {
		return this.adaptiveConcurrency.limit;
	}

	/** What the next request is waiting for; undefined if none waits. */
	get limitedBy(): LimitedBy | undefined {
		if (this.waiting.size === 0) return undefined;
		if (this.adaptiveRate.isProbing) return 'pause';
		if (this.inFlight >= this.concurrency) return 'concurrency';
		return this.adaptiveRate.rate(this.time.now()) < this.cap ? 'rate' : 'cap';
	}

	/** For how long nothing has succeeded while there were requests, in ms. For the circuit breaker. */
	get timeWithoutSuccess(): number {
		return this.time.now() - this.lastSuccess;
	}

	/**
	 * Waits until a request may start.
	 *
	 * @throws ExecutionCancelled as soon as the execution is cancelled
	 */
	async acquire(): Promise<Permit> {
		if (this.signal?.aborted) throw new ExecutionCancelled();
		return await new Promise((resolve, reject) => {
			this.waiting.push({ resolve, reject });
			this.startWaiting();
		});
	}

	/** Gives the permission back, and learns from how the request ended. */
	release(permit: Permit, { kind, latency, retryAfter }: RequestResult): void {
		const now = this.time.now();
		const isSaturated = this.inFlight >= this.concurrency;
		this.inFlight -= 1;
		if (permit.isProbe) this.probes -= 1;
		if (kind === 'ok') {
			this.lastSuccess = now;
			this.adaptiveRate.onSuccess(permit.startedAt, now);
			if (isSaturated) this.adaptiveConcurrency.onSuccess(permit.limit, latency, now);
		} else if (kind === 'limited') {
			this.adaptiveRate.onLimited(permit.startedAt, now, retryAfter);
		} else if (permit.isProbe) {
			this.adaptiveRate.onProbeFailed(now);
		}
		this.startWaiting();
	}

	/**
	 * Whether a request that was answered 429 is to be sent again. It is while others get through, and for two minutes
	 * while nothing does.
	 *
	 * @param attempt how often it was answered 429
	 */
	mayRetry(attempt: number): boolean {
		return attempt < MAX_LIMITED_ATTEMPTS && this.timeWithoutSuccess < MAX_TIME_WITHOUT_SUCCESS;
	}

	/**
	 * How long a request that was answered 429 waits before it asks for permission again, in ms. With jitter, so that
	 * requests which were refused together do not come back together.
	 *
	 * @param attempt how often it was answered 429
	 * @param retryAfter how long WeChat Pay asks to wait, in ms
	 */
	retryDelay(attempt: number, retryAfter = 0): number {
		const backOff = Math.min(MAX_RETRY_DELAY, MIN_RETRY_DELAY * 2 ** (attempt - 1));
		const delay = Math.max(
			backOff * (0.5 + this.random() / 2),
			Math.min(retryAfter, MAX_RETRY_AFTER),
		);
		this.retriesUntil = Math.max(this.retriesUntil, this.time.now() + delay);
		this.keepTime();
		return delay;
	}

	private rateAt(now: number): number {
		return Math.min(this.cap, this.adaptiveRate.rate(now));
	}

	private startWaiting(): void {
		const now = this.time.now();
		while (this.waiting.size > 0 && this.delay(now) <= 0) {
			this.waiting.take().resolve(this.start(now));
		}
		this.keepTime();
	}

	private keepTime(): void {
		if (!this.isTicking) void this.tick();
	}

	/** How long the next request has to wait, in ms; infinite if for a response. */
	private delay(now: number): number {
		if (this.inFlight >= this.concurrency) return Infinity;
		if (this.adaptiveRate.isProbing && this.probes > 0) return Infinity;
		if (this.adaptiveRate.isWindowFull(now)) return WINDOW_POLL;
		const { pausedUntil } = this.adaptiveRate;
		return Math.max(this.nextStart, pausedUntil, this.starts?.nextStart ?? 0) - now;
	}

	private start(now: number): Permit {
		const { isProbing } = this.adaptiveRate;
		this.nextStart = Math.max(this.nextStart, now - MAX_CATCH_UP) + 1000 / this.rateAt(now);
		this.starts?.add(now);
		this.adaptiveRate.onStart(now);
		this.inFlight += 1;
		if (isProbing) this.probes += 1;
		return {
			startedAt: now,
			limit: this.concurrency,
			isProbe: isProbing,
		};
	}

	/** Goes on while there are requests: it starts those whose time has come, and reads the clock often enough. */
	private async tick(): Promise<void> {
		this.isTicking = true;
		while (this.isInUse && !this.signal?.aborted) {
			const delay = this.waiting.size > 0 ? this.delay(this.time.now()) : MAX_NAP;
			await this.time.nap(Math.max(delay, 0), this.signal);
			this.startWaiting();
		}
		this.isTicking = false;
	}

	private get isInUse(): boolean {
		return this.waiting.size + this.inFlight > 0 || this.time.now() < this.retriesUntil;
	}

	private cancel(): void {
		while (this.waiting.size > 0) this.waiting.take().reject(new ExecutionCancelled());
	}
}
