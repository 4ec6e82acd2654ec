/**
 * Refunds against a WeChat Pay that misbehaves: no order refunded twice, none lost, nobody told of money that did not
 * move. Every fault has orders of its own; what is not done in the first night runs again in the second, in a process
 * that remembers nothing, without faults.
 */
import type { IDataObject } from 'n8n-workflow';
import Table from 'cli-table3';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../../support/engine/operation.cts';
import { restartProcess } from '../../support/engine/restartProcess.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { saidBy, type LeftItem } from './account.cts';
import { COMMIT_FAULTS, isSlow, type CommitFault } from './commitFaults.cts';
import { Draw } from './draw.cts';

const TOTAL = 1000;
const SHARE_OF_FAULTS = 0.5;
/** Fault by fault, so many at once. */
const AT_ONCE = 8;

/** What became of the refunds that met one fault. */
export interface RefundResult {
	fault: CommitFault;
	counts: Record<string, number>;
	/** What is not as it should be, in words. */
	wrong: string[];
}

interface Night {
	fault: CommitFault;
	wechatPay: FakeWechatPay;
	orders: string[];
	/** What left the node, by order. */
	items: Map<string, LeftItem[]>;
	wrong: string[];
	counts: Record<string, number>;
}

/** @param orders for each fault */
export async function runRefunds(seed: number, orders: number): Promise<RefundResult[]> {
	const nights = await Promise.all(
		COMMIT_FAULTS.map(async (fault, index) => await openNight(fault, seed + index, orders)),
	);
	await inTurns(nights, async (night) => {
		await refund(night, night.orders);
		judge(night);
	});
	restartProcess();
	await inTurns(nights, async (night) => {
		night.wechatPay.misbehaveBy(() => undefined);
		await refund(
			night,
			night.orders.filter((order) => saidOf(night, order) !== 'done'),
		);
		judgeEnd(night);
		await night.wechatPay.stop();
	});
	return nights.map(({ fault, counts, wrong }) => ({ fault, counts, wrong }));
}

async function openNight(fault: CommitFault, seed: number, count: number): Promise<Night> {
	const wechatPay = await FakeWechatPay.start({ record: false });
	const most = isSlow(fault) ? Math.min(count, 4) : count;
	const orders = Array.from({ length: most }, (_, index) => `SHOP-${index}`);
	for (const out_trade_no of orders) wechatPay.addOrder({ out_trade_no, total: TOTAL });
	const draw = new Draw(seed);
	wechatPay.misbehaveBy(({ method }) =>
		method === 'POST' && draw.happens(SHARE_OF_FAULTS) ? fault : undefined,
	);
	return { fault, wechatPay, orders, items: new Map(), wrong: [], counts: {} };
}

async function inTurns(nights: Night[], work: (night: Night) => Promise<void>): Promise<void> {
	const waiting = [...nights];
	const next = async (): Promise<void> => {
		for (let night = waiting.shift(); night; night = waiting.shift()) await work(night);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, next));
}

async function refund({ fault, wechatPay, items }: Night, orders: string[]): Promise<void> {
	if (orders.length === 0) return;
	const execution = await runOperation({
		resource: 'refund',
		operation: 'create',
		parameters: {
			outTradeNo: '={{ $json.order_no }}',
			outRefundNo: "={{ 'R-' + $json.order_no }}",
			refund: 250,
		},
		items: orders.map((order_no) => ({ json: { order_no } })),
		options: { retries: 1, concurrency: 8, timeout: isSlow(fault) ? 1500 : 10_000 },
		credential: wechatPay.credential(),
	});
	if (execution.error) throw execution.error;
	for (const order of orders) items.set(order, []);
	const put = (by: LeftItem['by'], json: IDataObject) => {
		const order = String(json.out_trade_no ?? json.order_no);
		items.set(order, [...(items.get(order) ?? []), { by, json }]);
	};
	for (const json of execution.json(WECHAT, SUCCESS)) put('Success', json);
	for (const json of execution.json(WECHAT, ERROR)) put('Error', json);
}

function saidOf({ items }: Night, order: string): string {
	const left = items.get(order) ?? [];
	return left.length === 1 ? saidBy(left[0]) : 'lost';
}

function judge(night: Night): void {
	for (const order of night.orders) {
		const said = saidOf(night, order);
		night.counts[said] = (night.counts[said] ?? 0) + 1;
		const moved = refundsOf(night, order).length > 0;
		if (said === 'lost') night.wrong.push(`${order} lost`);
		if (said === 'done' && !moved) night.wrong.push(`${order} false success`);
		if (['refused', 'not_sent'].includes(said) && moved) night.wrong.push(`${order} false refusal`);
	}
}

function judgeEnd(night: Night): void {
	for (const order of night.orders) {
		const refunds = refundsOf(night, order);
		if (refunds.length > 1) night.wrong.push(`${order} refunded ${refunds.length} times`);
		if (saidOf(night, order) !== 'done') night.wrong.push(`${order} not done in the end`);
		if (refunds.length === 0 || refunds[0].refund !== 250)
			night.wrong.push(`${order} not refunded`);
	}
}

function refundsOf({ wechatPay }: Night, outTradeNo: string) {
	return wechatPay.refunds.filter(({ order }) => order.out_trade_no === outTradeNo);
}

/** One row for each fault. */
export function tableOfRefunds(results: RefundResult[]): string {
	const words = ['done', 'refused', 'unknown', 'not_sent'];
	const table = new Table({
		head: ['refunds', ...words, 'wrong'],
		style: { head: [], border: [] },
	});
	for (const { fault, counts, wrong } of results) {
		table.push([fault, ...words.map((word) => counts[word] ?? 0), wrong.slice(0, 3).join('; ')]);
	}
	return table.toString();
}
