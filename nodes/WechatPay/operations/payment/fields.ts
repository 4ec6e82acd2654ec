import type { Field, Parameter } from '../../../action/spec';
import { anyAppid, withProperty } from '../../../WechatPayMemberCard/operations/fields';
import { outTradeNo, paymentNotifyUrl, subMchid } from '../fields';
import { orderMchid, orderNumber } from '../order/fields';

const APPID: Parameter = {
	...withProperty(anyAppid, {
		description: 'Where the payment starts, bound to the merchant (<code>appid</code>)',
		hint: "Leave empty to use the credential's.",
	}),
	in: 'body',
	maxLength: 32,
	defaultFrom: 'appid',
	requiredOnWire: true,
};

const SUB_APPID: Parameter = {
	wireName: 'sub_appid',
	in: 'body',
	maxLength: 32,
	requiredWith: 'payer.sub_openid',
	property: {
		displayName: 'Sub-Merchant AppID',
		name: 'subAppid',
		type: 'string',
		default: '',
		placeholder: 'e.g. wxd678efh567hg6999',
		description:
			'For service providers: the AppID of the sub-merchant (<code>sub_appid</code>), if the payment starts there',
	},
};

/** 公众账号ID and 直连商户号 */
export const MERCHANT: Parameter[] = [APPID, { ...orderMchid, in: 'body' }];

/** What a direct merchant leaves empty; it chooses the endpoint of service providers. */
export const OF_PARTNERS: Parameter[] = [
	{ ...SUB_APPID, in: 'form', requiredWith: undefined },
	{ ...subMchid, in: 'form', requiredWith: SUB_APPID.wireName },
];

/** 服务商APPID, 服务商户号, 子商户APPID and 子商户号 */
export const PARTNER_MERCHANTS: Parameter[] = [
	{ ...APPID, wireName: 'sp_appid' },
	{ ...orderMchid, wireName: 'sp_mchid', in: 'body' },
	SUB_APPID,
	{ ...subMchid, requiredOnWire: true },
];

const EXPIRY_SECONDS = { min: 60, max: 15 * 24 * 60 * 60 };

/** What every order has, from 商品描述 to 订单金额. */
export const ORDER: Parameter[] = [
	{
		wireName: 'description',
		in: 'body',
		maxLength: 127,
		property: {
			displayName: 'Description',
			name: 'description',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Image形象店-深圳腾大-QQ公仔',
			description: 'What is bought, as the payer reads it (<code>description</code>)',
		},
	},
	{
		...orderNumber,
		in: 'body',
		namesRequest: true,
		property: outTradeNo.property && {
			...outTradeNo.property,
			description:
				'The number your system gives to this payment (<code>out_trade_no</code>): 6 to 32 characters, a new one for each order',
		},
	},
	{
		wireName: 'time_expire',
		in: 'body',
		mayDiffer: true,
		timezone: 'Asia/Shanghai',
		ahead: {
			...EXPIRY_SECONDS,
			must: 'must be at least 1 minute and at most 15 days ahead, for WeChat Pay moves others without a word (a time without an offset is China time)',
		},
		property: {
			displayName: 'Expires At',
			name: 'timeExpire',
			type: 'dateTime',
			default: '',
			description:
				'Last moment to pay (<code>time_expire</code>), 1 minute to 15 days ahead, in China time without an offset; 7 days if empty. It does not close the order.',
		},
	},
	{
		wireName: 'attach',
		in: 'body',
		maxLength: 128,
		property: {
			displayName: 'Attach',
			name: 'attach',
			type: 'string',
			default: '',
			placeholder: 'e.g. shop=3',
			description:
				'Data of your own (<code>attach</code>), which comes back in the notification, Order: Get and the trade bill',
		},
	},
	paymentNotifyUrl,
	{
		wireName: 'goods_tag',
		in: 'body',
		maxLength: 32,
		property: {
			displayName: 'Goods Tag',
			name: 'goodsTag',
			type: 'string',
			default: '',
			placeholder: 'e.g. WXG',
			description: 'Lets coupons with the same tag be used (<code>goods_tag</code>)',
		},
	},
	{
		wireName: 'limit_pay',
		in: 'body',
		property: {
			displayName: 'Limit Payment',
			name: 'limitPay',
			type: 'multiOptions',
			options: [
				{ name: 'Balance Only', value: 'balance_only' },
				{ name: 'No Balance', value: 'no_balance' },
				{ name: 'No Credit Card', value: 'no_credit' },
				{ name: 'No Debit Card', value: 'no_debit' },
			],
			default: [],
			description: 'Ways to pay that are shut out (<code>limit_pay</code>)',
		},
	},
	{
		wireName: 'support_fapiao',
		in: 'body',
		property: {
			displayName: 'Offer Invoice',
			name: 'supportFapiao',
			type: 'boolean',
			default: true,
			description:
				'Whether the payer can get an electronic invoice (<code>support_fapiao</code>); the merchant needs that feature',
		},
	},
	{
		wireName: 'amount',
		in: 'body',
		fields: [
			{
				wireName: 'total',
				fen: true,
				property: {
					displayName: 'Amount (Fen)',
					name: 'total',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					required: true,
					default: 0,
					description: 'What the order costs, in fen (<code>total</code>): 12.50 yuan is 1250',
				},
			},
		],
	},
];

/** 用户标识 under the AppID that is sent */
export const PAYER_OPENID: Field = {
	wireName: 'openid',
	maxLength: 128,
	requiredOnWire: true,
	property: {
		displayName: 'OpenID',
		name: 'openid',
		type: 'string',
		default: '',
		placeholder: 'e.g. oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
		description:
			'The payer, under the AppID (<code>openid</code>; <code>sp_openid</code> of a service provider)',
	},
};

/** 用户子标识 under the AppID of the sub-merchant */
export const SUB_OPENID: Field = {
	wireName: 'sub_openid',
	maxLength: 128,
	property: {
		displayName: 'Sub-Merchant OpenID',
		name: 'subOpenid',
		type: 'string',
		default: '',
		placeholder: 'e.g. oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
		description:
			'For service providers: the payer, under the AppID of the sub-merchant (<code>sub_openid</code>)',
	},
};
