import {
	constants,
	createCipheriv,
	createPrivateKey,
	createPublicKey,
	privateDecrypt,
	publicEncrypt,
} from 'node:crypto';

import { decryptField, decryptResource, encryptField } from '../../../nodes/apiv3/cipher';
import { MERCHANT, pem, PLATFORM_A, PUBLIC_KEY } from '../../support/fake/keys.cts';
import { EC_CERTIFICATE } from './pasted';

const KEY = MERCHANT.apiV3Key;
const ALGORITHM = 'AEAD_AES_256_GCM';
const TEXT = '{"original_type":"membercard","code":"478515832665","name":"张三"}';

/** What WeChat Pay sends, made with node:crypto alone. */
function seal(text: string, { key = KEY, nonce = 'fdasflkja484', aad = 'membercard' } = {}) {
	const cipher = createCipheriv('aes-256-gcm', key, nonce);
	cipher.setAAD(Buffer.from(aad));
	const parts = [cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
	return {
		algorithm: ALGORITHM,
		ciphertext: Buffer.concat(parts).toString('base64'),
		nonce,
		associated_data: aad,
	};
}

describe('decryptResource', () => {
	it('opens the known answer', () => {
		// Computed with AESGCM of Python's cryptography.
		const known = {
			algorithm: ALGORITHM,
			nonce: '0123456789ab',
			associated_data: 'certificate',
			ciphertext: 'NvTtyBbPzSyLZjHQenXNx1mkIaQHkS96dA2ECQ==',
		};
		expect(decryptResource(known, KEY)).toBe('known answer');
	});

	it.each([
		['text with Chinese', TEXT],
		['an empty text', ''],
		['a PEM', PLATFORM_A.certificatePem],
		['one byte', 'x'],
	])('opens %s', (_, text) => {
		expect(decryptResource(seal(text), KEY)).toBe(text);
	});

	it('takes absent, empty and null associated data for empty', () => {
		const sealed = seal(TEXT, { aad: '' });
		const absent = { ...sealed, associated_data: undefined };
		expect(decryptResource(sealed, KEY)).toBe(TEXT);
		expect(decryptResource(absent, KEY)).toBe(TEXT);
		expect(decryptResource({ ...sealed, associated_data: null as never }, KEY)).toBe(TEXT);
	});

	const sealed = seal(TEXT);
	const bytes = Buffer.from(sealed.ciphertext, 'base64');
	const flipped = (at: number) => {
		const changed = Buffer.from(bytes);
		changed[at < 0 ? bytes.length + at : at] ^= 1;
		return { ciphertext: changed.toString('base64') };
	};

	it.each([
		['a changed first byte', flipped(0)],
		['a changed tag', flipped(-1)],
		['a tag that is cut off', { ciphertext: bytes.subarray(0, -16).toString('base64') }],
		['a tag that is cut short', { ciphertext: bytes.subarray(0, -4).toString('base64') }],
		['a ciphertext shorter than a tag', { ciphertext: bytes.subarray(0, 8).toString('base64') }],
		[
			'four bytes, as short a tag as GCM knows',
			{ ciphertext: bytes.subarray(0, 4).toString('base64') },
		],
		['no ciphertext', { ciphertext: '' }],
		['an absent ciphertext', { ciphertext: undefined as never }],
		['another nonce', { nonce: 'fdasflkja485' }],
		['an empty nonce', { nonce: '' }],
		['an absent nonce', { nonce: undefined as never }],
		['other associated data', { associated_data: 'certificate' }],
		['absent associated data', { associated_data: undefined }],
		['associated data that is no text', { associated_data: 7 as never }],
	])('refuses %s', (_, change) => {
		expect(() => decryptResource({ ...sealed, ...change }, KEY)).toThrow(
			'The data was not encrypted with this APIv3 key, or was changed on the way',
		);
	});

	it('refuses a short tag that fits: it takes few guesses to forge one', () => {
		const { ciphertext: tag, ...rest } = seal('');
		const short = Buffer.from(tag, 'base64').subarray(0, 4).toString('base64');
		expect(() => decryptResource({ ...rest, ciphertext: short }, KEY)).toThrow('was changed');
	});

	it('refuses another key, without repeating it', () => {
		const other = 'AnotherApiV3KeyForTestsOnly12345';
		const open = () => decryptResource(sealed, other);
		expect(open).toThrow('was not encrypted with this APIv3 key');
		expect(open).not.toThrow(other);
	});

	it.each([
		['31 characters', KEY.slice(1), 'must have 32 characters, this one has 31'],
		['33 characters', `${KEY}x`, 'must have 32 characters, this one has 33'],
		['16 characters, which would be AES-128', KEY.slice(16), 'this one has 16'],
		['32 Chinese characters', '钥'.repeat(32), 'this one has 96'],
		['none', '', 'this one has 0'],
		['an absent one', undefined as never, 'must have 32 characters'],
	])('refuses a key of %s', (_, key, message) => {
		expect(() => decryptResource(sealed, key)).toThrow(message);
	});

	it.each(['AEAD_SM4_GCM', 'aead_aes_256_gcm', '', undefined as never])(
		'refuses the algorithm %p',
		(algorithm) => {
			expect(() => decryptResource({ ...sealed, algorithm }, KEY)).toThrow(
				'The algorithm of the encrypted data must be AEAD_AES_256_GCM',
			);
		},
	);

	it.each([undefined, null, 'text', 7])('refuses %p in place of a resource', (resource) => {
		expect(() => decryptResource(resource as never, KEY)).toThrow(
			'The algorithm of the encrypted data must be AEAD_AES_256_GCM',
		);
	});
});

describe('encryptField and decryptField', () => {
	const merchantPublic = createPublicKey(MERCHANT.privateKeyPem);

	it('decrypts what openssl encrypted', () => {
		// openssl pkeyutl -encrypt -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha1
		const known =
			'CJTZaJ+VBfLBG31POvBgF+3NDjUsToxb1ZEGeCPT0HkinSNc+rIVHbd81K67vB33Xyi14p9vosptl77N8VLypTWi2qTRFHcQUd4m5AfBVnjhMEurgsUcP22sEueYeWKzR6oUC/VMWMdDfelisGE4IvbrEqmL2eIVC/LJuJMVeOHih0GYJzB3HtOKuWySgFKNk+5Uqs55HD7D1y932vBLrNkj6YOgTIbu/u/OFGzthTbEfovUIntj/rSlLMbtyRIEX7AMJSPuQULIGvyCKv+0VvG6/NRTlT5Vv3ppHH5RuDVdBtpeVPLTomQgQsEFiq3SHPjEvPpV8j5dvQHLdR6EBw==';
		expect(decryptField(known, MERCHANT.privateKeyPem)).toBe('sensitive 手机');
		expect(decryptField(known, createPrivateKey(MERCHANT.privateKeyPem))).toBe('sensitive 手机');
	});

	it.each([
		['a phone number', '13800138000'],
		['Chinese', '张三'],
		['an emoji', '😀'],
		['nothing', ''],
		['214 bytes', 'x'.repeat(214)],
		['214 bytes of Chinese', `${'好'.repeat(71)}x`],
	])('comes back: %s', (_, text) => {
		const encrypted = encryptField(text, PUBLIC_KEY.publicKeyPem);
		expect(Buffer.from(encrypted, 'base64')).toHaveLength(256);
		expect(encrypted).toBe(Buffer.from(encrypted, 'base64').toString('base64'));
		expect(decryptField(encrypted, pem('wechatpay-key.pem'))).toBe(text);
	});

	it('encrypts for a platform certificate', () => {
		const encrypted = encryptField('13800138000', PLATFORM_A.certificatePem);
		expect(decryptField(encrypted, PLATFORM_A.privateKey)).toBe('13800138000');
	});

	it('is OAEP with SHA-1, both hash and mask', () => {
		const options = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
		const encrypted = encryptField('13800138000', PUBLIC_KEY.publicKeyPem);
		const decrypted = privateDecrypt(
			{ key: PUBLIC_KEY.privateKey, ...options },
			Buffer.from(encrypted, 'base64'),
		);
		expect(decrypted.toString()).toBe('13800138000');
		const theirs = publicEncrypt({ key: merchantPublic, ...options }, Buffer.from('手机'));
		expect(decryptField(theirs.toString('base64'), MERCHANT.privateKeyPem)).toBe('手机');
	});

	it('never encrypts twice the same', () => {
		const one = encryptField('13800138000', PUBLIC_KEY.publicKeyPem);
		expect(encryptField('13800138000', PUBLIC_KEY.publicKeyPem)).not.toBe(one);
	});

	it.each([
		['215 bytes', 'x'.repeat(215), 'can hold 214 bytes, this one has 215'],
		['72 Chinese characters', '好'.repeat(72), 'can hold 214 bytes, this one has 216'],
	])('refuses %s', (_, text, message) => {
		expect(() => encryptField(text, PUBLIC_KEY.publicKeyPem)).toThrow(message);
	});

	it.each([
		['a private key', MERCHANT.privateKeyPem, 'a private key'],
		['an EC certificate', EC_CERTIFICATE, 'a certificate that is not RSA'],
		['nothing', '', 'nothing'],
	])('does not encrypt for %s', (_, key, found) => {
		expect(() => encryptField('x', key)).toThrow(
			`Expected a public key or a certificate, found ${found}`,
		);
	});

	const sha256 = publicEncrypt(
		{ key: merchantPublic, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
		Buffer.from('x'),
	).toString('base64');

	it.each([
		['for another key', encryptField('x', PUBLIC_KEY.publicKeyPem)],
		['with SHA-256', sha256],
		['with nothing', ''],
		['with too few bytes', 'AAAA'],
		['with no base64', '好好'],
	])('says so where a field was encrypted %s', (_, field) => {
		expect(() => decryptField(field, MERCHANT.privateKeyPem)).toThrow(
			'The field was not encrypted for this private key, or was changed on the way',
		);
	});

	it('does not decrypt with a certificate', () => {
		expect(() => decryptField('AAAA', pem('merchant-cert.pem'))).toThrow(
			'Expected a private key, found a certificate',
		);
	});
});
