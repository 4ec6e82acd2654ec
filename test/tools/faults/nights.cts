/** What the faults runs of refunds and transfers share: a night for each fault, and what became of it. */
import type { IDataObject } from 'n8n-workflow';
import Table from 'cli-table3';

import type { Execution } from '../../support/engine/engine.cts';
import { ERROR, SUCCESS, WECHAT } from '../../support/engine/operation.cts';
import type { FakeWechatPay } from '../../support/fake/server.cts';
import { saidBy, type LeftItem } from './account.cts';
import { isSlow, type CommitFault } from './commitFaults.cts';
import type { Left } from './n8n.cts';

export const SHARE_OF_FAULTS = 0.5;
/** Fault by fault, so many at once. */
const AT_ONCE = 8;
/** Of a fault that takes long. */
const MOST_IF_SLOW = 4;

/** What became of the money that met one fault. */
export interface NightResult {
	/** The fault, or what else happened. */
	name: string;
	counts: Record<string, number>;
	/** What is not as it should be, in words. */
	wrong: string[];
}

export interface Night extends NightResult {
	wechatPay: FakeWechatPay;
	/** Of the node. */
	options: IDataObject;
	/** What left the node, by whom the money is for. */
	items: Map<string, LeftItem[]>;
}

/** How many there are of that fault, of the number that was asked for. */
export function countOf(fault: CommitFault, count: number): number {
	return isSlow(fault) ? Math.min(count, MOST_IF_SLOW) : count;
}

/** The options of the node in such a night. */
export function optionsOf(fault: CommitFault): IDataObject {
	return { retries: 1, concurrency: 8, timeout: isSlow(fault) ? 1500 : 10_000 };
}

/** Does the work of every night, some at once. */
export async function inTurns<T>(nights: T[], work: (night: T) => Promise<void>): Promise<void> {
	const waiting = [...nights];
	const next = async (): Promise<void> => {
		for (let night = waiting.shift(); night; night = waiting.shift()) await work(night);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** The JSON of what left by Success and by Error. @throws what the execution failed with */
export function leftOf(execution: Execution): Left {
	if (execution.error) throw execution.error;
	return [execution.json(WECHAT, SUCCESS), execution.json(WECHAT, ERROR)];
}

/** Keeps what left the node, in the place of what left it before. */
export function keepItems(
	{ items }: Night,
	names: string[],
	[done, failed]: Left,
	nameOf: (json: IDataObject) => string,
): void {
	for (const name of names) items.set(name, []);
	const put = (by: LeftItem['by'], json: IDataObject) => {
		const name = nameOf(json);
		items.set(name, [...(items.get(name) ?? []), { by, json }]);
	};
	for (const json of done) put('Success', json);
	for (const json of failed) put('Error', json);
}

export function saidOf({ items }: Night, name: string): string {
	const left = items.get(name) ?? [];
	return left.length === 1 ? saidBy(left[0]) : 'lost';
}

/** Compares what was said with whether money moved. */
export function judge(night: Night, names: string[], hasMoved: (name: string) => boolean): void {
	for (const name of names) {
		const said = saidOf(night, name);
		night.counts[said] = (night.counts[said] ?? 0) + 1;
		const moved = hasMoved(name);
		if (said === 'lost') night.wrong.push(`${name} lost`);
		if (said === 'done' && !moved) night.wrong.push(`${name} false success`);
		if (['refused', 'not_sent'].includes(said) && moved) night.wrong.push(`${name} false refusal`);
	}
}

/** One row for each night. */
export function tableOf(title: string, results: NightResult[]): string {
	const words = ['done', 'refused', 'unknown', 'not_sent'];
	const table = new Table({
		head: [title, ...words, 'wrong'],
		style: { head: [], border: [] },
	});
	for (const { name, counts, wrong } of results) {
		table.push([name, ...words.map((word) => counts[word] ?? 0), wrong.slice(0, 3).join('; ')]);
	}
	return table.toString();
}
