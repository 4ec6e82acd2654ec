import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';

import { sign } from './signature';

/** What the front end of a shop hands to WeChat to start a payment that was made before. */
export interface Start {
	/** The AppID of the place where the payment starts; it must be one that was sent with the order. */
	appId: string;
	/** Unix seconds, as text. */
	timeStamp: string;
	/** At most 32 characters. */
	nonceStr: string;
	prepayId: string;
}

/**
 * The parameters for a web page inside WeChat or a mini program: `WeixinJSBridge` and `wx.requestPayment` take them as
 * they are; `wx.chooseWXPay` wants `timeStamp` under the name `timestamp`.
 *
 * @param privateKey of the merchant that made the order
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365341
 */
export function jsapiParameters(
	{ appId, timeStamp, nonceStr, prepayId }: Start,
	privateKey: KeyObject,
): Record<string, string> {
	const packaged = `prepay_id=${prepayId}`;
	const paySign = signLines([appId, timeStamp, nonceStr, packaged], privateKey);
	return { appId, timeStamp, nonceStr, package: packaged, signType: 'RSA', paySign };
}

/**
 * The parameters for a mobile app. The fourth line that is signed has the number alone.
 *
 * @param partnerId the merchant number that goes with the AppID
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365339
 */
export function appParameters(
	{ appId, timeStamp, nonceStr, prepayId }: Start,
	partnerId: string,
	privateKey: KeyObject,
): Record<string, string> {
	return {
		appid: appId,
		partnerid: partnerId,
		prepayid: prepayId,
		package: 'Sign=WXPay',
		noncestr: nonceStr,
		timestamp: timeStamp,
		sign: signLines([appId, timeStamp, nonceStr, prepayId], privateKey),
	};
}

/**
 * @param now in ms since 1970
 * @returns moment and number of a signature, as the front end gets them
 */
export function signingMoment(now: number): Pick<Start, 'timeStamp' | 'nonceStr'> {
	return {
		timeStamp: String(Math.floor(now / 1000)),
		nonceStr: randomBytes(16).toString('hex'),
	};
}

/** Each line closed by one LF, the last one too. */
function signLines(lines: string[], privateKey: KeyObject): string {
	return sign(lines.map((line) => `${line}\n`).join(''), privateKey);
}
