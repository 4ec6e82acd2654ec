/** Nights in which nothing gets through, on a virtual clock: how long 10,000 orders take, and what becomes of them. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import Table from 'cli-table3';

import type { StormResult } from './stormNights.cts';

/** In minutes. */
const MAX_TIME = 5;

/** Plays the storms and prints them. @returns the lines on what was wanted */
export function storms(): string[] {
	const program = path.join(__dirname, 'stormNights.cts');
	const output = execFileSync(process.execPath, ['--require', 'tsx/cjs', program], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const results = JSON.parse(output.toString()) as StormResult[];
	const table = new Table({
		style: { head: [], border: [] },
		head: ['storm', 'minutes', 'done', 'not sent', 'unknown', 'refused', 'requests'],
	});
	for (const { name, took, done, notSent, unknown, refused, requests } of results) {
		table.push([name, took.toFixed(1), done, notSent, unknown, refused, requests]);
	}
	console.log(`${results[0].orders} orders in a storm, on a virtual clock\n${table.toString()}\n`);
	return results.map(verdict);
}

function verdict(storm: StormResult): string {
	const { name, orders, took, done, notSent, unknown, refused, kind } = storm;
	const isAccounted = done + notSent + unknown + refused === orders;
	const figures = `${name}: ${took.toFixed(1)} minutes, ${done} done`;
	if (kind === 'partial') return `  measured ${figures}, ${unknown} unknown`;
	const isReached = took < MAX_TIME && isAccounted && (kind === 'for ever' || done === orders);
	const wanted = kind === 'for ever' ? `under ${MAX_TIME}` : `under ${MAX_TIME}, all done`;
	return `  ${isReached ? 'reached' : 'MISSED '}  ${figures} (wanted ${wanted})`;
}
