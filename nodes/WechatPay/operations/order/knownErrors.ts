import type { KnownError } from '../../../client/types';

/** Rejections of queries for an order. */
export const orderErrors: KnownError[] = [
	{
		status: 403,
		code: 'NO_AUTH',
		meaning: 'the merchant may not read this order',
		advice:
			"Use the credential of the merchant that took the payment; a service provider also fills 'Sub-Merchant ID' (Additional Fields).",
		retryableAfterFix: true,
	},
	{
		status: 404,
		code: 'ORDER_NOT_EXIST',
		meaning: 'this merchant has no such order',
		advice:
			"Check the number of the order, and which merchant took the payment; an order that was not paid is found by 'Merchant Order Number' only.",
	},
];
