import type { KnownError } from '../../../client/types';

/** Rejections of new orders. */
export const paymentErrors: KnownError[] = [
	{
		status: 400,
		code: 'ORDER_CLOSED',
		meaning: 'the order of this number is closed',
		advice: "A closed order cannot be paid any more: take a new 'Merchant Order Number'.",
	},
	{
		status: 403,
		code: 'OUT_TRADE_NO_USED',
		meaning: 'this number has an order with other values',
		advice:
			'Ask with Order: Get. Paid: stop. Unpaid: send the first values again, or close it and then take a new number.',
	},
	{
		status: 403,
		code: 'RULE_LIMIT',
		meaning: 'a rule of WeChat Pay limits these orders',
		advice: 'Look into the merchant platform for a limit or a violation.',
		retryableAfterFix: true,
	},
];
