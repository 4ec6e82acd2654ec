import type { IExecuteFunctions } from 'n8n-workflow';

import type { Upload } from '../../apiv3/multipart';
import { printable } from '../../client/errors/printable';
import { notSent } from '../../client/errors/requestError';

/** What WeChat Pay takes (test/support/facts/membercard-api.json, media.uploadImage). */
const MAX_IMAGE_BYTES = 2 * 1024 * 1024;

/** Characters of the names that a message lists. */
const MAX_LISTED_LENGTH = 200;

const KINDS = [
	{ suffix: 'jpg', mimeType: 'image/jpeg', begin: Buffer.from([0xff, 0xd8, 0xff]) },
	{ suffix: 'png', mimeType: 'image/png', begin: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
	{ suffix: 'bmp', mimeType: 'image/bmp', begin: Buffer.from('BM') },
];

/**
 * Reads an image from an input item. Its kind is read from its bytes, since names and types are often wrong.
 *
 * @param name of the item's binary field
 * @throws RequestError (`not_sent`) for a field that is missing or holds no image that WeChat Pay takes
 */
export async function readImageFile(
	context: IExecuteFunctions,
	name: string,
	index: number,
): Promise<Upload> {
	const binary = context.getInputData()[index].binary ?? {};
	const refuse = (what: string) => notSent(`'Input Binary Field' ${what}`, { field: 'file' });
	if (!Object.hasOwn(binary, name)) {
		const known = printable(Object.keys(binary).join(', '), MAX_LISTED_LENGTH);
		throw refuse(
			known
				? `names '${printable(name)}', which this item does not have: it has ${known}`
				: `names '${printable(name)}', but this item has no file: put a node before it that reads or downloads one`,
		);
	}
	const bytes = await context.helpers.getBinaryDataBuffer(index, name);
	if (bytes.length > MAX_IMAGE_BYTES) {
		throw refuse(
			`holds an image of ${(bytes.length / 1024 / 1024).toFixed(1)} MB, WeChat Pay takes up to 2 MB (member cards under 1 MB): make it smaller`,
		);
	}
	const kind = KINDS.find(({ begin }) => bytes.subarray(0, begin.length).equals(begin));
	if (!kind) throw refuse('must hold a JPG, PNG or BMP image: convert the file first');
	return {
		filename: `${stemOf(binary[name].fileName)}.${kind.suffix}`,
		mimeType: kind.mimeType,
		bytes,
	};
}

/** WeChat Pay only looks at the suffix; anything that could end the header is left out. */
function stemOf(fileName = ''): string {
	return fileName.replace(/\.[^.]*$/, '').replace(/[^0-9A-Za-z_-]+/g, '_') || 'image';
}
