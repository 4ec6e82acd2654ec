/** Encrypted files, as Node's own cipher makes them. */
import { createCipheriv } from 'node:crypto';

import { decryptFile, readFileKey } from '../../../nodes/apiv3/fileCipher';

const KEY = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
const NONCE = 'f2a7b9c1d3e5';
const PLAIN = Buffer.from('`1,`咖啡\r\n'.repeat(20));

function encrypted(plain: Buffer, nonce = NONCE): Buffer {
	const cipher = createCipheriv('aes-256-gcm', KEY, Buffer.from(nonce));
	return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

async function* inChunks(file: Buffer, size: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

async function decrypted(file: Buffer, size = 64, cipher = { key: KEY, nonce: NONCE }) {
	const parts: Uint8Array[] = [];
	for await (const part of decryptFile(inChunks(file, size), cipher)) parts.push(part);
	return Buffer.concat(parts);
}

describe('the key of a file', () => {
	it.each([
		['its 32 bytes', KEY],
		['hex text', Buffer.from(KEY.toString('hex'))],
		['hex text in capitals', Buffer.from(KEY.toString('hex').toUpperCase())],
		['Base64 text', Buffer.from(KEY.toString('base64'))],
	])('may be %s', (_, bytes) => {
		expect(readFileKey(bytes)).toEqual(KEY);
	});

	it.each([0, 16, 31, 33, 64])('may not have %d bytes', (count) => {
		const bytes = Buffer.alloc(count, 0xff);
		expect(() => readFileKey(bytes)).toThrow(
			`The key of the file must have 32 bytes, this one has ${count}`,
		);
	});
});

describe('an encrypted file', () => {
	it.each([1, 15, 16, 17, 100, 10_000])('is decrypted from chunks of %d bytes', async (size) => {
		expect(await decrypted(encrypted(PLAIN), size)).toEqual(PLAIN);
	});

	it('is given on while it arrives, all but the last 16 bytes', async () => {
		const given: number[] = [];
		const file = encrypted(Buffer.alloc(100));
		for await (const part of decryptFile(inChunks(file, 58), { key: KEY, nonce: NONCE })) {
			given.push(part.length);
		}
		expect(given).toEqual([42, 58]);
	});

	it('may have a nonce of any length', async () => {
		const nonce = '0123456789abcdef';
		const file = encrypted(PLAIN, nonce);
		expect(await decrypted(file, 64, { key: KEY, nonce })).toEqual(PLAIN);
	});

	it('may be empty', async () => {
		expect(await decrypted(encrypted(Buffer.alloc(0)))).toEqual(Buffer.alloc(0));
	});

	it.each<[string, (file: Buffer) => Buffer]>([
		[
			'that was changed',
			(file) => Buffer.from(file.map((byte, at) => (at === 3 ? byte ^ 1 : byte))),
		],
		['whose tag was changed', (file) => Buffer.concat([file.subarray(0, -1), Buffer.of(7)])],
		['that was cut off', (file) => file.subarray(0, -1)],
		['that begins later', (file) => file.subarray(1)],
	])('%s fails at its end', async (_, change) => {
		await expect(decrypted(change(encrypted(PLAIN)))).rejects.toThrow(/authenticate/);
	});

	it.each([
		['another key', { key: Buffer.alloc(32), nonce: NONCE }],
		['another nonce', { key: KEY, nonce: 'another one!' }],
	])('fails with %s', async (_, cipher) => {
		await expect(decrypted(encrypted(PLAIN), 64, cipher)).rejects.toThrow(/authenticate/);
	});

	it.each([0, 1, 15])('of %d bytes has no tag', async (length) => {
		await expect(decrypted(Buffer.alloc(length))).rejects.toThrow('has no tag');
	});
});
