import type { IExecuteFunctions } from 'n8n-workflow';

/** A stream as n8n's helpers take it. */
export type Readable = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;

/**
 * Makes a stream of Node's. Its module may not be imported by a community node, so it is the class of a stream that
 * n8n made that makes it.
 *
 * @param like any stream
 */
export function asReadable(chunks: AsyncIterable<Uint8Array>, like: object): Readable {
	const { from } = like.constructor as unknown as { from: typeof Readable.from };
	return from(chunks, { objectMode: false });
}

declare const Readable: { from(chunks: AsyncIterable<Uint8Array>, options: object): Readable };
