/** What `npm run faults` may be told. */
import { parseArgs } from 'node:util';

import { FEWEST_ORDERS } from './schedule.cts';

const USUAL_ORDERS = 20_000;
const USUAL_SEED = 1;

const USAGE = `npm run faults -- [--quick] [--seed N] [--orders N] [--storms]
  --quick     ${FEWEST_ORDERS} orders instead of ${USUAL_ORDERS}
  --seed N    a whole number, ${USUAL_SEED} if not given; the same seed gives the same schedule
  --orders N  so many orders, at least ${FEWEST_ORDERS}
  --storms    only the storms: nothing gets through, for ever or for a minute`;

/** What was given can't be used; the message says what to give. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readArguments(args: string[]): {
	seed: number;
	orders: number;
	stormsOnly: boolean;
} {
	try {
		const { values } = parseArgs({
			args,
			options: {
				quick: { type: 'boolean' },
				seed: { type: 'string' },
				orders: { type: 'string' },
				storms: { type: 'boolean' },
			},
		});
		const { quick, seed, orders, storms = false } = values;
		const usual = quick ? FEWEST_ORDERS : USUAL_ORDERS;
		return {
			seed: wholeNumber('--seed', seed ?? String(USUAL_SEED), 0),
			orders: wholeNumber('--orders', orders ?? String(usual), FEWEST_ORDERS),
			stormsOnly: storms,
		};
	} catch (error) {
		throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
	}
}

/** The generator takes seeds of 32 bits. */
const LARGEST = 2 ** 31 - 1;

function wholeNumber(name: string, text: string, least: number): number {
	const number = Number(text);
	if (/^\d+$/.test(text) && number >= least && number <= LARGEST) return number;
	throw new Error(`${name} must be a whole number from ${least} to ${LARGEST}, not '${text}'`);
}
