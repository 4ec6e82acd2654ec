import { createPublicKey } from 'node:crypto';

import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';

import {
	decryptResource,
	encryptResource,
	type EncryptedResource,
} from '../../../nodes/apiv3/cipher';
import { signTestNotification, type TestNotification } from '../../../nodes/apiv3/testNotification';
import { verifyHttp } from '../../../nodes/apiv3/verification';
import { MERCHANT, pem, PLATFORM_A, PUBLIC_KEY } from '../../support/fake/keys.cts';

const NOW = 1767225600;
const PAID = { out_trade_no: 'A1', trade_state: 'SUCCESS', attach: '好 😀' };
const PAYMENT: TestNotification = {
	event: 'TRANSACTION.SUCCESS',
	resource: PAID,
	apiV3Key: MERCHANT.apiV3Key,
	privateKey: pem('wechatpay-key.pem'),
	serial: PUBLIC_KEY.serial,
	now: NOW,
};
const keys = { [PUBLIC_KEY.serial]: PUBLIC_KEY.publicKeyPem };

interface Envelope {
	id: string;
	create_time: string;
	resource_type: string;
	event_type: string;
	summary: string;
	resource: EncryptedResource & { original_type: string };
}

const made = (changes: Partial<TestNotification> = {}) =>
	signTestNotification({ ...PAYMENT, ...changes });
const envelopeOf = ({ body }: { body: string }) => JSON.parse(body) as Envelope;

describe('signTestNotification', () => {
	it('makes what verifyHttp verifies and decryptResource decrypts', () => {
		const { headers, body } = made();
		expect(verifyHttp({ headers, body, keys, now: NOW })).toEqual({ ok: true });
		const { resource } = envelopeOf({ body });
		expect(JSON.parse(decryptResource(resource, MERCHANT.apiV3Key))).toEqual(PAID);
	});

	it('makes what wechatpay-axios-plugin verifies and decrypts', () => {
		const { headers, body } = made();
		const message = Formatter.response(
			headers['Wechatpay-Timestamp'],
			headers['Wechatpay-Nonce'],
			body,
		);
		const publicKey = Rsa.from(pem('wechatpay-public-key.pem'), Rsa.KEY_TYPE_PUBLIC);
		expect(Rsa.verify(message, headers['Wechatpay-Signature'], publicKey)).toBe(true);
		expect(Rsa.verify(`${message} `, headers['Wechatpay-Signature'], publicKey)).toBe(false);
		const { ciphertext, nonce, associated_data } = envelopeOf({ body }).resource;
		const text = Aes.AesGcm.decrypt(ciphertext, MERCHANT.apiV3Key, nonce, associated_data);
		expect(JSON.parse(text)).toEqual(PAID);
	});

	it("has WeChat Pay's envelope and headers, and no others", () => {
		const { headers, body } = made();
		expect(JSON.parse(body)).toEqual({
			id: expect.stringMatching(/^EV-\d{14,28}$/) as unknown,
			create_time: '2026-01-01T08:00:00+08:00',
			resource_type: 'encrypt-resource',
			event_type: 'TRANSACTION.SUCCESS',
			summary: '测试通知',
			resource: {
				original_type: 'transaction',
				algorithm: 'AEAD_AES_256_GCM',
				ciphertext: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) as unknown,
				associated_data: 'transaction',
				nonce: expect.stringMatching(/^[0-9a-f]{12}$/) as unknown,
			},
		});
		expect(headers).toEqual({
			'Content-Type': 'application/json',
			'Wechatpay-Timestamp': String(NOW),
			'Wechatpay-Nonce': expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
			'Wechatpay-Signature': expect.stringMatching(/^[A-Za-z0-9+/]{342}==$/) as unknown,
			'Wechatpay-Serial': PUBLIC_KEY.serial,
			'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
		});
	});

	it('takes ID, summary, kind and associated data', () => {
		const { id, summary, resource } = envelopeOf(
			made({ id: 'EV-1', summary: '支付成功', originalType: 'kind', associatedData: 'data' }),
		);
		expect({ id, summary }).toEqual({ id: 'EV-1', summary: '支付成功' });
		expect(resource).toMatchObject({ original_type: 'kind', associated_data: 'data' });
		expect(JSON.parse(decryptResource(resource, MERCHANT.apiV3Key))).toEqual(PAID);
		expect(envelopeOf(made({ originalType: 'kind' })).resource.associated_data).toBe('kind');
		expect(envelopeOf(made({ associatedData: '' })).resource.associated_data).toBe('');
	});

	it('encrypts a text as it is', () => {
		const { resource } = envelopeOf(made({ resource: '{"a" : 1}' }));
		expect(decryptResource(resource, MERCHANT.apiV3Key)).toBe('{"a" : 1}');
	});

	it('is another one each time', () => {
		const all = Array.from({ length: 50 }, () => made());
		const distinct = (of: (one: (typeof all)[number]) => string) => new Set(all.map(of)).size;
		expect(distinct((one) => envelopeOf(one).id)).toBe(50);
		expect(distinct((one) => envelopeOf(one).resource.nonce)).toBe(50);
		expect(distinct(({ headers }) => headers['Wechatpay-Nonce'])).toBe(50);
	});

	it.each([
		['seconds', NOW + 0.9],
		['milliseconds', NOW * 1000 + 900],
		['a Date', new Date(NOW * 1000)],
	])('takes the time as %s', (_, now) => {
		const one = made({ now });
		expect(one.headers['Wechatpay-Timestamp']).toBe(String(NOW));
		expect(envelopeOf(one).create_time).toBe('2026-01-01T08:00:00+08:00');
	});

	it('is made now, unless a time is given', () => {
		const { headers, body } = made({ now: undefined });
		expect(verifyHttp({ headers, body, keys })).toEqual({ ok: true });
		expect(Math.abs(Date.parse(envelopeOf({ body }).create_time) - Date.now())).toBeLessThan(5000);
	});

	it('takes a parsed key, and another key does not verify', () => {
		const { headers, body } = made({ privateKey: PLATFORM_A.privateKey, serial: 'MINE' });
		const mine = createPublicKey(PLATFORM_A.privateKey).export({ type: 'spki', format: 'pem' });
		const verify = (key: string) => verifyHttp({ headers, body, keys: { MINE: key }, now: NOW });
		expect(verify(mine.toString())).toEqual({ ok: true });
		expect(verify(PUBLIC_KEY.publicKeyPem)).toEqual({ ok: false, reason: 'bad-signature' });
	});

	it.each([
		['half an APIv3 key', { apiV3Key: 'half' }, 'must have 32 characters, this one has 4'],
		['no APIv3 key', { apiV3Key: undefined as never }, 'must have 32 characters'],
		['a public key to sign with', { privateKey: PUBLIC_KEY.publicKeyPem }, 'found a public key'],
	])('throws for %s', (_, changes, message) => {
		expect(() => made(changes)).toThrow(message);
	});
});

describe('encryptResource', () => {
	it('gives the known ciphertext', () => {
		// Computed with AESGCM of Python's cryptography.
		const given = encryptResource('known answer', {
			apiV3Key: MERCHANT.apiV3Key,
			nonce: '0123456789ab',
			associatedData: 'certificate',
		});
		expect(given).toEqual({
			algorithm: 'AEAD_AES_256_GCM',
			nonce: '0123456789ab',
			associated_data: 'certificate',
			ciphertext: 'NvTtyBbPzSyLZjHQenXNx1mkIaQHkS96dA2ECQ==',
		});
	});

	it('leaves associated data out that is not given', () => {
		const { associated_data, ...given } = encryptResource('x', { apiV3Key: MERCHANT.apiV3Key });
		expect(associated_data).toBeUndefined();
		expect(decryptResource(given, MERCHANT.apiV3Key)).toBe('x');
	});
});
