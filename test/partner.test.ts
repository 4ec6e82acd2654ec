import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';

import { decryptField, decryptResource, encryptField } from '../nodes/apiv3/cipher';
import { requestMessage, responseMessage, sign } from '../nodes/apiv3/signature';
import { verify, verifyHttp } from '../nodes/apiv3/verification';
import { MERCHANT, pem, PUBLIC_KEY } from './support/fake/keys.cts';

/** wechatpay-axios-plugin is another implementation of the same rules, by other people. */
describe('wechatpay-axios-plugin and we', () => {
	const BODIES = ['', '{"a":1}', '{"text":"积分 😀"}\n', ' '];
	const theirKey = (file: string) => Rsa.from(pem(file), Rsa.KEY_TYPE_PRIVATE);
	const theirPublicKey = (file: string) => Rsa.from(pem(file), Rsa.KEY_TYPE_PUBLIC);

	it.each(BODIES)('write the same five lines for the body %p', (body) => {
		const [method, url, timestamp, nonce] = ['POST', '/v3/x%2F?a=1', 1554208460, '593BEC0C93'];
		const ours = requestMessage({ method, url, timestamp, nonce, body });
		expect(ours).toBe(Formatter.request(method, url, timestamp, nonce, body));
	});

	it.each(BODIES)('write the same three lines for the body %p', (body) => {
		const ours = responseMessage({ timestamp: 1554208460, nonce: 'n', body });
		expect(ours.toString()).toBe(Formatter.response(1554208460, 'n', body));
	});

	it.each(BODIES)('sign the body %p the same, and verify each other', (body) => {
		const message = Formatter.request('POST', '/v3/x', 1554208460, 'n', body);
		const theirs = Rsa.sign(message, theirKey('merchant-key.pem'));
		const ours = sign(message, MERCHANT.privateKeyPem);
		expect(ours).toBe(theirs);
		expect(verify(message, theirs, pem('merchant-cert.pem'))).toBe(true);
		expect(Rsa.verify(message, ours, Rsa.from(pem('merchant-cert.pem'), 'public'))).toBe(true);
		expect(verify(`${message} `, theirs, pem('merchant-cert.pem'))).toBe(false);
	});

	it('accept an answer that they signed', () => {
		const timestamp = Math.floor(Date.now() / 1000);
		const body = '{"echo_message":"好"}';
		const signature = Rsa.sign(
			Formatter.response(timestamp, 'nonce', body),
			theirKey('wechatpay-key.pem'),
		);
		const headers = {
			'wechatpay-timestamp': String(timestamp),
			'wechatpay-nonce': 'nonce',
			'wechatpay-signature': signature,
			'wechatpay-serial': PUBLIC_KEY.serial,
		};
		const keys = { [PUBLIC_KEY.serial]: PUBLIC_KEY.publicKeyPem };
		expect(verifyHttp({ headers, body, keys })).toEqual({ ok: true });
		expect(verifyHttp({ headers, body: `${body} `, keys })).toEqual({
			ok: false,
			reason: 'bad-signature',
		});
	});

	it.each([
		['with associated data', 'membercard'],
		['without', ''],
	])('open what they sealed, %s', (_, associated_data) => {
		const text = '{"name":"张三"}';
		const nonce = 'fdasflkja484';
		const ciphertext = Aes.AesGcm.encrypt(text, MERCHANT.apiV3Key, nonce, associated_data);
		const algorithm = 'AEAD_AES_256_GCM';
		const resource = { ciphertext, nonce, associated_data, algorithm };
		expect(decryptResource(resource, MERCHANT.apiV3Key)).toBe(text);
	});

	it('decrypt fields that they encrypted, and the other way round', () => {
		const theirs = Rsa.encrypt('张三 13800138000', theirPublicKey('wechatpay-public-key.pem'));
		expect(decryptField(theirs, pem('wechatpay-key.pem'))).toBe('张三 13800138000');
		const ours = encryptField('张三 13800138000', PUBLIC_KEY.publicKeyPem);
		expect(Rsa.decrypt(ours, theirKey('wechatpay-key.pem'))).toBe('张三 13800138000');
	});
});
