/** Bad nights in real time: nothing gets through, for ever or for a minute. Each has a WeChat Pay of its own. */
import type { IDataObject } from 'n8n-workflow';
import Table from 'cli-table3';

import { FakeWechatPay } from '../../support/fake/server.cts';
import { CARD, CODE, MCHID } from '../../support/fake/scene.cts';
import { saidBy, type LeftItem } from './account.cts';
import type { Left } from './n8n.cts';
import { startN8n } from './run.cts';

export interface Storm {
	name: string;
	/** Brings it about. */
	begin(wechatPay: FakeWechatPay): void | Promise<void>;
	/** What every order must have come to. */
	outcomes: string[];
}

export interface StormResult {
	name: string;
	seconds: number;
	counts: Record<string, number>;
	/** What is not as it should be, in words. */
	wrong: string[];
}

const ORDERS = 1000;
const BLACKOUT = 60_000;
const MOST_SECONDS = 300;

export const STORMS: Storm[] = [
	{
		name: 'blackout of a minute',
		begin(wechatPay) {
			const end = Date.now() + BLACKOUT;
			wechatPay.misbehave({
				fault: 'system-error-before',
				times: Infinity,
				when: () => Date.now() < end,
			});
		},
		outcomes: ['done'],
	},
	{
		name: '429 for all',
		begin: (wechatPay) => wechatPay.misbehave({ fault: 'rate-limit', times: Infinity }),
		outcomes: ['not_sent', 'refused'],
	},
	{
		name: 'nobody listens',
		begin: async (wechatPay) => await wechatPay.stop(),
		outcomes: ['not_sent'],
	},
];

/** Runs them all at once, in one n8n. */
export async function runStorms(): Promise<StormResult[]> {
	const n8n = await startN8n();
	const results = await Promise.all(STORMS.map(async (storm) => await runStorm(n8n, storm)));
	await n8n.stop();
	return results;
}

async function runStorm(
	n8n: Awaited<ReturnType<typeof startN8n>>,
	storm: Storm,
): Promise<StormResult> {
	const wechatPay = await FakeWechatPay.start({ record: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE });
	const orders = Array.from({ length: ORDERS }, (_, index) => ({
		order_no: `S${index}`,
		card_id: CARD,
		member_code: CODE,
		points: index + 1,
	}));
	for (const { order_no, points } of orders) {
		const order = { card_id: CARD, code: CODE, out_trade_no: order_no, bonus_value: points };
		wechatPay.prepareBonus(order);
	}
	const credential = wechatPay.credential();
	await storm.begin(wechatPay);
	const started = Date.now();
	const left = await n8n.ask<Left>({ credential, orders, options: {} });
	const seconds = (Date.now() - started) / 1000;
	const isCommitted = (name: string) => wechatPay.bonus(name, MCHID)?.committed !== undefined;
	const names = orders.map(({ order_no }) => order_no);
	const result = judge(storm, names, left, isCommitted, seconds);
	if (storm.name !== 'nobody listens') await wechatPay.stop();
	return result;
}

/** Compares what left the node with what WeChat Pay holds. */
export function judge(
	{ name, outcomes }: Pick<Storm, 'name' | 'outcomes'>,
	orders: string[],
	[done, failed]: Left,
	isCommitted: (order: string) => boolean,
	seconds: number,
): StormResult {
	const items = [
		...done.map((json): LeftItem => ({ by: 'Success', json })),
		...failed.map((json): LeftItem => ({ by: 'Error', json })),
	];
	const counts: Record<string, number> = {};
	const wrong: string[] = [];
	if (seconds > MOST_SECONDS) wrong.push(`took ${seconds.toFixed(0)} s`);
	const named = new Map(items.map((item) => [orderOf(item.json), item]));
	if (items.length !== orders.length || named.size !== items.length) {
		wrong.push(`${items.length} items for ${orders.length} orders`);
	}
	for (const order of orders) {
		const item = named.get(order);
		const said = item ? saidBy(item) : 'nothing';
		counts[said] = (counts[said] ?? 0) + 1;
		const isTrue = said === 'unknown' || (said === 'done') === isCommitted(order);
		if (!isTrue) wrong.push(`${order}: ${said} is not the truth`);
		else if (!outcomes.includes(said)) wrong.push(`${order}: ${said}`);
	}
	return { name, seconds, counts, wrong };
}

function orderOf(json: IDataObject): string {
	return String(json.out_trade_no ?? json.order_no);
}

const MOST_LINES = 10;

/** One row for each storm, and what is wrong. */
export function tableOfStorms(results: StormResult[]): string {
	const columns = ['done', 'refused', 'unknown', 'not_sent'];
	const table = new Table({
		style: { head: [], border: [] },
		head: [`${ORDERS} orders each`, 'seconds', ...columns],
	});
	for (const { name, seconds, counts } of results) {
		table.push([name, seconds.toFixed(0), ...columns.map((column) => counts[column] ?? 0)]);
	}
	const wrong = results.flatMap(({ name, wrong: all }) =>
		all.slice(0, MOST_LINES).map((one) => `${name}: ${one}`),
	);
	return [table.toString(), ...wrong].join('\n');
}
