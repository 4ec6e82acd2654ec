import { CREDENTIAL, PLATFORM_A, PLATFORM_B, PUBLIC_KEY } from '../../support/fake/keys.cts';
import type { Helper } from './send.cts';
import { send } from './send.cts';
import { VerifyingServer } from './verifying.cts';

const server = new VerifyingServer();

beforeAll(async () => await server.start());

beforeEach(() => {
	server.arrived.length = 0;
});

afterAll(async () => await server.stop());

const credential = {
	...CREDENTIAL,
	platformCertificates: PLATFORM_A.certificatePem + PLATFORM_B.certificatePem,
	apiV3Key: '',
	allowedHttpRequestDomains: 'all',
};

type Shape = Record<string, unknown>;

/** The request shapes that n8n hands to a credential, made of the same facts. */
const SHAPES: Array<[string, Helper, (facts: Shape) => Shape]> = [
	[
		"a node's request",
		'httpRequestWithAuthentication',
		({ url, ...facts }) => ({ url: `${server.origin}${String(url)}`, ...facts }),
	],
	[
		"a node's request with a base URL",
		'httpRequestWithAuthentication',
		(facts) => ({ baseURL: server.origin, returnFullResponse: true, json: true, ...facts }),
	],
	[
		"a node's request for bytes",
		'httpRequestWithAuthentication',
		({ url, ...facts }) => ({
			url: `${server.origin}${String(url)}`,
			encoding: 'arraybuffer',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			...facts,
		}),
	],
	['the HTTP Request node', 'requestWithAuthentication', (facts) => httpRequestNode(facts)],
	[
		'the HTTP Request node with pagination',
		'requestWithAuthentication',
		(facts) => {
			const request: Shape = httpRequestNode(facts);
			return { ...request, url: request.uri };
		},
	],
	[
		'the HTTP Request node with an undefined url',
		'requestWithAuthentication',
		(facts) => ({ ...httpRequestNode(facts), url: undefined }),
	],
	[
		'an old node',
		'requestWithAuthentication',
		({ url, ...facts }) => ({ uri: `${server.origin}${String(url)}`, json: true, ...facts }),
	],
];

function httpRequestNode({ url, headers, ...facts }: Shape): Shape {
	return {
		uri: `${server.origin}${String(url)}`,
		headers: { accept: 'application/json,text/html,*/*;q=0.7', ...(headers as object) },
		gzip: true,
		rejectUnauthorized: true,
		followRedirect: true,
		followAllRedirects: true,
		maxRedirects: 21,
		resolveWithFullResponse: true,
		simple: false,
		encoding: null,
		json: false,
		useStream: false,
		timeout: 5000,
		...facts,
	};
}

const QUERY = {
	list: ['a', 'b c'],
	nested: { one: 1, two: { three: 'x y' } },
	objects: [{ id: 1 }, { id: 2 }],
	nothing: null,
	empty: '',
	absent: undefined,
	no: false,
	zero: 0,
	date: new Date(0),
	signs: '+&=%?#/ ',
	marks: "!'()*~-_.",
	'na me+&=': 'v',
	chinese: '会员',
	emoji: '😀',
	escaped: '%2F',
};

/** Facts in, method and request target and body out; the target only where the test must hold it. */
const CASES: Array<[string, Shape, string, string | RegExp, string]> = [
	['a GET', { method: 'GET', url: '/v3/certificates' }, 'GET', '/v3/certificates', ''],
	['no method', { url: '/v3/certificates' }, 'GET', '/v3/certificates', ''],
	[
		'a method in lower case',
		{ method: 'post', url: '/v3/x', body: { a: 1 } },
		'POST',
		'/v3/x',
		'{"a":1}',
	],
	['a GET with a body', { method: 'GET', url: '/v3/x', body: { a: 1 } }, 'GET', '/v3/x', ''],
	['a GET with an empty body', { method: 'GET', url: '/v3/x', body: {} }, 'GET', '/v3/x', ''],
	['a HEAD with a body', { method: 'HEAD', url: '/v3/x', body: { a: 1 } }, 'HEAD', '/v3/x', ''],
	['a query in the URL', { url: '/v3/x?a=1&b=%20+%2b&a=2' }, 'GET', '/v3/x?a=1&b=%20+%2b&a=2', ''],
	['signs in the URL', { url: "/v3/x?a=(1)*!'&b=[2]|" }, 'GET', /^\/v3\/x\?a=/, ''],
	['a blank and Chinese in the URL', { url: '/v3/会 员?名=值' }, 'GET', /^\/v3\/%E4%BC%9A%20/, ''],
	['escapes in the path', { url: '/v3/a%2Fb%2B%25%2f/c+d' }, 'GET', '/v3/a%2Fb%2B%25%2f/c+d', ''],
	['signs in the path', { url: "/v3/a|b^c(d)*'!;,@$=&:~" }, 'GET', /^\/v3\/a/, ''],
	['two slashes', { url: '/v3//x/' }, 'GET', '/v3//x/', ''],
	['a fragment', { url: '/v3/x?a=1#top' }, 'GET', '/v3/x?a=1', ''],
	['an open query', { url: '/v3/x?' }, 'GET', /^\/v3\/x/, ''],
	['no path', { url: '' }, 'GET', '/', ''],
	[
		'a query beside one in the URL',
		{ url: '/v3/x?a=1', qs: { b: '2 3' } },
		'GET',
		'/v3/x?a=1&b=2%203',
		'',
	],
	['a query with a fragment', { url: '/v3/x#top', qs: { b: 2 } }, 'GET', '/v3/x?b=2', ''],
	['an empty query', { url: '/v3/x', qs: {} }, 'GET', '/v3/x', ''],
	['every kind of query', { url: '/v3/x', qs: QUERY }, 'GET', /list%5B0%5D=a/, ''],
	[
		'a query of a POST',
		{ method: 'POST', url: '/v3/x', qs: QUERY, body: { a: 1 } },
		'POST',
		/list/,
		'{"a":1}',
	],
	[
		'arrayFormat indices',
		{ url: '/v3/x', qs: QUERY, arrayFormat: 'indices' },
		'GET',
		/list%5B1%5D=b%20c/,
		'',
	],
	[
		'arrayFormat brackets',
		{ url: '/v3/x', qs: QUERY, arrayFormat: 'brackets' },
		'GET',
		/list%5B%5D=a&list%5B%5D=b%20c/,
		'',
	],
	[
		'arrayFormat repeat',
		{ url: '/v3/x', qs: QUERY, arrayFormat: 'repeat' },
		'GET',
		/list=a&list=b%20c/,
		'',
	],
	[
		'arrayFormat comma',
		{ url: '/v3/x', qs: { list: ['a', 'b'] }, arrayFormat: 'comma' },
		'GET',
		'/v3/x?list=a%2Cb',
		'',
	],
	[
		'qsStringifyOptions brackets',
		{ url: '/v3/x', qs: QUERY, qsStringifyOptions: { arrayFormat: 'brackets' } },
		'GET',
		/list%5B%5D=a&/,
		'',
	],
	[
		'qsStringifyOptions repeat',
		{ url: '/v3/x', qs: QUERY, qsStringifyOptions: { arrayFormat: 'repeat' } },
		'GET',
		/list=a&list=/,
		'',
	],
	[
		'useQuerystring',
		{ url: '/v3/x', qs: QUERY, useQuerystring: true },
		'GET',
		/list=a&list=b%20c/,
		'',
	],
	[
		'no useQuerystring',
		{ url: '/v3/x', qs: QUERY, useQuerystring: false },
		'GET',
		/list%5B0%5D=a/,
		'',
	],
	['a POST without a body', { method: 'POST', url: '/v3/x' }, 'POST', '/v3/x', ''],
	['an undefined body', { method: 'POST', url: '/v3/x', body: undefined }, 'POST', '/v3/x', ''],
	['an empty text', { method: 'POST', url: '/v3/x', body: '' }, 'POST', '/v3/x', ''],
	['a blank text', { method: 'POST', url: '/v3/x', body: ' \n' }, 'POST', '/v3/x', ''],
	['an empty Buffer', { method: 'POST', url: '/v3/x', body: Buffer.alloc(0) }, 'POST', '/v3/x', ''],
	['an empty object', { method: 'POST', url: '/v3/x', body: {} }, 'POST', '/v3/x', '{}'],
	['an empty array', { method: 'POST', url: '/v3/x', body: [] }, 'POST', '/v3/x', '[]'],
	['an array', { method: 'POST', url: '/v3/x', body: [1, '会'] }, 'POST', '/v3/x', '[1,"会"]'],
	[
		'an object',
		{ method: 'POST', url: '/v3/x', body: { a: '会员 😀', b: null } },
		'POST',
		'/v3/x',
		'{"a":"会员 😀","b":null}',
	],
	['a text', { method: 'POST', url: '/v3/x', body: '{"a":1}' }, 'POST', '/v3/x', '{"a":1}'],
	[
		'a text with blanks around',
		{ method: 'POST', url: '/v3/x', body: ' \n{"a":1}\n\t' },
		'POST',
		'/v3/x',
		'{"a":1}',
	],
	[
		'a text with a BOM',
		{ method: 'POST', url: '/v3/x', body: '\uFEFF{"a":1}' },
		'POST',
		'/v3/x',
		'{"a":1}',
	],
	[
		'a pretty text',
		{ method: 'POST', url: '/v3/x', body: '{\n  "a": [ 1 ]\r\n}' },
		'POST',
		'/v3/x',
		'{\n  "a": [ 1 ]\r\n}',
	],
	['a text of a string', { method: 'POST', url: '/v3/x', body: '"a"' }, 'POST', '/v3/x', '"a"'],
	[
		'a text of half an emoji',
		{ method: 'POST', url: '/v3/x', body: '{"a":"\ud83d"}' },
		'POST',
		'/v3/x',
		'{"a":"\ufffd"}',
	],
	[
		'a Buffer',
		{ method: 'POST', url: '/v3/x', body: Buffer.from(' {"a":"会"}\n') },
		'POST',
		'/v3/x',
		' {"a":"会"}\n',
	],
	['a PUT', { method: 'PUT', url: '/v3/x', body: { a: 1 } }, 'PUT', '/v3/x', '{"a":1}'],
	['a PATCH', { method: 'PATCH', url: '/v3/x', body: { a: 1 } }, 'PATCH', '/v3/x', '{"a":1}'],
	['a PATCH without a body', { method: 'PATCH', url: '/v3/x' }, 'PATCH', '/v3/x', ''],
	['a DELETE', { method: 'DELETE', url: '/v3/x' }, 'DELETE', '/v3/x', ''],
	[
		'a DELETE with a body',
		{ method: 'DELETE', url: '/v3/x', body: { a: 1 } },
		'DELETE',
		'/v3/x',
		'{"a":1}',
	],
	[
		"a user's own headers",
		{
			method: 'POST',
			url: '/v3/x',
			body: '{"a":1}',
			headers: {
				AUTHORIZATION: 'Bearer mine',
				aCCept: 'text/html',
				'USER-agent': 'mine',
				'content-TYPE': 'text/plain',
				'wechatpay-SERIAL': 'mine',
			},
		},
		'POST',
		'/v3/x',
		'{"a":1}',
	],
	[
		'a form type on a JSON body',
		{
			method: 'POST',
			url: '/v3/x',
			body: { a: 1 },
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		},
		'POST',
		'/v3/x',
		'{"a":1}',
	],
	[
		'basic authentication',
		{ url: '/v3/x', auth: { username: 'u', password: 'p' } },
		'GET',
		'/v3/x',
		'',
	],
	['a GET with a form', { url: '/v3/x', form: { a: 1 } }, 'GET', '/v3/x', ''],
	['a GET with form data', { url: '/v3/x', formData: { a: '1' } }, 'GET', '/v3/x', ''],
];

describe.each(SHAPES)('%s by %s', (_, helper, shape) => {
	it.each(CASES)('verifies: %s', async (__, facts, method, url, body) => {
		await send(helper, shape(facts), credential);
		expect(server.arrived).toHaveLength(1);
		const [arrived] = server.arrived;
		expect(arrived).toMatchObject({ isVerified: true, method, body });
		expect(arrived.url).toMatch(typeof url === 'string' ? new RegExp(`^${escaped(url)}$`) : url);
		expect(arrived.headers).toMatchObject({
			'wechatpay-serial': PUBLIC_KEY.serial,
			accept: 'application/json',
			'user-agent': expect.stringMatching(/^n8n-nodes-wechatpay\//),
		});
		const type = ['GET', 'HEAD'].includes(method) ? undefined : 'application/json';
		expect(arrived.headers['content-type']).toBe(type);
	});

	it('writes every query value once, and right', async () => {
		await send(helper, shape({ url: '/v3/x', qs: QUERY }), credential);
		const { searchParams } = new URL(server.arrived[0].url, server.origin);
		expect(Object.fromEntries(searchParams)).toEqual({
			'list[0]': 'a',
			'list[1]': 'b c',
			'nested[one]': '1',
			'nested[two][three]': 'x y',
			'objects[0][id]': '1',
			'objects[1][id]': '2',
			nothing: '',
			empty: '',
			no: 'false',
			zero: '0',
			date: '1970-01-01T00:00:00.000Z',
			signs: '+&=%?#/ ',
			marks: "!'()*~-_.",
			'na me+&=': 'v',
			chinese: '会员',
			emoji: '😀',
			escaped: '%2F',
		});
	});

	it('does not follow a redirect with its signature', async () => {
		await send(helper, shape({ url: '/redirect' }), credential).catch(() => undefined);
		expect(server.arrived.map(({ url }) => url)).toEqual(['/redirect']);
	});

	it.each([
		['platformCertificate', PLATFORM_A.serial],
		['both', PUBLIC_KEY.serial],
	])('verifies in the mode %s', async (verification, serial) => {
		await send(helper, shape({ url: '/v3/x' }), { ...credential, verification });
		expect(server.arrived).toMatchObject([
			{ isVerified: true, headers: { 'wechatpay-serial': serial } },
		]);
	});

	it.each([
		['a broken text', { body: '{"a":' }, 'The body to sign is not valid JSON'],
		['a form', { form: { a: 1 } }, 'WeChat Pay takes JSON bodies'],
		['form data', { formData: { a: '1' } }, 'WeChat Pay takes JSON bodies'],
		['search parameters', { body: new URLSearchParams('a=1') }, 'send JSON'],
		['bytes that are no text', { body: Buffer.from([0xff, 0xd8, 0xff]) }, 'send JSON'],
	])('sends nothing for %s and says why', async (__, facts, message) => {
		const sending = send(helper, shape({ method: 'POST', url: '/v3/x', ...facts }), credential);
		await expect(sending).rejects.toMatchObject({ message: expect.stringContaining(message) });
		expect(server.arrived).toEqual([]);
	});

	it('names no platform certificate before one was downloaded, and signs all the same', async () => {
		const changes = { verification: 'platformCertificate', platformCertificates: '' };
		await send(helper, shape({ url: '/v3/x' }), { ...credential, ...changes });
		expect(server.arrived).toMatchObject([{ isVerified: true }]);
		expect(server.arrived[0].headers).not.toHaveProperty('wechatpay-serial');
	});

	it('sends nothing for a credential that cannot sign', async () => {
		const broken = { ...credential, privateKey: 'PUB_KEY_ID_1' };
		const sending = send(helper, shape({ url: '/v3/x' }), broken);
		await expect(sending).rejects.toMatchObject({
			message: expect.stringContaining("'Merchant Private Key' in the WeChat Pay credential"),
		});
		expect(server.arrived).toEqual([]);
	});
});

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
