import { createPrivateKey } from 'node:crypto';

import { authorization, requestMessage, sign } from '../../../nodes/apiv3/signature';
import { verify } from '../../../nodes/apiv3/verification';
import { MERCHANT, pem, PUBLIC_KEY } from '../../support/fake/keys.cts';

const TIMESTAMP = 1554208460;
const NONCE = '593BEC0C930BF1AFEB40B4A08C8FB242';

/** Computed with `openssl dgst -sha256 -sign test/support/keys/merchant-key.pem`. */
const KNOWN = {
	get: 'A4vw5Zp54sfb5QqJSK30XKwR1LByuhP7bVolkJJSk1iEHVksBVhCjkk9CuspECyGpI5wlfviJMluvqGLfccul1FOELYVKYYhFLhR5Z62RyCgDz2Ch1IdGxljkc4eqTiwrq4PmHKPHkV6DMj1Ey5uFTEoH1nKOrvSzQflSKSxDHA7cAjqrI4v1GT+2dECjNlWuOby1iQEqObWnHSfADCZC4bz6+zC38O0imcvfDWx4RcWRpXNGrlukHashDTkB1nvCUqhtH4SUPsVj8HhYJv6OIJc9eBI9344iaAddzWYt+hhjKMNJ6oSblGLjbR5pUuX1FrzIiv5k0+L2rpPvojfNQ==',
	post: '02E8zXSbHQ1iRvdCVo7jy5In3IL/vzuMXTg45T12Ip0alHwdNBpMxKDv8iaskRLtbc0GV7+r6sbwnUWp7ll5gvM756iEyksQHwFnDa+9siT9gY3ks2rGeHwib9FX9m9AZNHTm+cFpoe64f2u1EiODl7eY/7vic7J2f89c0ptVdTmLz36YbdHOZkbcujnFgpeg1PZEit1D693z6gUCUMWbT32Z9qZp0QhaAOBY4vg+oHZSHDuVZu9dc8KKdq/xezsEyi4ApIfod4iD8xPo/T0qEnkxXs763o2jcF6aaDpqqffNJbCkKcHtePD+wJKsCVXy1+G1EQTQzoHRS5A12E6ZQ==',
};

const COMMIT = '/v3/marketing/membercard-open/cards/abc/codes/AB%2F12%2B34%3D/bonus/commit?x=%20';

describe('requestMessage', () => {
	const five = (request: { method: string; url: string; body?: string | Buffer }) =>
		requestMessage({ timestamp: TIMESTAMP, nonce: NONCE, ...request });
	const lines = (method: string, url: string, body = '') =>
		`${method}\n${url}\n${TIMESTAMP}\n${NONCE}\n${body}\n`;

	it.each([
		['a GET with a query', { method: 'GET', url: '/v3/x?a=1&b=%20' }, ['GET', '/v3/x?a=1&b=%20']],
		[
			'a POST',
			{ method: 'POST', url: '/v3/x', body: '{"a":"好"}' },
			['POST', '/v3/x', '{"a":"好"}'],
		],
		['a POST without a body', { method: 'POST', url: '/v3/x' }, ['POST', '/v3/x', '']],
		['an empty Buffer', { method: 'POST', url: '/v3/x', body: Buffer.alloc(0) }, ['POST', '/v3/x']],
		['a body that ends in LF', { method: 'POST', url: '/', body: 'Hi!\n' }, ['POST', '/', 'Hi!\n']],
		['a Buffer', { method: 'POST', url: '/', body: Buffer.from('好') }, ['POST', '/', '好']],
		['a method in lower case', { method: 'patch', url: '/v3/x' }, ['PATCH', '/v3/x']],
		[
			'an absolute URL',
			{ method: 'GET', url: 'https://api.mch.weixin.qq.com:8443/v3/x?q=1' },
			['GET', '/v3/x?q=1'],
		],
		['a URL without a path', { method: 'GET', url: 'https://api.mch.weixin.qq.com' }, ['GET', '/']],
		[
			'percent escapes in a path',
			{ method: 'GET', url: '/v3/%2f%2F%E5%A5%BD?a=%2b+b' },
			['GET', '/v3/%2f%2F%E5%A5%BD?a=%2b+b'],
		],
		[
			'percent escapes in a URL',
			{ method: 'GET', url: 'https://a.example/v3/%2f%2F%E5%A5%BD?a=%2b+b' },
			['GET', '/v3/%2f%2F%E5%A5%BD?a=%2b+b'],
		],
		['a fragment', { method: 'GET', url: '/v3/x?a=1#top' }, ['GET', '/v3/x?a=1']],
		['a fragment of a URL', { method: 'GET', url: 'https://a.example/v3#top' }, ['GET', '/v3']],
	])('writes five lines for %s', (_, request, [method, url, body]) => {
		expect(five(request)).toBe(lines(method, url, body));
	});

	it('refuses what is neither a path nor a URL', () => {
		expect(() => five({ method: 'GET', url: 'v3/x' })).toThrow('Invalid URL');
	});
});

describe('sign', () => {
	it.each([
		[
			'GET',
			requestMessage({
				method: 'GET',
				url: '/v3/certificates',
				timestamp: TIMESTAMP,
				nonce: NONCE,
			}),
			KNOWN.get,
		],
		[
			'POST',
			requestMessage({
				method: 'POST',
				url: COMMIT,
				timestamp: TIMESTAMP,
				nonce: NONCE,
				body: '{"text":"积分"}',
			}),
			KNOWN.post,
		],
	])('gives the known answer for a %s', (_, message, signature) => {
		expect(sign(message, MERCHANT.privateKeyPem)).toBe(signature);
		expect(sign(Buffer.from(message), MERCHANT.privateKeyPem)).toBe(signature);
		expect(sign(message, createPrivateKey(MERCHANT.privateKeyPem))).toBe(signature);
	});

	it('names what is not a private key', () => {
		expect(() => sign('text', PUBLIC_KEY.publicKeyPem)).toThrow(
			'Expected a private key, found a public key',
		);
	});
});

describe('authorization', () => {
	const request = {
		mchid: '1230000109',
		serialNo: MERCHANT.serialNo,
		privateKey: MERCHANT.privateKeyPem,
		method: 'post',
		url: `https://api.mch.weixin.qq.com${COMMIT}`,
		body: Buffer.from('{"text":"积分"}'),
	};
	const FORM =
		/^WECHATPAY2-SHA256-RSA2048 (mchid|nonce_str|signature|timestamp|serial_no)="[^"\s]+"(,(mchid|nonce_str|signature|timestamp|serial_no)="[^"\s]+"){4}$/;
	const itemsOf = (header: string) =>
		Object.fromEntries(
			[...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
		);

	it('has the five items, with the known signature', () => {
		const header = authorization({ ...request, timestamp: TIMESTAMP, nonce: NONCE });
		expect(header).toMatch(FORM);
		expect(itemsOf(header)).toEqual({
			mchid: '1230000109',
			nonce_str: NONCE,
			timestamp: String(TIMESTAMP),
			serial_no: '0C4AEF2D9A5B3E7F1122334455667788990AABBC',
			signature: KNOWN.post,
		});
	});

	it('takes the time and a nonce of its own, and signs them', () => {
		const before = Math.floor(Date.now() / 1000);
		const header = authorization(request);
		const items = itemsOf(header);
		expect(header).toMatch(FORM);
		expect(Number(items.timestamp)).toBeGreaterThanOrEqual(before);
		expect(Number(items.timestamp)).toBeLessThanOrEqual(Date.now() / 1000);
		expect(items.nonce_str).toMatch(/^[0-9A-Za-z]{32}$/);
		const message = requestMessage({
			...request,
			timestamp: items.timestamp,
			nonce: items.nonce_str,
		});
		expect(verify(message, items.signature, pem('merchant-cert.pem'))).toBe(true);
	});

	it('never repeats a nonce', () => {
		const nonces = Array.from({ length: 50 }, () => itemsOf(authorization(request)).nonce_str);
		expect(new Set(nonces).size).toBe(50);
	});

	it('signs the very bytes of a body that is not UTF-8', () => {
		const body = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
		const header = authorization({ ...request, body, timestamp: TIMESTAMP, nonce: NONCE });
		const signed = Buffer.concat([
			Buffer.from(`POST\n${COMMIT}\n${TIMESTAMP}\n${NONCE}\n`),
			body,
			Buffer.from('\n'),
		]);
		expect(verify(signed, itemsOf(header).signature, pem('merchant-cert.pem'))).toBe(true);
	});
});
