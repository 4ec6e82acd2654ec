import type { FileShape } from '../../../action/spec';
import { CSV, downloadBill } from './download';

const DETAIL = {
	交易时间: { key: 'trade_time', kind: 'time' },
	公众账号ID: { key: 'appid', kind: 'text' },
	商户号: { key: 'mchid', kind: 'text' },
	特约商户号: { key: 'sub_mchid', kind: 'number' },
	子商户号: { key: 'sub_mchid', kind: 'number' },
	设备号: { key: 'device_id', kind: 'goods' },
	微信订单号: { key: 'transaction_id', kind: 'text' },
	商户订单号: { key: 'out_trade_no', kind: 'text' },
	用户标识: { key: 'openid', kind: 'text' },
	交易类型: { key: 'trade_type', kind: 'text' },
	交易状态: { key: 'trade_state', kind: 'text' },
	付款银行: { key: 'bank_type', kind: 'text' },
	货币种类: { key: 'currency', kind: 'text' },
	应结订单金额: { key: 'settlement_total', kind: 'amount' },
	代金券金额: { key: 'coupon_amount', kind: 'amount' },
	退款申请时间: { key: 'refund_create_time', kind: 'time' },
	退款成功时间: { key: 'refund_success_time', kind: 'time' },
	微信退款单号: { key: 'refund_id', kind: 'number' },
	商户退款单号: { key: 'out_refund_no', kind: 'number' },
	退款金额: { key: 'settlement_refund', kind: 'amount' },
	充值券退款金额: { key: 'coupon_refund', kind: 'amount' },
	退款类型: { key: 'refund_type', kind: 'text' },
	退款状态: { key: 'refund_status', kind: 'text' },
	商品名称: { key: 'description', kind: 'goods' },
	商户数据包: { key: 'attach', kind: 'goods' },
	手续费: { key: 'fee', kind: 'amount' },
	费率: { key: 'rate', kind: 'text' },
	订单金额: { key: 'total', kind: 'amount' },
	申请退款金额: { key: 'refund', kind: 'amount' },
	费率备注: { key: 'rate_remark', kind: 'text' },
} as const;

const OLDER_DETAIL = {
	总金额: DETAIL.应结订单金额,
	企业红包金额: DETAIL.代金券金额,
	企业红包退款金额: DETAIL.充值券退款金额,
} as const;

const SUMMARY = {
	总交易单数: { key: 'trade_count', kind: 'count' },
	应结订单总金额: { key: 'settlement_total', kind: 'amount' },
	退款总金额: { key: 'settlement_refund', kind: 'amount' },
	充值券退款总金额: { key: 'coupon_refund', kind: 'amount' },
	手续费总金额: { key: 'fee', kind: 'amount' },
	订单总金额: { key: 'total', kind: 'amount' },
	申请退款总金额: { key: 'refund', kind: 'amount' },
} as const;

const OLDER_SUMMARY = {
	总交易额: SUMMARY.应结订单总金额,
	总退款金额: SUMMARY.退款总金额,
	总企业红包退款金额: SUMMARY.充值券退款总金额,
} as const;

/**
 * The trade bill. Keys are those of payments and refunds: `settlement_total` and `settlement_refund` are 应结 amounts,
 * `total` and `refund` those of order and refund.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071246
 */
export const tradeBillFile: FileShape = {
	endpoint: downloadBill,
	type: CSV,
	statement: {
		columns: { ...DETAIL, ...OLDER_DETAIL },
		summary: { ...SUMMARY, ...OLDER_SUMMARY },
		count: 'trade_count',
	},
};
