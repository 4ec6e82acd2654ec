import { createPublicKey, generateKeyPairSync, sign as nodeSign } from 'node:crypto';

import {
	authorization,
	requestMessage,
	responseMessage,
	sign,
	verify,
	verifyHttp,
} from '../../nodes/apiv3/signature';
import type { VerificationKeys } from '../../nodes/apiv3/signature';
import { MERCHANT, pem, PLATFORM_A, PUBLIC_KEY } from '../fake/keys.cts';

const TIMESTAMP = 1554208460;
const NONCE = '593BEC0C930BF1AFEB40B4A08C8FB242';

/** Computed with `openssl dgst -sha256 -sign test/keys/merchant-key.pem`. */
const KNOWN = {
	get: 'A4vw5Zp54sfb5QqJSK30XKwR1LByuhP7bVolkJJSk1iEHVksBVhCjkk9CuspECyGpI5wlfviJMluvqGLfccul1FOELYVKYYhFLhR5Z62RyCgDz2Ch1IdGxljkc4eqTiwrq4PmHKPHkV6DMj1Ey5uFTEoH1nKOrvSzQflSKSxDHA7cAjqrI4v1GT+2dECjNlWuOby1iQEqObWnHSfADCZC4bz6+zC38O0imcvfDWx4RcWRpXNGrlukHashDTkB1nvCUqhtH4SUPsVj8HhYJv6OIJc9eBI9344iaAddzWYt+hhjKMNJ6oSblGLjbR5pUuX1FrzIiv5k0+L2rpPvojfNQ==',
	post: '02E8zXSbHQ1iRvdCVo7jy5In3IL/vzuMXTg45T12Ip0alHwdNBpMxKDv8iaskRLtbc0GV7+r6sbwnUWp7ll5gvM756iEyksQHwFnDa+9siT9gY3ks2rGeHwib9FX9m9AZNHTm+cFpoe64f2u1EiODl7eY/7vic7J2f89c0ptVdTmLz36YbdHOZkbcujnFgpeg1PZEit1D693z6gUCUMWbT32Z9qZp0QhaAOBY4vg+oHZSHDuVZu9dc8KKdq/xezsEyi4ApIfod4iD8xPo/T0qEnkxXs763o2jcF6aaDpqqffNJbCkKcHtePD+wJKsCVXy1+G1EQTQzoHRS5A12E6ZQ==',
};

/** Computed with `openssl dgst -sha256 -sign test/keys/wechatpay-key.pem`. */
const ANSWERED = {
	timestamp: 1554209980,
	nonce: 'c5ac7061fccab6bf3e254dcf98995b8c',
	json: {
		body: '{"ok":"好"}',
		signature:
			'lShBW0zP5upxEIfWVSmF3Fd0SN8YoP436FOAJ4s0TlZd8GzRjrUE3EFXTaSzKRyxQ2r1FtLtNoyk5jevspja/saQGyLePHBKR6fu6zgkxV9aj0FXcsirWtYwB5Fer6cnRRIwuGTCuI5DekmaxBGG9Rl//3XD37ncFEi2SydvgJV/sOug8MPrSlpcV07QOJnojQInGdspJDwgKSke5cvoh8y9ZAhlKCQQnMBOB8caIMtmqtDuB6y47bCrnVXRnpLVXlyHmXX0+/u0Hv7GpoUoS75ZWFJ1lxw3YTFTD4gC+FtPTrJU73TSRslzVSifRY0g80bLMXRr+WIIRrUljSUXOg==',
	},
	empty: {
		body: '',
		signature:
			'Brd7vrHeLxOj6gLd2O0UxCjQt3rIBJQHACJYsigfEisy2Jo3BtK5OvvJ5ZvVvTQ196fwC924hNLcZdTSeQv644FN2cMxdJTc9vVfHLo1jSxwpTGyPLoMWrpET5Sat+HRuvCDqBChmfcEa0LQ1C37ixPnlzD55lIHzjKFUS0MbisYzvijQHXvfPk67xzpDHRQ7MndL6kTBBCL5tyoBnR7f8ofvLpQvjqu2t7RUXulfPKsuEwFI/6sifHO2KqCr+oKFIuzgj7hy7t2smRWCPl1J6rJwfROnt/2+0kXyCjnG8jOA+Uh/3WyGxXo/Ywi5KU2xSd1nb7xs12t7gJeqUXLcg==',
	},
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

describe('verify', () => {
	const message = responseMessage({ ...ANSWERED, body: ANSWERED.json.body });
	const { signature } = ANSWERED.json;

	it.each([
		['a public key', pem('wechatpay-public-key.pem')],
		['a PKCS#1 public key', pem('wechatpay-public-key-pkcs1.pem')],
		['a parsed key', createPublicKey(pem('wechatpay-public-key.pem'))],
	])('accepts the known answer with %s', (_, key) => {
		expect(verify(message, signature, key)).toBe(true);
		expect(verify(message.toString(), signature, key)).toBe(true);
	});

	it('accepts with a certificate', () => {
		const signed = nodeSign('sha256', message, PLATFORM_A.privateKey).toString('base64');
		expect(verify(message, signed, PLATFORM_A.certificatePem)).toBe(true);
	});

	it.each([
		['another message', 'changed', signature, PUBLIC_KEY.publicKeyPem],
		['another key', message, signature, PLATFORM_A.certificatePem],
		['a test signature', message, `WECHATPAY/SIGNTEST/${signature}`, PUBLIC_KEY.publicKeyPem],
		['half a signature', message, signature.slice(0, 100), PUBLIC_KEY.publicKeyPem],
		['an empty signature', message, '', PUBLIC_KEY.publicKeyPem],
		['an empty key', message, signature, ''],
		[
			'a garbage key',
			message,
			signature,
			'-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
		],
		['a private key', message, signature, pem('wechatpay-key.pem')],
		['no message', undefined, signature, PUBLIC_KEY.publicKeyPem],
		['no signature', message, undefined, PUBLIC_KEY.publicKeyPem],
		['no key', message, signature, undefined],
		['null everywhere', null, null, null],
		['numbers', 1, 2, 3],
		['objects', {}, {}, {}],
		['arrays', [message], [signature], [PUBLIC_KEY.publicKeyPem]],
		['a symbol', Symbol('m'), Symbol('s'), Symbol('k')],
	] as Array<[string, unknown, unknown, unknown]>)('answers false for %s', (_, what, by, key) => {
		expect(verify(what as string, by as string, key as string)).toBe(false);
	});

	it('answers false for an elliptic key', () => {
		const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const signed = nodeSign('sha256', message, privateKey).toString('base64');
		expect(
			verify(message, signed, publicKey.export({ type: 'spki', format: 'pem' }).toString()),
		).toBe(false);
	});
});

describe('verifyHttp', () => {
	const keys: Record<string, string> = {
		[PUBLIC_KEY.serial]: PUBLIC_KEY.publicKeyPem,
		[PLATFORM_A.serial]: PLATFORM_A.certificatePem,
	};
	const headers: Record<string, unknown> = {
		'wechatpay-timestamp': String(ANSWERED.timestamp),
		'wechatpay-nonce': ANSWERED.nonce,
		'wechatpay-signature': ANSWERED.json.signature,
		'wechatpay-serial': PUBLIC_KEY.serial,
	};
	const answer = { headers, body: ANSWERED.json.body, keys, now: ANSWERED.timestamp };
	const check = (changes: {
		headers?: Record<string, unknown>;
		body?: string | Buffer;
		keys?: VerificationKeys;
		now?: number | Date;
	}) => verifyHttp({ ...answer, ...changes, headers: { ...headers, ...(changes.headers ?? {}) } });
	const OK = { ok: true };
	const refused = (reason: string) => ({ ok: false, reason });

	it('accepts the known answer', () => {
		expect(verifyHttp(answer)).toEqual(OK);
		expect(check({ body: Buffer.from(ANSWERED.json.body) })).toEqual(OK);
	});

	it('accepts the empty body of a 204', () => {
		const signed = { 'wechatpay-signature': ANSWERED.empty.signature };
		expect(check({ headers: signed, body: '' })).toEqual(OK);
		expect(check({ headers: signed, body: Buffer.alloc(0) })).toEqual(OK);
	});

	it.each([
		['title case', (name: string) => name.replace(/\b\w/g, (letter) => letter.toUpperCase())],
		['upper case', (name: string) => name.toUpperCase()],
	])('reads header names in %s', (_, change) => {
		const renamed = Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [change(name), value]),
		);
		expect(verifyHttp({ ...answer, headers: renamed })).toEqual(OK);
	});

	it.each(['timestamp', 'nonce', 'signature', 'serial'])('misses the header %s', (name) => {
		const header = `wechatpay-${name}`;
		expect(check({ headers: { [header]: undefined } })).toEqual(refused('missing-header'));
		expect(check({ headers: { [header]: '' } })).toEqual(refused('missing-header'));
		expect(check({ headers: { [header]: [headers[header], headers[header]] } })).toEqual(
			refused('missing-header'),
		);
		expect(check({ headers: { [header]: 7 } })).toEqual(refused('missing-header'));
	});

	it('finds keys in a map and in a record, whatever the case of the serial', () => {
		const map = new Map(Object.entries(keys));
		const signature = nodeSign(
			'sha256',
			responseMessage({ ...ANSWERED, body: ANSWERED.json.body }),
			PLATFORM_A.privateKey,
		).toString('base64');
		const lower = {
			'wechatpay-serial': PLATFORM_A.serial.toLowerCase(),
			'wechatpay-signature': signature,
		};
		expect(check({ keys: map })).toEqual(OK);
		expect(check({ keys: map, headers: lower })).toEqual(OK);
		expect(check({ headers: lower })).toEqual(OK);
		expect(check({ keys: { [PUBLIC_KEY.serial.toLowerCase()]: PUBLIC_KEY.publicKeyPem } })).toEqual(
			OK,
		);
	});

	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'FFFF'])(
		'knows no key called %s',
		(serial) => {
			const named = { 'wechatpay-serial': serial };
			expect(check({ headers: named })).toEqual(refused('unknown-serial'));
			expect(check({ headers: named, keys: new Map(Object.entries(keys)) })).toEqual(
				refused('unknown-serial'),
			);
		},
	);

	it.each([
		['no keys', {}],
		['an empty map', new Map<string, string>()],
		['undefined', undefined],
		['null', null],
		['a map of numbers', new Map([[7, 'seven']])],
	])('says unknown-serial for %s', (_, none) => {
		expect(verifyHttp({ ...answer, keys: none as unknown as VerificationKeys })).toEqual(
			refused('unknown-serial'),
		);
	});

	it('does not fall back to another configured key', () => {
		expect(check({ headers: { 'wechatpay-serial': PLATFORM_A.serial } })).toEqual(
			refused('bad-signature'),
		);
	});

	it.each([
		['in seconds', (off: number) => ANSWERED.timestamp + off],
		['in milliseconds', (off: number) => (ANSWERED.timestamp + off) * 1000],
		['as a Date', (off: number) => new Date((ANSWERED.timestamp + off) * 1000)],
	])('allows 300 seconds and no more, with now %s', (_, now) => {
		expect(check({ now: now(300) })).toEqual(OK);
		expect(check({ now: now(-300) })).toEqual(OK);
		expect(check({ now: now(301) })).toEqual(refused('clock'));
		expect(check({ now: now(-301) })).toEqual(refused('clock'));
	});

	it('compares with the real clock when told none', () => {
		expect(verifyHttp({ headers, body: ANSWERED.json.body, keys })).toEqual(refused('clock'));
		const timestamp = String(Math.floor(Date.now() / 1000));
		const message = responseMessage({ timestamp, nonce: 'n', body: '' });
		const signature = nodeSign('sha256', message, PUBLIC_KEY.privateKey).toString('base64');
		const fresh = {
			'wechatpay-timestamp': timestamp,
			'wechatpay-nonce': 'n',
			'wechatpay-signature': signature,
			'wechatpay-serial': PUBLIC_KEY.serial,
		};
		expect(verifyHttp({ headers: fresh, body: '', keys })).toEqual(OK);
	});

	it.each(['abc', '1554209980.0', '0x5ca3', '-1', 'NaN', 'Infinity', '1554209980 ', '1e9', '９'])(
		'refuses the timestamp %p',
		(timestamp) => {
			const told = { 'wechatpay-timestamp': timestamp };
			expect(check({ headers: told })).toEqual(refused('clock'));
			expect(check({ headers: told, now: NaN })).toEqual(refused('clock'));
		},
	);

	it.each(['WECHATPAY/SIGNTEST/', `WECHATPAY/SIGNTEST/${ANSWERED.json.signature}`])(
		'names a test signature: %s',
		(signature) => {
			expect(check({ headers: { 'wechatpay-signature': signature } })).toEqual(refused('probe'));
		},
	);

	it('takes the RSA signature type and no other', () => {
		const typed = (type: unknown) => check({ headers: { 'wechatpay-signature-type': type } });
		expect(typed('WECHATPAY2-SHA256-RSA2048')).toEqual(OK);
		expect(typed('WECHATPAY2-SM2-WITH-SM3')).toEqual(refused('unsupported-type'));
		expect(typed('')).toEqual(refused('unsupported-type'));
		expect(typed(['WECHATPAY2-SM2-WITH-SM3', 'WECHATPAY2-SHA256-RSA2048'])).toEqual(
			refused('unsupported-type'),
		);
	});

	it.each([
		['a changed body', { body: '{"ok":"坏"}' }],
		['a body with one more LF', { body: `${ANSWERED.json.body}\n` }],
		['an emptied body', { body: '' }],
		['a changed nonce', { headers: { 'wechatpay-nonce': 'other' } }],
		['a changed time', { headers: { 'wechatpay-timestamp': '1554209981' } }],
		['no base64', { headers: { 'wechatpay-signature': '好好' } }],
	])('says bad-signature for %s', (_, changes) => {
		expect(check(changes)).toEqual(refused('bad-signature'));
	});

	it.each([
		['no headers', { headers: undefined }, 'missing-header'],
		['null headers', { headers: null }, 'missing-header'],
		['no body', { body: undefined }, 'bad-signature'],
		['a parsed body', { body: { ok: true } }, 'bad-signature'],
	])('does not throw for %s', (_, changes, reason) => {
		expect(verifyHttp({ ...answer, ...changes } as never)).toEqual(refused(reason));
	});
});
