/** Compares what the node said of an order with what WeChat Pay holds and did. */
import type { IDataObject } from 'n8n-workflow';

import type { Bonus } from '../../support/fake/server.cts';
import { seenAfter } from './commitFaults.cts';
import type { PlannedOrder } from './schedule.cts';
import type { Met } from './shop.cts';

/** All that is known of an order once its execution has ended. */
export interface Account {
	order: PlannedOrder;
	/** WeChat Pay's record before and after the execution. */
	before: Bonus;
	after: Bonus;
	/** What the attempts of this execution met. */
	met: Met[];
	/** What left the node for this order. */
	items: LeftItem[];
}

/** An item as the workflow sees it. */
export interface LeftItem {
	by: 'Success' | 'Error';
	json: IDataObject;
}

/**
 * false success – done without a verified response to a commit of that value; lost – no item, or two; second value –
 * WeChat Pay holds another value than it should; false refusal – refused or not sent, yet WeChat Pay committed it;
 * unexplained – nothing that happened leads to that outcome.
 */
export type Lie = 'false success' | 'lost' | 'second value' | 'false refusal' | 'unexplained';

export const LIES: Lie[] = [
	'false success',
	'lost',
	'second value',
	'false refusal',
	'unexplained',
];

/** @returns what an item says of its order: whatever leaves by Success is taken for done */
export function saidBy({ by, json }: LeftItem): string {
	if (by === 'Success') return 'done';
	return (json.error as { outcome?: string } | undefined)?.outcome ?? 'nothing';
}

/** @returns every way in which the order's outcome is not the truth */
export function liesOf(account: Account): Lie[] {
	const { before, after, order, items } = account;
	const lies: Lie[] = [];
	if (after.committed !== undefined && after.committed !== (before.committed ?? order.points)) {
		lies.push('second value');
	}
	if (items.length !== 1) return [...lies, 'lost'];
	return [...lies, ...liesOfItem(account, items[0])];
}

function liesOfItem({ order, before, after, met }: Account, item: LeftItem): Lie[] {
	const isRefusable = order.kind === 'unknown member' || order.kind === 'other value before';
	const seen = met.map((fault) => seenAfter(fault, isRefusable));
	const last = seen[seen.length - 1];
	const isOpen = seen.includes('open');
	switch (saidBy(item)) {
		case 'done':
			return last === 'confirmed' &&
				after.committed === order.points &&
				item.json.bonus_value === order.points
				? []
				: ['false success'];
		case 'unknown':
			return isOpen && last !== 'confirmed' ? [] : ['unexplained'];
		default:
			if (after.commits > before.commits) return ['false refusal'];
			return saidBy(item) === 'refused' && last === 'refused' && !isOpen ? [] : ['unexplained'];
	}
}
