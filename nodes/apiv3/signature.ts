import type { KeyObject } from 'node:crypto';
import { randomBytes, sign as rsaSign } from 'node:crypto';

import { readPrivateKey } from './keys';

/**
 * The only signature scheme that this package knows (docs/protocol.md, Authorization header and docs/protocol.md,
 * Headers and message).
 */
export const SCHEME = 'WECHATPAY2-SHA256-RSA2048';

export interface RequestToSign {
	/** HTTP method in any case. */
	method: string;
	/** Absolute URL, or path with query, percent-encoded as it goes over the wire. */
	url: string;
	/** Unix seconds. */
	timestamp: number | string;
	nonce: string;
	/** The bytes of the body, or its text in UTF-8; empty or absent for a request without one. */
	body?: string | Buffer;
}

/**
 * The text that a request's signature covers: five lines, each closed by one LF.
 *
 * @returns method, path with query, timestamp, nonce and body
 * @throws TypeError when `url` is absolute and not a URL
 * @see docs/protocol.md, Signed message; https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function requestMessage(request: RequestToSign): string {
	return requestBytes(request).toString();
}

/** The same as bytes, which a body that is not text survives. */
function requestBytes({ method, url, timestamp, nonce, body = '' }: RequestToSign): Buffer {
	const head = `${method.toUpperCase()}\n${requestTarget(url)}\n${timestamp}\n${nonce}\n`;
	return Buffer.concat([Buffer.from(head), Buffer.from(body as string), Buffer.from('\n')]);
}

function requestTarget(url: string): string {
	if (url.startsWith('/')) return url.split('#')[0];
	const { pathname, search } = new URL(url);
	return pathname + search;
}

/**
 * The bytes that the signature of a response or a notification covers: three lines, each closed by one LF.
 *
 * @param message.timestamp the Wechatpay-Timestamp header, Unix seconds
 * @param message.nonce the Wechatpay-Nonce header
 * @param message.body the raw bytes received, before any parsing; empty for a 204
 * @see docs/protocol.md, Headers and message; https://pay.weixin.qq.com/doc/v3/merchant/4013053420
 */
export function responseMessage(message: {
	timestamp: number | string;
	nonce: string;
	body: string | Buffer;
}): Buffer {
	const head = Buffer.from(`${message.timestamp}\n${message.nonce}\n`);
	return Buffer.concat([head, Buffer.from(message.body as string), Buffer.from('\n')]);
}

/**
 * SHA-256 with RSA, PKCS#1 v1.5.
 *
 * @param message text (taken as UTF-8) or bytes
 * @param privateKey PEM as pasted, or the parsed key
 * @returns base64 without line breaks
 * @throws KeyFormatError when the text is not a private key
 * @see docs/protocol.md, Signed message
 */
export function sign(message: string | Buffer, privateKey: string | KeyObject): string {
	const key = typeof privateKey === 'string' ? readPrivateKey(privateKey) : privateKey;
	return rsaSign('sha256', Buffer.from(message as string), key).toString('base64');
}

interface RequestToAuthorize extends Omit<RequestToSign, 'timestamp' | 'nonce'> {
	mchid: string;
	/** Serial number of the merchant's certificate. */
	serialNo: string;
	privateKey: string | KeyObject;
	/** Unix seconds; now, if left out. */
	timestamp?: RequestToSign['timestamp'];
	/** Up to 32 characters; random, if left out. */
	nonce?: string;
}

/**
 * The whole value of a request's Authorization header.
 *
 * @throws KeyFormatError when `privateKey` is not one
 * @see docs/protocol.md, Authorization header; https://pay.weixin.qq.com/doc/v3/merchant/4012365344
 */
export function authorization(request: RequestToAuthorize): string {
	const stamped = stamp(request);
	return headerValue(stamped, sign(requestBytes(stamped), request.privateKey));
}

/**
 * The same as `authorization`, with the RSA work on another thread: of all that is done for a request, it takes
 * longest.
 *
 * @param request.privateKey the parsed key
 */
export async function authorizationInBackground(
	request: RequestToAuthorize & { privateKey: KeyObject },
): Promise<string> {
	const stamped = stamp(request);
	const signature = await new Promise<Buffer>((resolve, reject) => {
		rsaSign('sha256', requestBytes(stamped), request.privateKey, (reason, bytes) =>
			reason ? reject(reason) : resolve(bytes),
		);
	});
	return headerValue(stamped, signature.toString('base64'));
}

type Stamped = RequestToAuthorize & Pick<RequestToSign, 'timestamp' | 'nonce'>;

function stamp(request: RequestToAuthorize): Stamped {
	return {
		...request,
		timestamp: request.timestamp ?? Math.floor(Date.now() / 1000),
		nonce: request.nonce ?? randomBytes(16).toString('hex').toUpperCase(),
	};
}

function headerValue({ mchid, serialNo, timestamp, nonce }: Stamped, signature: string): string {
	const items = { mchid, nonce_str: nonce, signature, timestamp, serial_no: serialNo };
	const list = Object.entries(items).map(([name, value]) => `${name}="${value}"`);
	return `${SCHEME} ${list.join(',')}`;
}
