import { printable } from '../errors/printable';

/** What WeChat Pay says in the body of a 4xx or 5xx; unsigned as a rule, so it is advice and nothing more. */
export interface ErrorBody {
	code?: string;
	message?: string;
	field?: string;
	issue?: string;
	/** The value that it names, of whatever type, as text. */
	value?: string;
	/** Where that stands: body, query … */
	location?: string;
	/** For SIGN_ERROR: what WeChat Pay put together to verify (docs/protocol.md, Error body). */
	signed?: { url?: string; length?: number };
}

/** A body larger than this is no error message of WeChat Pay. */
const MAX_ERROR_BODY_BYTES = 64 * 1024;
const MAX_TEXT_LENGTH = 500;

/**
 * Reads the body of a refusal, which may as well be empty, HTML or hostile.
 *
 * @returns the texts that are there, cut to a sane length; nothing for a body that is not WeChat Pay's
 * @see docs/protocol.md, Error body
 */
export function readErrorBody(body: Buffer): ErrorBody {
	const answer = parse(body);
	const detail = part(answer, 'detail');
	const information = part(detail, 'sign_information');
	const length = information.sign_message_length;
	return {
		code: text(answer.code),
		message: text(answer.message),
		field: text(detail.field) ?? pointersIn(detail.value),
		value: pointersIn(detail.value) ? undefined : anyText(detail.value),
		location: text(detail.location),
		issue: text(detail.issue) ?? text(part(detail, 'detail').issue),
		signed: {
			url: text(information.url),
			length: Number.isSafeInteger(length) ? (length as number) : undefined,
		},
	};
}

function parse(body: Buffer): Record<string, unknown> {
	if (body.length > MAX_ERROR_BODY_BYTES) return {};
	try {
		return record(JSON.parse(body.toString()));
	} catch {
		return {};
	}
}

function part(parent: Record<string, unknown>, name: string): Record<string, unknown> {
	return record(Object.hasOwn(parent, name) ? parent[name] : undefined);
}

function record(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? printable(value, MAX_TEXT_LENGTH) : undefined;
}

/** Some refusals name the fields in a list, in the place of a value. */
function pointersIn(value: unknown): string | undefined {
	if (!Array.isArray(value) || value.length === 0) return undefined;
	const isEach = value.every((one) => typeof one === 'string' && /^\/[\w/.-]+$/.test(one));
	return isEach ? text(value.join(', ')) : undefined;
}

function anyText(value: unknown): string | undefined {
	if (typeof value === 'string') return text(value);
	return value === undefined || value === null ? undefined : text(JSON.stringify(value));
}

/** A gateway may have a code of its own; WeChat Pay's consist of capital letters (docs/known-errors.md). */
export function isOwnCode(code: string | undefined): code is string {
	return code !== undefined && /^[A-Z][A-Z0-9_]{1,59}$/.test(code);
}
