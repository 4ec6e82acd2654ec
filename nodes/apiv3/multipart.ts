import { createHash, randomBytes } from 'node:crypto';

/** A file on its way to WeChat Pay. */
export interface Upload {
	/** With a suffix that WeChat Pay takes; ASCII without quotes. */
	filename: string;
	mimeType: string;
	bytes: Buffer;
}

/** A multipart body and its header. */
export interface Multipart {
	body: Buffer;
	contentType: string;
}

const META_HEAD = 'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json';

/**
 * Puts a file and its description together as WeChat Pay's uploads want them: the part `meta` first, then `file`.
 *
 * @see docs/protocol.md, Body bytes; https://pay.weixin.qq.com/doc/v3/merchant/4012365335
 */
export function uploadBody({ filename, mimeType, bytes }: Upload): Multipart {
	const boundary = randomBytes(24).toString('hex');
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const meta = JSON.stringify({ filename, sha256 });
	const fileHead = `Content-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: ${mimeType}`;
	const body = Buffer.concat([
		Buffer.from(`--${boundary}\r\n${META_HEAD}\r\n\r\n${meta}\r\n`),
		Buffer.from(`--${boundary}\r\n${fileHead}\r\n\r\n`),
		bytes,
		Buffer.from(`\r\n--${boundary}--\r\n`),
	]);
	return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

/**
 * What of an upload is signed: the text of its `meta` part, not the multipart body.
 *
 * @returns undefined for a body that `uploadBody` did not put together
 * @see docs/protocol.md, Body bytes
 */
export function signedPart(body: Buffer, contentType: string): Buffer | undefined {
	const boundary = /^multipart\/form-data; boundary=([0-9a-f]{48})$/.exec(contentType)?.[1];
	const head = `--${boundary}\r\n${META_HEAD}\r\n\r\n`;
	if (!boundary || !body.subarray(0, head.length).equals(Buffer.from(head))) return undefined;
	return body.subarray(head.length, body.indexOf(`\r\n--${boundary}`, head.length));
}
