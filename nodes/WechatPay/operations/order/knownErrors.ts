import type { KnownError } from '../../../client/types';

/** Rejections of queries for an order. */
export const orderErrors: KnownError[] = [
	{
		status: 404,
		code: 'ORDER_NOT_EXIST',
		meaning: 'this merchant has no such order',
		advice:
			"Check the number of the order, and which merchant took the payment; an order that was not paid is found by 'Merchant Order Number' only.",
	},
];
