import type { KeyObject } from 'node:crypto';
import { verify as rsaVerify } from 'node:crypto';

import { headerEntries, headerValues, type HttpHeaders } from './headers';
import { verificationKey } from './keys';
import { responseMessage, SCHEME } from './signature';

export { headerOf } from './headers';

const TYPE_HEADER = 'wechatpay-signature-type';

/** WeChat Pay now and then sends a deliberately wrong signature that starts so (docs/protocol.md, Test signatures). */
const TEST_SIGNATURE_PREFIX = 'WECHATPAY/SIGNTEST/';

/** How far a clock may be off, in seconds (docs/protocol.md, Nonce and timestamp and docs/protocol.md, Clock). */
const CLOCK_TOLERANCE = 300;

/**
 * Checks a signature of WeChat Pay. Never throws, with any input.
 *
 * @param message what was signed, text or bytes
 * @param signature base64 as received
 * @param key PEM of a public key or a certificate, or the parsed key
 * @see docs/protocol.md, Headers and message and docs/protocol.md, Test signatures
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

/**
 * Why an HTTP message of WeChat Pay does not verify: a header of the signature is absent or not text; there more than
 * once; of another algorithm; signed more than 300 s from now; WeChat Pay's own deliberately wrong signature; signed
 * with a key that is not among `keys`; or the signature does not fit.
 */
export type VerificationReason =
	| 'missing-header'
	| 'duplicate-header'
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

/** What the headers of a response or a notification say about its signature. */
interface Claim {
	timestamp: string;
	nonce: string;
	/** Base64. */
	signature: string;
	/** Names the key. */
	serial: string;
}

/**
 * Verifies a response or a notification by its headers and raw body, with the key that its serial names and no
 * other. Never throws. Cheap checks come first, so that a forgery costs no signature check where its headers
 * already give it away.
 *
 * @param message.headers as received, in any form of `HttpHeaders`; one that names the signature's time, nonce, value
 * or
 *   serial number twice is refused with `duplicate-header`
 * @param message.body the raw bytes before any parsing, empty for a 204
 * @param message.now the clock to compare with, in Unix seconds (milliseconds or a Date do as well)
 * @see docs/protocol.md, Headers and message and docs/protocol.md, Which responses are signed
 */
export function verifyHttp(message: {
	headers: HttpHeaders;
	body: string | Buffer;
	keys: VerificationKeys;
	now?: number | Date;
}): Verification {
	const claim = readClaim(message);
	if ('ok' in claim) return claim;
	const { timestamp, nonce, signature, serial } = claim;
	const key = keyNamed(serial, message.keys);
	if (key === undefined) return refused('unknown-serial');
	const signed = () => responseMessage({ timestamp, nonce, body: message.body });
	return holds(signed, signature, key) ? { ok: true } : refused('bad-signature');
}

/**
 * The part of `verifyHttp` that needs neither keys nor body: whether the headers leave it possible that the message
 * verifies. Never throws.
 */
export function verifyHeaders(message: {
	headers: HttpHeaders;
	now?: number | Date;
}): Verification {
	const claim = readClaim(message);
	return 'ok' in claim ? claim : { ok: true };
}

/**
 * @returns the name of the key that a message says it is signed with; undefined where its headers already keep it from
 *   being verified with any
 */
export function serialOf(message: {
	headers: HttpHeaders;
	now?: number | Date;
}): string | undefined {
	const claim = readClaim(message);
	return 'ok' in claim ? undefined : claim.serial;
}

function readClaim(message: {
	headers: HttpHeaders;
	now?: number | Date;
}): Claim | (Verification & { ok: false }) {
	const headers = headerEntries(message.headers);
	const values = CLAIMED.map((name) => headerValues(headers, `wechatpay-${name}`));
	if (values.some(isAmbiguous)) return refused('duplicate-header');
	const [timestamp, nonce, signature, serial] = values.map(([value]) => value);
	if (!isText(timestamp) || !isText(nonce) || !isText(signature) || !isText(serial)) {
		return refused('missing-header');
	}
	if (!isRsa(headers)) return refused('unsupported-type');
	// Written so that a timestamp which is not a number is refused as well.
	const off = Math.abs(
		unixSeconds(message.now) - (/^\d+$/.test(timestamp) ? Number(timestamp) : NaN),
	);
	if (!(off <= CLOCK_TOLERANCE)) return refused('clock');
	if (isTestSignature(signature)) return refused('probe');
	return { timestamp, nonce, signature, serial };
}

/** What the claim is made of, after `Wechatpay-`. */
const CLAIMED = ['timestamp', 'nonce', 'signature', 'serial'] as const;

/**
 * A header that is there twice: it must not depend on the HTTP library which of the two counts. Node's `headers` and
 * Fetch's `Headers` join them with a comma, and base64 is decoded up to its first padding, so that a second signature
 * would go unnoticed.
 */
function isAmbiguous(values: unknown[]): boolean {
	return values.length > 1 || (typeof values[0] === 'string' && values[0].includes(','));
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

/** The type may be absent, which means RSA; given twice it is none that we know. */
function isRsa(headers: HttpHeaders): boolean {
	const types = headerValues(headers, TYPE_HEADER);
	return types.length === 0 || (types.length === 1 && types[0] === SCHEME);
}

function refused(reason: VerificationReason): Verification & { ok: false } {
	return { ok: false, reason };
}

/**
 * @param now Unix seconds, milliseconds or a Date; the present, if left out
 * @returns Unix seconds, with a fraction if `now` has one
 */
export function unixSeconds(now: number | Date = Date.now()): number {
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
