import type { Operation } from '../../../action/spec';
import { appid, brandId, cardId } from '../fields';
import { cardErrors } from './knownErrors';

export const upgradeCard: Operation = {
	name: 'Upgrade',
	value: 'upgrade',
	action: 'Upgrade a card',
	description:
		'Move a member card of an official account to a WeChat Pay brand; its ID and members stay',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012545673',
	notice:
		"The upgrade can't be undone. Afterwards the card is managed here, no longer in the card interface of the official account.",
	noticeMore: 'It is for cards that were made there; give their card ID manually.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/upgrade',
	fields: [cardId, { ...brandId, requiredOnWire: true }, { ...appid, requiredOnWire: true }],
	resendable: false,
	repeatable: false,
	knownErrors: cardErrors,
	checkFirst:
		'Look with Card: Get whether the card is found, and so was upgraded, before you run this item again.',
	rejectionHint:
		'Check that the card was not upgraded already (Card: Get finds it then), and that the AppID is a service account bound to the brand.',
	itemLabel: cardId.wireName,
	pastTense: 'upgraded',
};
