import type { Operation } from '../../../action/spec';
import { mallMchid, memberOpenid, miniProgramAppid } from './fields';
import { businessCircleErrors } from './knownErrors';

export const getAuthorization: Operation = {
	name: 'Get Authorization',
	value: 'getAuthorization',
	action: 'Get authorization of a mall member',
	description: 'Ask whether a member authorised the points service of the mall',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012534848',

	method: 'GET',
	path: '/v3/businesscircle/user-authorizations/{openid}',
	fields: [
		{ ...memberOpenid, in: 'path' },
		{ ...mallMchid, in: 'query', maxLength: 64 },
		{ ...miniProgramAppid, in: 'query' },
	],
	resendable: true,
	repeatable: true,
	knownErrors: businessCircleErrors,
	response: { requiredFields: ['openid', 'authorize_state'] },
	itemLabel: memberOpenid.wireName,
	pastTense: 'read',
};
