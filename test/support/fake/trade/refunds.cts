/** Refunds (test/support/facts/payments-api.json refund.*). */
import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { answerOf } from '../rules/facts.cts';
import { invalidRequest, notFound, NUMBER, paramError, Refusal } from '../rules/refusal.cts';
import { canonical } from '../rules/requestNumbers.cts';
import { chinaTime } from '../rules/times.cts';
import type { Order } from './order.cts';
import { isPaid, merchantOf, newNumber, USUAL_TRANSACTION } from './order.cts';

export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';

/** A refund; `mchid` made it. */
export interface Refund {
	mchid: string;
	out_refund_no: string;
	refund_id: string;
	order: Order;
	/** Fen. */
	refund: number;
	status: RefundStatus;
	/** Unix seconds. */
	created_at: number;
	settled_at?: number;
	channel: string;
	user_received_account: string;
	notify_url?: string;
	reason?: string;
	/** How often it was asked for; it is made once. */
	requests: number;
	/** What was last asked to settle it. */
	settling?: string;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const MAX_REFUNDS = 50;
const MAX_REASON_BYTES = 80;

/** POST /v3/refund/domestic/refunds */
export function createRefund(call: Call, asked: Asked): object {
	checkContents(asked);
	const order = findOrder(call, asked);
	const known = call.state.refunds.find(
		({ mchid, out_refund_no: number }) => mchid === call.mchid && number === asked.out_refund_no,
	);
	const refund = known ?? makeRefund(call, asked, order);
	if (known) checkRepeat(known, order, asked.amount);
	refund.requests += 1;
	return contentsOf(refund);
}

function checkContents({ transaction_id: id, out_trade_no: number, reason, amount }: Asked): void {
	if ((id === undefined) === (number === undefined)) {
		throw paramError('out_trade_no', number, 'exactly one of both numbers', 'body');
	}
	if (Buffer.byteLength(reason ?? '') > MAX_REASON_BYTES) {
		throw paramError('reason', reason, `must have at most ${MAX_REASON_BYTES} bytes`, 'body');
	}
	if (amount.currency !== 'CNY') {
		throw paramError('amount/currency', amount.currency, 'must be CNY', 'body');
	}
	const from: Array<{ amount: number }> | undefined = amount.from;
	const sum = from?.reduce((total, one) => total + one.amount, 0);
	if (sum !== undefined && sum !== amount.refund) {
		throw paramError('amount/from', sum, 'must make the refund', 'body');
	}
}

function findOrder({ state, mchid }: Call, asked: Asked): Order {
	const { sub_mchid: sub, transaction_id: id, out_trade_no: number } = asked;
	if (sub !== undefined && !state.merchants.isKnown(sub)) {
		throw notFound('MCH_NOT_EXISTS', '商户号不存在');
	}
	const found = [...state.orders.values()].find(
		(order) =>
			merchantOf(order) === (sub ?? mchid) &&
			isPaid(order) &&
			(id === undefined
				? order.out_trade_no === number
				: (order.transaction_id ?? USUAL_TRANSACTION) === id),
	);
	if (!found) throw notFound('RESOURCE_NOT_EXISTS', '订单号不存在');
	return found;
}

/** The same number refunds once. */
function checkRepeat(known: Refund, order: Order, amount: Asked): void {
	if (known.order !== order) throw invalidRequest('支付单号校验不一致，请核实后再试');
	if (amount.refund === known.refund && amount.total === order.total) return;
	const message = '订单金额或退款金额与之前请求不一致，请核实后再试';
	throw new Refusal(400, 'REFUND_FEE_MISMATCH', message, NUMBER.parametersDiffer);
}

function makeRefund(call: Call, asked: Asked, order: Order): Refund {
	const { state, mchid, now } = call;
	const { amount } = asked;
	const others = state.refunds.filter((one) => one.order === order && one.status !== 'CLOSED');
	const sum = others.reduce((total, one) => total + one.refund, 0);
	if (amount.total !== order.total || sum + amount.refund > order.total) {
		throw invalidRequest('您的请求参数与订单信息不一致');
	}
	if (others.length >= MAX_REFUNDS) throw invalidRequest('退款次数超过限制');
	if (now - order.success_time > YEAR_SECONDS) {
		throw new Refusal(400, 'TRADE_OVERDUE', '订单已经超过可退款的期限', NUMBER.business);
	}
	if (amount.refund > state.balance) {
		throw new Refusal(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起', NUMBER.business);
	}
	state.balance -= amount.refund;
	order.trade_state = 'REFUND';
	const refund: Refund = {
		mchid,
		out_refund_no: asked.out_refund_no,
		refund_id: newNumber('5030000', 29),
		order,
		refund: amount.refund,
		status: state.refundStatus,
		created_at: now,
		channel: 'ORIGINAL',
		user_received_account: '招商银行信用卡0403',
		notify_url: asked.notify_url,
		reason: asked.reason,
		requests: 0,
	};
	if (refund.status !== 'PROCESSING') refund.settled_at = now;
	state.refunds.push(refund);
	return refund;
}

/** GET /v3/refund/domestic/refunds/{out_refund_no} */
export function getRefund(call: Call, { out_refund_no, sub_mchid }: Asked): object {
	const found = findRefund(call, { out_refund_no, sub_mchid });
	if (!found) throw notFound('RESOURCE_NOT_EXISTS', '退款单不存在');
	return contentsOf(found);
}

function findRefund({ state, mchid }: Call, { out_refund_no: number, sub_mchid: sub }: Asked) {
	return state.refunds.find(
		(one) =>
			one.mchid === mchid &&
			one.out_refund_no === number &&
			merchantOf(one.order) === (sub ?? mchid),
	);
}

/** POST /v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund */
export function applyAbnormalRefund(call: Call, asked: Asked): object {
	if (asked.type === 'USER_BANK_CARD') {
		for (const name of ['bank_type', 'bank_account', 'real_name']) {
			if (asked[name] === undefined) throw paramError(name, undefined, 'is required', 'body');
		}
	}
	const refund = findRefund(call, asked);
	if (!refund || refund.refund_id !== asked.refund_id) {
		throw notFound('RESOURCE_NOT_EXISTS', '退款单不存在');
	}
	const settling = canonical(asked);
	if (refund.settling === settling) return contentsOf(refund);
	if (refund.status !== 'ABNORMAL')
		throw invalidRequest('退款单状态不是退款异常，不能发起异常退款');
	const toPayer = asked.type === 'USER_BANK_CARD';
	Object.assign(refund, {
		settling,
		status: 'PROCESSING',
		channel: toPayer ? 'OTHER_BANKCARD' : 'OTHER_BALANCE',
		user_received_account: toPayer
			? `银行卡${String(asked.bank_account).slice(-4)}`
			: '商户银行账户',
	});
	return contentsOf(refund);
}

function contentsOf(refund: Refund): object {
	const { order } = refund;
	const ofPayer = Math.round((refund.refund * order.payer_total) / order.total);
	return answerOf('refund.getByOutRefundNo', {
		...refund,
		transaction_id: order.transaction_id ?? USUAL_TRANSACTION,
		out_trade_no: order.out_trade_no,
		create_time: chinaTime(refund.created_at),
		...(refund.status === 'SUCCESS' && { success_time: chinaTime(refund.settled_at ?? 0) }),
		funds_account: 'AVAILABLE',
		amount: {
			total: order.total,
			refund: refund.refund,
			payer_total: order.payer_total,
			payer_refund: ofPayer,
			settlement_refund: ofPayer,
			settlement_total: order.payer_total,
			discount_refund: refund.refund - ofPayer,
			currency: 'CNY',
		},
	});
}
