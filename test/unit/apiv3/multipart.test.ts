import { createHash } from 'node:crypto';

import type { Multipart } from '../../../nodes/apiv3/multipart';
import { signedPart, uploadBody } from '../../../nodes/apiv3/multipart';

const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0x00]);
const FILE = { filename: 'logo.png', mimeType: 'image/png', bytes: BYTES };
const META = JSON.stringify({
	filename: 'logo.png',
	sha256: createHash('sha256').update(BYTES).digest('hex'),
});

const boundaryOf = (contentType: string) =>
	/^multipart\/form-data; boundary=([0-9a-f]{48})$/.exec(contentType)?.[1] ?? 'none';

describe('uploadBody', () => {
	it('puts the description before the file, each in its part', () => {
		const { body, contentType } = uploadBody(FILE);
		const boundary = boundaryOf(contentType);
		const lines = [
			`--${boundary}`,
			'Content-Disposition: form-data; name="meta"',
			'Content-Type: application/json',
			'',
			META,
			`--${boundary}`,
			'Content-Disposition: form-data; name="file"; filename="logo.png"',
			'Content-Type: image/png',
			'',
			BYTES.toString('latin1'),
			`--${boundary}--`,
			'',
		];
		expect(body.toString('latin1')).toBe(lines.join('\r\n'));
	});

	it('has a boundary of its own each time', () => {
		expect(uploadBody(FILE).contentType).not.toBe(uploadBody(FILE).contentType);
	});
});

describe('signedPart', () => {
	let upload: Multipart;

	beforeEach(() => {
		upload = uploadBody(FILE);
	});

	it('is the description, to the byte', () => {
		expect(signedPart(upload.body, upload.contentType)?.toString()).toBe(META);
	});

	it.each<[string, (body: Buffer, type: string) => [Buffer, string]]>([
		['another type', (body, type) => [body, type.replace('form-data', 'mixed')]],
		['something before the type', (body, type) => [body, `x${type}`]],
		['something behind the type', (body, type) => [body, `${type}; charset=utf-8`]],
		['a short boundary', (body, type) => [body, type.slice(0, -1)]],
		['another boundary', (body, type) => [body, type.replace(/[0-9a-f]{48}/, '0'.repeat(48))]],
		['a body without a description first', (body, type) => [body.subarray(1), type]],
		['an empty body', (_, type) => [Buffer.alloc(0), type]],
		[
			'a description of another name',
			(body, type) => [
				Buffer.from(body.toString('latin1').replace('"meta"', '"mete"'), 'latin1'),
				type,
			],
		],
	])('is nothing for %s', (_, change) => {
		expect(signedPart(...change(upload.body, upload.contentType))).toBeUndefined();
	});
});
