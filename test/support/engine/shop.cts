/** A shop for the engine tests: a fake WeChat Pay that knows a card, members and prepared orders, and the orders. */
import type { FakeOptions, Fault } from '../fake/server.cts';
import { FakeWechatPay } from '../fake/server.cts';
import type { Order } from './bonusWorkflow.cts';

export const CARD = 'pbLatjvWOibDc5-TBnbUk1pD12o0';

export interface Shop {
	wechatPay: FakeWechatPay;
	/** Orders that WeChat Pay will commit, order-0 first, each with its own member and value. */
	orders: Order[];
	/** Makes WeChat Pay misbehave for one order. */
	misbehave(order: number, fault: Fault, times?: number): void;
}

/** Opens a shop with so many prepared orders. */
export async function openShop(count: number, options: FakeOptions = {}): Promise<Shop> {
	const wechatPay = await FakeWechatPay.start(options);
	wechatPay.addCard({ card_id: CARD });
	const orders = Array.from({ length: count }, (_, index) => orderNumber(index));
	for (const { card_id, member_code, order_no, points } of orders) {
		wechatPay.addMember({ card_id, code: member_code });
		wechatPay.prepareBonus({
			card_id,
			code: member_code,
			out_trade_no: order_no,
			bonus_value: points,
		});
	}
	return {
		wechatPay,
		orders,
		misbehave: (order, fault, times = Infinity) =>
			wechatPay.misbehave({
				fault,
				times,
				when: ({ body }) => body.includes(`"out_trade_no":"order-${order}"`),
			}),
	};
}

function orderNumber(index: number) {
	return {
		order_no: `order-${index}`,
		card_id: CARD,
		member_code: `code-${index}`,
		points: index + 1,
	};
}

/** What WeChat Pay itself holds as committed: value by order number. */
export function committedAt(wechatPay: FakeWechatPay): Record<string, number> {
	return Object.fromEntries(
		wechatPay.bonuses.flatMap(({ out_trade_no, committed }) =>
			committed === undefined ? [] : [[out_trade_no, committed]],
		),
	);
}
