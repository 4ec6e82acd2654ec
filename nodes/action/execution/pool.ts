/** How many pieces of work may be under way. */
export interface Places {
	/** At once, at most; may change at any time. */
	readonly places: number;
	/** Called when there are more places. */
	onPlaces?: () => void;
}

/**
 * Runs `work` for 0 to `count - 1`, started in order, in as many places as there are.
 *
 * @param mayStart asked before each start; once it says no, nothing more is started
 * @returns when all that were started have ended
 */
export async function inPool(
	pool: Places,
	count: number,
	work: (index: number) => Promise<void>,
	mayStart: () => boolean,
): Promise<void> {
	let next = 0;
	let underWay = 0;
	await new Promise<void>((resolve, reject) => {
		const run = async (index: number) => {
			await work(index);
			underWay -= 1;
			fill();
		};
		const fill = () => {
			while (next < count && underWay < pool.places && mayStart()) {
				underWay += 1;
				next += 1;
				run(next - 1).catch(reject);
			}
			if (underWay === 0) resolve();
		};
		pool.onPlaces = fill;
		fill();
	});
	pool.onPlaces = undefined;
}
