/** The permission to send one request. Has to be given back by `release`, exactly once. */
export interface Permit {
	/** Of the limiter's own clock, in ms. */
	readonly startedAt: number;
	/** The most requests that might be under way at once then. */
	readonly limit: number;
	/** Whether it was sent to find out whether anything gets through again. */
	readonly isProbe: boolean;
}

/** How a request ended. */
export interface RequestResult {
	/**
	 * `limited`: answered 429; `failed`: no response, or one that says nothing about the speed, such as 500; `untold`: it
	 * says nothing about WeChat Pay, as when n8n stopped it.
	 */
	kind: 'ok' | 'limited' | 'failed' | 'untold';
	/** How long WeChat Pay asks to wait, in ms. */
	retryAfter?: number;
	/** Why it did not succeed, in words, such as "was answered 500". */
	reason?: string;
}
