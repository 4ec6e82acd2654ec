import type { Operation } from '../../../action/spec';
import { couponAppid, couponId, REQUIRED_OF_COUPON, SIMPLE_COUPON, userOpenid } from './fields';
import { couponErrors } from './knownErrors';

export const getCoupon: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a coupon',
	description: 'Get a coupon of a user, such as whether it was used',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012486942',

	method: 'GET',
	path: '/v3/marketing/favor/users/{openid}/coupons/{coupon_id}',
	fields: [userOpenid, couponId, couponAppid],
	resendable: true,
	repeatable: true,
	knownErrors: couponErrors,
	response: { requiredFields: REQUIRED_OF_COUPON, simplifiedFields: SIMPLE_COUPON },
	itemLabel: couponId.wireName,
	pastTense: 'read',
};
