/** Values as people give them: read where they mean one thing, refused by name where they do not; nothing is sent then. */
import type { IDataObject } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { CARD, CODE } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';

let wechatPay: FakeWechatPay;

beforeAll(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
});

beforeEach(() => {
	wechatPay.reset();
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE });
});

afterAll(async () => {
	await wechatPay.stop();
});

async function run(
	[resource, operation]: [string, string],
	parameters: IDataObject,
	{ items = [{}], options = {}, credential = wechatPay.credential() as object } = {} as {
		items?: IDataObject[];
		options?: IDataObject;
		credential?: object | ((index: number) => object);
	},
) {
	const execution = await runOperation({
		resource,
		operation,
		parameters,
		items: items.map((json) => ({ json })),
		credential,
		options: { retries: 0, ...options },
	});
	return {
		execution,
		done: execution.json(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
		bodies: wechatPay.requests.map(({ body }) => (body ? (JSON.parse(body) as IDataObject) : {})),
	};
}

const depositCodes = async (code: unknown) =>
	await run(['card', 'depositCodes'], { cardId: CARD, code: code as string });

describe('lists (L1, L2)', () => {
	it.each<[string, unknown, string[]]>([
		['1001，1002', '1001，1002', ['1001', '1002']],
		['c3、c4；c5', 'c3、c4；c5', ['c3', 'c4', 'c5']],
		['JSON text', '["c1","c2"]', ['c1', 'c2']],
		['a number', '={{ 1001 }}', ['1001']],
	])('codes: %s', async (_, code, codes) => {
		const { bodies } = await depositCodes(code);
		expect(bodies).toMatchObject([{ code: codes }]);
	});

	it('full-width digits are named, because a code is ASCII', async () => {
		const { failures, bodies } = await depositCodes('１００１');
		expect(failures).toMatchObject([
			{ outcome: 'not_sent', message: expect.stringContaining("'Codes' must consist of digits") },
		]);
		expect(bodies).toEqual([]);
	});

	it.each(['={{ [[]] }}', '[[]]', '={{ ["", null] }}', '，、；'])(
		'%s has no entry, and is refused',
		async (code) => {
			const { failures, bodies } = await depositCodes(code);
			expect(failures).toMatchObject([
				{ outcome: 'not_sent', message: expect.stringContaining("'Codes'") },
			]);
			expect(bodies).toEqual([]);
		},
	);
});

describe('texts (L3, L4)', () => {
	const order = async (outTradeNo: string) => await run(['order', 'get'], { outTradeNo });

	it.each(['\u200B', '\u200E', '\uFEFF'])('%j is removed at the ends', async (invisible) => {
		const { execution } = await order(`${invisible}20261128001${invisible}`);
		expect(execution.error).toBeUndefined();
		expect(wechatPay.requests[0].url).toContain('/out-trade-no/20261128001?');
	});

	it.each([
		['20261128\u200B001', 'contains an invisible character (U+200B)'],
		['[object Object]', "contains '[object Object]'"],
		['{{ $json.order_no }}', "contains '{{'"],
	])('%j is refused by name', async (outTradeNo, rule) => {
		const { failures } = await order(outTradeNo);
		expect(failures).toMatchObject([
			{
				outcome: 'not_sent',
				field: 'out_trade_no',
				message: expect.stringContaining(`'Merchant Order Number' ${rule}`),
			},
		]);
		expect(wechatPay.counts.received).toBe(0);
	});
});

describe('phone numbers (L5)', () => {
	it.each(['+86 138 0013 8000', '138-0013-8000', '+8613800138000'])('%s', async (phone) => {
		wechatPay.addPayer('13800138000');
		const { failures } = await run(['member', 'importByPhone'], {
			cardId: CARD,
			encryptedPhoneNumber: phone,
			code: '478515832999',
		});
		expect(failures).toEqual([]);
	});
});

describe('booleans (T12)', () => {
	const list = async (parameters: IDataObject) =>
		await run(['card', 'getMany'], {
			brandId: '1004',
			appid: 'wxea9c30890f48d5ae',
			...parameters,
		});

	beforeEach(() => {
		for (let index = 1; index < 60; index += 1) wechatPay.addCard({ card_id: `card-${index}` });
	});

	it.each(['={{ "true" }}', '={{ "TRUE" }}', '={{ 1 }}', '={{ "是" }}'])(
		'Return All of %s lists all',
		async (returnAll) => {
			expect((await list({ returnAll })).done).toHaveLength(60);
		},
	);

	it('Return All of "false" lists up to the limit, which may be text', async () => {
		const { done } = await list({ returnAll: '={{ "false" }}', limit: '={{ " 30 " }}' });
		expect(done).toHaveLength(30);
	});

	it('Simplify of "false" leaves all', async () => {
		const { done } = await list({ simplify: '={{ "false" }}' });
		expect(done[0]).toMatchObject({ logo_url: expect.any(String) });
	});

	it.each([
		['returnAll', 'Return All'],
		['simplify', 'Simplify'],
	])('%s of "perhaps" is refused by name', async (name, label) => {
		const { failures } = await list({ [name]: '={{ "perhaps" }}' });
		expect(failures).toMatchObject([
			{ outcome: 'not_sent', message: expect.stringContaining(`'${label}' must be true or false`) },
		]);
		expect(wechatPay.counts.received).toBe(0);
	});
});

describe('a credential with expressions (T13)', () => {
	const orders = (count: number, change: (index: number) => IDataObject = () => ({})) =>
		Array.from({ length: count }, (_, index) => ({
			order_no: `2026112800${index}`,
			mchid: '1230000109',
			...change(index),
		}));
	const get = async (
		items: IDataObject[],
		credential: object | ((index: number) => object) = wechatPay.credential(),
	) =>
		await run(
			['order', 'get'],
			{ outTradeNo: '={{ $json.order_no }}' },
			{ items, credential, options: { concurrency: 50 } },
		);
	/** As n8n gives a credential whose merchant ID is `{{ $json.mchid }}`. */
	const perItem = (items: IDataObject[]) => (index: number) => ({
		...wechatPay.credential(),
		mchid: items[index].mchid,
	});

	it.each([
		['three items of three merchants', orders(3, (index) => ({ mchid: `123000010${index}` }))],
		[
			'the last of 20 another',
			orders(20, (index) => (index === 19 ? { mchid: '1230000111' } : {})),
		],
		['one of 500 another', orders(500, (index) => (index === 333 ? { mchid: '1230000111' } : {}))],
	])('%s: nothing is sent', async (_, items) => {
		const { failures, execution } = await get(items, perItem(items));
		expect(failures).toHaveLength(items.length);
		expect(new Set(failures.map(({ outcome }) => outcome))).toEqual(new Set(['not_sent']));
		expect(failures[0].message).toContain('Loop Over Items');
		expect(failures[0].message).toContain("'Sub-Merchant ID'");
		expect(wechatPay.counts.received).toBe(0);
		expect(execution.decryptions).toBeLessThanOrEqual(25);
	});

	it.each([1, 3, 25, 26, 100])('the same for %i items is used', async (count) => {
		const { execution, done, failures } = await get(orders(count));
		expect(done.length + failures.length).toBe(count);
		expect(wechatPay.counts.received).toBeGreaterThanOrEqual(count);
		expect(execution.decryptions).toBe(Math.min(count, 25));
	});
});

it('a timeout is whole (T15)', async () => {
	const { failures } = await run(
		['card', 'get'],
		{ cardId: CARD },
		{ options: { timeout: 1500.5 } },
	);
	expect(failures).toMatchObject([
		{ outcome: 'not_sent', message: expect.stringContaining("'Timeout' in the options must be a") },
	]);
	expect(wechatPay.counts.received).toBe(0);
});
