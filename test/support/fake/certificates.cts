/** GET /v3/certificates: the platform certificates, encrypted with the APIv3 key (docs/protocol.md, Platform certificates). */
import { createCipheriv, randomBytes } from 'node:crypto';

import { ok, type Answer, type Call } from './call.cts';
import { checkNoBody, optional, readQuery, text } from './rules/fields.cts';
import { MERCHANT, PUBLIC_KEY, type PlatformCertificate } from './keys.cts';
import type { CertificateEntry } from './keysInUse.cts';
import { notFound } from './rules/refusal.cts';
import { chinaTime, secondsOf } from './rules/times.cts';

const ASSOCIATED_DATA = 'certificate';

/**
 * 200 with the platform certificates in use; in public-key mode, that is where the public key would sign
 * this very answer, 404 (docs/protocol.md, Public key and platform certificates).
 */
export function listCertificates({ request, answerKey, keys }: Call): Answer {
	checkNoBody(request);
	readQuery(request.url, { algorithm_type: optional(text(1, 8, /^(RSA|ALL)$/)) });
	const isPublicKeyMode = keys.signs === 'publicKey' || keys.signing !== answerKey;
	if (isPublicKeyMode && answerKey === PUBLIC_KEY) {
		const message = '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。';
		throw notFound('RESOURCE_NOT_EXISTS', message);
	}
	const data = keys.listed.map(certificateEntry);
	return ok({ data: keys.editList ? keys.editList(data) : data });
}

/** An entry of the list. */
export function certificateEntry({
	serial,
	certificate,
	certificatePem,
}: PlatformCertificate): CertificateEntry {
	return {
		serial_no: serial,
		effective_time: chinaTime(secondsOf(certificate.validFrom)),
		expire_time: chinaTime(secondsOf(certificate.validTo)),
		encrypt_certificate: encrypt(certificatePem),
	};
}

/** AEAD_AES_256_GCM: base64 of ciphertext and tag, a nonce of 12 characters (docs/protocol.md, Sensitive fields). */
function encrypt(plaintext: string): CertificateEntry['encrypt_certificate'] {
	const nonce = randomBytes(6).toString('hex');
	const cipher = createCipheriv('aes-256-gcm', MERCHANT.apiV3Key, nonce);
	cipher.setAAD(Buffer.from(ASSOCIATED_DATA));
	const sealed = [cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()];
	return {
		algorithm: 'AEAD_AES_256_GCM',
		nonce,
		associated_data: ASSOCIATED_DATA,
		ciphertext: Buffer.concat(sealed).toString('base64'),
	};
}
