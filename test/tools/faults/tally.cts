/** Sums over the accounts of orders. */
import { LIES, liesOf, saidBy, type Account, type Lie } from './account.cts';
import type { Accounted } from './run.cts';

export type Tally = Record<
	'orders' | 'injected' | 'done' | 'refused' | 'unknown' | 'repeats' | Lie,
	number
>;

/** @returns how many orders, faults, outcomes of each kind, repeats and lies there were */
export function tallyOf(accounts: Account[]): Tally {
	const said = accounts.flatMap(({ items }) => items.map(saidBy));
	const lies = accounts.flatMap(liesOf);
	const count = <T,>(all: T[], one: T) => all.filter((other) => other === one).length;
	return {
		orders: accounts.length,
		injected: accounts.flatMap(({ met }) => met).filter(Boolean).length,
		done: count(said, 'done'),
		refused: count(said, 'refused'),
		unknown: count(said, 'unknown'),
		repeats: accounts.reduce((sum, { met }) => sum + Math.max(0, met.length - 1), 0),
		...(Object.fromEntries(LIES.map((lie) => [lie, count(lies, lie)])) as Record<Lie, number>),
	};
}

/** Whether every outcome was the truth. */
export function isTrue(tally: Tally): boolean {
	return LIES.every((lie) => tally[lie] === 0);
}

/** @returns the executions of one or two faults that did not meet them all */
export function notInjected(results: Accounted[]): string[] {
	return results
		.filter(({ execution }) => execution.faults.length <= 2)
		.filter(({ execution, accounts }) => {
			const met = new Set(accounts.flatMap((account) => account.met));
			return !execution.faults.every((fault) => met.has(fault));
		})
		.map(({ execution }) => `${execution.faults.join(' and ')}, ${execution.part}`);
}
