/** API Request: any endpoint, signed as sent, verified, bound, and careful with what changes something. */
import type { IDataObject } from 'n8n-workflow';

import { knownEndpoints } from '../../nodes/client/endpoints/knownEndpoints';
import { searchApiPaths } from '../../nodes/WechatPay/listSearch/searchApiPaths';
import { aDay, chinaSeconds } from '../support/days.cts';
import { fileOfBinary } from '../support/engine/binary.cts';
import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';
import { FakeWechatPay } from '../support/fake/server.cts';

skipWaits();

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addOrder({ out_trade_no: 'SXB-77' });
});

afterEach(async () => {
	await wechatPay.stop();
});

const ORDERS = '/v3/pay/transactions/out-trade-no';

const named = (values: Record<string, string>) => ({
	values: Object.entries(values).map(([name, value]) => ({ name, value })),
});

async function send(path: string, parameters: IDataObject = {}, settings: IDataObject = {}) {
	const execution = await runOperation({
		resource: 'apiRequest',
		operation: 'send',
		parameters: { method: 'GET', outputAs: 'json', path, ...parameters },
		credential: wechatPay.credential(),
		options: { retries: 1 },
		...settings,
	});
	return {
		rows: execution.json(WECHAT, SUCCESS),
		items: execution.items(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
		hints: (execution.run.data.resultData.runData[WECHAT][0].hints ?? []).map(
			({ message }) => message,
		),
	};
}

const urls = () => wechatPay.requests.map(({ url }) => url);

describe('path and query', () => {
	it.each([
		['in the path already', `${ORDERS}/SXB-77?mchid=1230000109`, {}],
		[
			'in fields of their own',
			`${ORDERS}/{out_trade_no}`,
			{
				pathParameters: named({ out_trade_no: 'SXB-77' }),
				queryParameters: named({ mchid: '1230000109' }),
			},
		],
		['as an address', `https://api.mch.weixin.qq.com${ORDERS}/SXB-77?mchid=1230000109`, {}],
	])('are signed as sent, %s; case is kept (A1, A3)', async (_, path, additionalFields) => {
		const { rows, failures, hints } = await send(path, { additionalFields });

		expect([failures, hints]).toEqual([[], []]);
		expect(urls()).toEqual([`${ORDERS}/SXB-77?mchid=1230000109`]);
		expect(rows).toMatchObject([{ out_trade_no: 'SXB-77', trade_state: 'SUCCESS' }]);
		expect(rows[0].request_id).toEqual(expect.any(String));
	});

	it('are joined where both are given, and have no lone question mark (A1)', async () => {
		const additionalFields = { queryParameters: named({ b: '2', empty: '' }) };
		await send('/v3/x?a=1', { additionalFields });
		await send('/v3/x?', {});
		await send('/v3/x', { additionalFields: { queryParameters: named({ empty: '' }) } });

		// A 404 without a code may be a proxy's, so it is asked for once more.
		expect([...new Set(urls())]).toEqual(['/v3/x?a=1&b=2', '/v3/x']);
	});

	it.each(['粤B12345', 'a b', 'a+b', '1*2', 'x|y', "it's", '50%', '%41', 'a&b=c', '[1]'])(
		'the value %j is encoded once, and signed as encoded (A2)',
		async (value) => {
			const additionalFields = { queryParameters: named({ mchid: value }) };
			await send(`${ORDERS}/SXB-77`, { additionalFields });

			const [{ url, status }] = wechatPay.requests;
			// Anything but 401: the signature fits.
			expect(status).toBe(400);
			expect(new URLSearchParams(url.split('?')[1].replaceAll('+', '%2B')).get('mchid')).toBe(
				value,
			);
		},
	);

	it.each([
		[`${ORDERS}/SXB-77?mchid=粤B1`, `${ORDERS}/SXB-77?mchid=%E7%B2%A4B1`],
		[`${ORDERS}/SXB-77?mchid=%E7%B2%A4B1`, `${ORDERS}/SXB-77?mchid=%E7%B2%A4B1`],
		[`${ORDERS}/SXB-77?mchid=a|b 'c"`, `${ORDERS}/SXB-77?mchid=a%7Cb%20%27c%22`],
		[`${ORDERS}/SXB-77?mchid=50%`, `${ORDERS}/SXB-77?mchid=50%25`],
	])('%s goes out as %s (A2)', async (path, url) => {
		await send(path);
		expect(wechatPay.requests).toMatchObject([{ url, status: 400 }]);
	});

	it.each([
		['v3/certificates', "begin with one '/'"],
		['//evil.example/v3', "begin with one '/'"],
		['https://evil.example/v3/certificates', 'another host'],
		['/v3/../secret', "'.' or '..'"],
		['/v3/%2e%2E/secret', "'.' or '..'"],
		['/v3/x#y', "'#'"],
		['/v3/x?a=1?b=2', "more than one '?'"],
		[`${ORDERS}/{out_trade_no}`, "{out_trade_no}, which 'Path Parameters' do not fill"],
	])('%s is not sent', async (path, words) => {
		const { failures } = await send(path);

		expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'path' }]);
		expect(failures[0].message).toContain(words);
		expect(urls()).toEqual([]);
	});

	it('the same name in both is refused, not sent twice (A1)', async () => {
		const additionalFields = { queryParameters: named({ a: '2' }) };
		const { failures } = await send('/v3/x?a=1', { additionalFields });
		expect(failures).toMatchObject([{ outcome: 'not_sent' }]);
		expect(urls()).toEqual([]);
	});

	it('that no endpoint has is sent all the same, with a hint', async () => {
		const { failures, hints } = await send('/v3/not/known');
		expect(hints).toEqual([
			'GET /v3/not/known is not among the endpoints that this package knows. It was sent all the same [item 0].',
		]);
		expect(failures).toHaveLength(1);
		expect(urls()).toEqual(['/v3/not/known', '/v3/not/known']);
	});
});

describe('a response', () => {
	it('about another thing than was asked for is not believed', async () => {
		wechatPay.misbehave({ fault: 'another-subject', times: Infinity });
		const { rows, failures } = await send(`${ORDERS}/{out_trade_no}?mchid=1230000109`, {
			additionalFields: { pathParameters: named({ out_trade_no: 'SXB-77' }) },
		});
		expect(rows).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'unknown', code: 'NOT_BOUND' }]);
	});

	it('without a signature is no success; the way out names who checks files (A5)', async () => {
		wechatPay.misbehave({ fault: 'missing-signature', times: Infinity });
		const { rows, failures } = await send(`${ORDERS}/SXB-77?mchid=1230000109`);
		expect(rows).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'unknown', code: 'MISSING_HEADER' }]);
		expect(failures[0].message).toMatch(/Bill/);
	});

	it('of 202 is unknown, never refused (A5)', async () => {
		wechatPay.misbehave({ fault: 'accepted', times: Infinity });
		const { failures } = await send(`${ORDERS}/SXB-77?mchid=1230000109`);
		expect(failures).toMatchObject([{ outcome: 'unknown', http_status: 202 }]);
	});
});

describe('what changes something', () => {
	const echo = { method: 'POST', body: '{"echo_message": "好"}' };

	it('is sent and confirmed', async () => {
		const { rows, failures } = await send('/v3/security/echo', echo);
		expect(failures).toEqual([]);
		expect(rows).toMatchObject([{ success: true }]);
		expect(wechatPay.requests[0].body).toBe('{"echo_message":"好"}');
	});

	it.each([
		[false, 1],
		[true, 2],
	])(
		'with Safe to Send Again %s goes out %i times where no response comes',
		async (safe, times) => {
			wechatPay.misbehave({ fault: 'system-error', times: Infinity });
			const { failures } = await send('/v3/security/echo', { ...echo, safeToSendAgain: safe });
			expect(urls()).toHaveLength(times);
			expect(failures).toMatchObject([{ outcome: 'unknown', repeatable: safe }]);
		},
	);

	it('that may have been done is not sent again by the same execution', async () => {
		wechatPay.misbehave({ fault: 'system-error', times: Infinity });
		const items = [{ json: {} }, { json: {} }];
		const { failures } = await send('/v3/security/echo', echo, { items: items as never });
		expect(urls()).toHaveLength(1);
		expect(failures.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
	});

	it('leaves open what a 429 means', async () => {
		wechatPay.misbehave({ fault: 'rate-limit', times: Infinity });
		const { failures } = await send('/v3/security/echo', echo);
		expect(failures).toMatchObject([{ outcome: 'unknown', http_status: 429 }]);
		expect(urls()).toHaveLength(1);
	});

	it.each(['{', '[]', '"x"', '{"a": null}', '{"a": "{{ $json.a }}"}', '{"a": {"b": "😀"}}'])(
		'with the body %s is not sent',
		async (body) => {
			const { failures } = await send('/v3/security/echo', { ...echo, body });
			expect(failures).toMatchObject([{ outcome: 'not_sent' }]);
			expect(urls()).toEqual([]);
		},
	);

	it('is nothing for an AI agent, unless it is allowed', async () => {
		const asTool = {
			settings: { type: 'n8n-nodes-wechatpay.wechatPayTool' },
			onError: 'continueRegularOutput',
		};
		const refused = await send('/v3/security/echo', echo, asTool);
		expect(JSON.stringify(refused.rows)).toContain('An AI agent may only use GET here');
		expect(urls()).toEqual([]);

		const additionalFields = { allowAgentChanges: true };
		await send('/v3/security/echo', { ...echo, additionalFields }, asTool);
		await send(`${ORDERS}/SXB-77?mchid=1230000109`, {}, asTool);
		expect(wechatPay.requests.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('has the fields encrypted that are named, and no other', async () => {
		const body = '{"echo_message": "secret", "people": [{"name": "张三"}, {"name": "李四"}]}';
		const additionalFields = { encrypt: 'echo_message, people.name' };
		await send('/v3/security/echo', { method: 'POST', body, additionalFields });
		const [sent] = wechatPay.requests;
		expect(sent.body).not.toMatch(/secret|张三|李四/);
		expect(JSON.parse(sent.body).people).toHaveLength(2);

		const missing = { encrypt: 'nobody' };
		const { failures } = await send('/v3/security/echo', {
			method: 'POST',
			body,
			additionalFields: missing,
		});
		expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'encrypt' }]);
	});
});

it.each([
	[{ field: '/body/appid', location: 'body', value: 36, issue: '长度' }, /36/],
	[
		{ location: null, value: ['/body/appid', '/body/mchid'] },
		/Fields \/body\/appid, \/body\/mchid/,
	],
	[{ value: '' }, /PARAM_ERROR/],
	[{ value: { deep: [true] }, location: 'body' }, /deep/],
])('the detail %j of a refusal is read, whatever its types (A4)', async (detail, words) => {
	wechatPay.misbehave({ fault: { name: 'refusal', detail }, times: Infinity });
	const { failures } = await send(`${ORDERS}/SXB-77?mchid=1230000109`);
	expect(failures).toMatchObject([{ outcome: 'refused', code: 'PARAM_ERROR' }]);
	expect(`${String(failures[0].message)} ${String(failures[0].description)}`).toMatch(words);
});

describe('a file', () => {
	const download = async () => {
		wechatPay.addTrade({ time: chinaSeconds(aDay()) });
		const { rows } = await send(`/v3/bill/tradebill?bill_date=${aDay()}`);
		return rows[0] as { download_url: string; hash_value: string };
	};

	it('is checked by its hash', async () => {
		const { download_url: url, hash_value: hashValue } = await download();
		const parameters = { outputAs: 'file', hashValue, binaryPropertyName: 'data' };
		const { items, failures } = await send(url, parameters);
		expect(failures).toEqual([]);
		expect(fileOfBinary(items[0].binary?.data).toString()).toContain('交易时间');
	});

	it('of another hash is not believed', async () => {
		const { download_url: url } = await download();
		const parameters = { outputAs: 'file', hashValue: '0'.repeat(40), binaryPropertyName: 'data' };
		const { items, failures } = await send(url, parameters);
		expect(items).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'unknown', code: 'WRONG_FILE' }]);
	});

	it('without a hash is no success (A5)', async () => {
		const { download_url: url } = await download();
		const { rows, failures } = await send(url);
		expect(rows).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'unknown', code: 'MISSING_HEADER' }]);
	});
});

describe('the list of endpoints', () => {
	it('has all 1,047, each once, with a Chinese title', async () => {
		const all = await knownEndpoints();
		expect(new Set(all.map(({ method, path }) => `${method} ${path}`)).size).toBe(1047);
		for (const { method, path, title } of all) {
			expect(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).toContain(method);
			expect(path).toMatch(/^\/(v3|hk\/v3|global\/v3)\/[\w{}/.-]+$/);
			expect(title).toMatch(/\p{Script=Han}/u);
		}
	});

	it('is searched by Chinese title and by path, of the chosen method', async () => {
		const search = async (method: string, filter?: string) =>
			await searchApiPaths.call({ getCurrentNodeParameter: () => method } as never, filter);
		expect((await search('GET', '对账单')).results.map(({ value }) => value)).toContain(
			'/hk/v3/statements',
		);
		const { results } = await search('POST', 'v3/refund domestic');
		expect(results.map(({ value }) => value)).toContain('/v3/refund/domestic/refunds');
		expect((await search('GET')).results).toHaveLength(200);
	});
});
