/** What n8n, TLS or a proxy stopped, and what WeChat Pay's own words tell; each has a way out of its own. */
import { reportOf } from '../../../../nodes/client/attempts';
import { nothingGetsThrough } from '../../../../nodes/client/notTried';
import { classifyAttempt } from '../../../../nodes/client/response/classifyAttempt';
import { explain } from '../../../../nodes/client/response/messages';
import { readErrorBody } from '../../../../nodes/client/response/errorBody';
import { systemClock } from '../../../../nodes/client/clock';
import { RateLimiter } from '../../../../nodes/client/rateLimiter';

const request = { retryPolicy: { method: 'POST', resendable: true, repeatable: true } } as never;
const stopped = (code: string | undefined, text: string) =>
	classifyAttempt({ code, text, unsent: true, connectionFailed: false }, request, {} as never);

it.each([
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify', 'other host', /NODE_EXTRA_CA_CERTS/],
	['CERT_HAS_EXPIRED', 'certificate has expired', 'other host', /NODE_EXTRA_CA_CERTS/],
	[undefined, 'Domain not allowed: a.example', 'never', /'Allowed HTTP Request Domains'/],
	[
		undefined,
		'The request was blocked because it resolves to a restricted IP address',
		'never',
		/N8N_SSRF_ALLOWED_HOSTNAMES/,
	],
	[
		undefined,
		'The request was blocked because the destination hostname is restricted',
		'never',
		/N8N_SSRF_ALLOWED_HOSTNAMES/,
	],
])('%s is tried once at each host and names its way out', (code, text, repeat, wayOut) => {
	expect(stopped(code, text)).toMatchObject({
		kind: 'unsent',
		repeat,
		wayOut: expect.stringMatching(wayOut) as unknown,
	});
});

describe('a proxy that does not connect to the host', () => {
	const refused = (proxyStatus: number) =>
		classifyAttempt(
			{ text: 'the proxy answered', unsent: true, connectionFailed: true, proxyStatus },
			request,
			{} as never,
		);

	it('and wants a login is tried once at each host', () => {
		expect(refused(407)).toMatchObject({
			kind: 'unsent',
			repeat: 'other host',
			what: expect.stringMatching(/wants a login \(407\)/) as unknown,
			wayOut: expect.stringMatching(/user and password.*HTTPS_PROXY/) as unknown,
		});
	});

	it.each([
		[403, /allow the host of 'Base URL'.*NO_PROXY/],
		[201, /allow the host/],
		[502, /reaches the host/],
	])('and says %d is tried as a host that is out of reach', (status, wayOut) => {
		const result = refused(status);
		expect(result).toMatchObject({
			kind: 'unsent',
			repeat: 'as set',
			what: `The proxy refused the connection to WeChat Pay (${status})`,
			wayOut: expect.stringMatching(wayOut) as unknown,
			details: { raw_message: 'the proxy answered' },
		});
		expect(reportOf({ proxyStatus: status } as never, result)).toEqual({
			kind: 'failed',
			reason: `was refused by the proxy (${status})`,
		});
	});
});

it('an item that the circuit breaker kept from a proxy that refuses names the proxy', () => {
	const { message } = nothingGetsThrough({ reason: 'was refused by the proxy (502)' } as never);
	expect(message).toContain(
		'the last request was refused by the proxy (502). Check the network, the proxy',
	);
});

describe('a proxy that refuses by itself', () => {
	const sent = {
		retryPolicy: { method: 'POST', repeatable: true },
		url: 'https://api.mch.weixin.qq.com/v3/x',
		body: Buffer.alloc(1234),
	} as never;
	const refused = (status: number) =>
		classifyAttempt(
			{ status, headers: {}, body: Buffer.from('<html>'), sentAt: 0, receivedAt: 0, at: 0 },
			sent,
			{} as never,
		);

	it.each([
		[413, /^The body of 1234 bytes is too large for a proxy on the way \(413\), so it may/],
		[414, /^The address of 34 characters is too large/],
		[431, /^The headers are too large/],
	])('for size (%d) says what is too large, and is not tried again', (status, what) => {
		expect(refused(status)).toMatchObject({
			kind: 'open',
			repeat: 'never',
			isTooLarge: true,
			what: expect.stringMatching(what) as unknown,
		});
	});

	it('for lack of a login (407) says so', () => {
		expect(refused(407)).toMatchObject({
			kind: 'open',
			what: expect.stringMatching(/^The proxy wants a login/) as unknown,
			wayOut: expect.stringContaining('HTTPS_PROXY') as unknown,
		});
	});

	it('for a size that WeChat Pay itself refuses keeps to its words', () => {
		const body = Buffer.from('{"code":"PARAM_ERROR","message":"x"}');
		const own = { status: 413, headers: {}, body, sentAt: 0, receivedAt: 0, at: 0 };
		expect(classifyAttempt(own, sent, {} as never)).toMatchObject({ kind: 'refused' });
	});
});

it.each([
	['PARAM_ERROR', '请求中的敏感信息解密失败', /decrypt/, true],
	['PARAM_ERROR', '受理机构必须传入sub_mch_id', /sub-merchant/, false],
	['INVALID_REQUEST', '普通商户不允许传sub_mch_id', /sub-merchant/, false],
])('%s %s is a known one', (code, message, what, retryable) => {
	const told = explain(400, { code, message });
	expect(told.what).toMatch(what);
	expect(told.retryableAfterFix).toBe(retryable);
});

it('texts of a refusal are printable', () => {
	const body = { code: 'A<b>', message: 'a\u001b[31m\u202e\n<script>' };
	const { code, message } = readErrorBody(Buffer.from(JSON.stringify(body)));
	expect(`${code}${message}`).not.toMatch(/[<\p{C}]/u);
});

it('the cap holds after a 429', async () => {
	const limiter = new RateLimiter({ clock: systemClock, cap: 0.2 });
	const permit = await limiter.acquire();
	limiter.release(permit, { kind: 'limited' });
	expect(limiter.rate).toBe(0.2);
});
