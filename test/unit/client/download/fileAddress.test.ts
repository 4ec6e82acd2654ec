/** Where files may be fetched from. */
import { addressOf } from '../../../../nodes/client/download/fileAddress';
import { RequestError } from '../../../../nodes/client/errors/requestError';

const MAIN = 'https://api.mch.weixin.qq.com';
const PROXY = 'https://proxy.shop.example';
const FILE = '/v3/billdownload/file?token=a%2Bb&x=%E4%B8%AD';

it.each([MAIN, 'https://api2.mch.weixin.qq.com', PROXY])(
	"an address of the API's own hosts (%s) goes through 'Base URL', as it was given",
	(origin) => {
		expect(addressOf(`${origin}${FILE}`, { baseUrl: PROXY })).toEqual({ url: `${PROXY}${FILE}` });
	},
);

it('another host of WeChat Pay is asked itself', () => {
	const origin = 'https://download.mch.weixin.qq.com';
	expect(addressOf(`${origin}${FILE}`, { baseUrl: MAIN })).toEqual({
		url: `${origin}${FILE}`,
		origin,
	});
});

it.each([
	`http://download.mch.weixin.qq.com${FILE}`,
	`http://api.mch.weixin.qq.com${FILE}`,
	`https://mch.weixin.qq.com${FILE}`,
	`https://evil-mch.weixin.qq.com${FILE}`,
	`https://api.mch.weixin.qq.com.evil.example${FILE}`,
	`https://api.mch.weixin.qq.com@evil.example${FILE}`,
	`https://evil.example/${MAIN}${FILE}`,
	'/v3/billdownload/file',
	'file:///etc/passwd',
	'',
	'undefined',
])('%j is refused, and not shown', (url) => {
	const ask = () => addressOf(url, { baseUrl: MAIN });
	expect(ask).toThrow(RequestError);
	expect(ask).toThrow(expect.objectContaining({ message: expect.not.stringContaining('token') }));
	expect(ask).toThrow(
		expect.objectContaining({
			details: expect.objectContaining({ outcome: 'unknown', code: 'ADDRESS_REFUSED' }),
		}),
	);
});
