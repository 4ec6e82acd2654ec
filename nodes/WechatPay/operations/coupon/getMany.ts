import type { Operation, Parameter } from '../../../action/spec';
import { withProperty } from '../../../WechatPayMemberCard/operations/fields';
import { MERCHANT_NUMBER } from '../fields';
import { couponAppid, REQUIRED_OF_COUPON, SIMPLE_COUPON, stockId, userOpenid } from './fields';
import { couponErrors } from './knownErrors';

/** 可用商户号 */
const availableMchid: Parameter = {
	wireName: 'available_mchid',
	in: 'query',
	...MERCHANT_NUMBER,
	maxLength: 20,
	property: {
		displayName: 'Usable at Merchant ID',
		name: 'availableMchid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9856888',
		description:
			'Only coupons that can be used at this merchant (<code>available_mchid</code>); stock and status are then ignored',
	},
};

/** 创建批次的商户号 */
const creatorMchid: Parameter = {
	wireName: 'creator_mchid',
	in: 'query',
	...MERCHANT_NUMBER,
	maxLength: 20,
	defaultFrom: 'mchid',
	skipDefaultIf: availableMchid.wireName,
	property: {
		displayName: 'Stock Creator Merchant ID',
		name: 'creatorMchid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8956000',
		description: 'Only coupons of stocks that this merchant made (<code>creator_mchid</code>)',
		hint: "Leave empty to use the credential's, or none if 'Usable at Merchant ID' is filled.",
	},
};

export const getManyCoupons: Operation = {
	name: 'Get Many of a User',
	value: 'getMany',
	action: 'Get many coupons of a user',
	description: 'List the coupons that a user has of a merchant',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012534690',

	method: 'GET',
	path: '/v3/marketing/favor/users/{openid}/coupons',
	fields: [
		userOpenid,
		couponAppid,
		withProperty(
			{ ...stockId, in: 'query', narrows: true },
			{ required: false, description: 'Only coupons of this stock (<code>stock_id</code>)' },
		),
		{
			wireName: 'status',
			in: 'query',
			// USED asks for usable ones as well.
			narrows: true,
			property: {
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Usable', value: 'SENDED' },
					{ name: 'Usable and Used', value: 'USED' },
				],
				default: 'SENDED',
				description: 'Only coupons in this state (<code>status</code>)',
			},
		},
		creatorMchid,
		availableMchid,
	],
	resendable: true,
	repeatable: true,
	knownErrors: couponErrors,
	response: {
		requiredFields: REQUIRED_OF_COUPON,
		listField: 'data',
		uniqueBy: ['coupon_id'],
		simplifiedFields: SIMPLE_COUPON,
	},
	itemLabel: userOpenid.wireName,
	pastTense: 'listed',
};
