/** Taking turns, medians and CPU time. */

/** What one contender reached in one round. */
export interface Sample {
	/** Requests per second. */
	rate: number;
	/** CPU time of this process per item, in ms. */
	cpu: number;
}

/**
 * Runs something and measures it.
 *
 * @param count how many items it works on
 * @param work returns how long the measured part took, in ms
 */
export async function sample(count: number, work: () => Promise<number>): Promise<Sample> {
	const before = process.cpuUsage();
	const took = await work();
	const { user, system } = process.cpuUsage(before);
	return { rate: (count * 1000) / took, cpu: (user + system) / 1000 / count };
}

/** The median of each figure over the rounds. */
export function medians(samples: Sample[]): Sample {
	return {
		rate: median(samples.map(({ rate }) => rate)),
		cpu: median(samples.map(({ cpu }) => cpu)),
	};
}

function median(numbers: number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
