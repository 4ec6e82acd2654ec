import type { Operation } from '../../../action/spec';
import { couponAppid, sendingNumber, stockCreator, stockId, userOpenid } from './fields';
import { sendingErrors } from './knownErrors';

export const sendCoupon: Operation = {
	name: 'Send to User',
	value: 'send',
	action: 'Send a coupon to a user',
	description: 'Send one cash coupon of a stock to a user',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012463767',
	notice: 'Another request number sends another coupon: keep one number for each coupon you owe.',

	method: 'POST',
	path: '/v3/marketing/favor/users/{openid}/coupons',
	fields: [userOpenid, stockId, sendingNumber, { ...couponAppid, in: 'body' }, stockCreator],
	takesJson: true,
	resendable: true,
	repeatable: true,
	on429: 'unknown',
	knownErrors: sendingErrors,
	rejectionHint:
		'Check that the stock is running, that it may be sent by API, and that the OpenID belongs to the AppID.',
	checkFirst: 'Look whether the user has the coupon (Coupon: Get Many of a User).',
	response: { requiredFields: ['coupon_id'] },
	itemLabel: sendingNumber.wireName,
	pastTense: 'sent',
};
