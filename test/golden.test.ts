/** Golden requests: what a user's parameters become on the wire, byte by byte. */
import { catalogue } from '../nodes/WechatPay/operations';
import { buildRequest } from '../nodes/WechatPay/run/request';
import { filesBelow, readJson } from './files.cts';

interface Golden {
	cases: Array<{
		name: string;
		/** By wire name, as `readParameters` gives them. */
		parameters: Record<string, unknown>;
		request: { method: string; path: string; body: string };
	}>;
}

const MERCHANT = { mchid: '1230000109', baseUrl: 'https://api.mch.weixin.qq.com' };

describe.each(filesBelow('test/golden'))('%s', (file) => {
	const [, resource, value] = file.match(/(\w+)\.(\w+)\.json$/) ?? [];
	const operation = catalogue
		.find((one) => one.value === resource)
		?.operations.find((one) => one.value === value);

	it.each(readJson<Golden>(file).cases)('$name', ({ parameters, request }) => {
		if (!operation) throw new Error(`${file} belongs to no operation`);
		const { method, url, body } = buildRequest(operation, parameters, MERCHANT, 0);

		expect({ method, path: url, body: body.toString() }).toEqual({
			...request,
			path: MERCHANT.baseUrl + request.path,
		});
	});
});
