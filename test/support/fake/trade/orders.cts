/** The order queries (test/support/facts/membercard-api.json order.*). */
import { ok, type Answer, type Call } from '../call.cts';
import { checkFields, checkNoBody, readQuery, text } from '../rules/fields.cts';
import { notFound, paramError } from '../rules/refusal.cts';
import { keyOf } from '../state.cts';
import { chinaTime } from '../rules/times.cts';
import { isPaid, merchantOf, USUAL_TRANSACTION, type Order } from './order.cts';

const OUT_TRADE_NO = { out_trade_no: text(6, 32, /^[0-9A-Za-z_\-|*]+$/) };
const TRANSACTION_ID = { transaction_id: text(1, 32) };

const TRADE_STATE_DESC: Record<string, string> = {
	SUCCESS: '支付成功',
	REFUND: '订单发生过退款，退款详情请查询退款单',
	NOTPAY: '订单未支付',
	CLOSED: '订单已关闭',
	REVOKED: '订单已撤销',
	USERPAYING: '用户支付中，需要输入密码',
	PAYERROR: '支付失败(其他原因，如银行返回失败)',
};

/** GET /v3/pay/transactions/{out-trade-no/{out_trade_no}|id/{transaction_id}}?mchid=… */
export function queryOrder(call: Call): Answer {
	const { mchid } = readOrderQuery(call, 'mchid', { mchid: text(1, 32) });
	const order = findOrder(call, mchid);
	return ok({
		appid: order.appid,
		mchid,
		...transactionOf(order),
		...(isPaid(order) && { payer: { openid: order.openid } }),
	});
}

/** The same below /v3/pay/partner/transactions, ?sp_mchid=…&sub_mchid=… */
export function queryPartnerOrder(call: Call): Answer {
	const rules = { sp_mchid: text(1, 32), sub_mchid: text(1, 32) };
	const { sp_mchid, sub_mchid } = readOrderQuery(call, 'sp_mchid', rules);
	const order = findOrder(call, sub_mchid);
	return ok({
		sp_appid: order.appid,
		sp_mchid,
		sub_mchid,
		...transactionOf(order),
		...(isPaid(order) && { payer: { sp_openid: order.openid } }),
	});
}

function readOrderQuery(call: Call, callerName: string, rules: Parameters<typeof readQuery>[1]) {
	checkNoBody(call.request);
	checkFields(call.path, 'transaction_id' in call.path ? TRANSACTION_ID : OUT_TRADE_NO, 'uri');
	const query = readQuery(call.request.url, rules);
	if (query[callerName] !== call.mchid) {
		throw paramError(callerName, query[callerName], 'is not the mchid of Authorization', 'query');
	}
	return query;
}

function findOrder({ state, path }: Call, merchant: string): Order {
	const order =
		path.transaction_id === undefined
			? state.orders.get(keyOf(merchant, path.out_trade_no))
			: [...state.orders.values()].find((candidate) => isTransaction(candidate, merchant, path));
	if (!order) throw notFound('ORDER_NOT_EXIST', '订单不存在');
	return order;
}

/** An order that was not paid can only be found by out_trade_no. */
function isTransaction(order: Order, merchant: string, path: Call['path']): boolean {
	const { transaction_id: asked } = path;
	const { transaction_id: own = USUAL_TRANSACTION } = order;
	return isPaid(order) && own === asked && merchantOf(order) === merchant;
}

function transactionOf(order: Order): object {
	return {
		out_trade_no: order.out_trade_no,
		trade_state: order.trade_state,
		trade_state_desc: TRADE_STATE_DESC[order.trade_state] ?? order.trade_state,
		amount: { total: order.total, currency: 'CNY' },
		...(isPaid(order) && {
			transaction_id: order.transaction_id ?? USUAL_TRANSACTION,
			trade_type: order.trade_type,
			bank_type: 'OTHERS',
			attach: order.attach,
			success_time: chinaTime(order.success_time),
			amount: {
				total: order.total,
				payer_total: order.payer_total,
				currency: 'CNY',
				payer_currency: 'CNY',
			},
			promotion_detail: [],
		}),
	};
}
