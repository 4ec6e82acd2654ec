import type { Parameter } from '../../../action/spec';
import {
	anyAppid,
	HALF_WIDTH,
	openid as anyOpenid,
	outRequestNo,
	withProperty,
} from '../../../WechatPayMemberCard/operations/fields';
import { MERCHANT_NUMBER } from '../fields';

/** What is left of a coupon by 'Simplify'. */
export const SIMPLE_COUPON = [
	'coupon_id',
	'coupon_name',
	'stock_id',
	'stock_creator_mchid',
	'status',
	'coupon_type',
	'available_begin_time',
	'available_end_time',
	'normal_coupon_information',
	'out_request_no',
];

/** What a coupon has whatever it is good for. */
export const REQUIRED_OF_COUPON = [
	'stock_creator_mchid',
	'stock_id',
	'coupon_id',
	'coupon_name',
	'status',
	'description',
	'create_time',
	'coupon_type',
	'no_cash',
	'singleitem',
	'available_begin_time',
	'available_end_time',
];

/** What is left of a stock by 'Simplify'. */
export const SIMPLE_STOCK = [
	'stock_id',
	'stock_name',
	'stock_creator_mchid',
	'status',
	'stock_type',
	'available_begin_time',
	'available_end_time',
	'distributed_coupons',
	'stock_use_rule',
];

/** What a stock has whatever its coupons are good for. */
export const REQUIRED_OF_STOCK = [
	'stock_id',
	'stock_creator_mchid',
	'stock_name',
	'status',
	'stock_type',
	'available_begin_time',
	'available_end_time',
	'create_time',
	'distributed_coupons',
	'no_cash',
	'singleitem',
	'description',
];

/** 用户openid */
export const userOpenid: Parameter = {
	...withProperty(anyOpenid, {
		description: 'The user, under the AppID below (<code>openid</code>)',
	}),
	in: 'path',
};

/** 公众账号ID the AppID that the user's OpenID belongs to */
export const couponAppid: Parameter = {
	...withProperty(anyAppid, {
		description: 'The AppID of the OpenID, bound to the merchant that signs (<code>appid</code>)',
		hint: "Leave empty to use the credential's.",
	}),
	in: 'query',
	maxLength: 128,
	defaultFrom: 'appid',
	requiredOnWire: true,
};

/** 批次号 coupon stock */
export const stockId: Parameter = {
	wireName: 'stock_id',
	in: 'body',
	maxLength: 20,
	pattern: HALF_WIDTH,
	property: {
		displayName: 'Stock ID',
		name: 'stockId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 9856000',
		description: 'The coupon stock (<code>stock_id</code>), made in the merchant platform',
	},
};

/** 创建批次的商户号 */
export const stockCreator: Parameter = {
	wireName: 'stock_creator_mchid',
	in: 'body',
	...MERCHANT_NUMBER,
	maxLength: 20,
	defaultFrom: 'mchid',
	requiredOnWire: true,
	property: {
		displayName: 'Stock Creator Merchant ID',
		name: 'stockCreatorMchid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8956000',
		description:
			'The merchant that made the stock (<code>stock_creator_mchid</code>), if another one signs',
		hint: "Leave empty to use the credential's.",
	},
};

/** 代金券id */
export const couponId: Parameter = {
	wireName: 'coupon_id',
	in: 'path',
	maxLength: 20,
	pattern: HALF_WIDTH,
	property: {
		displayName: 'Coupon ID',
		name: 'couponId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 9867041',
		description: "The user's coupon (<code>coupon_id</code>), as Send to User returned it",
	},
};

/** 商户单据号 the number of a sending: never made by the node, for a second number is a second coupon */
export const sendingNumber: Parameter = {
	...withProperty(outRequestNo, {
		required: true,
		placeholder: 'e.g. 89560002019101000121',
		description:
			'Your number of this sending (<code>out_request_no</code>): under one number WeChat Pay sends one coupon, however often it is asked. Made from merchant, day and a serial number, as WeChat Pay wants it.',
		hint: undefined,
	}),
	maxLength: 128,
	defaultFrom: undefined,
	requiredOnWire: undefined,
};

/** 商户号 whose coupons are told about */
export const callbackMchid: Parameter = {
	wireName: 'mchid',
	in: 'query',
	...MERCHANT_NUMBER,
	maxLength: 20,
	defaultFrom: 'mchid',
	requiredOnWire: true,
	property: {
		displayName: 'Merchant ID',
		name: 'mchid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1230000109',
		description: 'The merchant that made the coupon stocks (<code>mchid</code>)',
		hint: "Leave empty to use the credential's.",
	},
};
