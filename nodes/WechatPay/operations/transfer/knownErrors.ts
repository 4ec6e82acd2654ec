import type { KnownError } from '../../../client/types';

const SAME_NUMBER = 'Then run this item again with the same number.';
/** WeChat Pay prints these texts without their codes. */
const CODES: Array<[status: number, code: string]> = [
	[400, 'INVALID_REQUEST'],
	[400, 'PARAM_ERROR'],
	[403, 'NO_AUTH'],
];

const ALL: KnownError[] = [
	...CODES.map(([status, code]) => ({
		status,
		code,
		messageIncludes: ['IP地址不允许'],
		meaning: 'the IP address of this n8n is not registered for transfers',
		advice: `Add it in the merchant platform under API security. ${SAME_NUMBER}`,
		retryableAfterFix: true,
	})),
	{
		status: 403,
		code: 'NO_AUTH',
		meaning: 'the merchant may not make transfers, or not in this scene',
		advice: `Have transfers and the scene granted in the merchant platform. ${SAME_NUMBER}`,
		retryableAfterFix: true,
	},
];

/**
 * Rejections of Transfer: Create. None of them allows another number.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012716434
 */
export const transferErrors: KnownError[] = [
	...CODES.map(
		([status, code]): KnownError => ({
			status,
			code,
			messageIncludes: ['超出重试期'],
			meaning: 'the three days of this number are over',
			advice: 'Ask with Transfer: Get; a new number only after FAIL or CANCELLED.',
			leavesOpen: 'for good',
		}),
	),
	{
		status: 400,
		code: 'ALREADY_EXISTS',
		meaning: 'the transfer of this number has come to its end, paid or not',
		advice: 'Ask with Transfer: Get; a new number only after FAIL or CANCELLED.',
		leavesOpen: 'for good',
	},
	...CODES.map(
		([status, code]): KnownError => ({
			status,
			code,
			messageIncludes: ['出资风险'],
			meaning: 'WeChat Pay holds the transfer back as a risk',
			advice:
				'Staff can release it in the merchant assistant mini program, so keep the number and ask with Transfer: Get.',
			leavesOpen: true,
		}),
	),
	{
		status: 403,
		code: 'USER_ERROR',
		meaning: 'WeChat Pay restricts transfers of this merchant now',
		advice: `Look for a violation in the merchant platform. ${SAME_NUMBER}`,
		leavesOpen: true,
	},
	{
		status: 403,
		code: 'NOT_ENOUGH',
		meaning: 'the balance does not cover the transfer',
		advice: `Top up the operation account. ${SAME_NUMBER}`,
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['姓名与收款微信实名不一致'],
		meaning: "'User Name' is not the real name of the user",
		advice: 'Correct it, and keep the number.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['不属于商家公众账号'],
		meaning: 'the OpenID is not of this AppID',
		advice: "Correct 'OpenID' or 'AppID', and keep the number.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['上下限'],
		meaning: 'the amount is outside the limits of a transfer',
		advice: `Raise the limit in the merchant platform. ${SAME_NUMBER}`,
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['用户收款感知'],
		meaning: "'Reason Shown' is no text of this scene",
		advice: "Leave it empty or take a text of the scene's page, and keep the number.",
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		messageIncludes: ['报备信息'],
		meaning: 'the report lacks texts of this scene, or has others',
		advice: "Give all texts of the scene's page, unchanged, and keep the number.",
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		messageIncludes: ['加密后的密文', '姓名校验'],
		meaning: "'User Name' was not taken",
		advice:
			"Below 30 fen leave it empty. Otherwise copy WeChat Pay's key and its ID to the credential again; keep the number.",
	},
	...ALL,
];

/** Rejections of the queries. */
export const transferQueryErrors: KnownError[] = [
	{
		status: 404,
		code: 'NOT_FOUND',
		meaning: 'WeChat Pay has no transfer of this number in the last 30 days',
		advice:
			'If one was just sent, run Transfer: Create again with the same number and values; otherwise check the number.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['其他接口受理'],
		meaning: 'the transfer was made with the older batch product',
		advice: 'Look for it in the merchant platform.',
	},
	...ALL,
];

/** Rejections of Transfer: Cancel. */
export const cancellingErrors: KnownError[] = [
	...ALL,
	{
		status: 400,
		code: 'INVALID_REQUEST',
		meaning: 'the transfer cannot be cancelled any more, or not yet',
		advice: 'Ask with Transfer: Get what became of it.',
	},
];

/** Rejections of the receipts. */
export const receiptErrors: KnownError[] = [
	{
		status: 404,
		code: 'RESOURCE_NOT_EXISTS',
		meaning: 'no receipt was asked for under this number',
		advice: 'Ask for it with Transfer: Create Receipt first.',
	},
	...ALL,
];
