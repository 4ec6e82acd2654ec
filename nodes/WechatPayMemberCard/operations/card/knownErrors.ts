import type { KnownError } from '../../../client/types';
import { memberCardErrors } from '../knownErrors';

/** Rejections of operations on card templates. */
export const cardErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡code分配类型不支持修改为“系统分配”'],
		meaning: 'a card cannot change to codes that WeChat Pay assigns',
		advice: "Leave 'Code Mode' out, or give the present one.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡code分配类型不支持修改'],
		meaning: 'the code mode of a card cannot be changed',
		advice: "Leave 'Code Mode' out, or give the present one.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['储值小程序path为空'],
		meaning: 'the mini program for stored value has no path',
		advice: "Fill 'Path' of 'Stored Value', or leave its 'AppID' empty.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['积分跳转path为空'],
		meaning: 'the mini program that the points link opens has no path',
		advice: "Fill 'Link Path' of 'Points', or leave 'Link AppID' empty.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡已经迁移'],
		meaning: 'the card was upgraded already',
		advice:
			'Treat the item as completed; Card: Get shows the card. If it does not find it, ask the support of WeChat Pay.',
	},
	...memberCardErrors,
];
