import type { INodeProperties } from 'n8n-workflow';

import type { Field, Parameter } from '../../action/spec';

/** 会员卡模板 card template */
export const cardId: Parameter = {
	wireName: 'card_id',
	in: 'path',
	maxLength: 32,
	property: {
		displayName: 'Card ID',
		name: 'cardId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The card template (<code>card_id</code>)',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchCards', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. pbLatjvWOibDc5-TBnbUk1pD12o0',
			},
		],
	},
};

/** Full-width digits (１２３), blanks and Chinese letters are none that WeChat Pay takes in codes. */
export const HALF_WIDTH = {
	regex: /^[\x21-\x7e]+$/,
	must: 'must consist of digits, English letters and half-width punctuation only',
};

/** 用户会员卡 a user's card */
export const code: Parameter = {
	wireName: 'code',
	in: 'path',
	maxLength: 32,
	pattern: HALF_WIDTH,
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

/** 用户会员卡 a user's card, where the merchant may choose its code */
export const newCode: Parameter = {
	wireName: 'code',
	in: 'body',
	maxLength: 32,
	pattern: HALF_WIDTH,
	property: {
		displayName: 'Member Card Code',
		name: 'code',
		type: 'string',
		default: '',
		placeholder: 'e.g. 478515832665',
		description:
			'The code to give (<code>code</code>); needed where the code mode of the card is REAL_TIME, otherwise WeChat Pay chooses',
	},
};

/** 会员号 membership number */
export const membershipNumber: Parameter = {
	wireName: 'membership_number',
	in: 'body',
	maxLength: 32,
	pattern: HALF_WIDTH,
	property: {
		displayName: 'Membership Number',
		name: 'membershipNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 316510891298',
		description:
			'The number shown on the card (<code>membership_number</code>); the card code if left out',
	},
};

/** 商户请求单号 request number */
export const outRequestNo: Parameter = {
	wireName: 'out_request_no',
	in: 'body',
	maxLength: 32,
	pattern: {
		regex: /^[0-9A-Za-z|_*-]+$/,
		must: 'must consist of letters, digits and | _ * - only',
	},
	namesRequest: true,
	defaultFrom: 'requestNumber',
	requiredOnWire: true,
	property: {
		displayName: 'Request Number',
		name: 'outRequestNo',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100002322019090134234sfdf',
		description:
			'Names this request (<code>out_request_no</code>), so that WeChat Pay does it once however often it is sent. Give one from your own system, such as an order number, to be safe when a later execution runs the same item again.',
		hint: 'Leave empty to have it made from workflow, execution, run and item.',
	},
};

/** @returns the field with other words, or other limits, in the form */
export function withProperty<T extends Field>(field: T, changes: Partial<INodeProperties>): T {
	return { ...field, property: field.property && { ...field.property, ...changes } };
}

/** An AppID of any kind; who uses it describes it. */
export const anyAppid: Field = {
	wireName: 'appid',
	property: {
		displayName: 'AppID',
		name: 'appid',
		type: 'string',
		default: '',
		placeholder: 'e.g. wxea9c30890f48d5ae',
	},
};

/** 商户AppId the service account of the card */
export const appid: Parameter = {
	...withProperty(anyAppid, {
		description: 'The service account of the card, bound to its brand (<code>appid</code>)',
		hint: "Leave empty to use the credential's.",
	}),
	in: 'body',
	maxLength: 32,
	defaultFrom: 'appid',
};

/** 品牌id brand */
export const brandId: Parameter = {
	wireName: 'brand_id',
	in: 'body',
	maxLength: 16,
	defaultFrom: 'brandId',
	property: {
		displayName: 'Brand ID',
		name: 'brandId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1004',
		description: 'The WeChat Pay brand of the merchant (<code>brand_id</code>)',
		hint: "Leave empty to use the credential's.",
	},
};

/** 用户openid */
export const openid: Parameter = {
	wireName: 'openid',
	in: 'body',
	maxLength: 128,
	property: {
		displayName: 'OpenID',
		name: 'openid',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. obLatjnx9gnqzS4myYGmLZ7LgLBA',
		description: 'The user, under the AppID of the card (<code>openid</code>)',
	},
};

/** 手机号 phone number */
export const phoneNumber: Parameter = {
	wireName: 'encrypted_phone_number',
	in: 'body',
	phone: true,
	pattern: {
		regex: /^\+?\d{6,20}$/,
		must: 'must be a phone number: 6 to 20 digits, with + before them or not',
	},
	sensitive: true,
	property: {
		displayName: 'Phone Number',
		name: 'encryptedPhoneNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 13800138000',
		description:
			'Entered as plain text; encrypted before it is sent, and never shown again (<code>encrypted_phone_number</code>)',
	},
};
