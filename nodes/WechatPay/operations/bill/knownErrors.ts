import type { KnownError } from '../../../client/types';

/** Rejections of the bills. That there is no bill of a day is no rejection but a day without rows. */
export const billErrors: KnownError[] = [
	{
		status: 400,
		code: 'STATEMENT_CREATING',
		meaning: 'the bill is still being made',
		advice:
			'Run this item again after 10:00 in China, and then every half hour: the bills of a day are made from 9:00 on the next.',
		retryableAfterFix: true,
	},
	{
		status: 403,
		code: 'NO_AUTH',
		meaning: 'the merchant may not have this bill',
		advice:
			'For a sub-merchant, have the permission to download its bills (下载二级商户资金账单) opened in the service provider platform.',
		retryableAfterFix: true,
	},
	{
		status: 429,
		code: 'FREQUENCY_LIMITED',
		meaning: 'too many bills in a short time',
		advice: "Set 'Requests per Second' in the options to 3, then run these items again.",
		retryableAfterFix: true,
	},
];

/** What there is to say to every bill of a day that has none. */
export const EMPTY_CODE = 'NO_STATEMENT_EXIST';
