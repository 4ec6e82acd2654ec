/**
 * `npm run bench [-- --quick] [part …]`: how fast the node is, as ratios taken in one run over TLS on loopback.
 *
 * All contenders make the same calls to the same fake WeChat Pay, which runs in a process of its own, in turn, several
 * rounds each; the medians are compared. The machine's other work shifts all of them alike.
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import Table from 'cli-table3';

import { startInChild } from '../../support/fake/child.cts';
import { bills } from './bills.cts';
import type { Contender } from './contenders.cts';
import {
	bareHelper,
	node,
	nodeWithBonusOnly,
	oneAtATime,
	plainAxios,
	plugin,
} from './contenders.cts';
import { drawPlots } from './limiterPlots.cts';
import { limits } from './limits.cts';
import type { Footprint } from './memory.cts';
import { network } from './network.cts';
import { notificationCosts } from './notifications.cts';
import { callsTo, inRounds } from './rounds.cts';
import { scenarios } from './scenarios.cts';
import { storms } from './storms.cts';

const isQuick = process.argv.includes('--quick');
const ROUNDS = isQuick ? 1 : 5;
const CONCURRENCIES = [1, 5, 10, 20];
const DELAYS = [0, 40];
const CALLS_PER_LANE = isQuick ? 4 : 50;
const BATCHES = isQuick ? [500, 1000] : [10_000, 50_000];

const NODE = 'this node';
const BONUS_ONLY = 'this node, with the bonus operations only';
const HELPER = "n8n's bare helper, signed before";
const ONE = "one at a time, as n8n's nodes do";
const contenders: Record<string, Contender> = {
	[NODE]: node,
	[BONUS_ONLY]: nodeWithBonusOnly,
	[HELPER]: bareHelper,
	'wechatpay-axios-plugin, keep-alive': plugin,
	'plain axios, keep-alive, signed before': plainAxios,
};

/** What is measured, by name; each prints its table. @returns the lines on what was wanted */
const PARTS: Record<string, () => string[] | Promise<string[]>> = {
	loading: () => [loading()],
	bills,
	notifications: async () => [await notificationCosts(ROUNDS, isQuick ? 100 : 1000)],
	speed: async () => withEnoughCalls((await inTurn(DELAYS, compare)).flat()),
	network: async () => withEnoughCalls(await network(isQuick)),
	limits: async () => {
		await drawPlots();
		return [...(await scenarios(isQuick)), ...withEnoughCalls(await limits(isQuick))];
	},
	storms: () => storms(),
	memory: async () => {
		await footprints();
		return [];
	},
};

async function main(): Promise<void> {
	const wanted = process.argv.slice(2).filter((word) => word !== '--quick');
	const unknown = wanted.find((part) => !(part in PARTS));
	if (unknown) throw new Error(`There is no part '${unknown}': ${Object.keys(PARTS).join(', ')}`);
	console.log(`Node ${process.version}, TLS on loopback, ${ROUNDS} round(s) in turn, medians\n`);
	const parts = wanted.length > 0 ? wanted : Object.keys(PARTS);
	const verdicts = await inTurn(parts, async (part) => await PARTS[part]());
	console.log(`\nWanted (speed: at concurrency 10 and 20):\n${verdicts.flat().join('\n')}`);
}

function withEnoughCalls(verdicts: string[]): string[] {
	return isQuick ? ['  too few calls to say whether the wanted ratios are reached'] : verdicts;
}

async function inTurn<T, R>(all: T[], work: (one: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	for (const one of all) results.push(await work(one));
	return results;
}

/** How long a process that has n8n-workflow, as n8n does, takes to load the package. @returns the line on it */
function loading(): string {
	const program = `
		require('n8n-workflow');
		const started = performance.now();
		new (require('./dist/nodes/WechatPay/WechatPay.node.js').WechatPay)();
		new (require('./dist/nodes/WechatPayMemberCard/WechatPayMemberCard.node.js').WechatPayMemberCard)();
		new (require('./dist/nodes/WechatPayTrigger/WechatPayTrigger.node.js').WechatPayTrigger)();
		new (require('./dist/credentials/WechatPayApi.credentials.js').WechatPayApi)();
		console.log(performance.now() - started);
	`;
	const cwd = path.join(__dirname, '..', '..', '..');
	const times = Array.from({ length: ROUNDS * 2 + 1 }, () =>
		Number(execFileSync(process.execPath, ['--eval', program], { cwd }).toString()),
	).sort((a, b) => a - b);
	const median = times[ROUNDS];
	return `  ${median < 50 ? 'reached' : 'MISSED '}  ms to load the package in a fresh process: ${median.toFixed(1)} (wanted under 50)`;
}

/** Compares all contenders at one delay of the server. @returns the lines on the wanted ratios */
async function compare(delay: number): Promise<string[]> {
	const fake = await startInChild({ delay, record: false });
	const callsFor = callsTo(fake);
	await node(await callsFor(20), 10);

	const single = await inRounds(ROUNDS, CALLS_PER_LANE * 2, 1, { [ONE]: oneAtATime }, callsFor);
	const one = single[ONE];
	const table = new Table({
		style: { head: [], border: [] },
		head: ['', 'at once', 'requests/s', 'CPU ms/item', 'of bare helper', 'of one at a time'],
	});
	table.push([ONE, 1, one.rate.toFixed(0), one.cpu.toFixed(2), '', '1.00']);
	const nodeRatios: Record<number, NodeRatios> = {};
	for (const concurrency of CONCURRENCIES) {
		const count = CALLS_PER_LANE * Math.max(concurrency, 2);
		const results = await inRounds(ROUNDS, count, concurrency, contenders, callsFor);
		const helper = results[HELPER].rate;
		nodeRatios[concurrency] = {
			helper: results[NODE].rate / helper,
			one: results[NODE].rate / one.rate,
			cost: results[NODE].cpu / results[BONUS_ONLY].cpu,
		};
		for (const [name, { rate, cpu }] of Object.entries(results)) {
			const ratios = [rate / helper, rate / one.rate].map((ratio) => ratio.toFixed(2));
			table.push([name, concurrency, rate.toFixed(0), cpu.toFixed(2), ...ratios]);
		}
		console.error(`  ${delay} ms, ${concurrency} at once: measured`);
	}
	await fake.stop();
	console.log(`Server delay ${delay} ms\n${table.toString()}\n`);
	return verdictsOf(delay, nodeRatios);
}

/** This node's rate by the others', and its CPU time by that of a node with fewer operations. */
interface NodeRatios {
	helper: number;
	one: number;
	cost: number;
}

function verdictsOf(delay: number, ratios: Record<number, NodeRatios>): string[] {
	const line = (what: string, reached: number, wanted: number) =>
		`  ${reached >= wanted ? 'reached' : 'MISSED '}  ${what}: ${reached.toFixed(2)} (wanted ${wanted.toFixed(2)})`;
	if (delay === 0) {
		const cost = ratios[10].cost.toFixed(2);
		return [
			line("of the bare helper's rate at 0 ms", ratios[10].helper, 0.8),
			`  measured CPU per item with all operations, of that with the bonus operations only: ${cost} (1.00 is no difference)`,
		];
	}
	return [
		line(`of the bare helper's rate at ${delay} ms`, ratios[10].helper, 0.95),
		line(`times the one-at-a-time rate at ${delay} ms`, ratios[10].one, 7),
		line(`times the one-at-a-time rate at ${delay} ms, 20 at once`, ratios[20].one, 12),
	];
}

/** Time and memory of large batches, each in a process of its own. */
async function footprints(): Promise<void> {
	const table = new Table({
		style: { head: [], border: [] },
		head: [
			'items',
			'seconds',
			'peak MiB',
			'peak KiB/item',
			'kept KiB/item',
			'key parses',
			'decryptions',
		],
	});
	for (const count of BATCHES) {
		const { seconds, peak, start, kept, privateKeyParses, decryptions } = await footprint(count);
		table.push([
			count,
			seconds.toFixed(1),
			peak.toFixed(0),
			(((peak - start) * 1024) / count).toFixed(1),
			((kept * 1024) / count).toFixed(1),
			privateKeyParses,
			decryptions,
		]);
		console.error(`  ${count} items: measured`);
	}
	console.log(`One batch, 10 at once, server delay 0 ms\n${table.toString()}`);
}

async function footprint(count: number): Promise<Footprint> {
	const fake = await startInChild({ record: false });
	const seeded = await fake.ask({ ask: 'seed', orders: count });
	const child = fork(path.join(__dirname, 'memory.cts'), [], {
		execArgv: ['--require', 'tsx/cjs', '--expose-gc'],
	});
	child.send({ baseUrl: fake.baseUrl, credential: fake.credential, ...seeded });
	const [result] = (await once(child, 'message')) as [Footprint];
	await fake.stop();
	return result;
}

main().then(
	// n8n's engine leaves timers behind.
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
