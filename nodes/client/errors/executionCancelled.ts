/** Thrown to whoever waits for something when the execution is cancelled. */
export class ExecutionCancelled extends Error {
	override readonly name = 'ExecutionCancelled';

	/** Node's, and axios's, for what was cancelled. */
	readonly code = 'ERR_CANCELED';

	constructor() {
		super('The execution was cancelled');
	}
}

/**
 * Waits for work that others may wait for as well, and that goes on for them if this execution is cancelled.
 *
 * @param signal of the execution
 * @throws ExecutionCancelled when the execution is cancelled before, else what the work throws
 */
export async function raceCancellation<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (!signal) return await work;
	let cancel = () => {};
	const cancelled = new Promise<never>((_, reject) => {
		cancel = () => reject(new ExecutionCancelled());
	});
	signal.addEventListener('abort', cancel);
	if (signal.aborted) cancel();
	try {
		return await Promise.race([work, cancelled]);
	} finally {
		signal.removeEventListener('abort', cancel);
	}
}
