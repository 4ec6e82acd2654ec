import { AdaptiveConcurrency } from './adaptiveConcurrency';
import { CircuitOpen } from './circuitBreaker';
import type { Clock } from './clock';
import { ExecutionCancelled } from './errors/executionCancelled';
import { Fifo } from './fifo';
import type { Permit, RequestResult } from './permit';
import { StartLog } from './slidingWindow';
import { laterStart, Traffic } from './traffic';

/** The pause before the first retry of a request, in ms; it doubles with each. The rate of all is limited as well. */
const MIN_RETRY_DELAY = 20;
const MAX_RETRY_DELAY = 30_000;
const MAX_RETRY_AFTER = 60_000;
/** The least that Retry-After can ask for, in ms. It says no more than "slower", which the rate sees to. */
const MIN_RETRY_AFTER = 1000;
/** A request that was answered 429 so often is given up, even while others get through: it has a limit of its own. */
const MAX_LIMITED_ATTEMPTS = 30;
/** How long requests are retried while nothing gets through, in ms. */
const MAX_TIME_WITHOUT_SUCCESS = 120_000;
/** So many requests for each that may be under way may wait to be sent again while others take their places. */
const MAX_AWAY = 3;
/** An abort that nobody asks about; without a reason, Node makes an exception with a stack. */
const NO_REASON = 'ended';

export interface RateLimiterOptions {
	clock: Clock;
	/** The most requests to start in any second; 0 for no cap. */
	cap: number;
	/** The most requests under way at once; 0 or left out: found automatically, up to `MAX_CONCURRENCY`. */
	concurrency?: number;
	/** The execution's; ends all waits. */
	signal?: AbortSignal;
	/** For the jitter of retries, 0 to 1. */
	random?: () => number;
	/** Whether to wait for a probe where nothing gets through; it does if left out. */
	isPatient?: boolean;
	/** What is shared with others who send to the same endpoint; its own if left out. */
	traffic?: Traffic;
}

/** What requests are waiting for. */
export type LimitedBy = 'pause' | 'concurrency' | 'cap' | 'rate';

interface Waiter {
	isRetry: boolean;
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
	private readonly traffic: Traffic;

	private readonly starts?: StartLog;

	private readonly adaptiveConcurrency: AdaptiveConcurrency;

	private readonly waiting = new Fifo<Waiter>();

	private inFlight = 0;

	/** How many requests were answered 429. */
	limitedCount = 0;

	/** Called several times a second while there are requests. */
	onTick?: () => void;

	/** Called when there are more places. */
	onPlaces?: () => void;

	/** When the next request may start, by the cap. */
	private nextStart = 0;

	private readonly openedAt: number;

	private readonly giveUpsBefore: number;

	/** Requests that wait to be sent again. A signal for each, for Node warns of many listeners on one. */
	private readonly sleepers = new Set<AbortController>();

	/** Until then, requests wait to be sent again. */
	private retriesUntil = 0;

	private stopReason?: Error;

	/** What is thrown while the circuit breaker refuses, and the reason that it was made of. */
	private refusal?: { of?: string; error: CircuitOpen };

	private isTicking = false;

	/** Ends the naps between two looks at the queue; used until it does. */
	private napper = new AbortController();

	private readonly endNap = () => this.napper.abort(NO_REASON);

	private readonly signal?: AbortSignal;

	private readonly isPatient: boolean;

	private readonly cap: number;

	private readonly clock: Clock;

	private readonly random: () => number;

	constructor(options: RateLimiterOptions) {
		const { clock, cap, concurrency, signal, random = Math.random } = options;
		this.clock = clock;
		this.traffic = options.traffic ?? new Traffic(clock);
		this.isPatient = options.isPatient ?? true;
		this.openedAt = this.time.now();
		this.giveUpsBefore = this.traffic.breaker.giveUps;
		this.cap = cap > 0 ? cap : Infinity;
		if (cap > 0) this.starts = new StartLog(cap);
		this.adaptiveConcurrency = new AdaptiveConcurrency(concurrency);
		this.signal = signal;
		this.random = random;
	}

	private get time() {
		return this.traffic.time;
	}

	/** The rate that is allowed now, in requests per second; infinite without a cap and a known limit. */
	get rate(): number {
		return this.rateAt(this.time.now());
	}

	/** Time since it was made, whatever clocks do, in ms. */
	get elapsed(): number {
		return this.time.now() - this.openedAt;
	}

	/** The most requests that may be under way now. */
	get concurrency(): number {
		return this.adaptiveConcurrency.limit;
	}

	/**
	 * How many items may be under way. Those whose request waits to be sent again leave their places to others while
	 * others get through: the time of a batch in which many requests fail would be one of waiting. One at a time stays
	 * one at a time.
	 */
	get places(): number {
		const most = this.adaptiveConcurrency.most;
		if (most === 1 || !this.traffic.isGettingThrough) return most;
		return most + Math.min(this.sleepers.size, MAX_AWAY * most);
	}

	/** What the next request is waiting for; undefined if none waits. */
	get limitedBy(): LimitedBy | undefined {
		if (this.waiting.size === 0) return undefined;
		if (this.traffic.isProbing) return 'pause';
		if (this.inFlight >= this.concurrency) return 'concurrency';
		return this.traffic.rate(this.time.now()) < this.cap ? 'rate' : 'cap';
	}

	/** For how long nothing has succeeded while there were requests, in ms. */
	get timeWithoutSuccess(): number {
		return this.time.now() - Math.max(this.openedAt, this.traffic.lastSuccess);
	}

	/** Whether the circuit breaker gave up: nothing is sent any more. */
	get hasGivenUp(): boolean {
		return this.traffic.breaker.giveUps > this.giveUpsBefore;
	}

	/**
	 * Waits until a request may start.
	 *
	 * @param isRetry whether the request was sent before
	 * @throws ExecutionCancelled as soon as the execution is cancelled, CircuitOpen as soon as the circuit breaker gives
	 *   up, or what `stop` was called with
	 */
	async acquire(isRetry = false): Promise<Permit> {
		if (this.signal?.aborted) throw new ExecutionCancelled();
		if (this.stopReason && !isRetry) throw this.stopReason;
		if (this.hasGivenUp || this.traffic.isRefusing(this.isPatient)) throw this.circuitOpen();
		return await new Promise((resolve, reject) => {
			this.waiting.push({ isRetry, resolve, reject });
			this.startWaiting();
		});
	}

	/** From now on no request is sent that was not sent before. What was begun goes on. */
	stop(reason: Error): void {
		this.stopReason ??= reason;
		this.rejectWaiting(this.stopReason, ({ isRetry }) => !isRetry);
	}

	/** Gives the permission back, and learns from how the request ended. */
	release(permit: Permit, result: RequestResult): void {
		const isSaturated = this.inFlight >= this.concurrency;
		this.inFlight -= 1;
		this.traffic.end(permit, result);
		if (result.kind === 'limited') this.limitedCount += 1;
		if (isSaturated && result.kind === 'ok') {
			const now = this.time.now();
			this.adaptiveConcurrency.onSuccess(permit.limit, now - permit.startedAt, now);
		}
		this.startWaiting();
		if (!this.isInUse) this.endNap();
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
		const asked = retryAfter > MIN_RETRY_AFTER ? Math.min(retryAfter, MAX_RETRY_AFTER) : 0;
		return Math.max(backOff * (0.5 + this.random() / 2), asked);
	}

	/** Waits before a request is sent again; ends as soon as the execution is cancelled or the circuit breaker gives up. */
	async waitForRetry(ms: number): Promise<void> {
		this.retriesUntil = Math.max(this.retriesUntil, this.time.now() + ms);
		this.keepTime();
		const sleeper = new AbortController();
		this.sleepers.add(sleeper);
		this.onPlaces?.();
		if (this.hasGivenUp || this.signal?.aborted) sleeper.abort();
		await this.clock.sleep(ms, sleeper.signal);
		this.sleepers.delete(sleeper);
	}

	/** @param time such as a permit's `startedAt` */
	hasSucceededSince(time: number): boolean {
		return this.traffic.lastSuccess >= time;
	}

	private rateAt(now: number): number {
		return Math.min(this.cap, this.traffic.rate(now));
	}

	private startWaiting(): void {
		this.traffic.check();
		if (this.hasGivenUp) {
			this.end(this.circuitOpen());
			return;
		}
		const now = this.time.now();
		while (this.delay(now) <= 0) this.waiting.take().resolve(this.start(now));
		this.keepTime();
	}

	private keepTime(): void {
		if (!this.isTicking) void this.tick();
	}

	/** How long the next request has to wait, in ms; infinite if for a response, or if there is none. */
	private delay(now: number): number {
		if (this.waiting.size === 0) return Infinity;
		if (this.inFlight >= this.concurrency) return Infinity;
		return Math.max(this.traffic.delay(now), this.nextStart - now, this.capDelay(now));
	}

	private capDelay(now: number): number {
		return this.starts ? this.starts.nextStart - now : 0;
	}

	private start(now: number): Permit {
		const isProbe = this.traffic.start(now);
		this.nextStart = laterStart(this.nextStart, now, this.cap);
		this.starts?.add(now);
		this.inFlight += 1;
		return { startedAt: now, limit: this.concurrency, isProbe };
	}

	/**
	 * Goes on while there are requests: it starts those whose time has come, and reads the clock often enough. It ends with
	 * the last request: until then, it listens for the cancellation of the execution.
	 */
	private async tick(): Promise<void> {
		this.isTicking = true;
		this.signal?.addEventListener('abort', this.endNap);
		while (this.isInUse && !this.signal?.aborted && !this.hasGivenUp) {
			if (this.napper.signal.aborted) this.napper = new AbortController();
			await this.time.nap(this.delay(this.time.now()), this.napper.signal);
			this.startWaiting();
			this.onTick?.();
		}
		this.signal?.removeEventListener('abort', this.endNap);
		this.isTicking = false;
		if (this.signal?.aborted) this.end(new ExecutionCancelled());
	}

	private get isInUse(): boolean {
		return this.waiting.size + this.inFlight > 0 || this.time.now() < this.retriesUntil;
	}

	/** One for all that end for the same reason; they may be many thousands. */
	private circuitOpen(): CircuitOpen {
		const { reason } = this.traffic.breaker;
		if (!this.refusal || this.refusal.of !== reason) {
			this.refusal = { of: reason, error: new CircuitOpen(reason) };
		}
		return this.refusal.error;
	}

	/** Ends all waits. */
	private end(reason: Error): void {
		this.sleepers.forEach((sleeper) => sleeper.abort());
		this.rejectWaiting(reason);
	}

	/** @param which the waiting requests that it is about; all if left out */
	private rejectWaiting(reason: Error, which: (waiter: Waiter) => boolean = () => true): void {
		for (let left = this.waiting.size; left > 0; left -= 1) {
			const waiter = this.waiting.take();
			if (which(waiter)) waiter.reject(reason);
			else this.waiting.push(waiter);
		}
	}
}
