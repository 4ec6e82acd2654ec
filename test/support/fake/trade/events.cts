/** What happens to orders and refunds at WeChat Pay itself, and the notifications that tell of it. */
import { exampleOf } from '../../facts/exampleOf.cts';
import { eventFacts } from '../../facts/facts.cts';
import { notification, type Posted, type Signing } from '../notification.cts';
import type { State } from '../state.cts';
import { chinaTime } from '../rules/times.cts';
import { isPaid, newNumber, USUAL_TRANSACTION, type Order } from './order.cts';
import type { Refund, RefundStatus } from './refunds.cts';

/** A notification on its way; sent again it is the same. */
export interface Notified extends Posted {
	/** Where the merchant wants it, if anywhere. */
	url?: string;
	/** The plaintext. */
	resource: Record<string, unknown>;
}

/** How a buyer pays; by default all of it, with money, now. */
export type Paid = Partial<Pick<Order, 'payer_total' | 'openid' | 'success_time'>>;

/**
 * A notification of a documented event.
 *
 * @param known what the fake has on record of it; the rest is as on WeChat Pay's page
 */
export function eventOf(
	type: string,
	known: Record<string, unknown>,
	url?: string,
	signing?: Signing,
): Notified {
	const event = eventFacts.find(({ event_type: documented }) => documented === type);
	if (!event) throw new Error(`there is no event ${type}`);
	const example = exampleOf(event.plaintext ?? []);
	const names = Object.keys(example);
	const resource = Object.fromEntries(names.map((name) => [name, known[name] ?? example[name]]));
	const contents = {
		event_type: type,
		summary: event.zh,
		original_type: event.original_type,
		associated_data: event.original_type,
		resource,
	};
	return { ...notification(contents, signing), url, resource };
}

/** A buyer who pays: the order is paid, and WeChat Pay tells the merchant. */
export function payOrder(
	state: State,
	outTradeNo: string,
	now: number,
	paid: Paid = {},
	signing?: Signing,
): Notified {
	const order = [...state.orders.values()].find((one) => one.out_trade_no === outTradeNo);
	if (!order) throw new Error(`there is no order ${outTradeNo}`);
	if (order.trade_state !== 'NOTPAY') throw new Error(`${outTradeNo} is ${order.trade_state}`);
	if (order.expires_at !== undefined && order.expires_at < now) {
		throw new Error(`${outTradeNo} has expired`);
	}
	Object.assign(order, { success_time: now }, paid, {
		trade_state: 'SUCCESS',
		transaction_id: newNumber('4200002', 28),
	});
	return paymentNotification(order, signing);
}

/** TRANSACTION.SUCCESS of a paid order. */
export function paymentNotification(order: Order, signing?: Signing): Notified {
	if (!isPaid(order)) throw new Error(`${order.out_trade_no} is not paid`);
	const { sub_mchid: sub } = order;
	const merchants =
		sub === undefined
			? { appid: order.appid, mchid: order.mchid }
			: {
					sp_appid: order.appid,
					sp_mchid: order.mchid,
					sub_mchid: sub,
					sub_appid: order.sub_appid,
				};
	const resource = {
		...merchants,
		out_trade_no: order.out_trade_no,
		transaction_id: order.transaction_id ?? USUAL_TRANSACTION,
		trade_type: order.trade_type,
		trade_state: 'SUCCESS',
		trade_state_desc: '支付成功',
		bank_type: 'OTHERS',
		attach: order.attach,
		success_time: chinaTime(order.success_time),
		payer: { [sub === undefined ? 'openid' : 'sp_openid']: order.openid },
		amount: {
			total: order.total,
			payer_total: order.payer_total,
			currency: 'CNY',
			payer_currency: 'CNY',
		},
	};
	const contents = {
		event_type: 'TRANSACTION.SUCCESS',
		summary: '支付成功',
		original_type: 'transaction',
		associated_data: 'transaction',
		resource,
	};
	return { ...notification(contents, signing), url: order.notify_url, resource };
}

/** A refund that comes to an end, or gets stuck. */
export function settleRefund(
	state: State,
	outRefundNo: string,
	status: Exclude<RefundStatus, 'PROCESSING'>,
	now: number,
	signing?: Signing,
): Notified {
	const refund = state.refunds.find((one) => one.out_refund_no === outRefundNo);
	if (!refund) throw new Error(`there is no refund ${outRefundNo}`);
	Object.assign(refund, { status, settled_at: now });
	return refundNotification(refund, signing);
}

function refundNotification(refund: Refund, signing?: Signing): Notified {
	const { order, status } = refund;
	const { sub_mchid: sub } = order;
	const resource = {
		...(sub === undefined ? { mchid: order.mchid } : { sp_mchid: order.mchid, sub_mchid: sub }),
		out_trade_no: order.out_trade_no,
		transaction_id: order.transaction_id ?? USUAL_TRANSACTION,
		out_refund_no: refund.out_refund_no,
		refund_id: refund.refund_id,
		refund_status: status,
		...(status === 'SUCCESS' && { success_time: chinaTime(refund.settled_at ?? 0) }),
		amount: {
			total: order.total,
			refund: refund.refund,
			payer_total: order.payer_total,
			payer_refund: Math.round((refund.refund * order.payer_total) / order.total),
		},
		user_received_account: refund.user_received_account,
	};
	const contents = {
		event_type: `REFUND.${status}`,
		summary: { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭', PROCESSING: '' }[
			status
		],
		original_type: 'refund',
		associated_data: 'refund',
		resource,
	};
	return { ...notification(contents, signing), url: refund.notify_url, resource };
}
