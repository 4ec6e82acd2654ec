/** What `npm run faults` may be told. */
import { parseArgs } from 'node:util';

import { FEWEST_ORDERS } from './schedule.cts';

const USUAL_ORDERS = 20_000;
const USUAL_SEED = 1;
const FEWEST_TRANSFERS = 100;
const ORDERS_PER_TRANSFER = 4;

const USAGE = `npm run faults -- [--quick] [--seed N] [--orders N] [--storms] [--transfers N]
  --quick     ${FEWEST_ORDERS} orders instead of ${USUAL_ORDERS}
  --seed N    a whole number, ${USUAL_SEED} if not given; the same seed gives the same schedule
  --orders N  so many orders, at least ${FEWEST_ORDERS}
  --storms    only the storms: nothing gets through, for ever or for a minute
  --transfers N  only transfers, so many, at least ${FEWEST_TRANSFERS}; without it, one for every ${ORDERS_PER_TRANSFER} orders`;

/** What was given can't be used; the message says what to give. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readArguments(args: string[]): {
	seed: number;
	orders: number;
	transfers: number;
	/** What alone to run, if not everything. */
	only?: 'storms' | 'transfers';
} {
	try {
		const { values } = parseArgs({
			args,
			options: {
				quick: { type: 'boolean' },
				seed: { type: 'string' },
				orders: { type: 'string' },
				storms: { type: 'boolean' },
				transfers: { type: 'string' },
			},
		});
		const { quick, seed, storms, transfers } = values;
		const usual = quick ? FEWEST_ORDERS : USUAL_ORDERS;
		const orders = wholeNumber('--orders', values.orders ?? String(usual), FEWEST_ORDERS);
		const usualTransfers = String(Math.floor(orders / ORDERS_PER_TRANSFER));
		return {
			seed: wholeNumber('--seed', seed ?? String(USUAL_SEED), 0),
			orders,
			transfers: wholeNumber('--transfers', transfers ?? usualTransfers, FEWEST_TRANSFERS),
			only: storms ? 'storms' : transfers === undefined ? undefined : 'transfers',
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
