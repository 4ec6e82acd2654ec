/** The words by which people look for a node in n8n's panel of nodes. */

export const EVERYDAY = 'WeChat Pay';
export const MEMBER_CARD = 'WeChat Pay Member Card';

/** By the label of the node that they find first, of ours. */
export const WORDS: Record<string, string[]> = {
	[EVERYDAY]: [
		'WeChat',
		'WeChat Pay',
		'Weixin',
		'微信',
		'微信支付',
		'支付',
		'payment',
		'收款',
		'points',
		'bonus',
		'积分',
		'reward',
		'refund',
		'退款',
		'transfer',
		'转账',
		'提现',
		'bill',
		'账单',
		'对账',
		'reconcile',
		'coupon',
		'代金券',
		'优惠券',
		'notification',
		'callback',
		'webhook',
		'通知',
		'回调',
		'order',
		'订单',
	],
	[MEMBER_CARD]: [
		'member card',
		'membership',
		'member',
		'会员卡',
		'会员',
		'loyalty',
		'CRM',
		'brand',
		'balance',
		'储值',
		'WeChat Pay Member Card',
	],
};
