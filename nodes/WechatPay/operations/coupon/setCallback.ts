import type { Operation } from '../../../action/spec';
import { notifyUrl } from '../../../WechatPayMemberCard/operations/callback/fields';
import { withProperty } from '../../../WechatPayMemberCard/operations/fields';
import { callbackMchid } from './fields';
import { couponErrors } from './knownErrors';

export const setCouponCallback: Operation = {
	name: 'Set Callback URL',
	value: 'setCallback',
	action: 'Set a coupon callback URL',
	description: 'Set the URL that receives the notifications of used coupons',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012464198',
	notice:
		'A merchant number has one such URL: this replaces the present one, and whatever listens there hears nothing more.',

	method: 'POST',
	path: '/v3/marketing/favor/callbacks',
	fields: [
		{ ...callbackMchid, in: 'body' },
		withProperty(notifyUrl, {
			description:
				'Where WeChat Pay sends its notifications of used coupons (<code>notify_url</code>): https, reachable from outside, without a query',
		}),
	],
	takesJson: true,
	resendable: true,
	repeatable: true,
	knownErrors: couponErrors,
	response: { requiredFields: ['update_time', 'notify_url'] },
	itemLabel: notifyUrl.wireName,
	pastTense: 'set',
};
