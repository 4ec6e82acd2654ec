import type { Operation } from '../../../action/spec';
import { memberCardErrors } from '../knownErrors';
import { notifyUrl } from './fields';

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
	fields: [notifyUrl],
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: { requiredFields: ['notify_url'], signer: 'mchid' },
	itemLabel: notifyUrl.wireName,
	pastTense: 'set',
};
