import type { Operation } from '../../../action/spec';
import { appid, openid } from '../fields';
import { memberCardErrors } from '../knownErrors';

export const getManyMembers: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get cards of a user',
	description: 'List the cards that one user holds with the brand',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012549255',
	notice:
		'WeChat Pay lists the cards of one user; there is no list of all members. Member: Get then reads one of them.',

	method: 'GET',
	path: '/v3/marketing/membercard-open/user/cards',
	fields: [
		{ ...openid, in: 'query' },
		{ ...appid, in: 'query' },
	],
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: {
		requiredFields: ['card_id|code'],
		listField: 'data',
		uniqueBy: ['card_id', 'code'],
	},
	itemLabel: openid.wireName,
	pastTense: 'listed',
};
