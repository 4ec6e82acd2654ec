/** The smart business circle: businesscircle.* of test/support/facts/payments-api.json. */
import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { invalidRequest, paramError } from '../rules/refusal.cts';
import type { Signing } from '../notification.cts';
import type { State } from '../state.cts';
import { chinaTime, secondsOf } from '../rules/times.cts';
import { eventOf, type Notified } from './events.cts';

/** A payment in the mall, as MALL_TRANSACTION.SUCCESS told it. */
export interface MallPayment {
	transaction_id: string;
	openid: string;
	/** Unix seconds. */
	paidAt: number;
	/** The points that were told for it, once they were. */
	points?: number;
}

/** MALL_TRANSACTION.SUCCESS of a payment. */
export function mallPaymentNotification(
	{ transaction_id, openid, paidAt }: MallPayment,
	signing?: Signing,
): Notified {
	const known = { transaction_id, openid, time_end: chinaTime(paidAt) };
	return eventOf('MALL_TRANSACTION.SUCCESS', known, undefined, signing);
}

/** A payment that is given back: WeChat Pay watches only those whose points were told. */
export function refundInMall(
	{ mallPayments }: State,
	transactionId: string,
	now: number,
	signing?: Signing,
): Notified {
	const payment = mallPayments.get(transactionId);
	if (payment?.points === undefined) throw new Error(`nobody watches ${transactionId}`);
	const { transaction_id, openid } = payment;
	const known = { transaction_id, openid, refund_time: chinaTime(now) };
	return eventOf('MALL_REFUND.SUCCESS', known, undefined, signing);
}

/** POST /points/notify: once for a payment, on its day. */
export function notifyPoints(call: Call, asked: Asked): void {
	const payment = call.state.mallPayments.get(asked.transaction_id);
	if (asked.earn_points === false && asked.no_points_remarks === undefined) {
		throw invalidRequest('未获得积分时无备注信息');
	}
	if (!payment || payment.openid !== asked.openid) throw invalidRequest('该订单未提交积分');
	if (payment.points !== undefined) throw invalidRequest('该订单积分已回传');
	if (chinaDay(payment.paidAt) !== chinaDay(call.now)) {
		throw invalidRequest('该订单已超过回传时效');
	}
	payment.points = asked.earn_points ? asked.increased_points : 0;
}

/** GET /users/{openid}/points/commit_status */
export function getPointsCommitStatus({ state, now }: Call, { openid }: Asked): object {
	const isPending = [...state.mallPayments.values()].some(
		(payment) =>
			payment.openid === openid &&
			payment.points === undefined &&
			chinaDay(payment.paidAt) === chinaDay(now),
	);
	return { points_commit_status: isPending ? 'PENDING' : 'FINISHED' };
}

/** GET /user-authorizations/{openid} */
export function getAuthorization({ state, now }: Call, { openid }: Asked): object {
	const isKnown = [...state.mallPayments.values()].some((payment) => payment.openid === openid);
	if (!isKnown) return { openid, authorize_state: 'UNAUTHORIZED' };
	return { openid, authorize_state: 'AUTHORIZED', authorize_time: chinaTime(now) };
}

/** POST /parkings */
export function notifyParking({ state, now }: Call, asked: Asked): void {
	if (secondsOf(asked.time) > now) {
		throw paramError('time', asked.time, 'is in the future', 'body');
	}
	if (!/^\p{Script=Han}[A-Z0-9\p{Script=Han}]+$/u.test(asked.plate_number)) {
		throw paramError('plate_number', asked.plate_number, 'is no plate number', 'body');
	}
	state.parkings.push({ plate_number: asked.plate_number, state: asked.state });
}

function chinaDay(seconds: number): string {
	return chinaTime(seconds).slice(0, 10);
}
