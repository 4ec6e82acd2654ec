/** Answers on the wire: which key signs, over what, and under which headers (docs/protocol.md, Headers and message and docs/protocol.md, Switching to the public key). */
import { randomBytes, sign } from 'node:crypto';

import type { Answer } from './call.cts';
import { PUBLIC_KEY, type SigningKey } from './keys.cts';
import type { KeysInUse } from './keysInUse.cts';
import { NUMBER, Refusal } from './rules/refusal.cts';

/** An answer with its headers, ready to be written. */
export interface Outgoing {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

/** What an answer is signed with; `timestamp` in Unix seconds. */
interface Signed {
	timestamp: string;
	nonce: string;
	signature: string;
}

/** The key of that name, which has to be spelled as WeChat Pay prints it. */
export function findSigningKey(
	serial: string | undefined,
	{ listed }: KeysInUse,
): SigningKey | undefined {
	return [PUBLIC_KEY, ...listed].find((key) => key.serial === serial);
}

/**
 * The key that signs the answer: the one the request names, the first platform certificate without a name
 * (docs/protocol.md, Switching to the public key). A family overrules the name: a merchant that has not started switching always gets
 * platform certificates, a new one always the public key. So does the certificate that signs, where one is told.
 */
export function answerKey(serial: string | undefined, keys: KeysInUse): SigningKey {
	const { signs: family, listed, signing } = keys;
	if (family === 'publicKey') return PUBLIC_KEY;
	const named = findSigningKey(serial, keys);
	if (named === PUBLIC_KEY && family !== 'platformCertificate') return named;
	const certificate = named === PUBLIC_KEY ? undefined : named;
	return signing ?? certificate ?? listed[0];
}

/** Wechatpay-Serial of a request, when sent, has to name a key that the merchant could know. */
export function checkSerial(serial: string | undefined, keys: KeysInUse): void {
	if (serial === undefined) return;
	const key = findSigningKey(serial, keys);
	// A merchant of public-key mode has no platform certificates (docs/protocol.md, Public key and platform certificates).
	if (key && (keys.signs !== 'publicKey' || key === PUBLIC_KEY)) return;
	const message = '平台证书序列号Wechatpay-Serial错误';
	throw new Refusal(400, 'PARAM_ERROR', message, NUMBER.parameter);
}

/** A refusal as JSON; members that are undefined are left out. */
export function refusalAnswer({ status, code, message, detail, number }: Refusal): Answer {
	return { status, body: JSON.stringify({ code, message, detail }), number };
}

/** The Wechatpay-* headers of a body. @param now in Unix seconds */
export function signatureHeaders(
	body: Buffer,
	key: SigningKey,
	now: number,
): Record<string, string> {
	const { timestamp, nonce, signature } = signBody(body, key, String(now));
	return {
		'Wechatpay-Timestamp': timestamp,
		'Wechatpay-Nonce': nonce,
		'Wechatpay-Signature': signature,
		'Wechatpay-Serial': key.serial,
		'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
	};
}

/** The headers that every answer of an API has, signed or not; `now` in Unix seconds. */
export function plainHeaders(answer: Answer, now: number): Record<string, string> {
	const trace = randomBytes(16).toString('hex').toUpperCase();
	const { status, body, number, headers } = answer;
	return {
		Server: 'nginx',
		Date: new Date(now * 1000).toUTCString(),
		'Request-ID': `${trace}-${number}`,
		'Cache-Control': 'no-cache, must-revalidate',
		...(status !== 204 && { 'Content-Length': String(Buffer.byteLength(body)) }),
		...(body !== '' && { 'Content-Type': 'application/json; charset=utf-8' }),
		...headers,
	};
}

/** SHA-256 with RSA over timestamp, nonce and body, each closed by a line feed. */
function signBody(body: Buffer, key: SigningKey, timestamp: string): Signed {
	const nonce = randomBytes(16).toString('hex');
	const lines = [Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')];
	const signature = sign('sha256', Buffer.concat(lines), key.privateKey).toString('base64');
	return { timestamp, nonce, signature };
}
