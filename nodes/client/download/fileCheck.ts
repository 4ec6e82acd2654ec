import { createHash } from 'node:crypto';

import { rethrow } from '../../apiv3/attempt';
import type { FileKey } from '../../apiv3/fileCipher';
import { decryptFile } from '../../apiv3/fileCipher';

/** Digests as WeChat Pay names them, by the names of Node's. */
export const DIGESTS = { sha1: 'SHA-1', sha256: 'SHA-256', sm3: 'SM3' } as const;

export type DigestName = keyof typeof DIGESTS;

/** What a file must be, by a verified response or by the user. */
export interface FileProof {
	/** Name of Node's for the digest. */
	algorithm: DigestName;
	/** Hex. */
	digest: string;
	/** Of a file that comes encrypted; the digest is that of the plain file. */
	cipher?: FileKey;
}

/** A file that is not the one that was promised: another one, changed on the way, or cut off. */
export class WrongFile extends Error {
	override readonly name = 'WrongFile';
}

/**
 * Hands a file on as it arrives, decrypted. Nothing of it may be used before it has ended.
 *
 * @throws WrongFile at the end of a file that is not the one that was promised
 */
export async function* checkedFile(
	chunks: AsyncIterable<Uint8Array>,
	{ algorithm, digest, cipher }: FileProof,
): AsyncGenerator<Uint8Array> {
	const hash = createHash(algorithm);
	for await (const chunk of cipher ? decrypted(chunks, cipher) : chunks) {
		hash.update(chunk);
		yield chunk;
	}
	if (hash.digest('hex') !== digest.toLowerCase()) {
		throw new WrongFile(`its ${DIGESTS[algorithm]} is another one`);
	}
}

async function* decrypted(
	chunks: AsyncIterable<Uint8Array>,
	cipher: FileKey,
): AsyncGenerator<Uint8Array> {
	let hasEnded = false;
	const plain = decryptFile(
		noted(chunks, () => (hasEnded = true)),
		cipher,
	);
	const pull = async () =>
		await rethrow(
			async () => await plain.next(),
			// Before the end it was the connection that broke.
			(reason) => (hasEnded ? new WrongFile('it could not be decrypted') : (reason as Error)),
		);
	try {
		for (let next = await pull(); !next.done; next = await pull()) yield next.value;
	} finally {
		await plain.return(undefined);
	}
}

async function* noted<T>(chunks: AsyncIterable<T>, atEnd: () => void): AsyncGenerator<T> {
	for await (const chunk of chunks) yield chunk;
	atEnd();
}
