/**
 * Runs `work` for 0 to `count - 1`, started in order, at most `size` at once.
 *
 * @param mayStart asked before each start; once it says no, nothing more is started
 * @returns when all that were started have ended
 */
export async function inPool(
	size: number,
	count: number,
	work: (index: number) => Promise<void>,
	mayStart: () => boolean,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count && mayStart()) {
			const index = next;
			next += 1;
			await work(index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(size, count) }, worker));
}
