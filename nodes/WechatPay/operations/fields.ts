import type { Field, Parameter } from '../../action/spec';
import { notifyUrl, publicUrl } from '../../WechatPayMemberCard/operations/callback/fields';
import { withProperty } from '../../WechatPayMemberCard/operations/fields';

/** What merchant numbers look like. */
export const MERCHANT_NUMBER = {
	maxLength: 32,
	pattern: {
		regex: /^\d+$/,
		must: 'must be a merchant number, digits only, e.g. 1900000109',
	},
} as const;

/** 商户订单号 merchant order number */
export const outTradeNo: Parameter = {
	wireName: 'out_trade_no',
	in: 'body',
	maxLength: 32,
	property: {
		displayName: 'Merchant Order Number',
		name: 'outTradeNo',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1217752501201407033233368018',
		description:
			'The number your system gave to this payment (<code>out_trade_no</code>), up to 32 characters',
	},
};

/** 子商户号 sub-merchant number; which of the two is sent: docs/protocol.md, Merchant numbers */
export const subMchid: Parameter = {
	wireName: 'sub_mchid',
	in: 'body',
	...MERCHANT_NUMBER,
	property: {
		displayName: 'Sub-Merchant ID',
		name: 'subMchid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1900000109',
		description:
			'For service providers: the sub-merchant that took the payment (<code>sub_mchid</code>)',
		hint: 'Leave empty for a direct merchant.',
	},
};

/** 商户号 merchant number */
export const mchid: Parameter = {
	wireName: 'mchid',
	in: 'body',
	...MERCHANT_NUMBER,
	defaultFrom: 'mchid',
	skipDefaultIf: subMchid.wireName,
	property: {
		displayName: 'Merchant ID',
		name: 'mchid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1230000109',
		description: 'The merchant that took the payment (<code>mchid</code>), if another one signs',
		hint: "Leave empty to use the credential's, or none if there is a sub-merchant.",
	},
};

/** 商户回调地址 where WeChat Pay tells of an order */
export const paymentNotifyUrl: Parameter = {
	...notifyUrl,
	maxLength: 255,
	pattern: {
		regex: publicUrl.regex,
		must: `${publicUrl.must}; tell shops or channels apart by paths of their own, or by 'Attach'`,
	},
};

const GOODS_CODE = {
	maxLength: 32,
	pattern: { regex: /^[0-9A-Za-z_-]+$/, must: 'must consist of letters, digits, - and _ only' },
} as const;

/** 商户侧商品编码 */
export const MERCHANT_GOODS_ID: Field = {
	wireName: 'merchant_goods_id',
	...GOODS_CODE,
	property: {
		displayName: 'Goods ID',
		name: 'merchantGoodsId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1246464644',
		description: 'Your own code of the goods (<code>merchant_goods_id</code>)',
	},
};

/** 微信支付商品编码 */
export const WECHATPAY_GOODS_ID: Field = {
	wireName: 'wechatpay_goods_id',
	maxLength: 32,
	property: {
		displayName: 'WeChat Pay Goods ID',
		name: 'wechatpayGoodsId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1001',
		description: "WeChat Pay's code of the goods (<code>wechatpay_goods_id</code>)",
	},
};

/** 商品名称 */
export const GOODS_NAME: Field = {
	wireName: 'goods_name',
	maxLength: 256,
	property: {
		displayName: 'Goods Name',
		name: 'goodsName',
		type: 'string',
		default: '',
		placeholder: 'e.g. iPhoneX 256G',
		description: 'Name of the goods (<code>goods_name</code>)',
	},
};

/** Where the file goes. */
export const outputFile: Parameter = {
	wireName: 'binary_property_name',
	in: 'form',
	property: {
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the output binary field to put the file in.',
		description: 'Where the item has the file',
	},
};

/** The same, beside a field 'Output' whose value `file` asks for one. */
export const outputFileField = withProperty(outputFile, {
	displayOptions: { show: { outputAs: ['file'] } },
});

/** 商品单价 */
export const UNIT_PRICE: Field = {
	wireName: 'unit_price',
	fen: true,
	property: {
		displayName: 'Unit Price (Fen)',
		name: 'unitPrice',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		required: true,
		default: 0,
		description: 'Price of one, in fen (<code>unit_price</code>)',
	},
};
