/** What a refusal of WeChat Pay means, and the way out. */
export interface Refusal {
	status: number;
	code: string;
	/** Parts of WeChat Pay's own text, any of which tells this meaning from others of the same code. */
	says?: string[];
	/** A sentence's beginning: "…: the card ID is not known". */
	meaning: string;
	advice: string;
	/** The cause lies around the item: once it is mended, the same item may be run again. */
	itemIsFine?: boolean;
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
export const refusals: Refusal[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		says: ['会员卡ID无效'],
		meaning: 'the card ID is not known',
		advice: "Compare 'Card ID' with the card template in the merchant platform.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		says: ['创建商户号不等于调用方商户号'],
		meaning: 'another merchant created this card',
		advice: 'Use the credential of the merchant number that created the card.',
		itemIsFine: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		says: ['没有开通会员积分权益'],
		meaning: 'points are not turned on for this card',
		advice:
			'Turn on the points rights of the card template (show_bonus), then run these items again.',
		itemIsFine: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		says: ['商户号无效'],
		meaning: 'the merchant number that took the payment is not valid',
		advice:
			"A direct merchant leaves 'Sub-Merchant ID' empty; a service provider fills it with the sub-merchant that took the payment.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		says: ['商户号和品牌关系校验失败'],
		meaning: 'the merchant number that took the payment is not bound to the brand of the card',
		advice:
			'Bind the merchant number to the brand in the merchant platform, then run these items again.',
		itemIsFine: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		says: ['code不存在'],
		meaning: 'no member card has this code under this card ID',
		advice: "Check that 'Card ID' and 'Member Card Code' belong together.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		says: ['用户会员卡无效'],
		meaning: 'the member deleted this card, or it was made invalid',
		advice: 'Leave this order out; the member has to claim the card again first.',
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		says: ['请先升级会员卡'],
		meaning: 'this is an old official-account card that has not been upgraded',
		advice: 'Upgrade the card template for WeChat Pay, or use a new one.',
		itemIsFine: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		says: ['缺少Accept或User-Agent'],
		meaning: 'the request arrived without its Accept or User-Agent header',
		advice: 'A proxy on the way takes headers away: let them pass, or leave it out.',
		itemIsFine: true,
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		meaning: 'the request breaks a business rule',
		advice:
			'Check that the bonus was prepared for this order, card, code and value, and was not committed with another value.',
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		says: ['mchid与post payload中的mchid不匹配'],
		meaning: "'Merchant ID' differs from the merchant that signs",
		advice: "Leave 'Merchant ID' empty, or use the credential of that merchant.",
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		says: ['Wechatpay-Serial'],
		meaning: 'WeChat Pay does not know the key that the credential names',
		advice: `Copy 'WeChat Pay Public Key ID' (or the platform certificate) again from ${PLATFORM}.`,
		itemIsFine: true,
	},
	{
		status: 400,
		code: 'PARAM_ERROR',
		meaning: 'a value is missing, malformed or too long',
		advice: 'Correct it and run this item again.',
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		says: ['timestamp'],
		meaning: 'the clock of this n8n is off by more than five minutes',
		advice: 'Set the clock of the machine that runs n8n (NTP), then run these items again.',
		itemIsFine: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		says: ['序列号有误'],
		meaning: 'the certificate serial number does not belong to this merchant',
		advice: `Copy ${SERIAL} again from ${PLATFORM}; it is the merchant's certificate, not WeChat Pay's.`,
		itemIsFine: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		says: ['证书已过期', '已作废', '已更换'],
		meaning: "the merchant's certificate has expired or was replaced",
		advice: `Request a new one under ${PLATFORM}, then enter its ${SERIAL} and ${KEY}.`,
		itemIsFine: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		says: ['未设置APIv3密钥', '未申请过证书'],
		meaning: 'the merchant has not finished the set-up of API security',
		advice: `Request a certificate and set the APIv3 key under ${PLATFORM}.`,
		itemIsFine: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		says: ['Authorization值格式', '认证类型不正确'],
		meaning: 'the Authorization header did not arrive as it was sent',
		advice: 'A proxy on the way changes headers: let them pass, or leave it out.',
		itemIsFine: true,
	},
	{
		status: 401,
		code: 'SIGN_ERROR',
		meaning: 'the signature was not accepted',
		advice: `Check that ${KEY} is the key of the certificate in ${SERIAL}, and that 'Merchant ID' is theirs.`,
		itemIsFine: true,
	},
	{
		status: 403,
		code: 'NO_AUTH',
		meaning: 'the merchant may not use member cards',
		advice:
			'Have the member-card product opened for this merchant number, and use the merchant that created the card.',
		itemIsFine: true,
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
		advice: "Check 'Merchant Order Number' and which merchant took the payment.",
	},
	{
		status: 429,
		code: 'RATELIMIT_EXCEEDED',
		meaning: 'too many requests in a short time; this one was not processed',
		advice: "Set 'Requests per Second' in the options, then run these items again.",
		itemIsFine: true,
	},
];
