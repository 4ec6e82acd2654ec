import type { Operation } from '../../../action/spec';
import { cardId, code, membershipNumber } from '../fields';
import { memberCardErrors } from '../knownErrors';

export const activateMember: Operation = {
	name: 'Activate',
	value: 'activate',
	action: 'Activate a member',
	description: "Activate a user's card whose activation leads to your own page",
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012550809',
	notice:
		'Only for cards that are opened with the activation type JUMP_ACTIVATE; the others activate by themselves.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}/activate',
	fields: [cardId, code, membershipNumber],
	resendable: false,
	repeatable: false,
	knownErrors: memberCardErrors,
	checkFirst: 'Look with Member: Get whether the card is active before you run this item again.',
	itemLabel: code.wireName,
	pastTense: 'activated',
};
