import { sleep } from 'n8n-workflow';

/** The time as the package sees it. Tests replace it. */
export interface Clock {
	/** The wall clock, in ms since 1970. It may jump in both directions. */
	now(): number;
	/**
	 * Waits.
	 *
	 * @param ms how long
	 * @param signal ends the wait at once, without an error
	 */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of the machine. */
export const systemClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		if (!signal) return await sleep(ms);
		if (signal.aborted) return;
		let end = () => {};
		const aborted = new Promise<void>((resolve) => {
			end = resolve;
		});
		signal.addEventListener('abort', end);
		try {
			await Promise.race([sleep(ms), aborted]);
		} finally {
			signal.removeEventListener('abort', end);
		}
	},
};
