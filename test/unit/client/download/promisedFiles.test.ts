/** What a verified response promises of files. */
import { constants, createPrivateKey, publicEncrypt } from 'node:crypto';

import { filesOf } from '../../../../nodes/client/download/promisedFiles';
import type { Request } from '../../../../nodes/client/types';
import { MERCHANT } from '../../../support/fake/keys.cts';

const URL_OF_FILE = 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=x';
const DIGEST = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const FILE = { hash_type: 'SHA1', hash_value: DIGEST, download_url: URL_OF_FILE };
const KEY = Buffer.alloc(32, 7);
const PRIVATE_KEY = createPrivateKey(MERCHANT.privateKeyPem);

const ONE = { response: { requiredFields: [] }, retryPolicy: { method: 'GET' } };
const LIST = { ...ONE, response: { requiredFields: [], listField: 'download_bill_list' } };

function files(body: object, request: object = ONE, status = 200) {
	const confirmed = { status, body: Buffer.from(JSON.stringify(body)), attempts: 1 };
	return filesOf(confirmed, request as Request, { privateKey: PRIVATE_KEY });
}

function encryptedFor(key: Buffer): string {
	const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
	return publicEncrypt({ key: MERCHANT.publicKey, ...padding }, key).toString('base64');
}

const part = (sequence: number, key = encryptedFor(KEY)) => ({
	...FILE,
	bill_sequence: sequence,
	download_url: `${URL_OF_FILE}${sequence}`,
	encrypt_key: key,
	nonce: 'a nonce of 12',
});

it('is one file, with its digest', () => {
	expect(files(FILE)).toEqual([{ url: URL_OF_FILE, proof: { algorithm: 'sha1', digest: DIGEST } }]);
});

it('is none where a refusal is the result', () => {
	expect(files({ code: 'NO_STATEMENT_EXIST' }, ONE, 400)).toEqual([]);
});

it('is the parts of one text, in their order, each with its key', () => {
	const body = { download_bill_count: 3, download_bill_list: [part(10), part(2), part(1)] };
	const promised = files(body, LIST);
	expect(promised.map(({ url }) => url.slice(URL_OF_FILE.length))).toEqual(['1', '2', '10']);
	expect(promised[0].proof).toEqual({
		algorithm: 'sha1',
		digest: DIGEST,
		cipher: { key: KEY, nonce: 'a nonce of 12' },
	});
});

it('is none where none are counted', () => {
	expect(files({ download_bill_count: 0 }, LIST)).toEqual([]);
});

it.each<[string, object, object]>([
	['another digest', { ...FILE, hash_type: 'MD5' }, ONE],
	['no digest', { ...FILE, hash_value: undefined }, ONE],
	['a digest that is too short', { ...FILE, hash_value: DIGEST.slice(1) }, ONE],
	['fewer parts than it counts', { download_bill_count: 2, download_bill_list: [part(1)] }, LIST],
	[
		'a key for somebody else',
		{ download_bill_count: 1, download_bill_list: [part(1, KEY.toString('base64'))] },
		LIST,
	],
	[
		'a key of another length',
		{ download_bill_count: 1, download_bill_list: [part(1, encryptedFor(KEY.subarray(1)))] },
		LIST,
	],
])('with %s is open, and may be asked for again', (_, body, request) => {
	expect(() => files(body, request)).toThrow(
		expect.objectContaining({
			details: expect.objectContaining({ outcome: 'unknown', repeatable: true }),
		}),
	);
});
