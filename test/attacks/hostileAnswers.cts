/** What may come back from the other end: of a proxy, of somebody in between, or of a WeChat Pay gone mad. */
import { constants, gzipSync } from 'node:zlib';

import fc, { type Arbitrary } from 'fast-check';

import { unanswered } from '../support/fake/unanswered.cts';
import { signed, type Answering } from './target.cts';

const MEGABYTE = 1024 * 1024;

/** Packs one character over and over as small as the usual way, in a quarter of the time. */
export const RUNS = { strategy: constants.Z_RLE };

/** Nested far deeper than any program that follows the nesting by recursion survives. */
export const DEEP = 100_000;

export const deepJson = (depth = DEEP) => `{"data":${'['.repeat(depth)}${']'.repeat(depth)}}`;

const secret = '"><script>alert(1)</script>';
const polluting =
	'{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"code":"PARAM_ERROR"}';

/** JSON of which every member is of another type than documented. */
const wrongTypes: Arbitrary<string> = fc
	.record(
		Object.fromEntries(
			['code', 'message', 'detail', 'bonus_value', 'data', 'total_count', 'card_id'].map((name) => [
				name,
				fc.oneof(
					fc.constantFrom<unknown>(null, true, 0, -1, 1e308, [], [[]], {}, '', '\u0000', secret),
					fc.jsonValue({ maxDepth: 3 }),
					fc.constant({ field: { field: [] }, issue: 5, sign_information: [null], detail: 'x' }),
					fc.constant('x'.repeat(2000)),
				),
			]),
		),
		{ requiredKeys: [] },
	)
	.map((value) => JSON.stringify(value));

/** The body of a response. */
export const hostileBody: Arbitrary<Buffer> = fc.oneof(
	{ weight: 6, arbitrary: wrongTypes.map((text) => Buffer.from(text)) },
	{ weight: 2, arbitrary: fc.json().map((text) => Buffer.from(text)) },
	{ weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
	{
		weight: 3,
		arbitrary: fc
			.constantFrom(
				polluting,
				'',
				'null',
				'[]',
				'"',
				'{',
				'OK',
				'\ufeff{}',
				'{"a":1}{"b":2}',
				'<html>',
			)
			.map((text) => Buffer.from(text)),
	},
	{ weight: 1, arbitrary: fc.constant(Buffer.from(deepJson(5000))) },
	{ weight: 1, arbitrary: fc.constant(Buffer.from(`{"message":"${'会'.repeat(20_000)}"}`)) },
);

/** Headers that come on top of the others, or in their place. */
export const hostileHeaders: Arbitrary<Record<string, string | string[]>> = fc.dictionary(
	fc.constantFrom(
		'Wechatpay-Serial',
		'Wechatpay-Timestamp',
		'Wechatpay-Nonce',
		'Wechatpay-Signature',
		'Wechatpay-Signature-Type',
		'Request-ID',
		'Retry-After',
		'Date',
		'Location',
		'Set-Cookie',
		'WWW-Authenticate',
		'Content-Type',
		'__proto__',
		'constructor',
	),
	fc.oneof(
		fc.constantFrom(
			'',
			'x'.repeat(4000),
			'WECHATPAY/SIGNTEST/AAAA',
			'PUB_KEY_ID_0',
			'https://evil.example/',
			'-1',
			'99999999999999999999',
			'Infinity',
			'error: this is a problem',
			'\u00a0\u0085\u00ff',
			'Basic realm="x", nonce="y"',
		),
		fc.constant<string[]>(['a', 'b']),
	),
	{ maxKeys: 3 },
);

/** How a response is made, for the tests to know what it is worth. */
export interface HostileAnswer {
	status: number;
	body: Buffer;
	headers: Record<string, string | string[]>;
	isSigned: boolean;
	isCompressed: boolean;
}

export const hostileAnswer: Arbitrary<HostileAnswer> = fc.record({
	status: fc.constantFrom(
		200,
		201,
		202,
		204,
		206,
		299,
		300,
		302,
		304,
		400,
		401,
		403,
		404,
		409,
		429,
		500,
		503,
		599,
	),
	body: hostileBody,
	headers: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, hostileHeaders),
	isSigned: fc.boolean(),
	isCompressed: fc.boolean(),
});

/** Sends such a response. */
export function answering(answer: HostileAnswer): Answering {
	const { status, body, headers, isSigned, isCompressed } = answer;
	return (response) => {
		response.writeHead(status, {
			...(isSigned ? signed(body) : {}),
			...(isCompressed ? { 'Content-Encoding': 'gzip' } : {}),
			...headers,
		});
		response.end(isCompressed ? gzipSync(body) : body);
	};
}

/** Signed, and of so many bytes. */
function large(bytes: number): Buffer {
	return Buffer.from(`{"padding":"${'x'.repeat(bytes)}"}`);
}

/** A body that becomes much larger when it is unpacked. */
const bomb = gzipSync(large(200 * MEGABYTE), RUNS);

/** Writes what no HTTP library would. */
const raw =
	(...parts: Array<string | Buffer>): Answering =>
	(response) => {
		for (const part of parts) response.socket?.write(part);
		response.socket?.end();
	};

const flood = Array.from({ length: 400 }, (_, at) => `X-Flood-${at}: ${'y'.repeat(10)}\r\n`).join(
	'',
);
const copies = Object.entries(signed('{}'))
	.map(([name, value]) => `${name}: ${value}\r\n`.repeat(50))
	.join('');

/** As fast as it goes, until the other end has enough. */
const endless: Answering = (response) => {
	const chunk = Buffer.alloc(MEGABYTE, ' ');
	const more = () => {
		while (!response.destroyed && response.write(chunk));
	};
	response.writeHead(200, signed('{}'));
	response.on('drain', more);
	more();
};

/** An answer that never ends; what it begins with has arrived before time is skipped. */
const hanging =
	(answer: Answering): Answering =>
	(response, request) => {
		answer(response, request);
		setTimeout(unanswered, 100);
	};

const dripping: Answering = (response) => {
	response.writeHead(200, signed('{}'));
	const timer = setInterval(() => response.write(' '), 20);
	response.on('close', () => clearInterval(timer));
};

const drippingHeaders: Answering = (response) => {
	const { socket } = response;
	socket?.write('HTTP/1.1 200 OK\r\n');
	const timer = setInterval(() => socket?.write('X: y\r\n'), 20);
	socket?.on('close', () => clearInterval(timer));
};

/** Answers that nobody should read to their end. */
export const tooLarge: Array<[name: string, answer: Answering]> = [
	['50 MB, signed', send(large(50 * MEGABYTE))],
	['50 MB of a refusal', send(large(50 * MEGABYTE), 400)],
	['200 MB packed into 200 kB, signed', packed(bomb)],
	['endless', endless],
];

/** Answers that are no responses, whatever their status. */
export const noAnswers: Array<[name: string, answer: Answering]> = [
	['packed, but not really', packed(Buffer.from('{"not":"gzip"}'))],
	['packed in another way', packed(Buffer.from('{}'), 'br')],
	['one byte at a time', hanging(dripping)],
	['headers one byte at a time', hanging(drippingHeaders)],
	[
		'headers, and then nothing',
		hanging((response) => void response.writeHead(200, signed('{}')).write('{')),
	],
	['less than it promises', raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}')],
	['more than it promises', raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}{"more":1}')],
	['a length that is none', raw('HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}')],
	['two lengths', raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 4\r\n\r\n{}{}')],
	['broken chunks', raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n')],
	[
		'a chunk of 8 EB',
		raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n{}'),
	],
	['no HTTP', raw('SSH-2.0-OpenSSH_9.6\r\n')],
	['a status that is none', raw('HTTP/1.1 999999 OK\r\n\r\n')],
	['a status in words', raw('HTTP/1.1 OK\r\n\r\n')],
	['a status of 0', raw('HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n')],
	['only interim answers', raw('HTTP/1.1 102 Processing\r\n\r\n'.repeat(50))],
	[
		'a switch of protocols',
		hanging(raw('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n')),
	],
	['400 headers', raw(`HTTP/1.1 200 OK\r\n${flood}Content-Length: 2\r\n\r\n{}`)],
	['a header of 64 kB', raw(`HTTP/1.1 200 OK\r\nX-Big: ${'z'.repeat(65_536)}\r\n\r\n{}`)],
	['a header of 64 kB in a refusal', raw(`HTTP/1.1 400 X\r\nX: ${'z'.repeat(65_536)}\r\n\r\n{}`)],
	['every signature 50 times', raw(`HTTP/1.1 200 OK\r\n${copies}Content-Length: 2\r\n\r\n{}`)],
	['a line end within a header', raw('HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\n{}')],
	['NUL in a header', raw('HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\n{}')],
	['204 with a body', raw('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}')],
	[
		'a way to another host',
		raw('HTTP/1.1 307 X\r\nLocation: http://localhost:1/\r\nContent-Length: 0\r\n\r\n'),
	],
	[
		'a refresh to another host',
		raw('HTTP/1.1 200 X\r\nRefresh: 0; url=http://localhost:1/\r\nContent-Length: 0\r\n\r\n'),
	],
];

function send(body: Buffer, status = 200): Answering {
	return (response) => response.writeHead(status, signed(body)).end(body);
}

function packed(body: Buffer, encoding = 'gzip'): Answering {
	return (response) =>
		response.writeHead(200, { ...signed('{}'), 'Content-Encoding': encoding }).end(body);
}

/** What a proxy would like n8n to do; it may have forwarded the request before. */
export const logins: Array<[name: string, answer: Answering]> = [
	[
		'a login that is asked for',
		raw(
			'HTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm="a", nonce="b"\r\nContent-Length: 0\r\n\r\n',
		),
	],
	[
		'a proxy login that is asked for',
		raw('HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm="a"\r\nContent-Length: 0\r\n\r\n'),
	],
];
