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

it('reads fifty at once, but only a few large ones', async () => {
	const megabyte = Buffer.alloc(1024 * 1024, 'x');
	let large = 0;
	let most = 0;
	let small = 0;
	async function* body(length: number): AsyncGenerator<Buffer> {
		let isLarge = false;
		for (let piece = 0; piece < length; piece += 1) {
			// The second piece was taken once the third is asked for.
			if (piece === 2) {
				isLarge = true;
				large += 1;
				most = Math.max(most, large);
			}
			yield await Promise.resolve(megabyte);
		}
		if (isLarge) large -= 1;
		else small += 1;
	}
	const lengths = Array.from({ length: 50 }, (_, index) => (index % 5 === 0 ? 1 : 10));
	const bodies = await Promise.all(
		lengths.map(async (length) => (await readBody(body(length))).length),
	);
	expect(bodies).toEqual(lengths.map((length) => length * megabyte.length));
	expect(most).toBe(8);
	expect(small).toBe(10);
});

it('gives its place to the next one, also where it is too large', async () => {
	const half = Buffer.alloc(LARGEST / 2, 'x');
	const readings = Array.from({ length: 20 }, async () => {
		await expect(readBody(streamOf([half, half, half]).stream)).rejects.toThrow('10 MB');
	});
	await Promise.all(readings);
	expect(await readBody(streamOf([half]).stream)).toHaveLength(LARGEST / 2);
});
