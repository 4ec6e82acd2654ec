import { readBody } from '../../../../nodes/client/http/responseBody';

const LARGEST = 10 * 1024 * 1024;

it.each([
	['nothing', []],
	['one piece', ['{"a":1}']],
	[
		'pieces that cut a character',
		[Buffer.from('积').subarray(0, 1), Buffer.from('积').subarray(1)],
	],
])('reads %s', async (_, pieces) => {
	const chunks = pieces.map((piece) => Buffer.from(piece as string));
	expect(await readBody(streamOf(chunks).stream)).toEqual(Buffer.concat(chunks));
});

it('reads ten megabytes', async () => {
	const half = Buffer.alloc(LARGEST / 2, 'x');
	const { stream, state } = streamOf([half, half]);
	expect(await readBody(stream)).toHaveLength(LARGEST);
	expect(state).toEqual({ given: 2, isClosed: true });
});

it('does not wait for what is beyond them', async () => {
	const half = Buffer.alloc(LARGEST / 2, 'x');
	const { stream, state } = streamOf([half, half, Buffer.from('x'), half, half]);
	const reading = readBody(stream);
	await expect(reading).rejects.toMatchObject({
		name: 'ResponseTooLarge',
		code: 'EMSGSIZE',
		message: 'the response has more than 10 MB',
	});
	expect(state).toEqual({ given: 3, isClosed: true });
});

it('tells what ended the stream', async () => {
	async function* broken(): AsyncGenerator<Buffer> {
		yield await Promise.resolve(Buffer.from('{'));
		throw new Error('aborted');
	}
	await expect(readBody(broken())).rejects.toThrow('aborted');
});

/** A stream of these, and how far it was read. */
function streamOf(chunks: Buffer[]) {
	const state = { given: 0, isClosed: false };
	async function* stream(): AsyncGenerator<Buffer> {
		try {
			for (const chunk of chunks) {
				state.given += 1;
				yield await Promise.resolve(chunk);
			}
		} finally {
			state.isClosed = true;
		}
	}
	return { stream: stream(), state };
}
