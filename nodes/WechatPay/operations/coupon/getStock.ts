import type { Operation } from '../../../action/spec';
import { REQUIRED_OF_STOCK, SIMPLE_STOCK, stockCreator, stockId } from './fields';
import { couponErrors } from './knownErrors';

export const getStock: Operation = {
	name: 'Get Stock',
	value: 'getStock',
	action: 'Get a coupon stock',
	description: 'Get a coupon stock: its state, its rules, how many coupons were sent',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012460564',

	method: 'GET',
	path: '/v3/marketing/favor/stocks/{stock_id}',
	fields: [
		{ ...stockId, in: 'path' },
		{ ...stockCreator, in: 'query' },
	],
	resendable: true,
	repeatable: true,
	knownErrors: couponErrors,
	response: { requiredFields: REQUIRED_OF_STOCK, simplifiedFields: SIMPLE_STOCK },
	itemLabel: stockId.wireName,
	pastTense: 'read',
};
