/** What n8n throws where no response arrived differs from version to version; what it means does not. */
import type { Session } from '../../../../nodes/client/session';
import type { Response } from '../../../../nodes/client/types';
import { sendOnce } from '../../../../nodes/client/http/sendOnce';
import { RequestDeadlines } from '../../../../nodes/client/http/requestDeadlines';

/** A line whose helper throws. */
function throwing(thrown: object): Session {
	const context = {
		helpers: {
			httpRequestWithAuthentication: async () => await Promise.reject(thrown as Error),
		},
	};
	return {
		context,
		credential: {},
		options: { timeout: 1000 },
		deadlines: new RequestDeadlines(),
	} as never;
}

const silence = async (thrown: object) =>
	await sendOnce(throwing(thrown), { method: 'GET', url: 'http://127.0.0.1/' } as never);

/** As n8n-core 1.122.48 throws it: no cause, the code as an HTTP code, the text among the messages. */
const n8n1 = (code: string, text: string) => ({
	name: 'NodeApiError',
	message: 'The service refused the connection - perhaps it is offline',
	httpCode: code,
	messages: [text, text],
});

/** As n8n-core 2.41.1 does: the connection's own exception is the cause. */
const n8n2 = (code: string, text: string) => ({
	name: 'NodeApiError',
	message: 'The service refused the connection - perhaps it is offline',
	httpCode: null,
	cause: { code, message: text },
});

describe.each([
	['n8n 1', n8n1],
	['n8n 2', n8n2],
])('%s', (_, made) => {
	it.each([
		['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', true],
		['ENOTFOUND', 'getaddrinfo ENOTFOUND api.mch.weixin.qq.com', true],
		['ETIMEDOUT', 'connect ETIMEDOUT 1.2.3.4:443', true],
		['ECONNRESET', 'read ECONNRESET', false],
		['ECONNRESET', 'socket hang up', false],
		['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', true],
	])('%s (%s)', async (code, text, unsent) => {
		expect(await silence(made(code, text))).toEqual({ code, text, unsent, connectionFailed: true });
	});
});

describe('the connection is not to blame', () => {
	/** Node's request, whose TLS handshake was never done. */
	const request = { socket: { secureConnecting: true } };

	it.each([
		['the execution was cancelled', { code: 'ERR_CANCELED', message: 'canceled', request }, false],
		[
			"n8n's guard stopped it",
			{ code: 'EX', message: 'blocked', request, cause: { name: 'SsrfBlockedIpError' } },
			true,
		],
		[
			'the domain is not allowed',
			{ message: 'Domain not allowed: This credential is restricted', request },
			true,
		],
	])('where %s', async (_, cause, unsent) => {
		const thrown = { name: 'NodeApiError', message: 'odd', cause };
		expect(await silence(thrown)).toMatchObject({ unsent, connectionFailed: false });
	});
});

it.each([
	['no socket', { socket: null }, true],
	['a TLS handshake that was never done', { socket: { secureConnecting: true } }, true],
	['a whole connection', { socket: { secureConnecting: false } }, false],
	['plain HTTP', { socket: {} }, false],
])('knows from %s whether anything was sent', async (_, request, unsent) => {
	const thrown = { name: 'NodeApiError', cause: { code: 'EPROTO', message: 'odd', request } };
	expect(await silence(thrown)).toMatchObject({ unsent, connectionFailed: true });
});

it('takes a status for no code of a connection', async () => {
	const thrown = { message: 'odd', httpCode: '502' };
	expect(await silence(thrown)).toEqual({
		code: undefined,
		text: 'odd',
		unsent: false,
		connectionFailed: false,
	});
});

describe('it is certain that WeChat Pay got nothing', () => {
	it.each([
		['the host was not found for now', { code: 'EAI_AGAIN' }],
		['the host was not found', { code: 'ENOTFOUND' }],
		['nobody listened', { code: 'ECONNREFUSED' }],
		['there was no way to the host', { code: 'EHOSTUNREACH' }],
		['there was no way to the network', { code: 'ENETUNREACH' }],
		['the connection itself ended so', { code: 'EACCES', syscall: 'connect' }],
		['looking up the name ended so', { code: 'EOTHER', syscall: 'getaddrinfo' }],
		['the text says that it was the connection', { message: 'connect EACCES 1.2.3.4:443' }],
		['the text says that it was the name', { message: 'getaddrinfo EOTHER example.com' }],
		['the certificate has expired', { code: 'CERT_HAS_EXPIRED' }],
		['the certificate is its own', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
		['the certificate is of another chain', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
		['the certificate is of nobody known', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }],
		['the certificate is for another host', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
		[
			'the proxy ended the connection before it gave a tunnel',
			{ message: 'Proxy connection ended before receiving CONNECT response' },
		],
		[
			'the proxy answered with something else than HTTP',
			{ message: 'No header received from proxy CONNECT response' },
		],
		['n8n does not let nodes speak to that address', { name: 'SsrfBlockedIpError' }],
		['the credential could not sign', { name: 'CredentialValueError' }],
		['the credential does not allow the host', { message: 'Domain not allowed: example.com' }],
	])('where %s', async (_, cause) => {
		expect(await silence(cause)).toHaveProperty('unsent', true);
		expect(await silence({ message: 'wrapped', cause })).toHaveProperty('unsent', true);
	});

	it.each([
		['reading ended so', { code: 'ECONNRESET', syscall: 'read' }],
		['another code has that of a certificate in it', { code: 'NO_CERT_HAS_EXPIRED' }],
		['another text has the word in it', { message: 'could not connect EACCES' }],
		['another name has that of n8n in it', { name: 'NotSsrfBlockedIpError' }],
		['nothing is known', {}],
	])('but not where %s', async (_, cause) => {
		expect(await silence(cause)).toHaveProperty('unsent', false);
	});
});

describe('what was thrown', () => {
	it('tells the first code on the way to the cause, and the text of the last cause', async () => {
		const cause = { message: 'the cause', code: 'ESECOND' };
		const thrown = { message: 'outside', code: 502, cause: { code: 'EFIRST', cause } };
		expect(await silence(thrown)).toMatchObject({ code: 'EFIRST', text: 'the cause' });
	});

	it('is no code where it does not look like one', async () => {
		expect(await silence({ code: 'an error' })).toHaveProperty('code', undefined);
	});

	it.each([
		['a text', 'gone', 'gone'],
		['nothing', undefined, 'undefined'],
		['null', null, 'null'],
		['an object without a text', {}, 'no response'],
		['an object with an empty list of texts', { messages: [], message: 'said' }, 'said'],
	])('may be %s', async (_, thrown, text) => {
		expect(await silence(thrown as object)).toEqual({
			code: undefined,
			text,
			unsent: false,
			connectionFailed: false,
		});
	});

	it('is read no deeper than five causes, so that a circle ends', async () => {
		const circle: { message: string; cause?: unknown } = { message: 'round' };
		circle.cause = circle;
		expect(await silence(circle)).toMatchObject({ text: 'round' });
		const deep = (levels: number): object =>
			levels === 0 ? { code: 'EDEEP' } : { cause: deep(levels - 1) };
		expect(await silence(deep(4))).toHaveProperty('code', 'EDEEP');
		expect(await silence(deep(5))).toHaveProperty('code', undefined);
	});

	it('by axios when nothing moved is told as a timeout', async () => {
		expect(await silence({ code: 'ECONNABORTED', message: 'timeout of 1000ms exceeded' })).toEqual({
			code: 'ETIMEDOUT',
			text: 'no complete response within 1000 ms',
			unsent: false,
			connectionFailed: false,
		});
	});
});

it.each([
	['a request that is none', null, false],
	['a request that had no connection yet', { socket: null }, true],
])('a time-out by axios with %s', async (_, request, unsent) => {
	const cause = { code: 'ECONNABORTED', message: 'timeout of 1000ms exceeded', request };
	expect(await silence({ message: 'odd', cause })).toEqual({
		code: 'ETIMEDOUT',
		text: `no ${unsent ? 'connection' : 'complete response'} within 1000 ms`,
		unsent,
		connectionFailed: unsent,
	});
});

it.each([
	['ECONNRESETS', 'ECONNRESETS'],
	['some ECONNRESET', undefined],
])('the code %s is no broken connection', async (code, told) => {
	expect(await silence({ code, message: 'odd' })).toMatchObject({
		code: told,
		connectionFailed: false,
	});
});

it('is under way no longer, however it ended', async () => {
	const execution = new AbortController();
	const end = jest.fn();
	const flight = { signal: execution.signal, isOverdue: () => false, end };
	const request = { method: 'GET', url: 'http://127.0.0.1/' } as never;
	const session = { ...throwing({}), deadlines: { start: () => flight } } as never as Session;
	await sendOnce(session, request);
	expect(end).toHaveBeenCalledTimes(1);
	session.context.helpers.httpRequestWithAuthentication = async () =>
		await Promise.resolve({ statusCode: 200, headers: {}, body: streamOf([]) });
	await sendOnce(session, request);
	expect(end).toHaveBeenCalledTimes(2);
});

async function* streamOf(pieces: Buffer[]): AsyncGenerator<Buffer> {
	for (const piece of pieces) yield await Promise.resolve(piece);
}

describe('a response', () => {
	const answered = async (body: unknown) => {
		const session = throwing({});
		session.context.helpers.httpRequestWithAuthentication = async () =>
			await Promise.resolve({ statusCode: 201, headers: { 'request-id': 'r' }, body });
		const before = Date.now();
		const answer = await sendOnce(session, { method: 'GET', url: 'http://127.0.0.1/' } as never);
		return { answer, before };
	};

	it.each([
		['one piece', [Buffer.from([0xff, 0x00])], Buffer.from([0xff, 0x00])],
		['several pieces', [Buffer.from('{"a":'), Buffer.from('"好"}')], Buffer.from('{"a":"好"}')],
		['none', [], Buffer.alloc(0)],
	])(
		'in %s is handed on as bytes, with the times it was asked for and came',
		async (_, pieces, bytes) => {
			const { answer, before } = await answered(streamOf(pieces));
			expect(answer).toEqual({
				status: 201,
				headers: { 'request-id': 'r' },
				body: bytes,
				sentAt: expect.any(Number),
				receivedAt: expect.any(Number),
				at: expect.any(Number),
			});
			const { sentAt, receivedAt, at } = answer as Response;
			expect(sentAt).toBeLessThanOrEqual(receivedAt);
			expect(receivedAt).toBeLessThanOrEqual(performance.now());
			expect(at).toBeGreaterThanOrEqual(before);
			expect(at).toBeLessThanOrEqual(Date.now());
		},
	);
});

describe('a response that a proxy gave instead of a connection', () => {
	const GET = { method: 'GET', url: 'https://127.0.0.1/' } as never;

	/** As Node has it where https-proxy-agent made it up: nothing ever went over it. */
	const madeUp = { bytesRead: 0, bytesWritten: 0 };

	/** As older versions of n8n hand a response on: the stream knows its socket. */
	const returning = async (socket: unknown, status = 403) => {
		const session = throwing({});
		const body = Object.assign(streamOf([Buffer.from('no')]), { socket });
		session.context.helpers.httpRequestWithAuthentication = async () =>
			await Promise.resolve({ statusCode: status, headers: {}, body });
		return await sendOnce(session, GET);
	};

	/** As newer ones do. */
	const thrown = (request: object, data: unknown = streamOf([Buffer.from('no')])) => ({
		name: 'NodeApiError',
		cause: {
			code: 'ERR_BAD_REQUEST',
			message: 'Request failed with status code 403',
			request,
			response: { status: 403, statusText: 'Forbidden', headers: { 'request-id': 'r' }, data },
		},
	});

	it('is none: nothing was sent', async () => {
		const refused = { unsent: true, connectionFailed: true, proxyStatus: 403 };
		expect(await returning(madeUp)).toEqual({
			...refused,
			text: 'the proxy answered CONNECT with 403',
		});
		expect(await silence(thrown({ socket: madeUp }))).toEqual({
			...refused,
			text: 'the proxy answered CONNECT with 403 Forbidden',
		});
	});

	it('is none whatever its status, a success as well', async () => {
		expect(await returning(madeUp, 201)).toMatchObject({ unsent: true, proxyStatus: 201 });
	});

	it.each([
		['is encrypted', { ...madeUp, encrypted: true }],
		['was written to', { ...madeUp, bytesWritten: 1 }],
		['was read from', { ...madeUp, bytesRead: 1 }],
		['does not tell', {}],
		['is none', null],
		['is not shown', undefined],
	])('is taken for one as soon as its socket %s', async (_, socket) => {
		expect(await returning(socket)).toMatchObject({ status: 403, body: Buffer.from('no') });
		expect(await silence(thrown({ socket }))).toMatchObject({
			status: 403,
			headers: { 'request-id': 'r' },
			body: Buffer.from('no'),
		});
	});

	it('is closed once it was read', async () => {
		const destroy = jest.fn();
		await silence(thrown({ socket: {}, destroy }));
		expect(destroy).toHaveBeenCalledTimes(1);
	});

	it('is waited for no longer than the execution, or the time, lasts', async () => {
		const destroy = jest.fn();
		const never = {
			[Symbol.asyncIterator]: () => ({ next: async () => await new Promise(() => {}) }),
		};
		const session = throwing(thrown({ socket: {}, destroy }, never));
		const execution = new AbortController();
		session.deadlines = new RequestDeadlines(execution.signal);
		const sent = sendOnce(session, GET);
		execution.abort();
		expect(await sent).toEqual({
			code: 'ERR_CANCELED',
			text: 'The execution was cancelled',
			unsent: false,
			connectionFailed: false,
		});
		expect(destroy).toHaveBeenCalledTimes(1);

		const impatient = throwing(thrown({ socket: {}, destroy }, never));
		impatient.options.timeout = 1;
		expect(await sendOnce(impatient, GET)).toMatchObject({ code: 'ETIMEDOUT', unsent: false });
		expect(destroy).toHaveBeenCalledTimes(2);
	});
});
