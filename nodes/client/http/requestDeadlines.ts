import type { Clock } from '../clock';
import { systemClock } from '../clock';

/** A request under way. */
export interface Deadline {
	/** Aborts with the execution, or when the deadline has passed. */
	signal: AbortSignal;
	/** Whether it was the deadline. */
	isOverdue(): boolean;
	/** To be called when the request has ended, however it did. */
	end(): void;
}

/** n8n's sleep cannot be taken back: it may outlive a request by so many ms. */
const MAX_SLEEP_MS = 1000;
/** Without a reason, an abort makes an exception with its stack, for nobody to see. */
const ENDED = 'ended';

/**
 * The requests under way. n8n's own timeout counts only the time in which nothing moves, so that a response arriving
 * byte by byte would never end; here each request has a deadline.
 */
export class RequestDeadlines {
	private readonly underWay = new Set<AbortController>();
	private readonly abortAll = () => this.underWay.forEach((request) => request.abort());

	/** @param execution the signal of the execution; one listener serves all requests, while there are any */
	constructor(
		private readonly execution?: AbortSignal,
		private readonly clock: Clock = systemClock,
	) {}

	/** @param timeout ms until the response must be complete */
	start(timeout: number): Deadline {
		const controller = new AbortController();
		if (this.execution?.aborted) controller.abort();
		if (this.underWay.size === 0) this.execution?.addEventListener('abort', this.abortAll);
		this.underWay.add(controller);
		const ended = new AbortController();
		let isOverdue = false;
		void this.elapse(timeout, ended.signal).then(() => {
			if (ended.signal.aborted) return;
			isOverdue = true;
			controller.abort();
		});
		return {
			signal: controller.signal,
			isOverdue: () => isOverdue,
			end: () => {
				this.underWay.delete(controller);
				if (this.underWay.size === 0) this.execution?.removeEventListener('abort', this.abortAll);
				ended.abort(ENDED);
			},
		};
	}

	/** Counts what was slept, for the wall clock may jump. */
	private async elapse(ms: number, ended: AbortSignal): Promise<void> {
		for (let left = ms; left > 0 && !ended.aborted; left -= MAX_SLEEP_MS) {
			await this.clock.sleep(Math.min(left, MAX_SLEEP_MS), ended);
		}
	}
}
