import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

/** Draws that the seed alone decides. */
export class Draw {
	private readonly generator;

	constructor(seed: number) {
		this.generator = xoroshiro128plus(seed);
	}

	/** A whole number from 0 to below `end`. */
	below(end: number): number {
		return unsafeUniformIntDistribution(0, end - 1, this.generator);
	}

	/** True so often. @param share from 0 to 1 */
	happens(share: number): boolean {
		return this.below(1_000_000) < share * 1_000_000;
	}

	oneOf<T>(all: readonly T[]): T {
		return all[this.below(all.length)];
	}

	/** So many different whole numbers from 0 to below `end`. */
	places(count: number, end: number): number[] {
		const all = Array.from({ length: end }, (_, index) => index);
		return Array.from({ length: count }, () => all.splice(this.below(all.length), 1)[0]);
	}
}
