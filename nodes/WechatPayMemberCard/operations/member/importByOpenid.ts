import type { Operation } from '../../../action/spec';
import { cardId, newCode, openid, outRequestNo } from '../fields';
import { memberCardErrors } from '../knownErrors';

export const importByOpenid: Operation = {
	name: 'Import by OpenID',
	value: 'importByOpenid',
	action: 'Import a member by OpenID',
	description: 'Give a member of your own system a card, by their OpenID',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012549739',
	notice: "The card is active at once but does not show up in the user's card wallet.",
	noticeMore: 'The AppID of the OpenID must be bound to the brand of the card.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/users/import',
	fields: [cardId, openid, newCode, { ...outRequestNo, maxLength: 128 }],
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: { requiredFields: ['code'] },
	checkFirst: 'Look with Member: Get Many whether the member has the card.',
	itemLabel: openid.wireName,
	pastTense: 'imported',
};
