/** POST /v3/security/echo, WeChat Pay's self-test (protocol.md c.6). Its notification is not sent. */
import { constants, privateDecrypt } from 'node:crypto';

import { ok, type Answer, type Call } from './call.cts';
import { optional, readBody, readQuery, text } from './fields.cts';
import { findSigningKey } from './answer.cts';
import { NUMBER, notFound, paramError, Refusal } from './refusal.cts';

const BODY = {
	echo_message: text(1, 1024),
	encrypted_echo_message: optional(text(1, 1024)),
	notify_url: optional(text(1, 256, /^https:\/\/[^?]+$/)),
};

/** 200 with the message that was sent. */
export function echo(call: Call): Answer {
	if (!call.selfTest) throw notFound('RESOURCE_NOT_EXISTS', '资源不存在或无可用');
	readQuery(call.request.url, {});
	const serial = call.request.headers['wechatpay-serial'];
	if (typeof serial !== 'string') throw serialMissing();
	const body = readBody(call.request, BODY);
	if (body.encrypted_echo_message !== undefined) {
		checkEncrypted(body.encrypted_echo_message as string, serial);
	}
	return ok({ echo_message: body.echo_message });
}

/** Has to decrypt with the key that the request names: RSAES-OAEP, SHA-1 (protocol.md d). */
function checkEncrypted(ciphertext: string, serial: string): void {
	const key = findSigningKey(serial)?.privateKey;
	if (!key) throw serialMissing();
	try {
		privateDecrypt(
			{ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
			Buffer.from(ciphertext, 'base64'),
		);
	} catch {
		throw paramError('encrypted_echo_message', ciphertext, 'does not decrypt', 'body');
	}
}

function serialMissing(): Refusal {
	const message = 'HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)';
	return new Refusal(400, 'PARAM_ERROR', message, NUMBER.parameter);
}
