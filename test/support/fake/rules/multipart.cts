/** Uploads: a multipart body taken apart, and the part of it that is signed (docs/protocol.md, Body bytes). */
import { paramError, type Refusal } from './refusal.cts';
import type { ReceivedRequest } from './request.cts';

export const UPLOAD_PATH = '/v3/marketing/favor/media/image-upload';

/** One part of a multipart body. */
export interface Part {
	name: string;
	filename?: string;
	contentType: string;
	content: Buffer;
}

const BOUNDARY =
	/^multipart\/form-data\s*;\s*boundary=(?:"([0-9A-Za-z'()+_,./:=? -]{1,70})"|([0-9A-Za-z'+_.-]{1,70}))$/i;
const DISPOSITION = /^form-data; name="([^"]+)"(?:; filename="([^"]+)")?$/;
const LINE = '\r\n';

/** What the fifth signed line holds: the body, or the text of the part `meta` of an upload. */
export function signedBody(request: ReceivedRequest): Buffer {
	if (request.url.split('?')[0] !== UPLOAD_PATH) return request.rawBody;
	try {
		const meta = readParts(request).find(({ name }) => name === 'meta');
		return meta?.content ?? request.rawBody;
	} catch {
		// What can't be taken apart has no meta, so that the signature can only be that of the body.
		return request.rawBody;
	}
}

/** The parts in their order; throws 400 for anything that is not exactly multipart/form-data. */
export function readParts({ headers, rawBody }: ReceivedRequest): Part[] {
	const type = headers['content-type'] ?? '';
	const [, quoted, plain] = BOUNDARY.exec(type) ?? [];
	const boundary = quoted ?? plain;
	if (boundary === undefined) {
		throw paramError('Content-Type', type, 'must be multipart/form-data; boundary=…', 'header');
	}
	return sections(rawBody, boundary).map(readPart);
}

/** What stands between the delimiters; nothing may stand before the first or after the last. */
function sections(body: Buffer, boundary: string): Buffer[] {
	const delimiter = Buffer.from(`${LINE}--${boundary}`);
	// The first delimiter lacks the line end before it.
	const whole = Buffer.concat([Buffer.from(LINE), body]);
	const found: Buffer[] = [];
	let at = 0;
	if (whole.indexOf(delimiter) !== 0) throw malformed('does not begin with the boundary');
	for (;;) {
		at += delimiter.length;
		const rest = whole.subarray(at);
		if (/^--(\r\n)?$/.test(rest.subarray(0, 5).toString('latin1'))) return found;
		const end = whole.indexOf(delimiter, at);
		if (end < 0) throw malformed('does not end with the boundary');
		found.push(whole.subarray(at, end));
		at = end;
	}
}

function readPart(section: Buffer): Part {
	const gap = section.indexOf(LINE + LINE);
	const head = section.subarray(0, gap).toString('utf8');
	if (gap < 0 || !head.startsWith(LINE)) throw malformed('has a part without headers');
	const fields = new Map<string, string>();
	for (const line of head.slice(LINE.length).split(LINE)) {
		const [, name, value] = /^([A-Za-z-]+): *(.*)$/.exec(line) ?? [];
		if (name === undefined) throw malformed('has a part with a header that is none');
		fields.set(name.toLowerCase(), value);
	}
	const [, name, filename] = DISPOSITION.exec(fields.get('content-disposition') ?? '') ?? [];
	if (name === undefined) throw malformed('has a part without its name');
	const content = section.subarray(gap + 2 * LINE.length);
	return { name, filename, contentType: fields.get('content-type') ?? '', content };
}

function malformed(issue: string): Refusal {
	return paramError('', undefined, issue, 'body');
}
