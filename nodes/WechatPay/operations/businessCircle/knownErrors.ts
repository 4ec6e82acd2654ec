import type { KnownError } from '../../../client/types';

/**
 * Rejections of the business circle family.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012534698
 */
export const businessCircleErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['已超过', '超过回传时效'],
		meaning: 'points can be told on the day of the payment only',
		advice: 'Leave this payment out; the points themselves are booked in your own system.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['未提交积分'],
		meaning: 'the member did not ask for points for this payment',
		advice: 'Leave this payment out: only payments of MALL_TRANSACTION.SUCCESS wait for points.',
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		messageIncludes: ['请检查商圈商户号'],
		meaning: 'merchant, payment and member do not go together',
		advice:
			"A mall leaves 'Sub-Merchant ID' empty, a service provider fills it in; the payment is one of MALL_TRANSACTION.SUCCESS.",
	},
	{
		status: 403,
		code: 'NO_AUTH',
		meaning: 'the merchant may not use the business circle',
		advice: 'Malls apply for it at WeChat Pay; check the brand and the merchant number.',
		retryableAfterFix: true,
	},
];

/** Rejections of Notify Points: a second notice for a payment says nothing about who gave the first. */
export const pointsErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['已回传'],
		leavesOpen: true,
		meaning: 'points of this payment were told before',
		advice:
			'If it was this item with the same points, it is done. If they were others, WeChat Pay keeps those: it takes no correction. Do not run this item again.',
	},
	...businessCircleErrors,
];
