import type { Operation } from '../../../action/spec';
import { cardId, code } from '../fields';
import { memberCardErrors } from '../knownErrors';

const SIMPLE_MEMBER = [
	'card_id',
	'code',
	'openid',
	'membership_number',
	'user_card_status',
	'level',
	'bonus_value',
	'balance',
	'nickname',
];

export const getMember: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a member',
	description: 'Get one member card: points, balance, level, state and what the user filled in',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012549292',

	method: 'GET',
	path: '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}',
	fields: [cardId, code],
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: {
		// WeChat Pay calls all of them optional; what has none is no member.
		requiredFields: [SIMPLE_MEMBER.join('|')],
		simplifiedFields: SIMPLE_MEMBER,
	},
	itemLabel: code.wireName,
	pastTense: 'read',
};
