import type { Operation } from '../../../action/spec';
import { callbackMchid } from './fields';
import { couponErrors } from './knownErrors';

export const getCouponCallback: Operation = {
	name: 'Get Callback URL',
	value: 'getCallback',
	action: 'Get a coupon callback URL',
	description: 'Get the URL that receives the notifications of used coupons',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012464070',

	method: 'GET',
	path: '/v3/marketing/favor/callbacks',
	fields: [callbackMchid],
	resendable: true,
	repeatable: true,
	knownErrors: couponErrors,
	response: { requiredFields: ['mchid', 'notify_url'] },
	pastTense: 'read',
};
