import { putLast } from '../apiv3/recentlyUsed';
import { AdaptiveRate } from './adaptiveRate';
import { CircuitBreaker } from './circuitBreaker';
import type { Clock } from './clock';
import { systemClock } from './clock';
import type { Permit, RequestResult } from './permit';
import { SteadyTime } from './steadyTime';

/** Lost time, in ms, that may be made up for by starting sooner; sleeping is only exact to a few ms. */
const MAX_CATCH_UP = 20;
/** Others get through if one did so many ms ago, or later, */
const LATELY = 10_000;
/** and if fewer have failed since. */
const MANY_IN_A_ROW = 25;
/** How often it is looked whether a full window has room again, in ms. */
const WINDOW_POLL = 10;

/**
 * What is known of WeChat Pay's limit for one endpoint and merchant, and whether anything gets through there. All
 * executions of the process share it, so that each does not have to find out anew.
 */
export class Traffic {
	readonly time: SteadyTime;

	readonly breaker = new CircuitBreaker();

	private readonly adaptiveRate = new AdaptiveRate();

	private probes = 0;

	/** When the next request may start, by the rate. */
	private nextStart = 0;

	lastSuccess = -Infinity;

	constructor(private readonly clock: Clock) {
		this.time = new SteadyTime(clock);
	}

	/** Nothing gets through; only one request at a time may be sent, as a probe. */
	get isProbing(): boolean {
		return this.adaptiveRate.isProbing || this.breaker.isOpen;
	}

	/** Whether some get through, however many do not. */
	get isGettingThrough(): boolean {
		if (this.breaker.failuresInARow >= MANY_IN_A_ROW) return false;
		return this.lastSuccess >= this.time.now() - LATELY;
	}

	/** In requests per second; infinite as long as no limit is known. */
	rate(now: number): number {
		return this.adaptiveRate.rate(now);
	}

	/** How long the next request has to wait, in ms; infinite if for a response. */
	delay(now: number): number {
		if (this.isProbing && this.probes > 0) return Infinity;
		if (this.adaptiveRate.isWindowFull(now)) return WINDOW_POLL;
		const pausedUntil = Math.max(this.adaptiveRate.pausedUntil, this.breaker.pausedUntil);
		return Math.max(this.nextStart, pausedUntil) - now;
	}

	/** @returns whether the request that starts is a probe */
	start(now: number): boolean {
		const { isProbing } = this;
		this.nextStart = laterStart(this.nextStart, now, this.rate(now));
		this.adaptiveRate.onStart(now);
		if (isProbing) this.probes += 1;
		return isProbing;
	}

	/** Learns from how a request ended. */
	end({ startedAt, isProbe }: Permit, { kind, retryAfter, reason }: RequestResult): void {
		const now = this.time.now();
		if (isProbe) this.probes -= 1;
		if (kind === 'ok') {
			this.lastSuccess = now;
			this.adaptiveRate.onSuccess(startedAt, now);
			this.breaker.onSuccess(now);
		}
		if (kind === 'limited') this.adaptiveRate.onLimited(startedAt, now, retryAfter);
		if (kind === 'failed' && isProbe && this.adaptiveRate.isProbing) {
			this.adaptiveRate.onProbeFailed(now);
		}
		if (kind === 'limited' || kind === 'failed') {
			const failure = { kind, startedAt, reason };
			this.breaker.onFailure(failure, now, this.clock.monotonic());
		}
	}

	/** Whether there is no sense in waiting for a turn. */
	isRefusing(isPatient: boolean): boolean {
		if (this.breaker.isRefusing(this.clock.monotonic())) return true;
		return !isPatient && this.breaker.isOpen && this.delay(this.time.now()) > 0;
	}

	/** Lets the circuit breaker look at the time. */
	check(): void {
		this.breaker.check(this.time.now(), this.adaptiveRate.isProbing);
	}
}

/** When the request after one that starts now may start. */
export function laterStart(nextStart: number, now: number, rate: number): number {
	return Math.max(nextStart, now - MAX_CATCH_UP) + 1000 / rate;
}

/** By merchant and endpoint; the last used come last. */
const traffics = new Map<string, Traffic>();

const MAX_TRAFFICS = 200;

/**
 * @param parts what tells one limit of WeChat Pay from another; nothing secret
 * @returns what the executions of this process share
 */
export function sharedTraffic(parts: string[]): Traffic {
	const name = JSON.stringify(parts);
	const known = traffics.get(name);
	const isUsable = known && !known.breaker.isOutdated(systemClock.monotonic());
	return putLast(traffics, name, isUsable ? known : new Traffic(systemClock), MAX_TRAFFICS);
}
