/** The rate limiter in the scenarios that it has to master, on a virtual clock: the table of docs/rate-limiter.md. */
import Table from 'cli-table3';

import type { Outcome, Scenario } from '../../support/limiterSimulation.cts';
import { simulate, unlimitedRate } from '../../support/limiterSimulation.cts';

interface Entry {
	name: string;
	scenario: Omit<Scenario, 'latency' | 'jitter' | 'seed'>;
	wanted: {
		/** Of what was left. */
		used: number;
		/** Of our requests that may be answered 429; 0.1 if left out. */
		limited?: number;
		/** Of the requests of others that may be refused. */
		others?: number;
		/** Between workers. */
		fairness?: number;
		/** Requests in any second. */
		perSecond?: number;
	};
	/** It is compared with what is reached where nothing is answered 429. */
	isRelative?: boolean;
}

/** The latency in ms, and by how much it varies. */
const NETWORKS = [
	{ latency: 30, jitter: 0 },
	{ latency: 80, jitter: 0 },
	{ latency: 30, jitter: 100 },
];
const SEEDS = [1, 2, 3, 4, 5];

const always = (rate: number) => () => rate;

const ENTRIES: Entry[] = [
	...[5, 20, 100, 500].flatMap((rate) =>
		[false, true].map((retryAfter) => ({
			name: `limit ${rate}/s${retryAfter ? ', Retry-After' : ''}`,
			scenario: {
				limit: always(rate),
				retryAfter,
				items: rate === 5 ? 600 : 2000 * Math.max(1, rate / 100),
			},
			wanted: { used: 0.9 },
		})),
	),
	...[20, 50, 80].map((rate) => ({
		name: `limit 100/s, others ${rate}/s`,
		scenario: { limit: always(100), others: always(rate), items: 2000 },
		wanted: { used: 0.85, others: 0.05 },
	})),
	...[2, 4].flatMap((workers) =>
		[20, 100].map((rate) => ({
			name: `limit ${rate}/s, ${workers} workers`,
			scenario: { limit: always(rate), workers, items: 40 * rate * workers },
			wanted: { used: 0.85, fairness: 0.9 },
		})),
	),
	...[
		[0.001, 0.85],
		[0.01, 0.85],
		[0.05, 0.7],
		[0.1, 0.4],
	].map(([stray, used]) => ({
		name: `stray 429, ${stray * 100} %`,
		scenario: { limit: always(Infinity), stray, items: 8000 },
		wanted: { used, limited: 0.15 },
		isRelative: true,
	})),
	{
		name: 'all 429 for 2 s every 20 s',
		scenario: {
			limit: always(Infinity),
			isBlackout: (time) => time > 5 && time % 20 < 2,
			items: 30_000,
		},
		wanted: { used: 0.8, limited: 0.15 },
		isRelative: true,
	},
	{
		name: 'limit 10 → 50/s after 60 s',
		scenario: { limit: (time) => (time < 60 ? 10 : 50), items: 3000 },
		wanted: { used: 0.8 },
	},
	{
		name: 'limit 50 → 10/s after 30 s',
		scenario: { limit: (time) => (time < 30 ? 50 : 10), items: 2200 },
		wanted: { used: 0.85 },
	},
	{
		name: 'others 60/s stop after 60 s',
		scenario: { limit: always(100), others: (time) => (time < 60 ? 60 : 0), items: 6000 },
		wanted: { used: 0.85, others: 0.05 },
	},
	{
		name: 'cap 20/s of 100/s',
		scenario: { limit: always(100), cap: 20, items: 600 },
		wanted: { used: 0.9, perSecond: 20 },
	},
];

/** Plays all of them and prints them. @returns the lines on what was wanted */
export async function scenarios(isQuick: boolean): Promise<string[]> {
	const table = new Table({
		style: { head: [], border: [] },
		head: ['scenario', 'used', 'wanted', '429', 'others refused', 'fairness'],
	});
	const lines: string[] = [];
	for (const entry of ENTRIES) {
		const outcomes = await outcomesOf(entry, isQuick ? SEEDS.slice(0, 1) : SEEDS);
		const { name, wanted, scenario } = entry;
		const [least, used] = [Math.min, Math.max].map((pick) =>
			pick(...outcomes.map((one) => one.used)),
		);
		const worst = worstOf(outcomes);
		table.push([
			name,
			`${least.toFixed(2)} to ${used.toFixed(2)}`,
			wanted.used.toFixed(2),
			percent(worst.limited),
			scenario.others ? percent(worst.othersRefused) : '',
			wanted.fairness ? worst.leastFair.toFixed(2) : '',
		]);
		const missed = missing(entry, least, worst);
		const what = missed.length > 0 ? ` (${missed.join(', ')})` : '';
		lines.push(
			`  ${missed.length > 0 ? 'MISSED ' : 'reached'}  ${name}: ${least.toFixed(2)}${what}`,
		);
		console.error(`  ${name}: played`);
	}
	console.log(`The rate limiter, on a virtual clock: the worst of each\n${table.toString()}\n`);
	return lines;
}

async function outcomesOf({ scenario, isRelative }: Entry, seeds: number[]): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const network of NETWORKS) {
		const { items } = scenario;
		const free = isRelative ? await unlimitedRate({ ...network, items }) : undefined;
		for (const seed of seeds) {
			outcomes.push(await simulate({ ...scenario, ...network, seed, unlimitedRate: free }));
		}
	}
	return outcomes;
}

/** The worst figures. */
interface Worst {
	limited: number;
	othersRefused: number;
	/** The least fairness. */
	leastFair: number;
	refusedItems: number;
	perSecond: number;
}

function worstOf(outcomes: Outcome[]): Worst {
	const most = (figure: (outcome: Outcome) => number) => Math.max(...outcomes.map(figure));
	return {
		limited: most(({ limited }) => limited),
		othersRefused: most(({ othersRefused }) => othersRefused),
		leastFair: -most(({ fairness }) => -fairness),
		refusedItems: most(({ refusedItems }) => refusedItems),
		perSecond: most(({ maxPerSecond }) => maxPerSecond),
	};
}

function missing({ wanted }: Entry, used: number, worst: Worst): string[] {
	const { limited = 0.1, others = 1, fairness = 0, perSecond = Infinity } = wanted;
	return Object.entries({
		used: used < wanted.used,
		429: worst.limited > limited,
		'items refused': worst.refusedItems > 0,
		'others refused': worst.othersRefused > others,
		fairness: worst.leastFair < fairness,
		cap: worst.perSecond > perSecond,
	}).flatMap(([what, isMissed]) => (isMissed ? [what] : []));
}

function percent(share: number): string {
	return `${(100 * share).toFixed(1)} %`;
}
