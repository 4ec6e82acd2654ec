import type { Operation } from '../../../action/spec';
import { cardId } from '../fields';
import { cardErrors } from './knownErrors';

export const deleteCard: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a card',
	description: 'Delete a card template; cards that users have claimed stay valid',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012549682',
	notice:
		"Deleting a card can't be undone. It can no longer be issued; cards that users have claimed stay valid.",

	method: 'DELETE',
	path: '/v3/marketing/membercard-open/cards/{card_id}',
	fields: [cardId],
	resendable: false,
	repeatable: false,
	knownErrors: cardErrors,
	checkFirst: 'Look with Card: Get whether the card is gone before you run this item again.',
	itemLabel: cardId.wireName,
	pastTense: 'deleted',
};
