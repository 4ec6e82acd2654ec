import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';

import { signedPart } from '../nodes/apiv3/multipart';

/** What the HTTP Request node adds to, or says instead of, `IHttpRequestOptions` (n8n's older request shape). */
interface LegacyRequestOptions {
	uri?: string;
	qsStringifyOptions?: { arrayFormat?: ArrayFormat };
	useQuerystring?: boolean;
	form?: unknown;
	formData?: unknown;
}

type RequestOptions = IHttpRequestOptions & LegacyRequestOptions;

type ArrayFormat = NonNullable<IHttpRequestOptions['arrayFormat']>;

/** A request that nothing on its way can change: the query is in the URL, the body is bytes. */
export interface ExactRequest extends IHttpRequestOptions {
	method: IHttpRequestMethods;
	body?: Buffer;
	headers: IDataObject;
	/** Of a body that is not JSON, one of our own uploads: its type, and the part of it that is signed. */
	upload?: { contentType: string; signed: Buffer };
	/** Of one of our own requests: the key of WeChat Pay that it names, empty for none. */
	wechatPaySerial?: string;
}

/** The headers that the signature sets; a user's own ones are dropped, whatever their case. */
const OWN_HEADERS = ['authorization', 'wechatpay-serial', 'accept', 'user-agent', 'content-type'];

/**
 * Fixes a request before it is signed. n8n hands over two shapes, the node's own and the HTTP Request node's; what it
 * would change after signing (query, body, redirects) is settled here.
 *
 * @returns a new object; `url` is absolute, `qs` is gone, `body` is a Buffer or absent
 * @throws Error for a missing URL, and for forms and streams, whose bytes are not known yet
 */
export function exactRequest(options: RequestOptions): ExactRequest {
	const { baseURL, qs, arrayFormat, qsStringifyOptions, useQuerystring, ...rest } = options;
	const url = absoluteUrl(options.url ?? options.uri, baseURL);
	const format =
		arrayFormat ?? qsStringifyOptions?.arrayFormat ?? (useQuerystring ? 'repeat' : 'indices');
	appendQuery(url, qs ?? {}, format);
	const method = (options.method ?? 'GET').toUpperCase() as IHttpRequestMethods;
	const upload = uploadIn(options);
	const body = upload ? (options.body as Buffer) : bodyBytes(method, options);
	return {
		...rest,
		method,
		url: url.href,
		...('uri' in options ? { uri: url.href } : {}),
		headers: foreignHeaders(options.headers),
		body,
		...(upload ? { upload } : {}),
		wechatPaySerial: serialIn(options),
		// A login would replace the Authorization header, a form the body.
		...{ auth: undefined, form: undefined, formData: undefined },
		// A followed redirect would carry the signature of this path to another path or host.
		disableFollowRedirect: true,
		...{ followRedirect: false, followAllRedirects: false, maxRedirects: 0 },
	};
}

function absoluteUrl(url = '', baseURL = ''): URL {
	const whole = joined(url, baseURL);
	if (!whole) throw new Error('The request to sign has no URL');
	if (!URL.canParse(whole)) {
		throw new Error('The request to sign needs a whole URL, starting with https://');
	}
	const absolute = new URL(whole);
	absolute.hash = '';
	// n8n would make a login of them, in place of the signature.
	absolute.username = '';
	absolute.password = '';
	return absolute;
}

/** As n8n joins them: the path of the base stays. */
function joined(url: string, baseURL: string): string {
	if (!baseURL || /^[a-z][a-z\d+.-]*:\/\//i.test(url)) return url;
	return url ? `${baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}` : baseURL;
}

function appendQuery(url: URL, qs: IDataObject, format: ArrayFormat): void {
	const pairs = Object.entries(qs).flatMap(([name, value]) => queryPairs(name, value, format));
	if (pairs.length === 0) return;
	const added = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
	url.search = url.search ? `${url.search}&${added}` : added;
}

/** One query parameter as n8n writes it: arrays by the chosen format, nested objects as `a[b]`, null as empty. */
function queryPairs(name: string, value: unknown, format: ArrayFormat): Array<[string, string]> {
	if (value === undefined) return [];
	if (value === null) return [[name, '']];
	if (value instanceof Date) return [[name, value.toISOString()]];
	if (Array.isArray(value)) {
		if (format === 'comma') return [[name, value.join(',')]];
		return value.flatMap((one, index) => queryPairs(arrayName(name, index, format), one, format));
	}
	if (typeof value === 'object') {
		return Object.entries(value).flatMap(([key, one]) =>
			queryPairs(`${name}[${key}]`, one, format),
		);
	}
	return [[name, String(value)]];
}

function arrayName(name: string, index: number, format: ArrayFormat): string {
	if (format === 'repeat') return name;
	return format === 'brackets' ? `${name}[]` : `${name}[${index}]`;
}

/** Percent-encodes everything but RFC 3986's unreserved characters, so that no later stage finds more to encode. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

function bodyBytes(method: string, { body, form, formData }: RequestOptions): Buffer | undefined {
	// n8n does not send a body with these.
	if (method === 'GET' || method === 'HEAD') return undefined;
	if (form !== undefined || formData !== undefined) {
		throw new Error(
			'WeChat Pay takes JSON bodies: set Body Content Type to JSON instead of a form',
		);
	}
	if (body === undefined || body === null) return undefined;
	if (typeof body === 'string') return jsonText(body.trim());
	if (Buffer.isBuffer(body) && isText(body)) return body;
	if (typeof body !== 'object') return notData();
	const prototype = Object.getPrototypeOf(body);
	if (Array.isArray(body) || prototype === Object.prototype || prototype === null) {
		return jsonOf(body);
	}
	throw new Error('Forms and files cannot be signed: send JSON');
}

/** An upload that this package put together; its description is what gets signed. */
function uploadIn({ headers = {}, body }: RequestOptions): ExactRequest['upload'] {
	const contentType = String(headers['Content-Type'] ?? '');
	const signed = Buffer.isBuffer(body) ? signedPart(body, contentType) : undefined;
	return signed && { contentType, signed };
}

/**
 * One of our own requests names the key that its fields were encrypted with, which may have become another one since.
 * n8n's HTTP Request node writes the names of headers in lower case.
 */
function serialIn({ headers = {} }: RequestOptions): string | undefined {
	const serial = headers['Wechatpay-Serial'];
	return serial === undefined ? undefined : String(serial);
}

function isText(body: Buffer): boolean {
	return body.equals(Buffer.from(body.toString()));
}

function jsonOf(body: object): Buffer {
	try {
		return Buffer.from(JSON.stringify(body));
	} catch {
		return notData();
	}
}

function notData(): never {
	throw new Error('The body to sign must be JSON');
}

function jsonText(body: string): Buffer | undefined {
	if (body === '') return undefined;
	try {
		JSON.parse(body);
	} catch {
		return notJson();
	}
	return Buffer.from(body);
}

function notJson(): never {
	throw new Error('The body to sign is not valid JSON: check its quotes, commas and brackets');
}

function foreignHeaders(headers: IDataObject = {}): IDataObject {
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name.toLowerCase())),
	);
}
