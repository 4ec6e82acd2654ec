/**
 * `npm run faults [-- --quick] [--seed N] [--orders N] [--storms] [--transfers N]`: the node in n8n's engine against a WeChat Pay that misbehaves on
 * a schedule which the seed alone decides. Afterwards WeChat Pay's own records are compared with every outcome.
 *
 * The fake WeChat Pay runs in this process, n8n's engine in another one.
 */
import path from 'node:path';

import { FakeWechatPay } from '../../support/fake/server.cts';
import { LIES } from './account.cts';
import { readArguments, UsageError } from './arguments.cts';
import { lyingOrders, tableOfFaults, tableOfParts, writeOrders } from './print.cts';
import { tableOf } from './nights.cts';
import { runRefunds } from './refunds.cts';
import { Runner } from './run.cts';
import { fingerprint, scheduleOf } from './schedule.cts';
import { Shop } from './shop.cts';
import { runStorms, tableOfStorms } from './storms.cts';
import { isTrue, notInjected, tallyOf } from './tally.cts';
import { runTransfers } from './transfers.cts';

/** @returns whether every outcome was the truth */
async function main({ seed, orders }: { seed: number; orders: number }): Promise<boolean> {
	const schedule = scheduleOf(seed, orders);
	console.log(
		`${orders} orders in ${schedule.length} executions, seed ${seed}, schedule ${fingerprint(schedule)}`,
	);
	const wechatPay = await FakeWechatPay.start({ record: false });
	const shop = new Shop(
		wechatPay,
		schedule.flatMap((execution) => execution.orders),
	);
	const runner = new Runner(wechatPay, shop);
	const stopProgress = showProgress(
		() => `${runner.ended} of ${orders} orders, ${wechatPay.counts.received} requests`,
	);
	const results = await runner.runAll(schedule);
	stopProgress();
	await wechatPay.stop();

	console.log(`\n${tableOfFaults(results)}\n\n${tableOfParts(results)}`);
	for (const { orders: batch, committed } of runner.killed) {
		console.log(
			`Killed with ${committed} of ${batch} orders committed; then all ${batch} ran again.`,
		);
	}
	const file = path.relative(process.cwd(), await writeOrders(results));
	const missing = notInjected(results);
	if (missing.length > 0) console.log(`\nNOT injected: ${missing.join('; ')}`);
	const passed = isTrue(tallyOf(results.flatMap(({ accounts }) => accounts)));
	console.log(
		passed
			? `\nEvery outcome is the truth. Order by order: ${file}`
			: `\nNOT every outcome is the truth; ${LIES.join(', ')} must be 0. Order by order: ${file}\n${lyingOrders(results)}`,
	);
	return passed && missing.length === 0;
}

/** Tells what is going on, with the time. @returns how to stop it */
function showProgress(what: () => string): () => void {
	const { isTTY } = process.stderr;
	const started = Date.now();
	const write = () => {
		const line = `[${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s] ${what()}`;
		process.stderr.write(isTTY ? `\r${line}` : `${line}\n`);
	};
	const timer = setInterval(write, isTTY ? 500 : 15_000);
	return () => {
		clearInterval(timer);
		write();
		if (isTTY) process.stderr.write('\n');
	};
}

/** @returns whether every order had the outcome that it should, in time */
async function storms(): Promise<boolean> {
	console.log('\nStorms: nothing gets through');
	const results = await runStorms();
	console.log(tableOfStorms(results));
	return results.every(({ wrong }) => wrong.length === 0);
}

/** @returns whether every order was refunded once, and nobody was told otherwise */
async function refunds({ seed, orders }: { seed: number; orders: number }): Promise<boolean> {
	console.log('\nRefunds: no order refunded twice, none lost');
	const results = await runRefunds(seed, Math.ceil(orders / 100));
	console.log(tableOf('refunds', results));
	return results.every(({ wrong }) => wrong.length === 0);
}

/** @returns whether everybody was paid once, and nobody was told otherwise */
async function transfers(seed: number, count: number): Promise<boolean> {
	console.log('\nTransfers: nobody paid twice, nobody forgotten');
	const results = await runTransfers(seed, count);
	console.log(tableOf(`${count} transfers`, results));
	return results.every(({ wrong }) => wrong.length === 0);
}

async function run(args: string[]): Promise<number> {
	const { only, ...wanted } = readArguments(args);
	const isWanted = (part: 'storms' | 'transfers') => only === undefined || only === part;
	const parts = [
		...(only === undefined
			? [async () => await main(wanted), async () => await refunds(wanted)]
			: []),
		...(isWanted('transfers') ? [async () => await transfers(wanted.seed, wanted.transfers)] : []),
		...(isWanted('storms') ? [storms] : []),
	];
	let isTrueAll = true;
	for (const part of parts) isTrueAll = (await part()) && isTrueAll;
	return isTrueAll ? 0 : 1;
}

run(process.argv.slice(2)).then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof UsageError ? error.message : error);
		process.exit(2);
	},
);
