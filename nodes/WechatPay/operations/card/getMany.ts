import type { Operation } from '../../../action/spec';
import { SIMPLE_CARD } from '../fields/card';
import { appid, brandId } from '../fields/common';

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
	repeatable: true,
	response: { listField: 'data', uniqueBy: ['card_id'], simplifiedFields: SIMPLE_CARD },
	pastTense: 'listed',
};
