/** The levels that are tried, each about twice the one before. */
const LEVELS = [4, 8, 16, 32, 50];
/** The most requests that are ever under way at once. */
export const MAX_CONCURRENCY = LEVELS[LEVELS.length - 1];
/** A level must bring at least so many times the throughput of the level below. */
const MIN_GAIN = 1.1;
/** How long a level that brought too little is not tried again, in ms. */
const RETRY_LEVEL_AFTER = 30_000;

interface Measured {
	/** Requests per ms that one level reaches. */
	throughput: number;
	at: number;
}

/**
 * How many requests may be under way at once. It climbs from level to level while that raises the throughput, and goes
 * back where it only raises the latency.
 */
export class AdaptiveConcurrency {
	private index = 0;

	private readonly measured: Array<Measured | undefined> = [];

	private responses = 0;

	private latencies = 0;

	/** @param fixed the number that the user set; automatic without, or with 0 */
	constructor(private readonly fixed = 0) {}

	get limit(): number {
		return this.fixed || LEVELS[this.index];
	}

	/** The most that `limit` can ever be. */
	get most(): number {
		return this.fixed || MAX_CONCURRENCY;
	}

	/**
	 * Learns from a successful request that ended while as many were under way as allowed.
	 *
	 * @param limit the limit when it started
	 * @param latency in ms
	 * @param now in ms
	 */
	onSuccess(limit: number, latency: number, now: number): void {
		if (this.fixed > 0 || limit !== this.limit) return;
		this.responses += 1;
		this.latencies += latency;
		if (this.responses < limit) return;
		const throughput = (limit * this.responses) / Math.max(this.latencies, 1);
		this.measured[this.index] = { throughput, at: now };
		this.move(throughput, now);
		this.responses = 0;
		this.latencies = 0;
	}

	private move(throughput: number, now: number): void {
		const below = this.measured[this.index - 1];
		const above = this.measured[this.index + 1];
		if (below && throughput < below.throughput * MIN_GAIN) {
			this.index -= 1;
			return;
		}
		if (this.index === LEVELS.length - 1) return;
		const isWorthIt =
			!above || now - above.at > RETRY_LEVEL_AFTER || above.throughput >= throughput * MIN_GAIN;
		if (isWorthIt) this.index += 1;
	}
}
