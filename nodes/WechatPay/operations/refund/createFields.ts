import type { Parameter } from '../../../action/spec';
import {
	GOODS_NAME,
	MERCHANT_GOODS_ID,
	paymentNotifyUrl,
	UNIT_PRICE,
	WECHATPAY_GOODS_ID,
} from '../fields';

/** 退款原因, counted in bytes */
export const refundReason: Parameter = {
	wireName: 'reason',
	in: 'body',
	maxLength: 80,
	maxBytes: 80,
	property: {
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		placeholder: 'e.g. 商品已售完',
		description:
			'What the payer reads in the message about the refund (<code>reason</code>), at most 80 bytes: 26 Chinese characters',
	},
};

/** 退款结果回调url */
export const refundNotifyUrl: Parameter = {
	...paymentNotifyUrl,
	minLength: 8,
	maxLength: 256,
	property: paymentNotifyUrl.property && {
		...paymentNotifyUrl.property,
		required: false,
		description:
			'Where WeChat Pay sends REFUND.* notifications (<code>notify_url</code>): https, reachable from outside, without a query',
	},
};

/** 退款资金来源 */
export const refundFundsAccount: Parameter = {
	wireName: 'funds_account',
	in: 'body',
	isWish: true,
	property: {
		displayName: 'Funds Account',
		name: 'fundsAccount',
		type: 'options',
		options: [
			{ name: 'Available Balance', value: 'AVAILABLE' },
			{ name: 'Unsettled Funds', value: 'UNSETTLED' },
		],
		default: 'AVAILABLE',
		description:
			'Where the money is taken from (<code>funds_account</code>), for merchants of the old settlement kind',
	},
};

/** 金额信息; the currency is CNY always */
export const refundAmount: Parameter = {
	wireName: 'amount',
	in: 'body',
	fields: [
		{
			wireName: 'refund',
			fen: true,
			property: {
				displayName: 'Refund Amount (Fen)',
				name: 'refund',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				required: true,
				default: 0,
				description: 'What goes back, in fen (<code>refund</code>): 12.50 yuan is 1250',
			},
		},
		{
			wireName: 'from',
			property: {
				displayName: 'Paid From',
				name: 'from',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Account',
				description:
					'Accounts that pay for the refund (<code>from</code>), only for profit sharing orders; their amounts make the refund amount',
			},
			fields: [
				{
					wireName: 'account',
					property: {
						displayName: 'Account',
						name: 'account',
						type: 'options',
						options: [
							{ name: 'Available Balance', value: 'AVAILABLE' },
							{ name: 'Unavailable Balance', value: 'UNAVAILABLE' },
						],
						required: true,
						default: 'AVAILABLE',
						description: 'The account (<code>account</code>)',
					},
				},
				{
					wireName: 'amount',
					fen: true,
					property: {
						displayName: 'Amount (Fen)',
						name: 'amount',
						type: 'number',
						typeOptions: { minValue: 1, numberPrecision: 0 },
						required: true,
						default: 0,
						description: 'What it pays, in fen (<code>amount</code>)',
					},
				},
			],
		},
		{
			wireName: 'total',
			fen: true,
			property: {
				displayName: 'Order Total (Fen)',
				name: 'total',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 0,
				description:
					'The total of the order in fen, coupons included (<code>total</code>); left empty, the order is read first',
			},
		},
	],
};

/** 退款商品 */
export const refundGoods: Parameter = {
	wireName: 'goods_detail',
	in: 'body',
	property: {
		displayName: 'Goods',
		name: 'goodsDetail',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Goods',
		description:
			'The goods that are returned (<code>goods_detail</code>), only for orders with a coupon for single goods',
	},
	fields: [
		MERCHANT_GOODS_ID,
		WECHATPAY_GOODS_ID,
		GOODS_NAME,
		UNIT_PRICE,
		{
			wireName: 'refund_amount',
			fen: true,
			property: {
				displayName: 'Refund Amount (Fen)',
				name: 'refundAmount',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				required: true,
				default: 0,
				description: 'What goes back for these goods, in fen (<code>refund_amount</code>)',
			},
		},
		{
			wireName: 'refund_quantity',
			property: {
				displayName: 'Quantity Returned',
				name: 'refundQuantity',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				required: true,
				default: 1,
				description: 'How many are returned (<code>refund_quantity</code>)',
			},
		},
	],
};
