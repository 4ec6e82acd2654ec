/** Orders that merchants make and close (test/support/facts/payments-api.json payment.*, order.close). */
import type { Call } from '../call.cts';
import type { Asked, Work } from '../rules/endpoint.cts';
import { invalidRequest, notFound, NUMBER, paramError, Refusal } from '../rules/refusal.cts';
import { canonical } from '../rules/requestNumbers.cts';
import { isPaid, keepOrder, newNumber, orderOfCaller, USUAL_ORDER } from './order.cts';

/** How an order is paid: the word of the order query, and what the shop gets to start it. */
const KINDS = {
	jsapi: { type: 'JSAPI', answer: () => ({ prepay_id: newNumber('wx2026112810', 36) }) },
	app: { type: 'APP', answer: () => ({ prepay_id: newNumber('wx2026112811', 36) }) },
	native: {
		type: 'NATIVE',
		answer: () => ({ code_url: `weixin://wxpay/bizpayurl?pr=${newNumber('N', 9)}` }),
	},
	h5: {
		type: 'MWEB',
		answer: () => ({
			h5_url: `https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=${newNumber('wx2026112812', 36)}&package=1405458241`,
		}),
	},
} as const;

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
const MAX_DETAIL_BYTES = 6144;
const PAID_NUMBER = 268449538;

/** POST /v3/pay/transactions/{kind} and its partner: one order for one number, however often it is asked for. */
export function createOrder(kind: keyof typeof KINDS): Work {
	const { type, answer } = KINDS[kind];
	return (call, asked) => {
		checkMerchants(call, asked);
		checkContents(asked);
		const content = canonical([kind, asked]);
		const known = orderOfCaller(call, asked.out_trade_no);
		if (!known) keepOrder(call.state, newOrder(call, asked, content, type));
		else checkRepeat(known.content === content, known);
		return answer();
	};
}

function checkMerchants(call: Call, asked: Asked): void {
	checkCaller(call, asked);
	const { appid, sp_appid: spAppid, sub_appid: subAppid, sub_mchid: subMchid } = asked;
	const { state } = call;
	if (subMchid !== undefined && !state.merchants.isKnown(subMchid)) {
		throw new Refusal(400, 'MCH_NOT_EXISTS', '商户号不存在', NUMBER.parameter);
	}
	for (const one of [appid, spAppid, subAppid]) {
		if (state.appidFaults.has(one)) {
			throw new Refusal(400, 'APPID_MCHID_NOT_MATCH', 'AppID和mch_id不匹配', NUMBER.parameter);
		}
	}
}

function checkCaller(
	{ mchid }: Call,
	{ mchid: direct, sp_mchid: sp, sub_mchid: sub }: Asked,
): void {
	const named = direct ?? sp;
	if (named !== mchid) {
		const name = direct === undefined ? 'sp_mchid' : 'mchid';
		const message = 'http header中的mchid与post payload中的mchid不匹配';
		throw paramError(name, named, 'is not the mchid of Authorization', 'body', message);
	}
	if (sub === mchid) throw paramError('sub_mchid', sub, 'equals sp_mchid', 'body');
}

function checkContents({ amount, detail, payer, sub_appid: subAppid, sp_mchid: sp }: Asked): void {
	if ((amount.currency ?? 'CNY') !== 'CNY') {
		throw paramError('amount/currency', amount.currency, 'must be CNY', 'body');
	}
	if (detail && Buffer.byteLength(JSON.stringify(detail)) > MAX_DETAIL_BYTES) {
		throw paramError('detail', undefined, `must have at most ${MAX_DETAIL_BYTES} bytes`, 'body');
	}
	if (!sp || !payer || payer.identity) return;
	if (!payer.sp_openid && !payer.sub_openid) {
		throw paramError('payer/sp_openid', undefined, 'is required', 'body');
	}
	if (payer.sub_openid && !subAppid) {
		throw paramError('sub_appid', undefined, 'is required with sub_openid', 'body');
	}
}

/** The same number with the same content is the same order. */
function checkRepeat(isSame: boolean, order: Parameters<typeof isPaid>[0]): void {
	if (!isSame)
		throw new Refusal(403, 'OUT_TRADE_NO_USED', '商户订单号重复', NUMBER.parametersDiffer);
	if (isPaid(order)) throw invalidRequest('该订单已支付', PAID_NUMBER);
	if (order.trade_state === 'CLOSED') {
		throw new Refusal(400, 'ORDER_CLOSED', '订单已关闭', NUMBER.business);
	}
}

function newOrder({ mchid, now }: Call, asked: Asked, content: string, trade_type: string) {
	const { payer, amount, time_expire: expiry } = asked;
	const wanted = expiry === undefined ? now + 7 * DAY : Date.parse(expiry) / 1000;
	return {
		...USUAL_ORDER,
		out_trade_no: asked.out_trade_no,
		mchid,
		sub_mchid: asked.sub_mchid,
		trade_state: 'NOTPAY',
		total: amount.total,
		payer_total: amount.total,
		appid: asked.appid ?? asked.sp_appid,
		sub_appid: asked.sub_appid,
		openid: payer?.openid ?? payer?.sp_openid ?? payer?.sub_openid ?? USUAL_ORDER.openid,
		attach: asked.attach ?? '',
		trade_type,
		content,
		// Others are moved without a word.
		expires_at: Math.min(Math.max(wanted, now + MINUTE), now + 15 * DAY),
		notify_url: asked.notify_url,
		description: asked.description,
		device_id: asked.scene_info?.device_id,
	};
}

/** POST …/out-trade-no/{out_trade_no}/close: 204, and again 204 for an order that is closed. */
export function closeOrder(call: Call, asked: Asked): void {
	checkCaller(call, asked);
	const order = orderOfCaller(call, asked.out_trade_no);
	if (!order || (order.sub_mchid ?? undefined) !== asked.sub_mchid) {
		throw notFound('ORDER_NOT_EXIST', '订单不存在');
	}
	if (isPaid(order)) throw new Refusal(403, 'TRADE_ERROR', '订单已支付，不能关闭', PAID_NUMBER);
	order.trade_state = 'CLOSED';
}
