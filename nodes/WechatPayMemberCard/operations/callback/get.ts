import type { Operation } from '../../../action/spec';
import { memberCardErrors } from '../knownErrors';

export const getCallback: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a callback URL',
	description: 'Get the URL that receives the member-card notifications of the merchant',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012552275',

	method: 'GET',
	path: '/v3/marketing/membercard-open/callback',
	fields: [],
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: { requiredFields: ['notify_url'], signer: 'mchid' },
	pastTense: 'read',
};
