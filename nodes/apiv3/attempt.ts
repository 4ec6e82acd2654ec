/** @returns what the work returns; undefined where it throws, for any reason */
export function attempt<T>(work: () => T): T | undefined {
	try {
		return work();
	} catch {
		return undefined;
	}
}

/**
 * Runs work whose exception is to be another one.
 *
 * @param work what it returns, or what its promise resolves to, is returned
 * @param map makes the exception to throw of what the work threw
 */
export function rethrow<T>(work: () => Promise<T>, map: (reason: unknown) => Error): Promise<T>;
export function rethrow<T>(work: () => T, map: (reason: unknown) => Error): T;
export function rethrow<T>(
	work: () => T | Promise<T>,
	map: (reason: unknown) => Error,
): T | Promise<T> {
	const fail = (reason: unknown): never => {
		throw map(reason);
	};
	try {
		const result = work();
		return result instanceof Promise ? result.catch(fail) : result;
	} catch (error) {
		return fail(error);
	}
}
