/** A request under way. */
export interface Deadline {
	/** Aborts with the execution, or when the deadline has passed. */
	signal: AbortSignal;
	/** Whether it was the deadline. */
	isOverdue(): boolean;
	/** To be called when the request has ended, however it did. */
	end(): void;
}

/**
 * The requests under way. n8n's own timeout counts only the time in which nothing moves, so that a response arriving
 * byte by byte would never end; here each request has a deadline.
 */
export class RequestDeadlines {
	private readonly underWay = new Set<AbortController>();

	/** @param execution the signal of the execution; one listener serves all requests */
	constructor(private readonly execution?: AbortSignal) {
		execution?.addEventListener('abort', () => this.underWay.forEach((request) => request.abort()));
	}

	/** @param timeout ms until the response must be complete */
	start(timeout: number): Deadline {
		const controller = new AbortController();
		if (this.execution?.aborted) controller.abort();
		this.underWay.add(controller);
		const deadline = AbortSignal.timeout(timeout);
		deadline.addEventListener('abort', () => controller.abort());
		return {
			signal: controller.signal,
			isOverdue: () => deadline.aborted,
			end: () => this.underWay.delete(controller),
		};
	}
}
