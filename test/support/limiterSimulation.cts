/** Batches of requests through the rate limiter, against a WeChat Pay that limits them, on a virtual clock. */
import { mulberry32 } from './random.cts';
import { VirtualClock } from './virtualClock.cts';
import type { Permit, RequestResult } from '../../nodes/client/permit.ts';
import { RateLimiter } from '../../nodes/client/rateLimiter.ts';

/** Times are in seconds from the start, rates in requests per second. */
export interface Scenario {
	/** The requests that WeChat Pay accepts in any second, from all who share the limit. */
	limit: (time: number) => number;
	items: number;
	/** The rate of the merchant's other systems. */
	others?: (time: number) => number;
	/** The share of requests that is answered 429 whatever the rate. */
	stray?: number;
	/** Whether everything is answered 429. */
	isBlackout?: (time: number) => boolean;
	/** Whether 429 responses carry Retry-After. */
	retryAfter?: boolean;
	workers?: number;
	cap?: number;
	/** Of one request, in ms: at least, and how much more it may take. */
	latency: number;
	jitter?: number;
	seed?: number;
	/** What the rate limiter is compared with, where WeChat Pay has no limit. */
	unlimitedRate?: number;
}

/** Shares are from 0 to 1. */
export interface Outcome {
	/** Of what was left for us. */
	used: number;
	/** Of our requests that were answered 429. */
	limited: number;
	/** Items that were given up. */
	refusedItems: number;
	/** Of the requests of others that were answered 429 for lack of room. */
	othersRefused: number;
	/** Jain's index of what the workers got done within the first minute. */
	fairness: number;
	/** The most requests that were started in any second. */
	maxPerSecond: number;
	/** How long it took, in seconds. */
	seconds: number;
	/** Accepted and refused requests of ours in each second. */
	timeline: Array<{ accepted: number; refused: number }>;
}

const SECOND = 1000;
/** As many as the node's maximum. */
const LANES = 50;
const MAX_DURATION = 3600;

/** A sliding window of one second, as WeChat Pay is thought to have it. */
class SlidingWindow {
	private readonly times: number[] = [];

	private first = 0;

	/** Counts a request and returns 0, or returns the ms until there is room. */
	take(limit: number, now: number): number {
		while (this.first < this.times.length && this.times[this.first] <= now - SECOND)
			this.first += 1;
		if (this.times.length - this.first >= limit) return this.times[this.first] + SECOND - now;
		this.times.push(now);
		return 0;
	}
}

class Simulation {
	readonly clock = new VirtualClock();

	private readonly random: () => number;

	private readonly window = new SlidingWindow();

	private readonly done: number[];

	private readonly doneEarly: number[];

	private readonly left: number[];

	private readonly starts: number[] = [];

	private refusals = 0;

	private refusedItems = 0;

	private idleLanes = 0;

	private readonly othersSent = { all: 0, refused: 0 };

	private readonly timeline: Outcome['timeline'] = [];

	constructor(private readonly scenario: Scenario) {
		this.random = mulberry32(scenario.seed ?? 1);
		const workers = scenario.workers ?? 1;
		this.done = new Array<number>(workers).fill(0);
		this.doneEarly = [...this.done];
		this.left = this.done.map(() => Math.floor(scenario.items / workers));
	}

	async run(): Promise<Outcome> {
		const { left, clock, scenario } = this;
		if (scenario.others) this.sendOthers();
		left.forEach((_, worker) => {
			const limiter = new RateLimiter({ clock, cap: scenario.cap ?? 0, random: this.random });
			for (let lane = 0; lane < LANES; lane += 1) void this.work(worker, limiter);
		});
		await clock.run(() => this.idleLanes === left.length * LANES || this.time > MAX_DURATION);
		return this.outcome();
	}

	private get time(): number {
		return this.clock.elapsed / SECOND;
	}

	private sendOthers(): void {
		const rate = this.scenario.others?.(this.time) ?? 0;
		if (rate > 0) {
			this.othersSent.all += 1;
			const wait = this.window.take(this.scenario.limit(this.time), this.clock.elapsed);
			if (wait > 0) this.othersSent.refused += 1;
		}
		const gap = (SECOND / (rate || 1)) * (0.8 + 0.4 * this.random());
		this.clock.in(gap, () => this.sendOthers());
	}

	private async work(worker: number, limiter: RateLimiter): Promise<void> {
		while (this.left[worker] > 0) {
			this.left[worker] -= 1;
			await this.sendItem(worker, limiter);
		}
		this.idleLanes += 1;
	}

	private async sendItem(worker: number, limiter: RateLimiter): Promise<void> {
		for (let attempt = 1; ; attempt += 1) {
			const result = await this.sendOnce(limiter, await limiter.acquire());
			if (result.kind === 'ok') {
				this.done[worker] += 1;
				if (this.time < 60) this.doneEarly[worker] += 1;
				return;
			}
			if (!limiter.mayRetry(attempt)) {
				this.refusedItems += 1;
				return;
			}
			await limiter.waitForRetry(limiter.retryDelay(attempt, result.retryAfter));
		}
	}

	private async sendOnce(limiter: RateLimiter, permit: Permit): Promise<RequestResult> {
		const { clock } = this;
		this.starts.push(clock.elapsed);
		await clock.sleep(this.oneWay());
		const wait = this.answer();
		await clock.sleep(this.oneWay());
		const second = (this.timeline[Math.floor(this.time)] ??= { accepted: 0, refused: 0 });
		second[wait > 0 ? 'refused' : 'accepted'] += 1;
		if (wait > 0) this.refusals += 1;
		const retryAfter = this.scenario.retryAfter ? Math.ceil(wait / SECOND) * SECOND : undefined;
		const result: RequestResult = wait > 0 ? { kind: 'limited', retryAfter } : { kind: 'ok' };
		limiter.release(permit, result);
		return result;
	}

	private oneWay(): number {
		const { latency, jitter = 0 } = this.scenario;
		return latency / 2 + (this.random() * jitter) / 2;
	}

	/** What WeChat Pay answers: 0 for success, else 429 and the ms to wait. */
	private answer(): number {
		const { stray = 0, isBlackout, limit } = this.scenario;
		if (stray > 0 && this.random() < stray) return SECOND;
		if (isBlackout?.(this.time)) return SECOND;
		return this.window.take(limit(this.time), this.clock.elapsed);
	}

	/** What was left for us at a time, per second. */
	private available(time: number): number {
		const { limit, others, cap, unlimitedRate, isBlackout, stray = 0 } = this.scenario;
		if (isBlackout?.(time)) return 0;
		const room = Math.max(0, limit(time) - (others?.(time) ?? 0));
		return Math.min(room, cap || Infinity, unlimitedRate ?? Infinity) * (1 - stray);
	}

	private outcome(): Outcome {
		const seconds = this.time;
		let available = 0;
		for (let time = 0; time < seconds; time += 0.1) available += 0.1 * this.available(time);
		const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
		return {
			used: sum(this.done) / available,
			limited: this.refusals / this.starts.length,
			refusedItems: this.refusedItems,
			othersRefused: this.othersSent.refused / Math.max(1, this.othersSent.all),
			fairness:
				sum(this.doneEarly) ** 2 /
				(this.done.length * sum(this.doneEarly.map((count) => count ** 2))),
			maxPerSecond: maxWithin(this.starts, SECOND),
			seconds,
			timeline: Array.from(this.timeline, (second) => second ?? { accepted: 0, refused: 0 }),
		};
	}
}

/** The most of some ascending times that lie within a window. */
export function maxWithin(times: number[], window: number): number {
	let first = 0;
	let most = 0;
	times.forEach((time, index) => {
		while (times[first] <= time - window) first += 1;
		most = Math.max(most, index - first + 1);
	});
	return most;
}

export async function simulate(scenario: Scenario): Promise<Outcome> {
	return await new Simulation(scenario).run();
}

/** The rate that is reached where WeChat Pay has no limit, per second. */
export async function unlimitedRate(scenario: Pick<Scenario, 'latency' | 'jitter' | 'items'>) {
	const { seconds } = await simulate({ ...scenario, limit: () => Infinity, unlimitedRate: 1 });
	return scenario.items / seconds;
}
