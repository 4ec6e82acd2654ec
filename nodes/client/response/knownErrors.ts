/** What a refusal of WeChat Pay means, and the way out. */
export interface KnownError {
	status: number;
	code: string;
	/** Parts of WeChat Pay's own text, any of which tells this meaning from others of the same code. */
	messageIncludes?: string[];
	/** A sentence's beginning: "…: the card ID is not known". */
	meaning: string;
	advice: string;
	/** The cause lies around the item: once it is mended, the same item may be run again. */
	retryableAfterFix?: boolean;
}

const SERIAL = "'Merchant Certificate Serial Number'";
const KEY = "'Merchant Private Key'";
const PLATFORM = 'API security in the merchant platform';

/**
 * Looked up from top to bottom: first by what the text says, then by code alone. Meanings and advice are our own;
 * WeChat Pay may change its texts at any time, so that each code ends with an entry that needs none.
 *
 * @see errors.yaml; protocol.md f.2 to f.4; https://pay.weixin.qq.com/doc/v3/merchant/4012072670
 */
export const knownErrors: KnownError[] = [
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
		messageIncludes: ['商户号无效'],
		meaning: 'the merchant number that took the payment is not valid',
		advice:
			"A direct merchant leaves 'Sub-Merchant ID' empty; a service provider fills it with the sub-merchant that took the payment.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['商户号和品牌关系校验失败'],
		meaning: 'the merchant number that took the payment is not bound to the brand of the card',
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
		messageIncludes: ['会员卡code分配类型不支持修改为“系统分配”'],
		meaning: 'the code mode of a card can not become the one where WeChat Pay assigns the codes',
		advice: "Leave 'Code Mode' out, or give the present one.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡code分配类型不支持修改'],
		meaning: 'the code mode of a card can not be changed',
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
		messageIncludes: ['扫码投放场景不支持实时code模式'],
		meaning: 'cards whose code is given on activation have no QR code',
		advice:
			'Use a card with another code mode, or hand this one out with the card component of a mini program.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['该会员1年内未在本商家有微信支付交易'],
		meaning:
			'the owner of this phone number has not paid this merchant with WeChat Pay within a year',
		advice: 'Leave this item out, or try it again after the next payment.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员已经领取过该卡'],
		meaning: 'the member holds this card already',
		advice: 'Take it as done, or use another card.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡code为实时模式，需要传入卡code'],
		meaning: 'this card needs a code of yours for each member',
		advice: "Fill 'Member Card Code'.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡已经迁移'],
		meaning: 'the card was upgraded already',
		advice:
			'Take it as done; Card: Get shows the card. If it does not find it, ask the support of WeChat Pay.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['会员卡已添加该会员服务项'],
		meaning: 'the service item is on the card already',
		advice: 'Take it as done, or change where it leads with Service Item: Update.',
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
			'Put it there with Service Item: Add, then run these items again; if it was to be removed, take it as done.',
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
		meaning: 'the template of the service item does not have one of the content fields',
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
		code: 'INVALID_REQUEST',
		messageIncludes: ['活动创建方未被授权发放此商家券批次'],
		meaning: 'the merchant that creates the campaign may not hand out one of the coupons',
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
		meaning: 'the merchant that creates the campaign is not bound to the brand of the card',
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
		advice: 'Correct the values that WeChat Pay names, or mend it in the merchant platform.',
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
		messageIncludes: ['设置会员服务参数错误'],
		meaning: "a value of the service item's data is missing or malformed",
		advice:
			"Check 'Template Fields', 'Button' and 'Message' against the templates of the service item.",
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
		meaning: 'the merchant may not use member cards',
		advice:
			'Have the member-card product opened for this merchant number, and use the merchant that created the card.',
		retryableAfterFix: true,
	},
	{
		status: 404,
		code: 'RESOURCE_NOT_EXISTS',
		meaning: 'what the request names does not exist',
		advice: 'Check the IDs of this item.',
	},
	{
		status: 404,
		code: 'ORDER_NOT_EXIST',
		meaning: 'this merchant has no such order',
		advice:
			"Check the number of the order, and which merchant took the payment; an order that was not paid is found by 'Merchant Order Number' only.",
	},
	{
		status: 429,
		code: 'RATELIMIT_EXCEEDED',
		meaning: 'too many requests in a short time; this one was not processed',
		advice: "Set 'Requests per Second' in the options, then run these items again.",
		retryableAfterFix: true,
	},
];
