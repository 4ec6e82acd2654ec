import type { IHttpRequestOptions } from 'n8n-workflow';

import { exactRequest } from '../../../credentials/exactRequest';
import { WechatPayApi } from '../../../credentials/WechatPayApi.credentials';
import { CREDENTIAL } from '../../support/fake/keys.cts';

const exact = (options: object) => exactRequest(options as IHttpRequestOptions);
const URL_ = 'https://api.mch.weixin.qq.com/v3/x';

const thrownBy = (options: object): unknown => {
	try {
		exact(options);
	} catch (error) {
		return error;
	}
	return 'nothing was thrown';
};

describe('exactRequest', () => {
	it('fixes URL, query, body and redirects', () => {
		const fixed = exact({
			method: 'post',
			baseURL: 'https://api.mch.weixin.qq.com',
			url: '/v3/x?a=1',
			qs: { b: ['2', '3'] },
			arrayFormat: 'repeat',
			body: { c: '好' },
			headers: { 'X-Mine': '1', Authorization: 'mine' },
			timeout: 5,
		});
		expect(fixed).toMatchObject({
			method: 'POST',
			url: `${URL_}?a=1&b=2&b=3`,
			body: Buffer.from('{"c":"好"}'),
			headers: { 'X-Mine': '1' },
			timeout: 5,
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
		});
		for (const name of ['qs', 'baseURL', 'arrayFormat', 'qsStringifyOptions', 'useQuerystring']) {
			expect(fixed).not.toHaveProperty(name);
		}
		expect(fixed.headers).toEqual({ 'X-Mine': '1' });
	});

	it.each([
		['a slash between', 'https://a.example', '/v3/x', 'https://a.example/v3/x'],
		['two slashes between', 'https://a.example/', '/v3/x', 'https://a.example/v3/x'],
		['none between', 'https://a.example', 'v3/x', 'https://a.example/v3/x'],
		['a path in the base', 'https://a.example/proxy', '/v3/x', 'https://a.example/proxy/v3/x'],
		[
			'a path in the base, closed',
			'https://a.example/proxy/',
			'v3/x',
			'https://a.example/proxy/v3/x',
		],
		['an absolute URL', 'https://a.example/proxy', 'https://b.example/v3', 'https://b.example/v3'],
		['no URL', 'https://a.example/v3/x', undefined, 'https://a.example/v3/x'],
	])('joins base URL and URL as n8n does, with %s', (_, baseURL, url, joined) => {
		expect(exact({ baseURL, url }).url).toBe(joined);
	});

	it('takes user and password out of the URL, which would replace the signature', () => {
		expect(exact({ url: 'https://user:secret@a.example/v3/x' }).url).toBe('https://a.example/v3/x');
	});

	it.each([
		['no URL', {}, 'The request to sign has no URL'],
		['an empty URL', { url: '' }, 'The request to sign has no URL'],
		['a URL without a host', { url: '/v3/x' }, 'The request to sign needs a whole URL'],
		['a broken URL', { url: 'https://' }, 'The request to sign needs a whole URL'],
		['a form', { method: 'POST', url: URL_, form: { a: 1 } }, 'WeChat Pay takes JSON bodies'],
		['form data', { method: 'POST', url: URL_, formData: {} }, 'WeChat Pay takes JSON bodies'],
		['search parameters', { method: 'POST', url: URL_, body: new URLSearchParams() }, 'send JSON'],
		['a stream', { method: 'POST', url: URL_, body: new ReadableStream() }, 'send JSON'],
		['a form object', { method: 'POST', url: URL_, body: new FormData() }, 'send JSON'],
		['a Blob', { method: 'POST', url: URL_, body: new Blob(['{}']) }, 'send JSON'],
		[
			'bytes that are no text',
			{ method: 'POST', url: URL_, body: Buffer.from([0xff, 0xd8]) },
			'send JSON',
		],
		['text', { method: 'POST', url: URL_, body: 'a=1&b=2' }, 'not valid JSON'],
		['cut off JSON', { method: 'POST', url: URL_, body: '{"a":1' }, 'not valid JSON'],
		['a number', { method: 'POST', url: URL_, body: 7 }, 'must be JSON'],
		['a function', { method: 'POST', url: URL_, body: () => 1 }, 'must be JSON'],
		['JSON without an end', { method: 'POST', url: URL_, body: circular() }, 'must be JSON'],
		['a big integer', { method: 'POST', url: URL_, body: { a: BigInt(1) } }, 'must be JSON'],
	])('refuses %s with a plain Error', (_, options, message) => {
		const error = thrownBy(options);
		expect(error).toBeInstanceOf(Error);
		expect(error).not.toHaveProperty('code');
		expect(error).toHaveProperty('message', expect.stringContaining(message));
		expect((error as Error).message).not.toMatch(/error|problem|failure|mistake/i);
	});

	it('sends no body that a signed request must not have', () => {
		const fixed = exact({ method: 'GET', url: URL_, form: { a: 1 }, formData: {}, body: { a: 1 } });
		expect(fixed).toMatchObject({ body: undefined, form: undefined, formData: undefined });
	});
});

function circular(): object {
	const loop: Record<string, unknown> = {};
	loop.self = loop;
	return loop;
}

describe('authenticate', () => {
	const credential = CREDENTIAL;

	it('leaves the request that it was given as it was', async () => {
		const request = (): IHttpRequestOptions => ({
			method: 'POST',
			baseURL: 'https://api.mch.weixin.qq.com',
			url: '/v3/x',
			qs: { list: [1, 2], nested: { a: 1 } },
			body: { a: { b: [1] } },
			headers: { accept: 'text/html', authorization: 'mine' },
			auth: { username: 'u', password: 'p' },
		});
		const given = request();
		const signed = await new WechatPayApi().authenticate(credential, given);
		expect(given).toEqual(request());
		expect(signed).not.toBe(given);
		expect(signed.headers).not.toBe(given.headers);
	});

	it('signs each time anew', async () => {
		const sign = async () => await new WechatPayApi().authenticate(credential, { url: URL_ });
		const [one, two] = [await sign(), await sign()];
		expect(one.headers?.Authorization).toMatch(/^WECHATPAY2-SHA256-RSA2048 /);
		expect(one.headers?.Authorization).not.toBe(two.headers?.Authorization);
	});

	it.each([
		['a value that cannot be used', { ...credential, privateKey: 'x' }, { url: URL_ }],
		['a body that cannot be signed', credential, { url: URL_, method: 'POST' as const, body: '{' }],
		['a URL that is none', credential, { url: 'nowhere' }],
	])('rejects with an Error without a code for %s', async (_, values, request) => {
		const error: unknown = await new WechatPayApi()
			.authenticate(values, request)
			.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(Error);
		expect(error).not.toHaveProperty('code');
	});
});
