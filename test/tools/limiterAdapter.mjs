import { require } from 'tsx/cjs/api';

const { RateLimiter } = require('../../nodes/client/rateLimiter.ts', import.meta.url);
const { mulberry32 } = require('../support/random.cts', import.meta.url);

/** The jitter of retries: the same in every run, as everything else there. */
const random = mulberry32(1);

/** A sleep ends with its signal, as in `systemClock`. */
async function sleep(clock, ms, signal) {
	if (signal?.aborted) return;
	let end;
	const ended = new Promise((resolve) => (end = resolve));
	signal?.addEventListener('abort', end);
	await Promise.race([clock.sleep(ms), ended]);
	signal?.removeEventListener('abort', end);
}

/** One worker's rate limiter, as the nodes use it; whoever asks how long to wait waits that long. */
export const create = ({ clock, cap }) => {
	const limiter = new RateLimiter({
		clock: {
			now: clock.now,
			monotonic: clock.now,
			sleep: async (ms, signal) => await sleep(clock, ms, signal),
		},
		cap,
		random,
	});
	return {
		acquire: async () => await limiter.acquire(),
		release: (permit, result) => limiter.release(permit, result),
		mayRetry: (attempt) => limiter.mayRetry(attempt),
		retryDelay: (attempt) => {
			const delay = limiter.retryDelay(attempt);
			void limiter.waitForRetry(delay);
			return delay;
		},
	};
};
