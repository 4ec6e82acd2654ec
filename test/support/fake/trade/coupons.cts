/** Cash coupons: coupon.* of test/support/facts/payments-api.json. */
import { randomInt } from 'node:crypto';

import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { answerOf, exampleOf, operation } from '../rules/facts.cts';
import { MERCHANT } from '../keys.cts';
import { pageOf } from '../rules/paging.cts';
import { invalidRequest, NUMBER, notFound, paramError, Refusal } from '../rules/refusal.cts';
import type { Signing } from '../notification.cts';
import type { State } from '../state.cts';
import { chinaTime } from '../rules/times.cts';
import { eventOf, type Notified } from './events.cts';

/** A stock; the names in snake_case are those of coupon.getStock. */
export interface Stock {
	stock_id: string;
	stock_creator_mchid: string;
	status: string;
	distributed_coupons: number;
	/** Coupons that there are, and that one user may have; none: as many as people like. */
	most?: number;
	mostPerUser?: number;
	/** Sends, and then refuses with a number for its text. */
	refusesAfterSending?: boolean;
	[field: string]: unknown;
}

/** A user's coupon; the names in snake_case are those of coupon.get. */
export interface Coupon {
	openid: string;
	coupon_id: string;
	stock_id: string;
	stock_creator_mchid: string;
	status: string;
	/** Merchant number that sent it. */
	sender: string;
	out_request_no: string;
	[field: string]: unknown;
}

/** A stock with every documented field, running unless it says otherwise. */
export function completeStock(stock: Partial<Stock> & { stock_id: string }): Stock {
	return {
		...exampleOf(operation('coupon.getStock').response_fields),
		stock_creator_mchid: MERCHANT.mchid,
		status: 'running',
		distributed_coupons: 0,
		...stock,
	} as Stock;
}

/** A coupon with every documented field, usable unless it says otherwise. */
export function completeCoupon(coupon: Partial<Coupon> & { openid: string }): Coupon {
	return {
		...exampleOf(operation('coupon.get').response_fields),
		stock_creator_mchid: MERCHANT.mchid,
		coupon_id: String(randomInt(1_000_000, 10_000_000_000)),
		status: 'SENDED',
		sender: MERCHANT.mchid,
		...coupon,
	} as Coupon;
}

/** POST /users/{openid}/coupons */
export function sendCoupon(call: Call, asked: Asked): object {
	const { coupons, restrictedUsers } = call.state;
	const { openid, stock_id, out_request_no } = asked;
	const stock = findStock(call, asked);
	if (stock.status !== 'running') throw invalidRequest('批次未激活或已过期');
	if (restrictedUsers.has(openid)) throw refused('REQUEST_BLOCKED', '用户被限领拦截');
	const own = coupons.filter((one) => one.openid === openid && one.stock_id === stock_id);
	if (own.length >= (stock.mostPerUser ?? Infinity)) {
		throw refused('RULE_LIMIT', '用户已达到领取上限');
	}
	if (stock.distributed_coupons >= (stock.most ?? Infinity)) {
		throw refused('NOT_ENOUGH', '批次预算耗尽');
	}
	const { stock_creator_mchid } = stock;
	const coupon = completeCoupon({
		openid,
		stock_id,
		stock_creator_mchid,
		out_request_no,
		sender: call.mchid,
		create_time: chinaTime(call.now),
	});
	coupons.push(coupon);
	stock.distributed_coupons += 1;
	if (stock.refusesAfterSending) throw invalidRequest('268645892');
	return { coupon_id: coupon.coupon_id };
}

/** GET /users/{openid}/coupons */
export function listCoupons(call: Call, asked: Asked): object {
	const { openid, stock_id, status, creator_mchid, available_mchid } = asked;
	if (creator_mchid === undefined && available_mchid === undefined) {
		throw paramError('creator_mchid', undefined, 'is required', 'query');
	}
	const wanted = status === 'USED' ? ['SENDED', 'USED'] : status ? [status] : undefined;
	const isOfCreator = creator_mchid !== undefined;
	const rows = call.state.coupons
		.filter((one) => one.openid === openid)
		.filter(({ status: state }) => (isOfCreator ? state !== 'EXPIRED' : state === 'SENDED'))
		.filter(
			(one) =>
				!isOfCreator ||
				(one.stock_creator_mchid === creator_mchid &&
					(stock_id === undefined || one.stock_id === stock_id) &&
					(wanted === undefined || wanted.includes(one.status))),
		)
		.map((one) => answerOf('coupon.get', one));
	if (isOfCreator) return pageOf(call, rows, asked);
	return { total_count: rows.length, ...(rows.length > 0 && { data: rows }) };
}

/** GET /users/{openid}/coupons/{coupon_id} */
export function getCoupon({ state }: Call, { openid, coupon_id }: Asked): object {
	const found = state.coupons.find((one) => one.openid === openid && one.coupon_id === coupon_id);
	if (!found) throw notFound('RESOURCE_NOT_EXISTS', '查询的资源不存在');
	return answerOf('coupon.get', found);
}

/** GET /stocks/{stock_id} */
export function getStock(call: Call, asked: Asked): object {
	return answerOf('coupon.getStock', findStock(call, asked));
}

/** GET /stocks */
export function listStocks(call: Call, asked: Asked): object {
	const rows = [...call.state.stocks.values()]
		.filter(({ stock_creator_mchid: creator }) => creator === asked.stock_creator_mchid)
		.filter(({ status }) => asked.status === undefined || status === asked.status)
		.map((stock) => answerOf('coupon.getStock', stock));
	return pageOf(call, rows, asked);
}

/** A user who pays with a coupon. Returns WeChat Pay's notification of it. */
export function useCoupon(
	state: State,
	couponId: string,
	{ transaction_id, consume_amount }: { transaction_id: string; consume_amount: number },
	now: number,
	signing?: Signing,
): Notified {
	const coupon = state.coupons.find(({ coupon_id: id }) => id === couponId);
	if (coupon?.status !== 'SENDED') throw new Error(`there is no coupon ${couponId} to be used`);
	const used = { consume_time: chinaTime(now), consume_mchid: coupon.sender, transaction_id };
	Object.assign(coupon, { status: 'USED', consume_information: used });
	const known = { ...coupon, consume_information: { ...used, consume_amount } };
	return eventOf('COUPON.USE', known, state.couponNotifyUrl, signing);
}

/** POST /callbacks */
export function setCouponCallback(call: Call, { mchid, notify_url, switch: on }: Asked): object {
	checkOwn(call, mchid, 'body');
	if (on === false) throw invalidRequest('暂不支持关闭');
	call.state.couponNotifyUrl = notify_url;
	return { update_time: chinaTime(call.now), notify_url };
}

/** GET /callbacks */
export function getCouponCallback(call: Call, { mchid }: Asked): object {
	checkOwn(call, mchid, 'query');
	const { couponNotifyUrl: notify_url } = call.state;
	if (notify_url === undefined) throw notFound('RESOURCE_NOT_EXISTS', '查询的资源不存在');
	return { mchid, notify_url };
}

function checkOwn(call: Call, mchid: string, location: 'body' | 'query'): void {
	if (mchid === call.mchid) return;
	throw paramError('mchid', mchid, 'is not the mchid of Authorization', location);
}

/** Seen by who made it and by who may send it. */
function findStock({ state }: Call, { stock_id, stock_creator_mchid }: Asked): Stock {
	const stock = state.stocks.get(stock_id);
	if (stock && stock.stock_creator_mchid === stock_creator_mchid) return stock;
	throw notFound('RESOURCE_NOT_EXISTS', '批次不存在');
}

function refused(code: string, message: string): Refusal {
	return new Refusal(403, code, message, NUMBER.business);
}
