/** What n8n keeps of the credential type, and where a signed request may go. */
import { WechatPayApi } from '../../../credentials/WechatPayApi.credentials';
import { CREDENTIAL } from '../../support/fake/keys.cts';

const sign = async (url: string, changes: object = {}) =>
	await new WechatPayApi().authenticate({ ...CREDENTIAL, ...changes }, { url });

it("signs after n8n has copied the credential type's own properties", async () => {
	const { authenticate } = { ...new WechatPayApi() };
	const url = 'https://api.mch.weixin.qq.com/v3/x';
	const { headers } = await authenticate(CREDENTIAL, { url });
	expect(headers?.Authorization).toMatch(/^WECHATPAY2-SHA256-RSA2048 /);
});

describe('signs', () => {
	it.each([
		['the main host', 'https://api.mch.weixin.qq.com/v3/x', {}],
		['the main host in capitals', 'https://API.MCH.WEIXIN.QQ.COM/v3/x', {}],
		['the backup host', 'https://api2.mch.weixin.qq.com/v3/x', {}],
		['the main host with its port', 'https://api.mch.weixin.qq.com:443/v3/x', {}],
		["the credential's own proxy", 'https://proxy.example/v3/x', own('https://proxy.example')],
		['its port', 'https://proxy.example:8443/v3/x', own('https://proxy.example:8443')],
		['this machine', 'http://127.0.0.1:3000/v3/x', {}],
		['this machine by name', 'http://localhost:3000/v3/x', {}],
		['this machine by IPv6', 'https://[::1]:3000/v3/x', {}],
	])('for %s', async (_, url, changes) => {
		const { headers } = await sign(url, changes);
		expect(headers).toHaveProperty('Authorization');
	});
});

describe('does not sign', () => {
	it.each([
		['another host', 'https://evil.example/v3/x', {}],
		['a host that begins like it', 'https://api.mch.weixin.qq.com.evil.example/v3/x', {}],
		['a host that ends like it', 'https://evilmch.weixin.qq.com/v3/x', {}],
		['the name as a login', 'https://api.mch.weixin.qq.com@evil.example/v3/x', {}],
		['another port of the proxy', 'https://proxy.example:8443/v3/x', own('https://proxy.example')],
		['a name that begins like this machine', 'https://127.0.0.1.evil.example/v3/x', {}],
		['a network address', 'https://10.0.0.5/v3/x', {}],
	])('for %s', async (_, url, changes) => {
		await expect(sign(url, changes)).rejects.toThrow(
			/not signed, because \S+ is not a host of WeChat Pay .*'Base URL'/,
		);
	});

	it.each([
		['WeChat Pay', 'http://api.mch.weixin.qq.com/v3/x', {}],
		['the proxy', 'http://proxy.example/v3/x', own('https://proxy.example')],
		['a file', 'file:///v3/x', {}],
	])('without https for %s', async (_, url, changes) => {
		await expect(sign(url, changes)).rejects.toThrow(/not signed.*https:\/\//);
	});
});

function own(baseUrl: string): object {
	return { baseUrl };
}
