/** Files against what was promised of them. */
import { createCipheriv, createHash } from 'node:crypto';

import type { FileProof } from '../../../../nodes/client/download/fileCheck';
import { checkedFile, WrongFile } from '../../../../nodes/client/download/fileCheck';

const FILE = Buffer.from('交易时间,商户订单号\r\n`2026-11-27 10:00:00,`S-1\r\n');
const CIPHER = { key: Buffer.alloc(32, 7), nonce: 'a nonce of 12' };

const digestOf = (algorithm: 'sha1' | 'sha256', file = FILE) =>
	createHash(algorithm).update(file).digest('hex');
const proof = (more: Partial<FileProof> = {}): FileProof => ({
	algorithm: 'sha1',
	digest: digestOf('sha1'),
	...more,
});

function encrypted(): Buffer {
	const cipher = createCipheriv('aes-256-gcm', CIPHER.key, Buffer.from(CIPHER.nonce));
	return Buffer.concat([cipher.update(FILE), cipher.final(), cipher.getAuthTag()]);
}

async function* chunksOf(file: Buffer, breaksAt = Infinity): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < file.length; at += 10) {
		if (at >= breaksAt) throw new Error('the connection broke');
		yield file.subarray(at, at + 10);
	}
}

async function taken(chunks: AsyncIterable<Uint8Array>, promised: FileProof): Promise<string> {
	const parts: Uint8Array[] = [];
	for await (const part of checkedFile(chunks, promised)) parts.push(part);
	return Buffer.concat(parts).toString();
}

it.each([
	['SHA-1', proof()],
	['SHA-1 in capitals', proof({ digest: digestOf('sha1').toUpperCase() })],
	['SHA-256', proof({ algorithm: 'sha256', digest: digestOf('sha256') })],
])('a file is given on as it is, if its %s is right', async (_, promised) => {
	expect(await taken(chunksOf(FILE), promised)).toBe(FILE.toString());
});

it('an encrypted one is decrypted, and its digest is that of the plain one', async () => {
	expect(await taken(chunksOf(encrypted()), proof({ cipher: CIPHER }))).toBe(FILE.toString());
});

it.each([
	['another one', chunksOf(Buffer.from('another one')), proof(), 'its SHA-1 is another one'],
	['cut off', chunksOf(FILE.subarray(0, -1)), proof(), 'its SHA-1 is another one'],
	['empty', chunksOf(Buffer.alloc(0)), proof(), 'its SHA-1 is another one'],
	[
		'another one by SHA-256',
		chunksOf(FILE),
		proof({ algorithm: 'sha256', digest: digestOf('sha1') }),
		'its SHA-256 is another one',
	],
	[
		'encrypted and cut off',
		chunksOf(encrypted().subarray(0, -1)),
		proof({ cipher: CIPHER }),
		'it could not be decrypted',
	],
	[
		'encrypted, but another one',
		chunksOf(encrypted()),
		proof({ cipher: CIPHER, digest: digestOf('sha1', Buffer.from('x')) }),
		'its SHA-1 is another one',
	],
])('a file that is %s is a wrong file', async (_, chunks, promised, words) => {
	const reading = taken(chunks, promised);
	await expect(reading).rejects.toBeInstanceOf(WrongFile);
	await expect(reading).rejects.toThrow(words);
});

it.each([
	['plain', FILE, proof()],
	['encrypted', encrypted(), proof({ cipher: CIPHER })],
])('a connection that breaks in a %s file makes it no wrong one', async (_, file, promised) => {
	const reading = taken(chunksOf(file, 20), promised);
	await expect(reading).rejects.toThrow('the connection broke');
	await expect(reading).rejects.not.toBeInstanceOf(WrongFile);
});

it.each([
	['plain', FILE, proof()],
	['encrypted', encrypted(), proof({ cipher: CIPHER })],
])('whoever stops reading a %s file closes its source', async (_, file, promised) => {
	let isClosed = false;
	async function* source(): AsyncGenerator<Uint8Array> {
		try {
			yield* chunksOf(file);
		} finally {
			isClosed = true;
		}
	}
	for await (const part of checkedFile(source(), promised)) if (part.length > 0) break;
	expect(isClosed).toBe(true);
});
