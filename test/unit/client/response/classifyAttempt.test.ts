/** What an attempt came to, by status, code and signature: answers at the edges, which no fake gives often. */
import { randomUUID } from 'node:crypto';

import { responseMessage, sign } from '../../../../nodes/apiv3/signature';
import type { Response, NoResponse } from '../../../../nodes/client/types';
import { classifyAttempt } from '../../../../nodes/client/response/classifyAttempt';
import { PUBLIC_KEY } from '../../../support/fake/keys.cts';

const NOW = 1_800_000_000_000;
const NOTHING = Buffer.alloc(0);
const MERCHANT = { keys: new Map([[PUBLIC_KEY.serial, PUBLIC_KEY.publicKeyPem]]) } as never;
const REQUEST = {
	method: 'POST',
	url: 'https://api.mch.weixin.qq.com/v3/x',
	retryPolicy: { method: 'POST', resendable: true, repeatable: true },
} as never;
const READING = {
	method: 'GET',
	url: 'https://api.mch.weixin.qq.com/v3/x',
	retryPolicy: { method: 'GET', resendable: true, repeatable: true },
} as never;

/** A response that WeChat Pay signed. */
function signed(status: number, text = ''): Response {
	const body = Buffer.from(text);
	const timestamp = NOW / 1000;
	const nonce = randomUUID();
	const headers = {
		'Wechatpay-Timestamp': String(timestamp),
		'Wechatpay-Nonce': nonce,
		'Wechatpay-Signature': sign(responseMessage({ timestamp, nonce, body }), PUBLIC_KEY.privateKey),
		'Wechatpay-Serial': PUBLIC_KEY.serial,
		'Request-ID': 'r-1',
	};
	return { status, headers, body, sentAt: NOW, receivedAt: NOW, at: NOW };
}

const bare = (
	status: number,
	body: object = {},
	headers: Record<string, unknown> = {},
): Response => ({
	status,
	headers,
	body: Buffer.from(JSON.stringify(body)),
	sentAt: NOW,
	receivedAt: NOW,
	at: NOW,
});

const classify = (result: Response | NoResponse, request = REQUEST) =>
	classifyAttempt(result, request, MERCHANT);

const ORDER = {
	...(READING as object),
	subject: { out_trade_no: 'A1', mchid: '1900000001' },
	response: { requiredFields: ['out_trade_no', 'trade_state'] },
} as never;

it.each([200, 204])('%d is done where its signature fits and it is empty', (status) => {
	const body = Buffer.alloc(0);
	expect(classify(signed(status))).toEqual({ kind: 'done', status, body, requestId: 'r-1' });
});

it.each([201, 203, 226, 299])('%d does not confirm anything, signed and empty', (status) => {
	expect(classify(signed(status))).toMatchObject({ kind: 'open', details: { code: 'NOT_BOUND' } });
});

it.each(['{"code":"INVALID_REQUEST"}', '{"id":"n","resource":{}}', ' ', 'OK'])(
	'a body where none is due is a refusal or a notification under another status: %s',
	(body) => {
		expect(classify(signed(200, body))).toMatchObject({ kind: 'open', repeat: 'once' });
		expect(classify(signed(204, body))).toMatchObject({ kind: 'open', repeat: 'once' });
	},
);

it.each([
	['nothing', {}, "has no 'out_trade_no'"],
	['less than is due', { out_trade_no: 'A1' }, "has no 'trade_state'"],
	['another order', { out_trade_no: 'B1', trade_state: 'SUCCESS' }, "another 'out_trade_no'"],
	[
		'another merchant',
		{ out_trade_no: 'A1', mchid: '2', trade_state: 'SUCCESS' },
		"another 'mchid'",
	],
])('a signed object about %s is open', (_, body, what) => {
	expect(classify(signed(200, JSON.stringify(body)), ORDER)).toMatchObject({
		kind: 'open',
		what: expect.stringContaining(what),
	});
});

it('an object about what was asked for is done', () => {
	const body = JSON.stringify({ out_trade_no: 'A1', mchid: 1900000001, trade_state: 'NOTPAY' });
	expect(classify(signed(200, body), ORDER)).toMatchObject({ kind: 'done' });
});

it('each row of a list is held against the request', () => {
	const request = {
		...(READING as object),
		subject: { activity_type: 'PAY' },
		response: { requiredFields: ['activity_id'], listField: 'data' },
	} as never;
	const listed = (...data: object[]) => classify(signed(200, JSON.stringify({ data })), request);
	const right = { activity_id: '1', activity_type: 'PAY' };
	expect(listed(right, { activity_id: '2' }).kind).toBe('done');
	expect(listed(right, { activity_id: '2', activity_type: 'OTHER' }).kind).toBe('open');
	expect(listed(right, {}).kind).toBe('open');
});

it('the same response is believed once', () => {
	const response = signed(204);
	expect(classify(response).kind).toBe('done');
	expect(classify({ ...response })).toMatchObject({ kind: 'open', details: { code: 'REPLAYED' } });
});

it.each([400, 401, 403, 404, 408, 429])("%d without WeChat Pay's code is open", (status) => {
	for (const body of [{}, { code: 403 }, { code: 'forbidden' }]) {
		expect(classify(bare(status, body))).toMatchObject({ kind: 'open' });
	}
});

it('202 leaves it open, with a fitting signature as well', () => {
	expect(classify(signed(202))).toEqual({
		kind: 'open',
		repeat: 'as set',
		what: 'WeChat Pay took the request but has not processed it yet (202)',
		wayOut: 'Run this item again with the same values in a few minutes.',
		details: { http_status: 202, request_id: 'r-1' },
	});
});

it.each([
	['nothing of a signature', { headers: { 'request-id': 'r-2' } }, 'MISSING_HEADER', 'r-2'],
	['another body', { body: Buffer.from('{"a":1}') }, 'BAD_SIGNATURE', 'r-1'],
	['another time', { at: NOW + 301_000 }, 'CLOCK', 'r-1'],
])('a 2xx with %s leaves it open, and is asked for once more', (_, change, code, id) => {
	expect(classify({ ...signed(200), ...change })).toMatchObject({
		kind: 'open',
		repeat: 'once',
		details: { http_status: 200, request_id: id, code },
	});
});

it.each([100, 199, 300, 304, 399])(
	'%d is no response of WeChat Pay, and not repeated',
	(status) => {
		expect(classify(bare(status))).toMatchObject({
			kind: 'open',
			repeat: 'never',
			what: expect.stringContaining(`not from WeChat Pay (${status})`),
			details: { http_status: status },
		});
	},
);

it.each([400, 404, 428, 430, 499])('%d is refused for good', (status) => {
	const body = {
		code: 'NEVER_SEEN',
		message: '坏',
		detail: { field: '/body/a', issue: 'too long' },
	};
	expect(classify(bare(status, body, { 'REQUEST-ID': 'r-3' }))).toEqual({
		kind: 'refused',
		repeat: 'never',
		retryableAfterFix: false,
		what: 'WeChat Pay refused the request (NEVER_SEEN)',
		wayOut: "Field /body/a. See WeChat Pay's own words.",
		details: {
			code: 'NEVER_SEEN',
			http_status: status,
			request_id: 'r-3',
			field: '/body/a',
			issue: 'too long',
			raw_message: '坏',
		},
	});
});

it('401 tells of the clock, other refusals do not', () => {
	const headers = { Date: new Date(NOW - 600_000).toUTCString() };
	const words = (status: number) => classify(bare(status, { code: 'NEVER_SEEN' }, headers));
	expect(words(401)).toHaveProperty('wayOut', expect.stringContaining('600 seconds earlier'));
	expect(words(403)).toHaveProperty('wayOut', expect.not.stringContaining('seconds'));
});

it.each([500, 503, 599])('%d leaves it open, and is repeated', (status) => {
	expect(classify(bare(status, { code: 'SYSTEM_ERROR', message: '忙' }))).toMatchObject({
		kind: 'open',
		repeat: 'as set',
		details: { code: 'SYSTEM_ERROR', http_status: status, raw_message: '忙' },
	});
});

describe('429', () => {
	const limited = (header?: unknown) =>
		classify(bare(429, { code: 'FREQUENCY_LIMITED' }, { 'Retry-After': header }));

	it('was not processed, and is repeated', () => {
		expect(limited()).toMatchObject({
			kind: 'limited',
			repeat: 'as set',
			details: { code: 'FREQUENCY_LIMITED', http_status: 429 },
		});
	});

	it.each([
		['no header', undefined, undefined],
		['an empty one', '', undefined],
		['seconds', '7', 7000],
		['minutes', '120', 120_000],
		['no seconds', '0', 0],
		['a date to come', new Date(NOW + 9000).toUTCString(), 9000],
		['the very moment', new Date(NOW).toUTCString(), 0],
		['a date that is over', new Date(NOW - 9000).toUTCString(), undefined],
		['words', 'soon', undefined],
		['a number and words', '7 seconds', undefined],
		['a fraction', '1.5', undefined],
	])('asks for a pause with %s', (_, header, ms) => {
		expect(limited(header)).toHaveProperty('retryAfter', ms);
	});
});

describe('no response', () => {
	it('leaves it open', () => {
		expect(
			classify({
				code: 'ECONNRESET',
				text: 'read ECONNRESET',
				unsent: false,
				connectionFailed: false,
			}),
		).toEqual({
			kind: 'open',
			repeat: 'as set',
			what: 'No response from WeChat Pay (ECONNRESET), so it may have been done or not',
			wayOut: 'Run this item again with the same values.',
			details: { code: 'ECONNRESET', raw_message: 'read ECONNRESET' },
		});
		expect(
			classify({ text: 'odd', unsent: false, connectionFailed: false }, READING),
		).toMatchObject({
			what: 'No response from WeChat Pay',
			wayOut: 'Run this item again.',
		});
	});

	it('of a cancelled execution says so', () => {
		expect(
			classify({ code: 'ERR_CANCELED', text: 'canceled', unsent: false, connectionFailed: false }),
		).toHaveProperty(
			'what',
			'The execution was cancelled before the response arrived (ERR_CANCELED), so it may have been done or not',
		);
	});

	it('because WeChat Pay got nothing is no open outcome', () => {
		expect(
			classify({ code: 'ENOTFOUND', text: 'getaddrinfo', unsent: true, connectionFailed: true }),
		).toEqual({
			kind: 'unsent',
			repeat: 'as set',
			what: 'WeChat Pay could not be reached (ENOTFOUND)',
			wayOut:
				"Check the network, the proxy and 'Base URL' of the credential, then run this item again.",
			details: { code: 'ENOTFOUND', raw_message: 'getaddrinfo' },
		});
	});
});

it('does not judge a status by an empty body', () => {
	expect(classify({ ...bare(400), body: NOTHING })).toMatchObject({ kind: 'open' });
	expect(classify({ ...bare(500), body: NOTHING })).toMatchObject({ kind: 'open' });
});

it.each(['RATELIMIT_EXCEEDED', 'FREQUENCY_LIMITED'])(
	'a 429 (%s) is open where WeChat Pay leaves open what it means',
	(code) => {
		const retryPolicy = {
			method: 'POST',
			resendable: true,
			repeatable: false,
			checkFirst: 'Look first.',
			on429: 'unknown',
		};
		const result = classify(bare(429, { code }, { 'Retry-After': '7' }), {
			...(REQUEST as object),
			retryPolicy,
		} as never);
		expect(result).toMatchObject({
			kind: 'open',
			repeat: 'as set',
			retryAfter: 7000,
			what: `WeChat Pay got too many requests (${code}), so it may have been done or not`,
			wayOut: expect.stringMatching(/^Look first in a few minutes/),
			details: { code, http_status: 429 },
		});
		expect(classify(bare(429, { code }))).toMatchObject({ kind: 'limited' });
	},
);
describe('a header of the signature that came twice', () => {
	it.each(['Timestamp', 'Nonce', 'Signature', 'Serial'])('is called so: Wechatpay-%s', (name) => {
		const response = signed(204);
		const value = String(response.headers[`Wechatpay-${name}`]);
		for (const twice of [`${value}, ${value}`, [value, value]]) {
			const headers = { ...response.headers, [`Wechatpay-${name}`]: twice };
			const result = classify({ ...response, headers });
			expect(result).toMatchObject({
				kind: 'open',
				details: { code: 'DUPLICATE_HEADER' },
				what: expect.stringContaining('it has a Wechatpay-* header more than once') as unknown,
			});
			expect(JSON.stringify(result)).not.toMatch(/NaN|NTP/);
		}
	});
});
