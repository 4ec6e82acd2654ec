/** How long a bill takes through the node in n8n's engine, and how much memory, as items and as a file. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { chinaDaysAgo } from '../../support/days.cts';
import { startInChild } from '../../support/fake/child.cts';
import type { BillFootprint, BillOrder } from './billFootprint.cts';

const ROWS = 100_000;
const MIB = 1024 * 1024;

/** The longest texts that an order has: a row of a kilobyte. */
const LONG = '咖啡'.repeat(63);

/** What a row has in a file of a hundred megabytes. */
const FILE_ROWS = { description: LONG, attach: LONG };

/** @returns the lines on what was wanted */
export async function bills(): Promise<string[]> {
	const items = await footprintOf('items', {});
	const file = await footprintOf('file', FILE_ROWS);
	const reached = (isReached: boolean) => (isReached ? 'reached' : 'MISSED ');
	return [
		`  ${reached(items.cpu < 6)}  seconds of n8n's processor until a bill of 100,000 rows is items: ${items.cpu.toFixed(1)} (wanted under 6); ${items.seconds.toFixed(1)} by the clock, in which the fake writes the bill`,
		`  ${reached(items.peak < 400)}  MiB of resident memory at most, n8n included: ${items.peak.toFixed(0)}, ${items.growth.toFixed(0)} more than before, ${items.kept.toFixed(0)} of it the items (wanted under 400)`,
		`  ${reached(file.growth < 50)}  MiB of resident memory more for a file of ${(file.bytes / MIB).toFixed(0)} MiB: ${file.growth.toFixed(0)} (wanted under 50), in ${file.seconds.toFixed(1)} s`,
	];
}

/** Has a fake write the bill, and a process of n8n's get it. */
async function footprintOf(
	outputAs: BillOrder['outputAs'],
	texts: { description?: string; attach?: string },
): Promise<BillFootprint> {
	const fake = await startInChild({ record: false });
	const [warmUpDay, day] = [chinaDaysAgo(3), chinaDaysAgo(2)];
	await fake.ask({ ask: 'seedBill', day: warmUpDay, rows: 10, ...texts });
	await fake.ask({ ask: 'seedBill', day, rows: ROWS, ...texts });
	const child = fork(path.join(__dirname, 'billFootprint.cts'), [], {
		execArgv: ['--require', 'tsx/cjs', '--expose-gc'],
	});
	const order: BillOrder = { credential: fake.credential, warmUpDay, day, outputAs };
	child.send(order);
	const [footprint] = (await Promise.race([once(child, 'message'), diedOf(child)])) as [
		BillFootprint,
	];
	await fake.stop();
	const wanted = outputAs === 'items' ? ROWS : 1;
	if (footprint.items !== wanted) throw new Error(`${footprint.items} items instead of ${wanted}`);
	return footprint;
}

async function diedOf(child: ChildProcess): Promise<never> {
	const [code] = await once(child, 'exit');
	throw new Error(`The process that was measured ended with ${code}`);
}
