import type { KnownError } from '../../../client/types';
import { memberCardErrors } from '../knownErrors';

/** Rejections of operations on service items. */
export const serviceItemErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡已添加该会员服务项'],
		meaning: 'the service item is on the card already',
		advice: 'Treat the item as completed, or change where it leads with Service Item: Update.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['该会员服务项id不存在'],
		meaning: 'no service item has this ID',
		advice: "Compare 'Service Item ID' with the one that WeChat Pay named to you.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['当前品牌id无该会员服务项的使用权限'],
		meaning: 'the brand may not use this service item',
		advice: 'Ask your contact at WeChat Pay to open it for the brand, then run these items again.',
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡暂未添加该会员服务项'],
		meaning: 'the service item is not on the card',
		advice:
			'Put it there with Service Item: Add, then run these items again; if it was to be removed, treat the item as completed.',
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['该服务状态不在会员服务项模板中'],
		meaning: 'the template of the service item has no such state',
		advice: "Fill 'State ID' with one of the states of the template.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['内容字段不在当前会员服务项模板中'],
		meaning: "the service item's template lacks one of the content fields",
		advice: "Take each 'Field ID' of 'Template Fields' from the template.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['消息模板字段值部分为空'],
		meaning: 'a field of the message has no value',
		advice: "Fill in every field of the message template in 'Message Fields'.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['消息模板id错误'],
		meaning: 'no message template has this ID',
		advice: "Compare 'Message Template ID' with the template of the service item.",
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		messageIncludes: ['设置会员服务参数错误'],
		meaning: "a value of the service item's data is missing or malformed",
		advice:
			"Check 'Template Fields', 'Button' and 'Message' against the templates of the service item.",
	},
	...memberCardErrors,
];
