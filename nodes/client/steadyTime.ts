import type { Clock } from './clock';

/** The longest sleep in one piece, in ms. Keeps the readings of the clock close together. */
export const MAX_NAP = 200;
/** A step of the wall clock that is longer, in ms, is taken for a jump. */
const MAX_STEP = 2 * MAX_NAP;

/**
 * Elapsed time that only moves forward, whatever the wall clock does. It counts small steps of the wall clock and
 * completed sleeps, so that a jump of the clock adds nothing and time that was slept through is never lost. It has to be
 * read at least every `MAX_STEP` ms, and runs slow otherwise.
 */
export class SteadyTime {
	private elapsed = 0;

	private wall: number;

	constructor(private readonly clock: Clock) {
		this.wall = clock.now();
	}

	/** Elapsed time since the construction, in ms. */
	now(): number {
		const wall = this.clock.now();
		const step = wall - this.wall;
		this.wall = wall;
		if (step > 0 && step <= MAX_STEP) this.elapsed += step;
		return this.elapsed;
	}

	/** Waits for at most `MAX_NAP` ms, or until the signal aborts. */
	async nap(ms: number, signal?: AbortSignal): Promise<void> {
		const length = Math.min(ms, MAX_NAP);
		const end = this.now() + length;
		await this.clock.sleep(length, signal);
		this.now();
		if (!signal?.aborted) this.elapsed = Math.max(this.elapsed, end);
	}
}
