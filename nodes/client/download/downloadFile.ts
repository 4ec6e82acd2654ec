import { rethrow } from '../../apiv3/attempt';
import { reasonText } from '../errors/reason';
import { RequestError, failureDetailsOf } from '../errors/requestError';
import { printable } from '../errors/printable';
import { sendWithRetries } from '../sendWithRetries';
import type { Session } from '../session';
import type { Request, RetryPolicy } from '../types';
import { addressOf } from './fileAddress';
import type { FileProof } from './fileCheck';
import { checkedFile, WrongFile } from './fileCheck';

/** Where a file is, and what it must be. */
export interface PromisedFile {
	/** As the verified response gave it. */
	url: string;
	proof: FileProof;
}

/**
 * Takes a file as it arrives. What it makes of it counts only when the file has ended as promised; it may be called
 * anew.
 *
 * @param stream the response itself, a stream of n8n's
 */
export type FileConsumer<T> = (chunks: AsyncIterable<Uint8Array>, stream: object) => Promise<T>;

/**
 * Downloads a file. The request is signed as any other; the response is not, and is believed because its content is what
 * was promised.
 *
 * @returns what the consumer made of it
 * @throws RequestError
 * @see docs/protocol.md, Files
 */
export async function downloadFile<T>(
	session: Session,
	{ url, proof }: PromisedFile,
	retryPolicy: RetryPolicy,
	consume: FileConsumer<T>,
): Promise<T> {
	let taken: { value: T } | { failure: RequestError } | undefined;
	const request: Request = {
		method: 'GET',
		...addressOf(url, session.merchant),
		wechatPaySerial: session.merchant.wechatPaySerial,
		sent: {},
		identity: {},
		subject: {},
		retryPolicy,
		receive: async (chunks, stream) => {
			const source = new WatchedSource(chunks);
			const file = new WatchedSource(checkedFile(source.chunks(), proof));
			try {
				const value = await consume(file.chunks(), stream);
				taken = { value };
				return file.hasEnded ? undefined : 'it was not read to its end';
			} catch (error) {
				if (source.failure !== undefined) throw source.failure;
				if (file.failure instanceof WrongFile) return file.failure.message;
				taken = { failure: asRequestError(error) };
				return undefined;
			}
		},
	};
	await sendWithRetries(session, request);
	if (taken && 'value' in taken) return taken.value;
	throw taken?.failure ?? asRequestError(new Error('nothing was read'));
}

/** Tells whether what went wrong came from the source, or from whoever reads it. */
class WatchedSource {
	failure?: unknown;

	hasEnded = false;

	constructor(private readonly source: AsyncIterable<Uint8Array>) {}

	async *chunks(): AsyncGenerator<Uint8Array> {
		const iterator = this.source[Symbol.asyncIterator]();
		try {
			for (let next = await this.pull(iterator); !next.done; next = await this.pull(iterator)) {
				yield next.value;
			}
			this.hasEnded = true;
		} finally {
			// Whoever stops reading closes the connection.
			if (!this.hasEnded) await iterator.return?.();
		}
	}

	private async pull(iterator: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
		return await rethrow(
			async () => await iterator.next(),
			(reason) => {
				this.failure = reason;
				return reason as Error;
			},
		);
	}
}

/** Where n8n cannot store what was downloaded. */
function asRequestError(reason: unknown): RequestError {
	if (reason instanceof RequestError) return reason;
	return new RequestError({
		...failureDetailsOf(reason),
		message: `The file could not be stored: ${printable(reasonText(reason), 200)}. Check the storage of n8n, then run this item again.`,
	});
}
