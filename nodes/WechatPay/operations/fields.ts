import { merchantNumber, pathText, positiveInteger, text } from './checks';
import type { Field } from './types';

/** 会员卡模板 card template */
export const cardId: Field = {
	wire: 'card_id',
	in: 'path',
	check: pathText(32),
	property: {
		displayName: 'Card ID',
		name: 'cardId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '' },
		description: 'The card template that the member holds (<code>card_id</code>)',
		modes: [
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. pbLatjvWOibDc5-TBnbUk1pD12o0',
			},
		],
	},
};

/** 用户会员卡 a user's card */
export const code: Field = {
	wire: 'code',
	in: 'path',
	check: pathText(32),
	property: {
		displayName: 'Member Card Code',
		name: 'code',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 478515832665',
		description: "The member's card within the template (<code>code</code>)",
	},
};

/** 商户订单号 merchant order number */
export const outTradeNo: Field = {
	wire: 'out_trade_no',
	in: 'body',
	check: text(32),
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

/** 子商户号 sub-merchant number; which of the two is sent: protocol.md f.4 */
export const subMchid: Field = {
	wire: 'sub_mchid',
	in: 'body',
	check: merchantNumber,
	property: {
		displayName: 'Sub-Merchant ID',
		name: 'subMchid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1900000109',
		description:
			'For service providers: the sub-merchant that took the payment (<code>sub_mchid</code>)',
		hint: 'Empty for a direct merchant',
	},
};

/** 商户号 merchant number */
export const mchid: Field = {
	wire: 'mchid',
	in: 'body',
	check: merchantNumber,
	merchantUnless: subMchid.wire,
	property: {
		displayName: 'Merchant ID',
		name: 'mchid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1230000109',
		description:
			'The merchant that took the payment (<code>mchid</code>), if it is another than the one that signs',
		hint: "Empty: the credential's, or none if there is a sub-merchant",
	},
};

/** 积分 bonus */
export const bonusValue: Field = {
	wire: 'bonus_value',
	in: 'body',
	check: positiveInteger,
	property: {
		displayName: 'Bonus Value',
		name: 'bonusValue',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		required: true,
		default: 0,
		description:
			'The points that this order earns (<code>bonus_value</code>), a positive whole number; the same for Prepare and Commit',
	},
};
