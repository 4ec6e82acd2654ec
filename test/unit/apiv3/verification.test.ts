import { createPublicKey, generateKeyPairSync, sign as nodeSign } from 'node:crypto';

import { responseMessage } from '../../../nodes/apiv3/signature';
import type { VerificationKeys } from '../../../nodes/apiv3/verification';
import { verify, verifyHeaders, verifyHttp } from '../../../nodes/apiv3/verification';
import { pem, PLATFORM_A, PUBLIC_KEY } from '../../support/fake/keys.cts';

/** Computed with `openssl dgst -sha256 -sign test/support/keys/wechatpay-key.pem`. */
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
		expect(typed(undefined)).toEqual(OK);
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

	it('says by the headers alone what they give away', () => {
		const told = (changes: Record<string, unknown>, now = ANSWERED.timestamp) =>
			verifyHeaders({ headers: { ...headers, ...changes }, now });
		expect(told({})).toEqual(OK);
		expect(told({ 'wechatpay-serial': 'nobody' })).toEqual(OK);
		expect(told({ 'wechatpay-nonce': undefined })).toEqual(refused('missing-header'));
		expect(told({ 'wechatpay-signature-type': 'SM2' })).toEqual(refused('unsupported-type'));
		expect(told({}, ANSWERED.timestamp + 301)).toEqual(refused('clock'));
		expect(told({ 'wechatpay-signature': 'WECHATPAY/SIGNTEST/x' })).toEqual(refused('probe'));
		expect(verifyHeaders({ headers: undefined as never })).toEqual(refused('missing-header'));
	});
});
