import { allowedDomains, isAllowed } from '../../../../nodes/client/http/allowedDomains';

const HOST = 'https://api.mch.weixin.qq.com';

const restricted = (list: unknown) => ({
	allowedHttpRequestDomains: 'domains',
	allowedDomains: list,
});

it.each([
	['nothing', {}],
	['all', { allowedHttpRequestDomains: 'all', allowedDomains: 'proxy.example' }],
	['none of the HTTP Request node', { allowedHttpRequestDomains: 'none' }],
])('a credential that is restricted to %s keeps our nodes from nothing', (_, credential) => {
	expect(allowedDomains(credential)).toStrictEqual({});
	expect(isAllowed(HOST, credential)).toBe(true);
});

it.each([
	['api.mch.weixin.qq.com', true],
	['API.mch.weixin.qq.com. ', true],
	['proxy.example, api.mch.weixin.qq.com', true],
	['*.weixin.qq.com', true],
	['*.qq.com', true],
	['proxy.example', false],
	['mch.weixin.qq.com', false],
	['api.mch.weixin.qq.com.example', false],
	['a.api.mch.weixin.qq.com', false],
	['*.api.mch.weixin.qq.com', false],
	['*qq.com', false],
	['x*.qq.com', false],
	['*', false],
	['', false],
	[' ', false],
	[undefined, false],
])('the list %p holds: %s', (list, expected) => {
	expect(isAllowed(HOST, restricted(list))).toBe(expected);
});

it('n8n is told of the list, and never of an empty one, which it would take for no restriction', () => {
	expect(allowedDomains(restricted(' a.example, b.example '))).toEqual({
		allowedDomains: 'a.example, b.example',
	});
	for (const list of ['', ' ', undefined, null]) {
		expect(allowedDomains(restricted(list))).toEqual({ allowedDomains: 'no-domain.invalid' });
	}
});
