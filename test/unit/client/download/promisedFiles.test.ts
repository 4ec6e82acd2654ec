/** What a verified response promises of a file: only what a digest can check is downloaded. */
import { generateKeyPairSync } from 'node:crypto';

import { filesOf } from '../../../../nodes/client/download/promisedFiles';
import { failureDetailsOf } from '../../../../nodes/client/errors/requestError';
import type { Request, VerifiedResponse } from '../../../../nodes/client/types';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const URL = 'https://api.mch.weixin.qq.com/v3/transferbilldownload/elecvoucherfile?token=x';
const request = { response: { requiredFields: [] } } as unknown as Request;

function promised(body: object) {
	const confirmed: VerifiedResponse = {
		status: 200,
		body: Buffer.from(JSON.stringify({ download_url: URL, ...body })),
		attempts: 1,
	};
	return filesOf(confirmed, request, { privateKey });
}

it.each([
	['SHA1', 'sha1', 40],
	['SHA256', 'sha256', 64],
	['SM3', 'sm3', 64],
])('takes %s, in capitals or not', (hash_type, algorithm, digits) => {
	for (const digest of ['a'.repeat(digits), 'A'.repeat(digits)]) {
		const files = promised({ hash_type, hash_value: digest });
		expect(files).toEqual([{ url: URL, proof: { algorithm, digest } }]);
	}
});

it.each([
	['no kind of digest', undefined, 'a'.repeat(64)],
	['an unknown one', 'MD5', 'a'.repeat(32)],
	['a word of JavaScript', 'constructor', 'a'.repeat(64)],
	['another', '__proto__', 'a'.repeat(64)],
	['no digest', 'SHA256', undefined],
	['one of another length', 'SHA256', 'a'.repeat(40)],
	['one that is none', 'SHA256', 'g'.repeat(64)],
])('has nothing to check a file by where there is %s', (_, hash_type, hash_value) => {
	const attempt = () => promised({ hash_type, hash_value });
	expect(attempt).toThrow('has no digest to check the file by');
	try {
		attempt();
	} catch (reason) {
		expect(failureDetailsOf(reason)).toMatchObject({ outcome: 'unknown', repeatable: true });
	}
});

it('names no file where it has no address', () => {
	const proof = { hash_type: 'SHA256', hash_value: 'a'.repeat(64) };
	expect(() => promised({ ...proof, download_url: undefined })).toThrow('names no address');
});
