import type { Clock } from './clock';

/** The longest sleep in one piece of the rate limiter, in ms. */
export const MAX_NAP = 200;
/** Timers know no less, in ms. */
const MIN_NAP = 1;
/**
 * Time in which requests are sent. It goes by the monotonic clock, so that setting the wall clock changes nothing, and it
 * nearly stands still while nobody reads it: what was learnt about a limit is as good after a pause as it was before, and
 * neither a pause nor a process that was busy with something else is an outage. Whoever waits reads it after each nap.
 */
export class SteadyTime {
	private elapsed = 0;

	private last: number;

	/** @param maxNap the longest sleep in one piece, in ms; a step of time of more than two of them counts as two */
	constructor(
		private readonly clock: Clock,
		private readonly maxNap = MAX_NAP,
	) {
		this.last = clock.monotonic();
	}

	/** Elapsed time since the construction, in ms. */
	now(): number {
		const time = this.clock.monotonic();
		this.elapsed += Math.min(time - this.last, 2 * this.maxNap);
		this.last = time;
		return this.elapsed;
	}

	/** Waits for `MIN_NAP` to `maxNap` ms, or until the signal aborts. */
	async nap(ms: number, signal?: AbortSignal): Promise<void> {
		await this.clock.sleep(Math.min(Math.max(ms, MIN_NAP), this.maxNap), signal);
		this.now();
	}
}
