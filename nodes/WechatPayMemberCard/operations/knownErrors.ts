import type { KnownError } from '../../client/types';

/** Rejections that several operations on member cards share. */
export const memberCardErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡ID无效'],
		meaning: 'the card ID is not known',
		advice: "Compare 'Card ID' with the card template in the merchant platform.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['创建商户号不等于调用方商户号'],
		meaning: 'another merchant created this card',
		advice: 'Use the credential of the merchant number that created the card.',
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['没有开通会员积分权益'],
		meaning: 'points are not turned on for this card',
		advice: "Turn on 'Show Points' with Card: Set Benefits, then run these items again.",
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['商户号和品牌关系校验失败'],
		meaning: "the merchant that took the payment is not bound to the card's brand",
		advice:
			'Bind the merchant number to the brand in the merchant platform, then run these items again.',
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['code不存在'],
		meaning: 'no member card has this code under this card ID',
		advice: "Check that 'Card ID' and 'Member Card Code' belong together.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['用户会员卡无效'],
		meaning: 'the member deleted this card, or it was made invalid',
		advice: 'Leave this item out; the member has to claim the card again first.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['请先升级会员卡'],
		meaning: 'this is an old official-account card that has not been upgraded',
		advice: 'Upgrade the card template with Card: Upgrade, or use a new one.',
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['AppID非服务号'],
		meaning: 'the AppID is not that of a service account',
		advice:
			"Fill 'AppID', here or in the credential, with a service account (服务号) that is bound to the brand.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['品牌、appid关系校验失败'],
		meaning: 'the AppID is not bound to the brand',
		advice:
			'Bind the service account to the brand in the merchant platform, then run these items again.',
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['该会员1年内未在本商家有微信支付交易'],
		meaning: 'the owner of this number has not paid this merchant within a year',
		advice: 'Leave this item out, or try it again after the next payment.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员已经领取过该卡'],
		meaning: 'the member holds this card already',
		advice: 'Treat the item as completed, or use another card.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡code为实时模式，需要传入卡code'],
		meaning: 'this card needs a code of yours for each member',
		advice: "Fill 'Member Card Code'.",
	},
	{
		status: 403,
		code: 'NO_AUTH',
		meaning: 'the merchant may not use member cards',
		advice:
			'Have the member-card product opened for this merchant number, and use the merchant that created the card.',
		retryableAfterFix: true,
	},
];
