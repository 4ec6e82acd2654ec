/** Whatever copying does to a key, a certificate or a public key without losing a part of it: it is read. */
import { createPrivateKey, createPublicKey } from 'node:crypto';

import fc from 'fast-check';

import { certificateSerial, readPrivateKey, readPublicKey } from '../../nodes/apiv3/keys';
import { MERCHANT, pem } from '../support/fake/keys.cts';
import { bounded } from './bounded.cts';
import { COPIES, copies, FIRST_COPIES } from './copiedKeys.cts';
import { always, PATIENCE } from './madeUp.cts';

const privateKey = createPrivateKey(pem('merchant-key.pem'));
const publicKey = createPublicKey(pem('wechatpay-public-key.pem'));

const KINDS: Array<[string, string, (text: string) => boolean]> = [
	['PKCS#8', pem('merchant-key.pem'), (text) => readPrivateKey(text).equals(privateKey)],
	['PKCS#1', pem('merchant-key-pkcs1.pem'), (text) => readPrivateKey(text).equals(privateKey)],
	['SPKI', pem('wechatpay-public-key.pem'), (text) => readPublicKey(text).equals(publicKey)],
	[
		'a certificate',
		pem('merchant-cert.pem'),
		(text) => certificateSerial(text) === MERCHANT.serialNo,
	],
];

function isRead(text: string, read: (text: string) => boolean): boolean | string {
	try {
		return bounded(() => read(text));
	} catch (error) {
		return (error as Error).message;
	}
}

describe.each(KINDS)('%s', (_, text, read) => {
	it.each(Object.entries(FIRST_COPIES))('copied as %s', (__, copy) => {
		expect(isRead(copy(text), read)).toBe(true);
	});

	it('base64 of base64', () => {
		expect(isRead(COPIES.base64(COPIES.base64(text)), read)).toBe(true);
	});

	it(
		'copied in any order',
		async () => {
			await always(150, copies, async ({ names, copy }) => {
				expect([...names, isRead(copy(text), read)]).toEqual([...names, true]);
			});
		},
		PATIENCE,
	);

	it(
		'damaged, and copied in any order: named as damaged',
		async () => {
			const cut = text.slice(0, 200) + text.slice(260);
			await always(50, fc.constantFrom(...Object.keys(COPIES)), async (name) => {
				expect(isRead(COPIES[name](cut), read)).toMatch(/cut off or damaged$/);
			});
		},
		PATIENCE,
	);
});
