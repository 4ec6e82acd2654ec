import type { KeyObject } from 'node:crypto';
import { randomBytes, sign as rsaSign, verify as rsaVerify } from 'node:crypto';

import { readPrivateKey, verificationKey } from './keys';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const TYPE_HEADER = 'wechatpay-signature-type';

/** WeChat Pay now and then sends a deliberately wrong signature that starts so (protocol.md b.4). */
const TEST_SIGNATURE_PREFIX = 'WECHATPAY/SIGNTEST/';

/** How far a clock may be off, in seconds (protocol.md a.3 and b.3). */
const CLOCK_TOLERANCE = 300;

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
 * @see protocol.md a.1; https://pay.weixin.qq.com/doc/v3/merchant/4012365342
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
 * The bytes that the signature of an answer or a notification covers: three lines, each closed by one LF.
 *
 * @param message.timestamp the Wechatpay-Timestamp header, Unix seconds
 * @param message.nonce the Wechatpay-Nonce header
 * @param message.body the raw bytes received, before any parsing; empty for a 204
 * @see protocol.md b.1; https://pay.weixin.qq.com/doc/v3/merchant/4013053420
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
 * @throws PastedKeyError when the text is not a private key
 * @see protocol.md a.1
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
 * @throws PastedKeyError when `privateKey` is not one
 * @see protocol.md a.2; https://pay.weixin.qq.com/doc/v3/merchant/4012365344
 */
export function authorization(request: RequestToAuthorize): string {
	const stamped = stamp(request);
	return headerValue(stamped, sign(requestBytes(stamped), request.privateKey));
}

/**
 * The same as `authorization`, with the RSA work on another thread: of all that is done for a request, it takes longest.
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

/**
 * Checks a signature of WeChat Pay. Never throws, whatever the input.
 *
 * @param message what was signed, text or bytes
 * @param signature base64 as received
 * @param key PEM of a public key or a certificate, or the parsed key
 * @see protocol.md b.1 and b.4
 */
export function verify(
	message: string | Buffer,
	signature: string,
	key: string | KeyObject,
): boolean {
	return holds(() => Buffer.from(message as string), signature, key);
}

function holds(message: () => Buffer, signature: string, key: string | KeyObject): boolean {
	try {
		if (isTestSignature(signature)) return false;
		const bytes = Buffer.from(signature, 'base64');
		return rsaVerify('sha256', message(), verificationKey(key), bytes);
	} catch {
		return false;
	}
}

function isTestSignature(signature: string): boolean {
	return signature.startsWith(TEST_SIGNATURE_PREFIX);
}

/** Why an HTTP message of WeChat Pay does not verify. */
export type VerificationReason =
	| 'missing-header'
	| 'unsupported-type'
	| 'clock'
	| 'probe'
	| 'unknown-serial'
	| 'bad-signature';

export type Verification = { ok: true } | { ok: false; reason: VerificationReason };

/** The keys to verify with, by certificate serial number or public key ID. */
export type VerificationKeys =
	| ReadonlyMap<string, string | KeyObject>
	| Readonly<Record<string, string | KeyObject>>;

/**
 * Verifies an answer or a notification by its headers and raw body, with the key that its serial names and no
 * other. Never throws. Cheap checks come first, so that a forgery costs no signature check where its headers
 * already give it away.
 *
 * @param message.headers as received, names in any case
 * @param message.body the raw bytes, empty for a 204
 * @param message.now the clock to compare with, in Unix seconds (milliseconds or a Date do as well)
 * @see protocol.md b.1 to b.4
 */
export function verifyHttp(message: {
	headers: Readonly<Record<string, unknown>>;
	body: string | Buffer;
	keys: VerificationKeys;
	now?: number | Date;
}): Verification {
	const header = (name: string) => headerOf(message.headers, `wechatpay-${name}`);
	const timestamp = header('timestamp');
	const nonce = header('nonce');
	const signature = header('signature');
	const serial = header('serial');
	if (!timestamp || !nonce || !signature || !serial) return refused('missing-header');
	if (!isRsa(message.headers)) return refused('unsupported-type');
	// Written so that a timestamp which is not a number is refused as well.
	const off = Math.abs(
		unixSeconds(message.now) - (/^\d+$/.test(timestamp) ? Number(timestamp) : NaN),
	);
	if (!(off <= CLOCK_TOLERANCE)) return refused('clock');
	if (isTestSignature(signature)) return refused('probe');
	const key = keyNamed(serial, message.keys);
	if (key === undefined) return refused('unknown-serial');
	const signed = () => responseMessage({ timestamp, nonce, body: message.body });
	return holds(signed, signature, key) ? { ok: true } : refused('bad-signature');
}

/** The type may be absent, which means RSA; given twice it is none that we know. */
function isRsa(headers: Readonly<Record<string, unknown>>): boolean {
	const types = Object.entries(headers).filter(([name]) => name.toLowerCase() === TYPE_HEADER);
	return types.every(([, type]) => type === undefined || type === SCHEME);
}

function refused(reason: VerificationReason): Verification {
	return { ok: false, reason };
}

/**
 * @param headers as received, names in any case
 * @param name lower case
 * @returns the header's text; undefined when it is absent or not one text
 */
export function headerOf(
	headers: Readonly<Record<string, unknown>>,
	name: string,
): string | undefined {
	for (const [key, value] of Object.entries(headers ?? {})) {
		if (key.toLowerCase() === name) return typeof value === 'string' ? value : undefined;
	}
	return undefined;
}

function unixSeconds(now: number | Date = Date.now()): number {
	const value = Number(now);
	// Seconds reach this size in the year 5138, milliseconds passed it in 1973.
	return value > 1e11 ? value / 1000 : value;
}

function keyNamed(serial: string, keys: VerificationKeys): string | KeyObject | undefined {
	const entries = keys instanceof Map ? keys.entries() : Object.entries(keys ?? {});
	for (const [name, key] of entries) {
		if (String(name).toUpperCase() === serial.toUpperCase()) return key as string | KeyObject;
	}
	return undefined;
}
