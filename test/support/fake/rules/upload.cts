/** Image uploads for the tests' own client, every part of which can be wrong. */
import { createHash } from 'node:crypto';

import type { Sent } from '../client.cts';
import { UPLOAD_PATH } from './multipart.cts';

/** The smallest thing that begins as a PNG does. */
export const PNG = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');

export interface Upload {
	/** Default PNG. */
	bytes?: Buffer;
	filename?: string;
	contentType?: string;
	/** Replaces parts of the meta of `filename` and `bytes`. */
	meta?: object;
	metaType?: string;
	/** Default meta, file. */
	order?: string[];
	boundary?: string;
	/** Default: the text of meta. */
	signedBody?: string | Buffer;
}

/** A request that uploads an image, signed over its meta. */
export function upload(wanted: Upload = {}): Sent {
	const { bytes = PNG, filename = 'logo.png', contentType = 'image/png' } = wanted;
	const {
		order = ['meta', 'file'],
		boundary = 'a-boundary',
		metaType = 'application/json',
	} = wanted;
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const meta = JSON.stringify({ filename, sha256, ...wanted.meta });
	const parts: Record<string, Buffer> = {
		meta: part('name="meta"', metaType, Buffer.from(meta)),
		file: part(`name="file"; filename="${filename}"`, contentType, bytes),
	};
	const pieces = order.flatMap((name) => [Buffer.from(`--${boundary}\r\n`), parts[name]]);
	return {
		url: UPLOAD_PATH,
		body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
		headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
		signing: { signedBody: wanted.signedBody ?? meta },
	};
}

function part(disposition: string, contentType: string, content: Buffer): Buffer {
	const head = `Content-Disposition: form-data; ${disposition}\r\nContent-Type: ${contentType}\r\n\r\n`;
	return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n')]);
}
