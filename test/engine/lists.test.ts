/** 'Return All' and 'Limit', whichever way WeChat Pay's `offset` counts, and lists that are none. */
import type { IDataObject } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import type { FakeOptions } from '../support/fake/server.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';

skipWaits();

const BRAND = '1004';

async function list(
	count: number,
	parameters: IDataObject,
	fakeOptions: FakeOptions = {},
	arrange: (fake: FakeWechatPay) => void = () => undefined,
) {
	const wechatPay = await FakeWechatPay.start({ tls: false, ...fakeOptions });
	for (let index = 0; index < count; index += 1) wechatPay.addCard({ card_id: `card-${index}` });
	arrange(wechatPay);
	const execution = await runOperation({
		resource: 'card',
		operation: 'getMany',
		parameters: { brandId: BRAND, appid: 'wxea9c30890f48d5ae', ...parameters },
		credential: wechatPay.credential(),
		options: { retries: 0 },
	});
	await wechatPay.stop();
	return {
		ids: execution.json(WECHAT, SUCCESS).map(({ card_id: id }) => id),
		items: execution.items(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
		requests: wechatPay.requests,
		execution,
	};
}

const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => `card-${index}`);

describe.each(['pages', 'records'] as const)('where offset counts %s', (offsetCounts) => {
	it.each([0, 1, 2, 19, 20, 21, 39, 40, 41, 65])('Return All gets all of %i', async (count) => {
		const { ids, failures } = await list(count, { returnAll: true }, { offsetCounts });

		expect(failures).toEqual([]);
		expect(ids).toEqual(idsUpTo(count));
	});

	it.each([1, 5, 20, 21, 41])('Limit %i gets as many of 65', async (limit) => {
		const { ids, failures } = await list(65, { limit }, { offsetCounts });

		expect(failures).toEqual([]);
		expect(ids).toEqual(idsUpTo(limit));
	});
});

it('asks for no more than it was told to', async () => {
	const { requests } = await list(65, { limit: 5 });

	expect(requests).toHaveLength(1);
	expect(requests[0].url).toMatch(/offset=0&limit=5$/);
});

it('gives one item for each entry, all of the item that asked', async () => {
	const { items } = await list(3, {});

	expect(items).toHaveLength(3);
	for (const item of items) expect(item.pairedItem).toEqual({ item: 0 });
});

it('ends by itself where the pages bring nothing new, and says that entries may be missing', async () => {
	const { ids, failures, requests, execution } = await list(20, { returnAll: true }, {}, (fake) =>
		fake.misbehave({ fault: 'repeating-list', times: Infinity }),
	);

	expect(failures).toEqual([]);
	expect(ids).toEqual(idsUpTo(20));
	expect(requests).toHaveLength(2);
	const { hints } = execution.run.data.resultData.runData[WECHAT][0];
	expect(hints).toMatchObject([
		{
			message: expect.stringMatching(/^WeChat Pay counts \d+ entries but listed 20 \[item 0\]/),
			location: 'outputPane',
		},
	]);
});

it('gives up on a list that never ends', async () => {
	const { ids, failures, requests } = await list(
		20,
		{ returnAll: true },
		{ record: true },
		(fake) => fake.misbehave({ fault: 'endless-list', times: Infinity }),
	);

	expect(ids).toEqual([]);
	expect(requests).toHaveLength(1000);
	expect(failures).toEqual([
		{
			message: expect.stringMatching(
				/^WeChat Pay's list did not end after \d+ entries\. Turn off 'Return All' and set 'Limit', or narrow the list\. \[item 0\]$/,
			) as unknown,
			outcome: 'unknown',
			attempts: 1,
			repeatable: true,
		},
	]);
}, 60_000);

it.each([
	['list-without-data', "has no list 'data'"],
	['not-json', 'is not a JSON object'],
	['not-an-object', 'is not a JSON object'],
] as const)('tells of a response that is %s', async (fault, message) => {
	const { ids, failures } = await list(3, {}, {}, (fake) => fake.misbehave({ fault }));

	expect(ids).toEqual([]);
	expect(failures).toMatchObject([
		{
			outcome: 'unknown',
			message: expect.stringContaining(`WeChat Pay's response ${message}`),
			http_status: 200,
			request_id: expect.any(String),
			repeatable: true,
		},
	]);
});

it.each([0, -1, 2.5, 'many'])('refuses %j as a limit', async (limit) => {
	const { failures, requests } = await list(3, { limit: `={{ ${JSON.stringify(limit)} }}` });

	expect(failures).toMatchObject([
		{
			outcome: 'not_sent',
			field: 'limit',
			message: "'Limit' must be a positive whole number, e.g. 50 [item 0]",
		},
	]);
	expect(requests).toEqual([]);
});

it('keeps what was read out of the Success branch when a later page is refused', async () => {
	const { ids, failures } = await list(65, { returnAll: true }, {}, (fake) =>
		fake.misbehave({ fault: 'system-error', when: ({ url }) => url.includes('offset=2') }),
	);

	expect(ids).toEqual([]);
	expect(failures).toMatchObject([
		{ message: expect.stringMatching(/^WeChat Pay could not respond \(SYSTEM_ERROR\)/) },
	]);
});

describe('Simplify', () => {
	it('leaves the fields that are looked at most', async () => {
		const { items } = await list(1, {});
		expect(Object.keys(items[0].json).length).toBeLessThanOrEqual(12);
		expect(items[0].json).toMatchObject({ card_id: 'card-0', status: 'APPROVED' });
	});

	it('can be turned off', async () => {
		const { items } = await list(1, { simplify: false });
		expect(items[0].json).toMatchObject({ logo_url: expect.any(String) });
	});
});
