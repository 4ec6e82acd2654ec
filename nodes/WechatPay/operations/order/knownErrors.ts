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

const ASK =
	'Ask with Order: Get. SUCCESS: the payer was faster, refund the order. CLOSED: it is closed already. Otherwise run this item again.';

/** Rejections of Order: Close; WeChat Pay's page ties none of them to an order that is paid. */
export const closeErrors: KnownError[] = [
	...[
		{ status: 400, code: 'INVALID_REQUEST' },
		{ status: 400, code: 'ORDER_PAID' },
		{ status: 403, code: 'ORDER_PAID' },
		{ status: 403, code: 'TRADE_ERROR' },
		{ status: 403, code: 'RULE_LIMIT' },
	].map((one) => ({
		...one,
		meaning: 'the order may be paid',
		advice: ASK,
		retryableAfterFix: true,
	})),
	{
		status: 404,
		code: 'ORDER_NOT_EXIST',
		meaning: 'this merchant has no such order',
		advice:
			"Check 'Merchant Order Number' and the merchant; an order whose creation did not succeed needs no closing.",
	},
];
