/** Far more than WeChat Pay ever answers; n8n itself would take any size, and unpack what is compressed. */
const LARGEST = 10 * 1024 * 1024;

/** An answer that is larger than any of WeChat Pay's; the rest of it was not waited for. */
export class TooLarge extends Error {
	override readonly name = 'TooLarge';

	/** Node's for a message that is too long. */
	readonly code = 'EMSGSIZE';

	constructor() {
		super(`the answer has more than ${LARGEST / 1024 / 1024} MB`);
	}
}

/**
 * Reads the body of an answer as it arrives, unpacked, and no further than any answer of WeChat Pay goes.
 *
 * @param body the stream that n8n's helper gave
 * @throws TooLarge, or what ended the stream before its end
 */
export async function readBody(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		// Leaving the loop closes the connection.
		if (size > LARGEST) throw new TooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
