import { SIMPLE_CARD } from '../fields/card';
import { appid, brandId } from '../fields/common';
import type { Operation } from '../types';

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
	answer: { rows: 'data', pagedBy: ['card_id'], simple: SIMPLE_CARD },
	done: 'listed',
};
