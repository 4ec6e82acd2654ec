import type { Operation } from '../../../action/spec';
import { memberCardErrors } from '../knownErrors';

export const setCallback: Operation = {
	name: 'Set',
	value: 'set',
	action: 'Set a callback URL',
	description: 'Set the URL that receives the member-card notifications of the merchant',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012552251',
	notice:
		'A merchant number has one such URL: this replaces the present one (Callback: Get shows it), and whatever listens there hears nothing more.',

	method: 'PATCH',
	path: '/v3/marketing/membercard-open/callback',
	fields: [
		{
			wireName: 'notify_url',
			in: 'body',
			maxLength: 256,
			pattern: {
				regex: /^https:\/\/[^\s?#]+$/,
				must: 'must be a public https address without a query, e.g. https://shop.example/webhook/wechatpay',
			},
			property: {
				displayName: 'Notification URL',
				name: 'notifyUrl',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. https://shop.example/webhook/wechatpay',
				description:
					'Where WeChat Pay sends its notifications (<code>notify_url</code>): https, reachable from outside, without a query',
			},
		},
	],
	repeatable: true,
	knownErrors: memberCardErrors,
	response: { requiredFields: ['notify_url'] },
	itemLabel: 'notify_url',
	pastTense: 'set',
};
