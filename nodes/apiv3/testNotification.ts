import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';

import { encryptResource } from './cipher';
import { responseMessage, SCHEME, sign } from './signature';
import { unixSeconds } from './verification';

/** A notification that `signTestNotification` is to make. */
export interface TestNotification {
	/** Its `event_type`, such as `TRANSACTION.SUCCESS`. */
	event: string;
	/** What is encrypted: an object is written as JSON, a text is taken as it is. */
	resource: object | string;
	/** The APIv3 key of the receiver, 32 characters. */
	apiV3Key: string;
	/** The private key that stands in for WeChat Pay's: PEM, or the parsed key. Its public half verifies. */
	privateKey: string | KeyObject;
	/** The name of that key, as the receiver has it: a public key ID or a certificate serial number. */
	serial: string;
	/** When it was signed and made: Unix seconds, milliseconds or a Date; the present, if left out. */
	now?: number | Date;
	/** The notification's ID; another one each time, if left out. */
	id?: string;
	/** A short text in Chinese; `测试通知` (test notification), if left out. */
	summary?: string;
	/** What kind of data it is; the first part of the event in lower case, if left out. */
	originalType?: string;
	/** Authenticated with the data; the same as `originalType`, if left out. */
	associatedData?: string;
}

/** A notification ready to be posted. */
export interface SignedNotification {
	headers: Record<string, string>;
	/** JSON. It must be sent as it is: its bytes are signed. */
	body: string;
}

/**
 * Makes a notification as WeChat Pay posts it, encrypted and signed with keys of your own, to test what receives
 * notifications without WeChat Pay.
 *
 * @returns what to post; `verifyHttp` verifies it, and `decryptResource` decrypts its `resource`
 * @throws Error when the APIv3 key does not have 32 bytes, or `privateKey` is not an RSA private key
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function signTestNotification(notification: TestNotification): SignedNotification {
	const { event, resource, apiV3Key, now, id = randomId(), summary = '测试通知' } = notification;
	const { originalType = event.split('.')[0].toLowerCase() } = notification;
	const { associatedData = originalType } = notification;
	const timestamp = Math.floor(unixSeconds(now));
	const text = typeof resource === 'string' ? resource : JSON.stringify(resource);
	const body = JSON.stringify({
		id,
		create_time: chinaTime(timestamp),
		resource_type: 'encrypt-resource',
		event_type: event,
		summary,
		resource: {
			original_type: originalType,
			...encryptResource(text, { apiV3Key, associatedData }),
		},
	});
	return { headers: signatureHeaders({ ...notification, body, timestamp }), body };
}

/**
 * The headers that WeChat Pay sends with signed JSON.
 *
 * @param signing.body the exact bytes that will be sent
 * @param signing.timestamp Unix seconds
 * @throws Error when `privateKey` is not an RSA private key
 */
export function signatureHeaders(signing: {
	body: string | Buffer;
	privateKey: string | KeyObject;
	serial: string;
	timestamp: number | string;
}): Record<string, string> {
	const nonce = randomBytes(16).toString('hex');
	const message = responseMessage({ ...signing, nonce });
	return {
		'Content-Type': 'application/json',
		'Wechatpay-Timestamp': String(signing.timestamp),
		'Wechatpay-Nonce': nonce,
		'Wechatpay-Signature': sign(message, signing.privateKey),
		'Wechatpay-Serial': signing.serial,
		'Wechatpay-Signature-Type': SCHEME,
	};
}

/** Like WeChat Pay's: `EV-`, the time, and digits that make it unique. */
function randomId(): string {
	return `EV-${Date.now()}${randomBytes(6).readUIntBE(0, 6)}`;
}

/** A time as WeChat Pay writes it: RFC 3339 in China's time zone. */
function chinaTime(unixSecond: number): string {
	const china = new Date((unixSecond + 8 * 3600) * 1000);
	return `${china.toISOString().slice(0, 19)}+08:00`;
}
