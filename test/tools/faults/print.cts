/** What a run prints and leaves behind. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';

import Table from 'cli-table3';

import { LIES, liesOf, saidBy, type Account } from './account.cts';
import { COMMIT_FAULTS } from './commitFaults.cts';
import type { Accounted } from './run.cts';
import { tallyOf, type Tally } from './tally.cts';

/** Ignored by git. */
export const REPORT = path.join(__dirname, '..', '..', '..', 'faults-report');

const COLUMNS: Array<keyof Tally> = [
	'orders',
	'injected',
	'done',
	'refused',
	'unknown',
	'repeats',
	...LIES,
];

/** One row for each fault, over the executions in which it is the only one. */
export function tableOfFaults(results: Accounted[]): string {
	return tableOf(
		'alone',
		COMMIT_FAULTS.map((fault) => [
			fault,
			results.filter(({ execution: { faults } }) => faults.length === 1 && faults[0] === fault),
		]),
	);
}

/** One row for each part of the run, and one for the whole. */
export function tableOfParts(results: Accounted[]): string {
	const parts = [...new Set(results.map(({ execution }) => execution.part))];
	return tableOf('', [
		...parts.map((part): [string, Accounted[]] => [
			part,
			results.filter(({ execution }) => execution.part === part),
		]),
		['in total', results],
	]);
}

function tableOf(title: string, rows: Array<[string, Accounted[]]>): string {
	const table = new Table({
		style: { head: [], border: [] },
		chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
		head: [title, ...COLUMNS],
		colAligns: ['left', ...COLUMNS.map((): 'right' => 'right')],
	});
	for (const [name, results] of rows) {
		const tally = tallyOf(results.flatMap(({ accounts }) => accounts));
		table.push([name, ...COLUMNS.map((column) => tally[column])]);
	}
	return table.toString();
}

const MOST_LINES = 20;

/** The orders whose outcome is not the truth, but for those of many. */
export function lyingOrders(results: Accounted[]): string {
	const lying = results.flatMap(({ accounts }) => accounts).filter((one) => liesOf(one).length > 0);
	const lines = lying.slice(0, MOST_LINES).map((account) => JSON.stringify(summary(account)));
	const more = lying.length > MOST_LINES ? [`and ${lying.length - MOST_LINES} more`] : [];
	return [...lines, ...more].join('\n');
}

/** Writes one line of JSON for each order. @returns the file */
export async function writeOrders(results: Accounted[]): Promise<string> {
	mkdirSync(REPORT, { recursive: true });
	const file = path.join(REPORT, 'orders.jsonl');
	const stream = createWriteStream(file);
	for (const { execution, accounts } of results) {
		const { part, faults } = execution;
		for (const account of accounts) {
			stream.write(`${JSON.stringify({ part, faults, ...summary(account) })}\n`);
		}
	}
	stream.end();
	await once(stream, 'finish');
	return file;
}

function summary(account: Account) {
	const { order, before, after, met, items } = account;
	const record = ({ committed, commits }: Account['before']) => ({ committed, commits });
	return {
		order: order.order_no,
		kind: order.kind,
		points: order.points,
		lies: liesOf(account),
		met: met.map((fault) => fault ?? null),
		before: record(before),
		after: record(after),
		said: items.map(saidBy),
		items: items.map(({ json }) => json),
	};
}
