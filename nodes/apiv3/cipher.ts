import type { KeyObject } from 'node:crypto';
import {
	constants,
	createCipheriv,
	createDecipheriv,
	privateDecrypt,
	publicEncrypt,
	randomBytes,
} from 'node:crypto';

import { attempt } from './attempt';
import { readPrivateKey, verificationKey } from './keys';

const GCM = 'AEAD_AES_256_GCM';
const GCM_TAG_BYTES = 16;
const APIV3_KEY_BYTES = 32;
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
/** What OAEP with SHA-1 takes away from the size of the RSA key: two hashes and two bytes (RFC 8017, 7.1.1). */
const OAEP_OVERHEAD_BYTES = 42;

/** An encrypted part of a notification or of the certificate list. */
export interface EncryptedResource {
	/** Base64 of the ciphertext followed by its 16-byte tag. */
	ciphertext: string;
	nonce: string;
	/** May be absent, which means empty. */
	associated_data?: string;
	algorithm: string;
}

/**
 * Decrypts the `resource` of a notification or a certificate of `GET /v3/certificates`.
 *
 * @param apiV3Key the 32 characters set in the merchant platform, taken as bytes
 * @returns the plaintext: JSON, or a certificate's PEM
 * @throws Error naming which of algorithm, key or data is not as it must be
 * @see docs/protocol.md, Sensitive fields; https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function decryptResource(resource: EncryptedResource, apiV3Key: string): string {
	if (resource?.algorithm !== GCM) {
		throw new Error(`The algorithm of the encrypted data must be ${GCM}`);
	}
	const key = gcmKey(apiV3Key);
	const text = attempt(() => decryptGcm(resource, key));
	if (text === undefined) {
		throw new Error(
			'The data was not encrypted with this APIv3 key, or was changed on the way: compare the key with the merchant platform (the APIv2 key is another one)',
		);
	}
	return text;
}

function decryptGcm(resource: EncryptedResource, key: Buffer): string {
	const data = Buffer.from(resource.ciphertext, 'base64');
	const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(resource.nonce), {
		authTagLength: GCM_TAG_BYTES,
	});
	decipher.setAAD(Buffer.from(resource.associated_data ?? ''));
	decipher.setAuthTag(data.subarray(-GCM_TAG_BYTES));
	const text = decipher.update(data.subarray(0, -GCM_TAG_BYTES));
	return Buffer.concat([text, decipher.final()]).toString();
}

/**
 * Encrypts as WeChat Pay does, for a test that plays WeChat Pay: the counterpart of `decryptResource`.
 *
 * @param plaintext JSON, or a certificate's PEM
 * @param options.apiV3Key the merchant's APIv3 key, 32 characters taken as bytes
 * @param options.associatedData authenticated with it, such as `transaction`; left out of the result if left out here
 * @param options.nonce of the encryption, 12 characters; random, if left out
 * @throws Error when the APIv3 key has another length
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function encryptResource(
	plaintext: string,
	options: { apiV3Key: string; associatedData?: string; nonce?: string },
): EncryptedResource {
	const { apiV3Key, associatedData, nonce = randomBytes(6).toString('hex') } = options;
	const cipher = createCipheriv('aes-256-gcm', gcmKey(apiV3Key), Buffer.from(nonce));
	cipher.setAAD(Buffer.from(associatedData ?? ''));
	const parts = [cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()];
	const ciphertext = Buffer.concat(parts).toString('base64');
	return { algorithm: GCM, ciphertext, associated_data: associatedData, nonce };
}

function gcmKey(apiV3Key: string): Buffer {
	const key = Buffer.from(String(apiV3Key));
	if (key.length === APIV3_KEY_BYTES) return key;
	throw new Error(
		`The APIv3 key must have ${APIV3_KEY_BYTES} characters, this one has ${key.length}`,
	);
}

/**
 * Encrypts a sensitive field, such as a phone number, for WeChat Pay.
 *
 * @param text at most 214 bytes of UTF-8 with a 2048-bit key
 * @param key PEM of WeChat Pay's public key or platform certificate, or the parsed key
 * @returns base64
 * @throws KeyFormatError for another kind of key; Error when the text is too long
 * @see docs/protocol.md, Sensitive fields; https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function encryptField(text: string, key: string | KeyObject): string {
	const publicKey = verificationKey(key);
	const bytes = Buffer.from(text);
	const limit = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8 - OAEP_OVERHEAD_BYTES;
	if (bytes.length > limit) {
		throw new Error(`A sensitive field can hold ${limit} bytes, this one has ${bytes.length}`);
	}
	return publicEncrypt({ key: publicKey, ...OAEP }, bytes).toString('base64');
}

/**
 * Decrypts a sensitive field of WeChat Pay's response.
 *
 * @param base64 the field as received
 * @param privateKey PEM of the merchant's private key, or the parsed key
 * @returns the text
 * @throws KeyFormatError for another kind of key; Error when the field was encrypted for another key
 * @see docs/protocol.md, Sensitive fields
 */
export function decryptField(base64: string, privateKey: string | KeyObject): string {
	return decryptBytes(base64, privateKey).toString();
}

/** The same for a value that is not text, such as a key. */
export function decryptBytes(base64: string, privateKey: string | KeyObject): Buffer {
	const key = typeof privateKey === 'string' ? readPrivateKey(privateKey) : privateKey;
	const bytes = attempt(() => privateDecrypt({ key, ...OAEP }, Buffer.from(base64, 'base64')));
	if (bytes === undefined) {
		throw new Error('The field was not encrypted for this private key, or was changed on the way');
	}
	return bytes;
}
