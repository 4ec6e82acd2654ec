/** Who is calling, and did they sign exactly what arrived? (docs/protocol.md, Signed message and docs/protocol.md, Authorization header) */
import { verify } from 'node:crypto';

import { MERCHANT } from '../keys.cts';
import { signedBody } from '../rules/multipart.cts';
import type { NonceMemory } from '../rules/nonces.cts';
import { NUMBER, Refusal, signError } from '../rules/refusal.cts';
import type { ReceivedRequest } from '../rules/request.cts';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const ITEM = /^(mchid|nonce_str|signature|timestamp|serial_no)="([^"]+)"$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const CLOCK_TOLERANCE_SECONDS = 300;
const LONGEST_NONCE = 32;
const SHOWN_SIGN_MESSAGE = 128;

/** The five items of the Authorization header. */
export interface Authorization {
	mchid: string;
	nonce_str: string;
	signature: string;
	timestamp: string;
	serial_no: string;
}

/** nonce_str of a request for the records, however wrong the rest of the header is. */
export function nonceOf(authorization: string | undefined): string | undefined {
	return authorization?.match(/nonce_str="([^"]*)"/)?.[1];
}

/**
 * Accept and User-Agent have to be there, which is looked at before the signature (docs/protocol.md, Request headers).
 * An Accept that excludes JSON counts as none.
 */
export function checkClientHeaders({ headers }: ReceivedRequest): void {
	const accepts = /application\/(json|\*)|\*\/\*/.test(headers.accept ?? '');
	if (accepts && headers['user-agent']) return;
	throw new Refusal(400, 'INVALID_REQUEST', 'Http头缺少Accept或User-Agent', NUMBER.parameter);
}

/** In: the header value. Out: its five items, in whatever order they came. Throws 401 otherwise. */
export function readAuthorization(header: string | undefined): Authorization {
	const [scheme, rest] = splitOnce(header ?? '', ' ');
	if (rest === '') throw malformed();
	if (scheme !== SCHEME) throw signError('HTTP头Authorization认证类型不正确');
	const items = new Map<string, string>();
	for (const part of rest.split(',')) {
		const [, name, value] = ITEM.exec(part) ?? [];
		if (name === undefined || items.has(name)) throw malformed();
		items.set(name, value);
	}
	if (items.size !== 5) throw malformed();
	const authorization = Object.fromEntries(items) as unknown as Authorization;
	// No length is documented; 32 is what every official SDK stays within (docs/protocol.md, Nonce and timestamp).
	if (authorization.nonce_str.length > LONGEST_NONCE) throw malformed();
	if (!/^\d+$/.test(authorization.timestamp)) throw malformed();
	return authorization;
}

/**
 * The checks of a signed request in WeChat Pay's order; `now` is WeChat Pay's clock in Unix seconds.
 * Returns the calling merchant number, throws a 401 Refusal.
 */
export function authorize(request: ReceivedRequest, now: number, nonces: NonceMemory): string {
	const authorization = readAuthorization(request.headers.authorization);
	checkClock(authorization, now);
	checkMerchant(authorization);
	checkSignature(authorization, request);
	if (nonces.isReplay(authorization.mchid, authorization.nonce_str, now)) {
		// That a nonce may not come twice is documented, the wording of the refusal is not.
		throw signError('Http头Authorization中的nonce_str已被使用');
	}
	return authorization.mchid;
}

function checkClock({ timestamp }: Authorization, now: number): void {
	if (Math.abs(Number(timestamp) - now) <= CLOCK_TOLERANCE_SECONDS) return;
	throw signError('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
}

function checkMerchant({ mchid, serial_no: serialNo }: Authorization): void {
	// f.3 lists no message for an unknown merchant number; this is the nearest one.
	if (mchid !== MERCHANT.mchid) throw signError('商户未申请过证书');
	if (serialNo !== MERCHANT.serialNo) throw signError('商户证书序列号有误');
}

function checkSignature(authorization: Authorization, request: ReceivedRequest): void {
	const message = signMessage(authorization, request);
	const { signature } = authorization;
	const matches =
		BASE64.test(signature) &&
		verify('sha256', message, MERCHANT.publicKey, Buffer.from(signature, 'base64'));
	if (!matches) throw signError('错误的签名，验签失败', signDetail(request, message));
}

/** The five lines, from the raw request target and the raw body bytes (docs/protocol.md, Signed message); an upload signs its meta only. */
function signMessage(authorization: Authorization, request: ReceivedRequest): Buffer {
	const { timestamp, nonce_str: nonce } = authorization;
	const lines = `${request.method}\n${request.url}\n${timestamp}\n${nonce}\n`;
	return Buffer.concat([Buffer.from(lines), signedBody(request), Buffer.from('\n')]);
}

/** The nested detail of a signature that does not match (docs/protocol.md, Error body). */
function signDetail({ method, url }: ReceivedRequest, message: Buffer): object {
	return {
		detail: { issue: 'sign not match' },
		field: 'signature',
		location: 'authorization',
		sign_information: {
			method,
			url,
			truncated_sign_message: message.toString('utf8').slice(0, SHOWN_SIGN_MESSAGE),
			sign_message_length: message.length,
		},
	};
}

function malformed(): Refusal {
	return signError('Http头Authorization值格式错误');
}

function splitOnce(text: string, separator: string): [string, string] {
	const at = text.indexOf(separator);
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
