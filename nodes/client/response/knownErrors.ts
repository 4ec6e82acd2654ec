import type { KnownError } from '../types';

const SERIAL = "'Merchant Certificate Serial Number'";
const KEY = "'Merchant Private Key'";
const PLATFORM = 'API security in the merchant platform';

/**
 * Looked up from top to bottom: first by what the text says, then by code alone. Meanings and advice are our own;
 * WeChat Pay may change its texts at any time, so that each code ends with an entry that needs none.
 *
 * @see docs/known-errors.md; docs/protocol.md, Status and code and docs/protocol.md, SIGN_ERROR;
 * https://pay.weixin.qq.com/doc/v3/merchant/4012072670
 */
export const generalErrors: KnownError[] = [
	...['PARAM_ERROR', 'INVALID_REQUEST'].flatMap((code) => [
		{
			status: 400,
			code,
			messageIncludes: ['必须传入sub_mch'],
			meaning: 'a service provider has to name the sub-merchant',
			advice: "Fill in 'Sub-Merchant ID' (Additional Fields).",
		},
		{
			status: 400,
			code,
			messageIncludes: ['不允许传sub_mch'],
			meaning: 'a direct merchant has no sub-merchant',
			advice: "Leave 'Sub-Merchant ID' empty.",
		},
	]),
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['缺少Accept或User-Agent'],
		meaning: 'the request arrived without its Accept or User-Agent header',
		advice: 'A proxy on the way takes headers away: let them pass, or leave it out.',
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		meaning: 'the request breaks a business rule',
		advice: 'Correct the values that WeChat Pay names, or fix it in the merchant platform.',
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		messageIncludes: ['mchid与post payload中的mchid不匹配'],
		meaning: "'Merchant ID' differs from the merchant that signs",
		advice: "Leave 'Merchant ID' empty, or use the credential of that merchant.",
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		messageIncludes: ['Wechatpay-Serial'],
		meaning: 'WeChat Pay does not know the key that the credential names',
		advice: `Copy 'WeChat Pay Public Key ID' (or the platform certificate) again from ${PLATFORM}.`,
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		messageIncludes: ['解密失败', '解密错误', '解密出错', '无法解密'],
		meaning: 'it could not decrypt a field; the value of the item is fine',
		advice: `The key in the credential does not belong to its 'WeChat Pay Public Key ID' or certificate: copy both again from ${PLATFORM}.`,
		retryableAfterFix: true,
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		meaning: 'a value is missing, malformed or too long',
		advice: 'Correct it and run this item again.',
	},
	{
		status: 400,
		code: 'MCH_NOT_EXISTS',
		meaning: 'no merchant has this number',
		advice: "Check 'Merchant ID' and 'Sub-Merchant ID', here and in the credential.",
	},
	{
		status: 400,
		code: 'APPID_MCHID_NOT_MATCH',
		meaning: 'the AppID is not bound to the merchant number',
		advice: 'Bind them to each other in the merchant platform, or use those that belong together.',
		retryableAfterFix: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		messageIncludes: ['timestamp'],
		meaning: 'the clock of this n8n is off by more than five minutes',
		advice: 'Set the clock of the machine that runs n8n (NTP), then run these items again.',
		retryableAfterFix: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		messageIncludes: ['序列号有误'],
		meaning: 'the certificate serial number does not belong to this merchant',
		advice: `Copy ${SERIAL} again from ${PLATFORM}; it is the merchant's certificate, not WeChat Pay's.`,
		retryableAfterFix: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		messageIncludes: ['证书已过期', '已作废', '已更换'],
		meaning: "the merchant's certificate has expired or was replaced",
		advice: `Request a new one under ${PLATFORM}, then enter its ${SERIAL} and ${KEY}.`,
		retryableAfterFix: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		messageIncludes: ['未设置APIv3密钥', '未申请过证书'],
		meaning: 'the merchant has not finished the set-up of API security',
		advice: `Request a certificate and set the APIv3 key under ${PLATFORM}.`,
		retryableAfterFix: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		messageIncludes: ['Authorization值格式', '认证类型不正确'],
		meaning: 'the Authorization header did not arrive as it was sent',
		advice: 'A proxy on the way changes headers: let them pass, or leave it out.',
		retryableAfterFix: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		meaning: 'the signature was not accepted',
		advice: `Check that ${KEY} is the key of the certificate in ${SERIAL}, and that 'Merchant ID' is theirs.`,
		retryableAfterFix: true,
	},
	{
		status: 403,
		code: 'NO_AUTH',
		meaning: 'the merchant may not use this API',
		advice: 'Have the product opened for this merchant number in the merchant platform.',
		retryableAfterFix: true,
	},
	{
		status: 404,
		code: 'RESOURCE_NOT_EXISTS',
		meaning: 'what the request names does not exist',
		advice: 'Check the IDs of this item.',
	},
	{
		status: 429,
		code: 'RATELIMIT_EXCEEDED',
		meaning: 'too many requests in a short time; this one was not processed',
		advice: "Set 'Requests per Second' in the options, then run these items again.",
		retryableAfterFix: true,
	},
];
