/**
 * How properties are tried: the same made-up values in every run of `npm test`, so that it is never red for a change
 * that has nothing to do with it. More of them, and others:
 *
 *   npm test -- test/attacks --globals '{"attackRuns": 20, "attackSeed": 7}'
 */
import fc, { type Arbitrary } from 'fast-check';

const { attackRuns = 1, attackSeed = 20_261_125 } = globalThis as {
	attackRuns?: number;
	attackSeed?: number;
};

/**
 * Tries a property with made-up values; what does not hold is told with the smallest such value and the seed.
 *
 * @param times how often in `npm test`
 */
export async function always<T>(
	times: number,
	values: Arbitrary<T>,
	property: (value: T) => Promise<void> | void,
): Promise<void> {
	await fc.assert(
		fc.asyncProperty(values, async (value) => await property(value)),
		{
			numRuns: times * attackRuns,
			seed: attackSeed,
			// Looking for the smallest value ends as well.
			interruptAfterTimeLimit: PATIENCE / 2,
			markInterruptAsFailure: true,
		},
	);
}

const character = fc
	.integer({ min: 0, max: 0x10ffff })
	.filter((code) => code < 0xd800 || code > 0xdfff)
	.map(
		(code) => String.fromCodePoint(code),
		(one) => {
			if (typeof one !== 'string' || [...one].length !== 1) throw new Error('not one character');
			return one.codePointAt(0) as number;
		},
	);

/** Text of whatever Unicode has. fast-check's own unit for it makes a table of a million characters first, for seconds. */
export function anyText(
	length: { minLength?: number; maxLength?: number } = {},
): Arbitrary<string> {
	return fc.string({ ...length, unit: character });
}

/** Time for a test of this folder, in ms; its runs are bounded by their number and by the node's own timeout. */
export const PATIENCE = 120_000 * attackRuns;
