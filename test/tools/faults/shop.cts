/** What WeChat Pay knows of the planned orders, and what it does with their requests. */
import type { Bonus, FakeWechatPay, Fault, ReceivedRequest } from '../../support/fake/server.cts';
import { CARD, CODE, MCHID } from '../../support/fake/scene.cts';
import type { Order } from '../../support/engine/bonusWorkflow.cts';
import type { CommitFault } from './commitFaults.cts';
import type { PlannedOrder } from './schedule.cts';

/** What one attempt met; undefined for nothing unusual. */
export type Met = CommitFault | undefined;

/** Small enough for hundreds of them. */
const HUGE = 4 * 1024 * 1024;

/** Long enough for the response itself to have arrived, in ms. */
const AGE = 3000;

/** By its response a new process learns WeChat Pay's clock, without which a stale response is not noticed. */
export const FIRST: PlannedOrder = { order_no: 'FIRST', kind: 'due', points: 1, faults: [] };

export class Shop {
	private readonly met = new Map<string, Met[]>();

	private readonly planned: Map<string, PlannedOrder>;

	/** Opens a shop with these orders: the fake knows them, and follows their schedule. */
	constructor(
		private readonly wechatPay: FakeWechatPay,
		orders: PlannedOrder[],
	) {
		this.planned = new Map(orders.map((order) => [order.order_no, order]));
		wechatPay.addCard({ card_id: CARD });
		wechatPay.addMember({ card_id: CARD, code: CODE });
		for (const order of [FIRST, ...orders]) this.tellWechatPay(order);
		wechatPay.misbehaveBy((request) => this.faultOf(request));
	}

	/** What the requests for an order met so far, in the order in which they arrived. */
	metBy({ order_no }: PlannedOrder): Met[] {
		return this.met.get(order_no) ?? [];
	}

	/** WeChat Pay's record of an order as it is now. */
	recordOf({ order_no }: PlannedOrder): Bonus {
		return { ...this.found(order_no) };
	}

	/** How many of these orders are committed. */
	committedOf(orders: PlannedOrder[]): number {
		return orders.filter((order) => this.recordOf(order).committed !== undefined).length;
	}

	private tellWechatPay({ order_no, kind, points }: PlannedOrder): void {
		const value = kind === 'other value before' ? points + 1 : points;
		this.wechatPay.prepareBonus({
			card_id: CARD,
			code: CODE,
			out_trade_no: order_no,
			bonus_value: value,
		});
		if (kind === 'committed before' || kind === 'other value before') {
			Object.assign(this.found(order_no), { committed: value, commits: 1 });
		}
	}

	private found(orderNo: string): Bonus {
		return this.wechatPay.bonus(orderNo, MCHID) as Bonus;
	}

	private faultOf({ body }: ReceivedRequest): Fault | undefined {
		const { out_trade_no: orderNo } = JSON.parse(body) as { out_trade_no: string };
		const met = this.met.get(orderNo) ?? [];
		this.met.set(orderNo, met);
		const fault = this.planned.get(orderNo)?.faults[met.length] ?? undefined;
		met.push(fault);
		if (fault === 'huge-body') return { name: fault, bytes: HUGE };
		return fault === 'replayed-response' ? { name: fault, age: AGE } : fault;
	}
}

/** The order as the order system delivers it. */
export function orderOf({ order_no, kind, points }: PlannedOrder): Order {
	const code = kind === 'unknown member' ? 'nobody' : CODE;
	return { order_no, card_id: CARD, member_code: code, points };
}
