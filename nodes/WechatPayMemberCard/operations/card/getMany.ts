import type { Operation } from '../../../action/spec';
import { appid, brandId } from '../fields';
import { REQUIRED_OF_CARD, SIMPLE_CARD } from './fields';
import { cardErrors } from './knownErrors';

export const getManyCards: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many cards',
	description: 'List the card templates of a brand',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012547108',

	method: 'GET',
	path: '/v3/marketing/membercard-open/cards',
	fields: [
		{ ...brandId, in: 'query' },
		{ ...appid, in: 'query' },
	],
	resendable: true,
	repeatable: true,
	knownErrors: cardErrors,
	response: {
		requiredFields: REQUIRED_OF_CARD,
		repeats: { brand_id: 'brand.brand_id' },
		listField: 'data',
		uniqueBy: ['card_id'],
		simplifiedFields: SIMPLE_CARD,
	},
	pastTense: 'listed',
};
