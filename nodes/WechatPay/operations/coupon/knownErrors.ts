import type { KnownError } from '../../../client/types';

/**
 * Rejections of the coupon family.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012463767
 */
export const couponErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['调用频率过高'],
		meaning: 'too many requests in a short time; this one was not processed',
		advice: "Set 'Requests per Second' in the options, then run these items again.",
		retryableAfterFix: true,
	},
	{
		status: 403,
		code: 'NOT_ENOUGH',
		messageIncludes: ['单天'],
		meaning: 'the budget of the stock for today is used up; the other items of this stock fail too',
		advice: 'Run these items again tomorrow with the same numbers, or raise the daily budget.',
		retryableAfterFix: true,
	},
	{
		status: 403,
		code: 'NOT_ENOUGH',
		meaning: 'the budget of the stock is used up; the other items of this stock fail too',
		advice:
			'Raise the budget of the stock or top up the account, then run these items again with the same numbers.',
		retryableAfterFix: true,
	},
	{
		status: 403,
		code: 'RULE_LIMIT',
		meaning: 'this user has as many coupons of the stock as its rules allow',
		advice: 'Leave this user out. Other users are not affected.',
	},
	{
		status: 403,
		code: 'REQUEST_BLOCKED',
		messageIncludes: ['用户'],
		meaning: 'WeChat Pay does not let this user have the coupon',
		advice: 'Leave this user out. Other users are not affected.',
	},
	{
		status: 403,
		code: 'REQUEST_BLOCKED',
		meaning: 'this merchant may not send this stock',
		advice: "Check 'Stock ID' and 'Stock Creator Merchant ID', and whether the API may send it.",
	},
	{
		status: 403,
		code: 'USER_ACCOUNT_ABNORMAL',
		meaning: "the user's account is restricted, or has no verified name",
		advice: 'Leave this user out. Other users are not affected.',
	},
	{
		status: 403,
		code: 'MCH_NOT_EXISTS',
		meaning: 'no merchant has this number',
		advice: "Check 'Stock Creator Merchant ID', and the merchant number of the credential.",
	},
	{
		status: 404,
		code: 'RESOURCE_NOT_EXISTS',
		meaning: 'there is no such stock or coupon',
		advice: "Check 'Stock ID' or 'Coupon ID', and 'Stock Creator Merchant ID'.",
	},
];

/** Rejections of Send to User: a text of digits alone names no reason, and coupons were sent all the same. */
export const sendingErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messagePattern: /^\s*\d+\s*$/,
		leavesOpen: true,
		meaning: 'WeChat Pay gave a number instead of a reason, and may have sent the coupon',
		advice:
			"Look with Coupon: Get Many of a User. If the coupon is not there, run this item again with the same 'Request Number'.",
	},
	...couponErrors,
];
