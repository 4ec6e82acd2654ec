import { createDecipheriv } from 'node:crypto';

const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** What an encrypted file was encrypted with. */
export interface FileKey {
	key: Buffer;
	/** As WeChat Pay prints it; its bytes are used as they are, however many there are. */
	nonce: string;
}

/**
 * The key of an encrypted file. Whether WeChat Pay encrypts its 32 bytes or a text of them is not documented
 * (payments-api.json, bill.getSubMerchantFundFlowBill, unknown).
 *
 * @throws Error for bytes that are neither
 */
export function readFileKey(bytes: Buffer): Buffer {
	if (bytes.length === KEY_BYTES) return bytes;
	const text = bytes.toString('latin1');
	const encoding = /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64';
	const key = Buffer.from(text, encoding);
	if (key.length === KEY_BYTES) return key;
	throw new Error(`The key of the file must have ${KEY_BYTES} bytes, this one has ${bytes.length}`);
}

/**
 * Decrypts a file as it arrives (AES-256-GCM, no associated data, the tag at its end). What it gives is not to be used
 * before it has ended, for only the tag tells that the file is the one that was encrypted.
 *
 * @throws Error at the end of a file that was changed, cut off, or encrypted with another key
 */
export async function* decryptFile(
	chunks: AsyncIterable<Uint8Array>,
	{ key, nonce }: FileKey,
): AsyncGenerator<Uint8Array> {
	const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce), {
		authTagLength: TAG_BYTES,
	});
	let held: Uint8Array = Buffer.alloc(0);
	for await (const chunk of chunks) {
		// The last 16 bytes of all are the tag.
		const bytes = Buffer.concat([held, chunk]);
		const end = Math.max(0, bytes.length - TAG_BYTES);
		held = bytes.subarray(end);
		if (end > 0) yield decipher.update(bytes.subarray(0, end));
	}
	if (held.length < TAG_BYTES) throw new Error('The encrypted file has no tag');
	decipher.setAuthTag(held);
	const last = decipher.final();
	if (last.length > 0) yield last;
}
