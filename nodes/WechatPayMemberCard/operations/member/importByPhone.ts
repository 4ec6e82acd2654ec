import type { Operation } from '../../../action/spec';
import { cardId, newCode, outRequestNo, phoneNumber } from '../fields';
import { memberCardErrors } from '../knownErrors';

export const importByPhone: Operation = {
	name: 'Import by Phone',
	value: 'importByPhone',
	action: 'Import a member by phone number',
	description: 'Give a member of your own system a card, by their phone number',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012550535',
	notice:
		"The card is active at once but does not show up in the user's card wallet. The phone number is encrypted before it is sent.",

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/phone-membercard/import',
	fields: [cardId, phoneNumber, newCode, outRequestNo],
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: { requiredFields: ['code'] },
	checkFirst:
		'Look with Member: Get whether the card was given, by its code; without a code of yours, ask the member.',
	itemLabel: outRequestNo.wireName,
	pastTense: 'imported',
};
