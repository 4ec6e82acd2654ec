import type { Operation } from '../../../action/spec';
import { cardId } from '../fields';
import { REQUIRED_OF_CARD, SIMPLE_CARD } from './fields';
import { cardErrors } from './knownErrors';

export const getCard: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a card',
	description: 'Get one card template with its review state and stock',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012547650',

	method: 'GET',
	path: '/v3/marketing/membercard-open/cards/{card_id}',
	fields: [cardId],
	resendable: true,
	repeatable: true,
	knownErrors: cardErrors,
	response: { requiredFields: REQUIRED_OF_CARD, simplifiedFields: SIMPLE_CARD },
	itemLabel: cardId.wireName,
	pastTense: 'read',
};
