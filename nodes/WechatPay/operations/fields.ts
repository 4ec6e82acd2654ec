import type { Parameter } from '../../action/spec';

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
			'The number your system gave to WeChat Pay for this payment (<code>out_trade_no</code>), up to 32 characters',
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
		description:
			'The merchant that took the payment (<code>mchid</code>), if it is another than the one that signs',
		hint: "Leave empty to use the credential's, or none if there is a sub-merchant.",
	},
};
