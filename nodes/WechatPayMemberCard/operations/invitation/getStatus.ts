import type { Operation } from '../../../action/spec';
import { cardId, phoneNumber } from '../fields';
import { memberCardErrors } from '../knownErrors';

export const getInvitationStatus: Operation = {
	name: 'Get Status',
	value: 'getStatus',
	action: 'Get status of an invitation',
	description: 'Find out whether a reminded member has claimed the card',
	docs: 'https://pay.weixin.qq.com/doc/v3/partner/4017172062',
	notice: 'Mainland China numbers only.',

	method: 'GET',
	path: '/v3/marketing/membercard-open/phonenumber-member/search',
	fields: [
		{ ...cardId, in: 'query' },
		{ ...phoneNumber, in: 'query' },
	],
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: {
		requiredFields: ['receive_status'],
		repeats: { card_id: 'user_card_information.card_id' },
	},
	itemLabel: cardId.wireName,
	pastTense: 'read',
};
