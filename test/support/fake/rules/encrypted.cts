/** Fields that the merchant encrypts for WeChat Pay: RSAES-OAEP with SHA-1, base64 (docs/protocol.md, Sensitive fields). */
import { constants, privateDecrypt } from 'node:crypto';

import { findSigningKey } from '../answer.cts';
import type { Call } from '../call.cts';
import type { SigningKey } from '../keys.cts';
import { NUMBER, paramError, Refusal, type Location } from './refusal.cts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The key that the request names in Wechatpay-Serial; without a name it can't be decrypted (docs/protocol.md, Wechatpay-Serial). */
export function namedKey({ request, keys }: Pick<Call, 'request' | 'keys'>): SigningKey {
	const key = findSigningKey(request.headers['wechatpay-serial'] as string | undefined, keys);
	if (key) return key;
	const message = 'HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)';
	throw new Refusal(400, 'PARAM_ERROR', message, NUMBER.parameter);
}

/** The text behind `ciphertext`; a 400 that names the field when the key does not fit. */
export function decrypt(
	key: SigningKey,
	ciphertext: string,
	name: string,
	location: Location,
): string {
	// Node's decoder skips what is not base64, blanks that were a '+' included; WeChat Pay need not.
	if (!BASE64.test(ciphertext)) throw paramError(name, ciphertext, 'is not base64', location);
	const padding = constants.RSA_PKCS1_OAEP_PADDING;
	try {
		const how = { key: key.privateKey, padding, oaepHash: 'sha1' };
		return privateDecrypt(how, Buffer.from(ciphertext, 'base64')).toString('utf8');
	} catch {
		throw paramError(name, ciphertext, 'does not decrypt', location);
	}
}
