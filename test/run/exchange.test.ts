/** What n8n throws where no answer came differs from version to version; what it means does not. */
import type { Line } from '../../nodes/WechatPay/run/exchange';
import { exchange } from '../../nodes/WechatPay/run/exchange';
import { InFlight } from '../../nodes/WechatPay/run/inFlight';

/** A line whose helper throws. */
function throwing(thrown: object): Line {
	const context = {
		helpers: {
			httpRequestWithAuthentication: async () => await Promise.reject(thrown as Error),
		},
	};
	return {
		context,
		credential: {},
		options: { timeout: 1000 },
		inFlight: new InFlight(),
	} as never;
}

const silence = async (thrown: object) =>
	await exchange(throwing(thrown), { method: 'GET', url: 'http://127.0.0.1/' } as never);

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
