/** What bills list of the orders, refunds and transfers that the fake has on record. */
import type { State } from '../state.cts';
import { completeFlow, completeTrade, dayOf, type Flow, type Trade } from './trades.cts';
import type { Transfer } from './transfers.cts';
import { isPaid, merchantOf, USUAL_TRANSACTION, type Order } from './order.cts';
import type { Refund, RefundStatus } from './refunds.cts';

/** The bill's words are not those of the API (test/support/facts/payments-api.json bill_files, values). */
const BILL_WORDS: Record<RefundStatus, string> = {
	PROCESSING: 'PROCESSING',
	SUCCESS: 'SUCCESS',
	ABNORMAL: 'CHANGE',
	CLOSED: 'FAIL',
};

/** Bills are made from 9:00 on the next day. */
const MADE_AT_HOUR = 9;
const DAY_SECONDS = 24 * 3600;

/** What an account had before anything on record, in fen. */
const OPENING_BALANCE = 100_000_000;

/** The trades of a merchant's day, in the order in which they happened. */
export function tradesOf(
	state: State,
	{ mchid, sub_mchid: subMchid, day }: { mchid: string; sub_mchid?: string; day: string },
): Trade[] {
	return inOrder(
		[...ownTrades(state), ...state.trades].filter(
			(trade) =>
				trade.mchid === mchid &&
				(subMchid === undefined || trade.sub_mchid === subMchid) &&
				dayOf(trade.time) === day,
		),
	);
}

/** The movements of an account's day, each with the balance after it; one that was added has its own. */
export function flowsOf(
	state: State,
	{ mchid, account, day }: { mchid: string; account: string; day: string },
): Flow[] {
	const isAsked = (flow: Flow) => flow.mchid === mchid && flow.account === account;
	let balance = OPENING_BALANCE;
	const own = inOrder(ownFlows(state).filter(isAsked)).map((flow) => {
		balance += flow.isIncome ? flow.amount : -flow.amount;
		return { ...flow, balance };
	});
	const all = inOrder([...own, ...state.flows.filter(isAsked)]);
	return all.filter(({ time }) => dayOf(time) === day);
}

function inOrder<T extends { time: number }>(rows: T[]): T[] {
	return rows.sort((a, b) => a.time - b.time);
}

/** A row for every payment, and one for every refund on the day on which it was accepted. */
function ownTrades(state: State): Trade[] {
	const percent = state.bills.feePercent;
	return [
		...[...state.orders.values()].filter(isPaid).map((order) => paymentRow(order, percent)),
		...state.refunds.map((refund) => refundRow(refund, percent)),
	];
}

/** A row for every movement of money. */
function ownFlows(state: State): Flow[] {
	const percent = state.bills.feePercent;
	return [
		...[...state.orders.values()].filter(isPaid).flatMap((order) => paymentFlows(order, percent)),
		...state.refunds.flatMap((refund) => refundFlows(refund, percent)),
		...state.transfers.flatMap(transferFlows),
	];
}

function paymentRow(order: Order, percent: number): Trade {
	const { description, device_id: device } = order;
	return completeTrade({
		time: order.success_time,
		appid: order.appid,
		mchid: order.mchid,
		sub_mchid: order.sub_mchid,
		transaction_id: transactionOf(order),
		out_trade_no: order.out_trade_no,
		openid: order.openid,
		trade_type: order.trade_type,
		total: order.total,
		coupon_amount: order.total - order.payer_total,
		attach: order.attach,
		fee: feeOf(order.payer_total, percent) * 1000,
		rate: `${percent.toFixed(2)}%`,
		...(device !== undefined && { device_id: device }),
		...(description !== undefined && { description }),
	});
}

function refundRow(refund: Refund, percent: number): Trade {
	const { order } = refund;
	const paid = paidBack(refund);
	return {
		...paymentRow(order, percent),
		time: refund.created_at,
		mchid: refund.mchid,
		fee: feeOf(paid, percent) * 1000,
		refund: {
			refund_id: refund.refund_id,
			out_refund_no: refund.out_refund_no,
			amount: refund.refund,
			coupon_refund: refund.refund - paid,
			type: refund.channel === 'ORIGINAL' ? 'ORIGINAL' : 'BALANCE',
			...stateInBill(refund),
		},
	};
}

/** As it was when the bill was made: what happened later is in no bill. */
function stateInBill({ status, created_at: created, settled_at: settled = created }: Refund) {
	const madeAt = Date.parse(`${dayOf(created + DAY_SECONDS)}T0${MADE_AT_HOUR}:00:00+08:00`) / 1000;
	if (settled > madeAt) return { status: BILL_WORDS.PROCESSING };
	return {
		status: BILL_WORDS[status],
		...(status === 'SUCCESS' && { success_time: settled }),
	};
}

function paymentFlows(order: Order, percent: number): Flow[] {
	const shared = {
		time: order.success_time,
		mchid: merchantOf(order),
		business_id: transactionOf(order),
		voucher_no: order.out_trade_no,
	};
	const fee = feeOf(order.payer_total, percent);
	return movements(
		{ ...shared, business_type: '交易', isIncome: true, amount: order.payer_total },
		{ ...shared, business_type: '扣除交易手续费', isIncome: false, amount: fee },
	);
}

/** The money leaves with the request, and comes back where the refund is closed. */
function refundFlows(refund: Refund, percent: number): Flow[] {
	const { status, created_at: time, settled_at: settled = time, reason } = refund;
	const amount = paidBack(refund);
	const shared = {
		time,
		mchid: merchantOf(refund.order),
		business_id: refund.refund_id,
		voucher_no: refund.out_refund_no,
		...(reason !== undefined && { remark: reason }),
	};
	const fee = feeOf(amount, percent);
	const isClosed = status === 'CLOSED';
	return movements(
		{ ...shared, business_type: '退款', isIncome: false, amount },
		{ ...shared, business_type: '退回交易手续费', isIncome: true, amount: fee },
		...(isClosed
			? [
					{ ...shared, time: settled, business_type: '退款', isIncome: true, amount },
					{
						...shared,
						time: settled,
						business_type: '扣除交易手续费',
						isIncome: false,
						amount: fee,
					},
				]
			: []),
	);
}

/** One row where it succeeded or is under way, two where it failed (bill_files, fund_flow, transfers). */
function transferFlows(transfer: Transfer): Flow[] {
	const { transfer_bill_no: id, transfer_amount: amount, state } = transfer;
	const shared = {
		mchid: transfer.mch_id,
		account: 'OPERATION',
		business_id: id,
		flow_id: id,
		business_type: '商家转账',
		amount,
		voucher_no: transfer.out_bill_no,
		remark: transfer.transfer_remark,
	};
	const hasFailed = state === 'FAIL' || state === 'CANCELLED';
	return movements(
		{ ...shared, time: transfer.created_at, isIncome: false },
		...(hasFailed ? [{ ...shared, time: transfer.updated_at, isIncome: true }] : []),
	);
}

/** Rows of nothing are left out; each has a number of its own, the same whenever it is asked for. */
function movements(...flows: Array<Partial<Flow> & { time: number; business_id: string }>): Flow[] {
	return flows
		.filter(({ amount }) => amount !== 0)
		.map((flow, index) =>
			completeFlow({
				business_name: flow.business_type,
				flow_id: `19000${index}${flow.business_id.slice(-22)}`,
				...flow,
			}),
		);
}

/** What a refund gives back in money; the rest is the share of the coupon. */
function paidBack({ refund, order }: Refund): number {
	return Math.round((refund * order.payer_total) / order.total);
}

/** In fen. */
function feeOf(fen: number, percent: number): number {
	return Math.round((fen * percent) / 100);
}

function transactionOf({ transaction_id: id }: Order): string {
	return id ?? USUAL_TRANSACTION;
}
