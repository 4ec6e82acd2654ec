/** Far more than WeChat Pay ever sends; n8n itself would take any size, and unpack what is compressed. */
const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;

/** Up to fifty requests are under way at once. Bodies beyond this size, of which WeChat Pay has few, are read a few at a time. */
const SMALL_BODY_BYTES = 1024 * 1024;
const MAX_LARGE_BODIES = 8;

/** The large bodies that are being read in this process, and those that wait to be read on. */
const largeBodies = { count: 0, waiting: [] as Array<() => void> };

/** A response that is larger than any of WeChat Pay's; the rest of it was not waited for. */
export class ResponseTooLarge extends Error {
	override readonly name = 'ResponseTooLarge';

	/** Node's for a message that is too long. */
	readonly code = 'EMSGSIZE';

	constructor() {
		super(`the response has more than ${MAX_RESPONSE_BYTES / 1024 / 1024} MB`);
	}
}

/**
 * Reads the body of a response as it arrives, unpacked, up to the largest size that WeChat Pay could send.
 *
 * @param body the stream that n8n's helper gave
 * @throws ResponseTooLarge, or what ended the stream before its end
 */
export async function readBody(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	let isLarge = false;
	try {
		for await (const chunk of body) {
			size += chunk.length;
			// Leaving the loop closes the connection.
			if (size > MAX_RESPONSE_BYTES) throw new ResponseTooLarge();
			if (!isLarge && size > SMALL_BODY_BYTES) {
				isLarge = true;
				await beginLargeBody();
			}
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} finally {
		if (isLarge) endLargeBody();
	}
}

async function beginLargeBody(): Promise<void> {
	if (largeBodies.count >= MAX_LARGE_BODIES) {
		await new Promise<void>((resolve) => largeBodies.waiting.push(resolve));
	} else {
		largeBodies.count += 1;
	}
}

/** The next one takes over the place. */
function endLargeBody(): void {
	const next = largeBodies.waiting.shift();
	if (next) next();
	else largeBodies.count -= 1;
}
