/** POST /v3/marketing/favor/media/image-upload (test/support/facts/membercard-api.json media.uploadImage). */
import { createHash } from 'node:crypto';

import { ok, type Answer, type Call } from '../call.cts';
import { checkFields, parseObject, readQuery, text } from '../rules/fields.cts';
import { readParts, type Part } from '../rules/multipart.cts';
import { paramError } from '../rules/refusal.cts';

/** An image that was uploaded. */
export interface Image {
	mchid: string;
	filename: string;
	sha256: string;
	media_url: string;
	bytes: Buffer;
}

interface Meta {
	filename: string;
	sha256: string;
}

const LARGEST_BYTES = 2 * 1024 * 1024;
const META = {
	filename: text(1, 128, /\.(jpg|jpeg|bmp|png)$/i),
	sha256: text(64, 64, /^[0-9a-f]+$/),
};

/** The bytes a file of each kind begins with, and the types it may be sent as. */
const KINDS = [
	{
		suffix: /\.jpe?g$/i,
		magic: Buffer.from([0xff, 0xd8, 0xff]),
		types: ['image/jpeg', 'image/jpg'],
	},
	{ suffix: /\.png$/i, magic: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), types: ['image/png'] },
	{ suffix: /\.bmp$/i, magic: Buffer.from('BM'), types: ['image/bmp'] },
];

/** 200 with the URL of the image; the same image has the same URL. */
export function uploadImage({ request, state, mchid }: Call): Answer {
	readQuery(request.url, {});
	const parts = readParts(request);
	if (parts.map(({ name }) => name).join() !== 'meta,file') {
		throw paramError('', undefined, 'must have the parts meta and file, in this order', 'body');
	}
	const [metaPart, file] = parts;
	const meta = readMeta(metaPart);
	checkFile(file, meta);
	const media_url = `https://wxpaylogo.qpic.cn/wxpaylogo/${meta.sha256}/0`;
	state.images.push({ mchid, ...meta, media_url, bytes: Buffer.from(file.content) });
	return ok({ media_url });
}

function readMeta({ contentType, content }: Part): Meta {
	if (contentType !== 'application/json') {
		throw paramError('meta', contentType, 'must be application/json', 'body');
	}
	const meta = parseObject(content);
	checkFields(meta, META, 'body');
	return meta as unknown as Meta;
}

function checkFile({ filename, contentType, content }: Part, meta: Meta): void {
	const kind = KINDS.find(({ suffix }) => suffix.test(meta.filename));
	const sha256 = createHash('sha256').update(content).digest('hex');
	const issue =
		// The two names are one in every official example.
		(filename !== meta.filename && 'has another filename than meta') ||
		(!kind?.types.includes(contentType) && 'has a Content-Type that does not fit its name') ||
		(!content.subarray(0, kind?.magic.length).equals(kind?.magic ?? Buffer.of()) &&
			'is not an image of the kind its name says') ||
		(content.length > LARGEST_BYTES && 'is larger than 2 MB');
	if (issue) throw paramError('file', filename, issue, 'body');
	if (sha256 !== meta.sha256) throw paramError('sha256', meta.sha256, 'is not of file', 'body');
}
