/** The text of an orders file, whatever a spreadsheet or a shop system encoded it in. */
import { readFileSync } from 'node:fs';

import { OrdersFileError } from './ordersFileError.cts';

export interface OrdersText {
	text: string;
	/** As people know it. */
	encoding: string;
}

const HOW_TO_SAVE = "In Excel or WPS, save it as 'CSV UTF-8 (comma delimited)'.";

/**
 * @throws OrdersFileError for a file that can't be read, or that is no text in an encoding in use in China
 */
export function readOrdersText(file: string): OrdersText {
	const bytes = readBytes(file);
	const kind = OTHER_KINDS.find(({ beginsWith }) =>
		beginsWith.test(bytes.toString('latin1', 0, 512)),
	);
	if (kind) {
		throw new OrdersFileError(`${file} is ${kind.name}, not a CSV file. ${HOW_TO_SAVE}`);
	}
	const encoding = encodingOf(bytes);
	const text = encoding && decode(bytes, encoding.label);
	if (!encoding || text === undefined || text.includes('\0')) {
		throw new OrdersFileError(
			`${file} is no text in UTF-8, UTF-16 or GBK (GB18030): it begins with the bytes ` +
				`${bytes.toString('hex', 0, 8).replace(/..\B/g, '$& ')}. ${HOW_TO_SAVE}`,
		);
	}
	return { text, encoding: encoding.name };
}

function readBytes(file: string): Buffer {
	try {
		return readFileSync(file);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const reason = code === 'ENOENT' ? 'there is no such file' : code;
		throw new OrdersFileError(`${file} can't be read: ${reason}.`);
	}
}

/** What is mistaken for a CSV file, by its first bytes. */
const OTHER_KINDS: Array<{ name: string; beginsWith: RegExp }> = [
	{ name: 'an Excel workbook (or another ZIP archive)', beginsWith: /^PK\x03\x04/ },
	{ name: 'an old Excel or WPS workbook', beginsWith: /^\xd0\xcf\x11\xe0/ },
	{ name: 'a compressed file', beginsWith: /^(\x1f\x8b|Rar!|7z\xbc\xaf)/ },
	{ name: 'a PDF', beginsWith: /^%PDF/ },
	// Shop systems name such a page orders.xls.
	{
		name: 'a web page or XML',
		beginsWith: /^(\xef\xbb\xbf)?\s*<(!doctype|html|table|meta|\?xml)/i,
	},
	{ name: 'JSON', beginsWith: /^(\xef\xbb\xbf)?\s*(\[\s*)?\{/ },
];

interface Encoding {
	name: string;
	/** Of the WHATWG's Encoding Standard. */
	label: string;
}

const UTF_8: Encoding = { name: 'UTF-8', label: 'utf-8' };
const UTF_16LE: Encoding = { name: 'UTF-16 LE', label: 'utf-16le' };
const UTF_16BE: Encoding = { name: 'UTF-16 BE', label: 'utf-16be' };
const GBK: Encoding = { name: 'GBK', label: 'gb18030' };

/**
 * By its mark, else by the zero bytes that every separator has in UTF-16, else the first in which it is valid: text in
 * GBK is hardly ever valid UTF-8, while statistics go wrong with a few short names.
 */
function encodingOf(bytes: Buffer): Encoding | undefined {
	const mark = bytes.toString('hex', 0, 2);
	if (mark === 'fffe') return UTF_16LE;
	if (mark === 'feff') return UTF_16BE;
	const zeros = [0, 0];
	bytes.forEach((byte, index) => {
		if (byte === 0) zeros[index % 2] += 1;
	});
	if (zeros[1] > zeros[0]) return UTF_16LE;
	if (zeros[0] > zeros[1]) return UTF_16BE;
	return [UTF_8, GBK].find(({ label }) => decode(bytes, label) !== undefined);
}

/** @returns undefined for bytes that the encoding does not have */
function decode(bytes: Buffer, label: string): string | undefined {
	try {
		return new TextDecoder(label, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
