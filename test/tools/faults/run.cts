/** Runs the planned executions in n8n's engine, and accounts for every order. */
import { Semaphore } from 'async-mutex';
import type { IDataObject } from 'n8n-workflow';

import { startChild, type Child } from '../../support/child.cts';
import type { FakeWechatPay } from '../../support/fake/server.cts';
import type { Account, LeftItem } from './account.cts';
import type { Batch, Left } from './n8n.cts';
import type { PlannedExecution } from './schedule.cts';
import { FIRST, orderOf, type Shop } from './shop.cts';

/** An execution that has ended, and what became of its orders. */
export interface Accounted {
	execution: PlannedExecution;
	accounts: Account[];
}

/** A process that was killed. */
export interface Killed {
	orders: number;
	/** How many of them WeChat Pay had committed by then. */
	committed: number;
}

/**
 * Orders under way at once over all executions: more would wait so long for the processor that requests which met
 * nothing ran out of time.
 */
const MOST_UNDER_WAY = 200;

export class Runner {
	/** Orders whose outcome is known. */
	ended = 0;

	readonly killed: Killed[] = [];

	constructor(
		private readonly wechatPay: FakeWechatPay,
		private readonly shop: Shop,
	) {}

	/** Runs them all: those that are to be killed at the end and one after the other. */
	async runAll(schedule: PlannedExecution[]): Promise<Accounted[]> {
		const n8n = await this.startUsedN8n();
		const slots = new Semaphore(MOST_UNDER_WAY);
		const lasting = schedule.filter(({ killAt }) => killAt === undefined);
		const results = await Promise.all(
			lasting.map(async (execution) => {
				const weight = Math.min(execution.options.concurrency, execution.orders.length);
				return await slots.runExclusive(async () => await this.run(n8n, execution), weight);
			}),
		);
		await n8n.stop();
		for (const execution of schedule.filter(({ killAt }) => killAt !== undefined)) {
			await this.runAndKill(execution);
			const again = await this.startUsedN8n();
			results.push(await this.run(again, execution));
			await again.stop();
		}
		return results;
	}

	private async run(n8n: N8n, execution: PlannedExecution): Promise<Accounted> {
		const { orders } = execution;
		const starts = orders.map((order) => ({
			before: this.shop.recordOf(order),
			metBefore: this.shop.metBy(order).length,
		}));
		const items = byOrder(await n8n.ask<Left>(this.batchOf(execution)));
		const accounts = orders.map((order, index) => ({
			order,
			before: starts[index].before,
			after: this.shop.recordOf(order),
			met: this.shop.metBy(order).slice(starts[index].metBefore),
			items: items.get(order.order_no) ?? [],
		}));
		this.ended += orders.length;
		return { execution, accounts };
	}

	/** The order system learns nothing of what this execution did. */
	private async runAndKill(execution: PlannedExecution): Promise<void> {
		const before = this.shop.committedOf(execution.orders);
		const n8n = await this.startUsedN8n();
		const ended = n8n.ask<Left>(this.batchOf(execution)).then(
			() => true,
			() => false,
		);
		await this.wechatPay.untilReceived(this.wechatPay.counts.received + (execution.killAt ?? 0));
		await n8n.kill();
		if (await ended) throw new Error('The batch had ended before the process was killed');
		const committed = this.shop.committedOf(execution.orders) - before;
		this.killed.push({ orders: execution.orders.length, committed });
	}

	private batchOf({ orders, options }: Pick<PlannedExecution, 'orders' | 'options'>): Batch {
		return { credential: this.wechatPay.credential(), orders: orders.map(orderOf), options };
	}

	private async startUsedN8n(): Promise<N8n> {
		const n8n = await startN8n();
		const options = { concurrency: 1, timeout: 10_000, retries: 3 };
		await n8n.ask<Left>(this.batchOf({ orders: [FIRST], options }));
		return n8n;
	}
}

type N8n = Child<object>;

/** n8n's engine in a process of its own. */
export async function startN8n(): Promise<Child<object>> {
	return await startChild('../tools/faults/n8n.cts');
}

function byOrder([done, failed]: Left): Map<string, LeftItem[]> {
	const items = new Map<string, LeftItem[]>();
	const put = (by: LeftItem['by'], json: IDataObject) => {
		const name = String(json.out_trade_no ?? json.order_no);
		items.set(name, [...(items.get(name) ?? []), { by, json }]);
	};
	for (const json of done) put('Success', json);
	for (const json of failed) put('Error', json);
	return items;
}
