/**
 * A batch under a limit of WeChat Pay's that nobody told: this node, which learns it, beside a fixed interval as n8n's
 * HTTP Request node keeps it, which has to guess.
 */
import Table from 'cli-table3';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { COMMIT, runBonus } from '../../support/engine/bonusWorkflow.cts';
import { startInChild } from '../../support/fake/child.cts';
import type { RateLimitOptions } from '../../support/fake/rules/rateLimit.cts';
import { inEngine, ordersOf, requestsOf, type Calls } from './contenders.cts';

interface Ended {
	/** Items that WeChat Pay confirmed. */
	done: number;
	/** Items that ended without. */
	refused: number;
	/** From the first request to the last answer. */
	seconds: number;
}

/** Makes all calls, under a limit of so many requests per second. */
type Contender = (calls: Calls, perSecond: number) => Promise<Ended>;

interface Entry {
	name: string;
	limit: Omit<RateLimitOptions, 'perSecond'> & { code: string };
	contender: Contender;
}

const WANTED = 0.9;

/** Contenders under such a limit leave the processor idle, and can be measured at the same time. */
const IDLE = 5;

/** Official pages spell the code of 429 in several ways (docs/protocol.md, Status and code); each limit has two of them. */
const LIMITS = [
	{ perSecond: IDLE, codes: ['RATELIMIT_EXCEEDED', 'RATE_LIMITED'] },
	{ perSecond: 20, codes: ['FREQUENCY_LIMITED', 'RATELIMIT_EXCEED'] },
	{ perSecond: 100, codes: ['RATE_LIMITED', 'RATELIMIT_EXCEEDED'] },
];

const THIS_NODE = 'this node';

function entriesOf([code, other]: string[]): Entry[] {
	return [
		{ name: THIS_NODE, limit: { code }, contender: node },
		{ name: THIS_NODE, limit: { code: other, retryAfter: true }, contender: node },
		{ name: 'fixed interval, guessed right', limit: { code }, contender: fixedInterval(1) },
		{ name: 'fixed interval, guessed twice', limit: { code }, contender: fixedInterval(2) },
	];
}

/**
 * Measures and prints them.
 *
 * @param isQuick a look at one limit with few items
 * @returns the lines on what was wanted
 */
export async function limits(isQuick: boolean): Promise<string[]> {
	const count = isQuick ? 200 : 2000;
	const table = new Table({
		style: { head: [], border: [] },
		head: [
			'',
			'limit/s',
			'the 429',
			'done',
			'refused',
			'429s',
			'seconds',
			'done/s',
			'of the limit',
		],
	});
	const verdicts: string[] = [];
	for (const { perSecond, codes } of isQuick ? [LIMITS[1]] : LIMITS) {
		const measured = await inTurnOrAtOnce(
			entriesOf(codes),
			perSecond <= IDLE,
			async (entry) => await measure(entry, perSecond, count),
		);
		for (const { entry, ended, limited } of measured) {
			const { done, refused, seconds } = ended;
			const share = done / seconds / perSecond;
			const answer = `${entry.limit.code}${entry.limit.retryAfter ? ', Retry-After' : ''}`;
			table.push([
				...[entry.name, perSecond, answer, done, refused, limited],
				...[seconds.toFixed(1), (done / seconds).toFixed(1), share.toFixed(2)],
			]);
			if (entry.name === THIS_NODE) verdicts.push(verdict(perSecond, answer, refused, share));
		}
		console.error(`  ${count} items at ${perSecond}/s: measured`);
	}
	console.log(
		`One batch of ${count} under a limit that the node does not know\n${table.toString()}\n`,
	);
	return verdicts;
}

async function inTurnOrAtOnce<T>(
	entries: Entry[],
	atOnce: boolean,
	work: (entry: Entry) => Promise<T>,
): Promise<T[]> {
	if (atOnce) return await Promise.all(entries.map(work));
	const results: T[] = [];
	for (const entry of entries) results.push(await work(entry));
	return results;
}

async function measure(entry: Entry, perSecond: number, count: number) {
	const fake = await startInChild({
		record: false,
		rateLimit: { perSecond, ...entry.limit },
	});
	const { baseUrl, credential } = fake;
	const seeded = await fake.ask({ ask: 'seed', orders: count });
	const ended = await entry.contender({ baseUrl, credential, ...seeded }, perSecond);
	const { limited } = await fake.ask({ ask: 'counts' });
	await fake.stop();
	return { entry, ended, limited };
}

function verdict(perSecond: number, answer: string, refused: number, share: number): string {
	const isReached = refused === 0 && share >= WANTED;
	return `  ${isReached ? 'reached' : 'MISSED '}  of a limit of ${perSecond}/s (${answer}): ${share.toFixed(2)}, ${refused} refused (wanted ${WANTED.toFixed(2)}, 0 refused)`;
}

/** With the options as they are when nobody touches them. */
async function node(calls: Calls): Promise<Ended> {
	const execution = await runBonus({
		orders: ordersOf(calls),
		credential: calls.credential,
		onError: 'continueErrorOutput',
	});
	return {
		done: execution.items(COMMIT, 0).length,
		refused: execution.items(COMMIT, 1).length,
		seconds: execution.run.data.resultData.runData[COMMIT][0].executionTime / 1000,
	};
}

/**
 * As n8n's HTTP Request node with 'Batching' (HttpRequestV3.node.ts, n8n 2.41.1): requests are started without waiting
 * for answers; before each `batchSize`-th it sleeps for a second; at the end it waits for all answers. It repeats
 * nothing.
 *
 * @param guess what the user believes, as a share of the limit; he sets as many items a second
 */
function fixedInterval(guess: number): Contender {
	return async (calls, perSecond) => {
		const batchSize = perSecond * guess;
		let done = 0;
		const took = await inEngine(calls, async (context, note) => {
			const answers: Array<Promise<void>> = [];
			for (const [index, request] of requestsOf(calls).entries()) {
				if (index > 0 && index % batchSize === 0) await sleep(1000);
				const options = { ...request, json: true } as IHttpRequestOptions;
				const answer = context.helpers.httpRequestWithAuthentication
					.call(context, 'wechatPayApi', options)
					.then(
						() => (done += 1),
						() => undefined,
					);
				answers.push(answer.then(note));
			}
			await Promise.all(answers);
		});
		return { done, refused: calls.out_trade_nos.length - done, seconds: took / 1000 };
	};
}
