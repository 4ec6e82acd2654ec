import type { KnownError } from '../../../client/types';
import { memberCardErrors } from '../knownErrors';

/** Rejections of operations on campaigns. */
export const campaignErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['活动创建方未被授权发放此商家券批次'],
		meaning: "the campaign's merchant may not hand out one of the coupons",
		advice:
			"Have the merchant that created the stock in 'Coupons' authorise this one, then run these items again.",
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['活动曝光商户号需要绑定到会员卡品牌'],
		meaning: "one of the 'Merchant IDs' is not bound to the brand of the card",
		advice: 'Bind it to the brand in the merchant platform, then run these items again.',
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['活动创建方需要和会员卡归属品牌号绑定'],
		meaning: "the campaign's merchant is not bound to the card's brand",
		advice: 'Bind it to the brand in the merchant platform, then run these items again.',
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['当前会员卡是实时传入code模式，不支持'],
		meaning: 'cards whose code is given on activation have no campaigns',
		advice: 'Use a card with another code mode.',
	},
	...memberCardErrors,
];
