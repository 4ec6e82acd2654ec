/** What a post may cost at most: strangers can post as often as they like. */
import * as crypto from 'node:crypto';

import type { N8n } from '../../support/engine/webhook.cts';
import { CREDENTIAL, PLATFORM_A, PUBLIC_KEY } from '../../support/fake/keys.cts';
import type { Posted } from '../../support/fake/notification.cts';
import { notification } from '../../support/fake/notification.cts';
import { notify, openTrigger } from './scene.cts';

jest.mock('node:crypto', () => {
	const actual = jest.requireActual<typeof crypto>('node:crypto');
	return {
		...actual,
		verify: jest.fn(actual.verify),
		createDecipheriv: jest.fn(actual.createDecipheriv),
		createPublicKey: jest.fn(actual.createPublicKey),
		createPrivateKey: jest.fn(actual.createPrivateKey),
	};
});

const calls = (name: 'verify' | 'createDecipheriv' | 'createPublicKey' | 'createPrivateKey') =>
	jest.mocked(crypto[name]).mock.calls.length;

let n8n: N8n;
let credentials: number;

beforeEach(async () => {
	credentials = 0;
	const credential = () => {
		credentials += 1;
		return CREDENTIAL;
	};
	n8n = await openTrigger({ events: ['MEMBERCARD.ACTIVATE_CARD'] }, { credential });
	// The first one parses the keys of the credential.
	await notify(n8n, notification());
	jest.clearAllMocks();
	credentials = 0;
});

afterEach(async () => {
	await n8n.stop();
});

const old = Math.floor(Date.now() / 1000) - 400;

it.each<[string, () => Posted, number]>([
	['not signed', () => notification({}, { headers: { 'Wechatpay-Nonce': undefined } }), 401],
	['signed long ago', () => notification({}, { timestamp: old }), 401],
	['signed for a test', () => notification({}, { signature: 'WECHATPAY/SIGNTEST/x' }), 401],
	[
		'signed in another way',
		() => notification({}, { headers: { 'Wechatpay-Signature-Type': 'SM2' } }),
		401,
	],
	['too large', () => notification({}, { body: Buffer.alloc(1_200_000, '1') }), 413],
])('what is %s costs no key and no signature check', async (_, posted, status) => {
	expect((await notify(n8n, posted())).status).toBe(status);
	expect(credentials).toBe(0);
	expect(calls('verify')).toBe(0);
	expect(calls('createDecipheriv')).toBe(0);
});

it('a key that nobody has costs no signature check', async () => {
	expect((await notify(n8n, notification({}, { serial: 'FFFF' }))).status).toBe(401);
	expect(calls('verify')).toBe(0);
});

it('a forgery costs one signature check, and nothing is decrypted or parsed for it', async () => {
	const forged = notification({}, { key: PLATFORM_A, serial: PUBLIC_KEY.serial });
	jest.clearAllMocks();
	expect((await notify(n8n, forged)).status).toBe(401);
	expect(calls('verify')).toBe(1);
	expect(calls('createDecipheriv')).toBe(0);
	expect(calls('createPublicKey')).toBe(0);
	expect(calls('createPrivateKey')).toBe(0);
});

it('a genuine one costs one signature check and one decryption, a repeat no decryption', async () => {
	const posted = notification();
	jest.clearAllMocks();
	await notify(n8n, posted);
	expect([calls('verify'), calls('createDecipheriv')]).toEqual([1, 1]);
	expect(calls('createPublicKey') + calls('createPrivateKey')).toBe(0);
	await notify(n8n, posted);
	expect([calls('verify'), calls('createDecipheriv')]).toEqual([2, 1]);
});
