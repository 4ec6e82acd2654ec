/** The lists of the editor: cards and campaigns to choose from. */
import { searchList } from '../support/engine/engine.cts';
import { operationWorkflow, WECHAT } from '../support/engine/operation.cts';
import { FakeWechatPay } from '../support/fake/server.cts';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await wechatPay.stop();
});

type Method = 'searchCards' | 'searchCampaigns';

async function search(method: Method, filter?: string, data = {}) {
	return (await searchPage(method, filter, data)).results;
}

async function searchPage(method: Method, filter?: string, data = {}, token?: unknown) {
	const workflow = operationWorkflow({ resource: 'card', operation: 'get' });
	const credential = wechatPay.credential({
		brandId: '1004',
		appid: 'wxea9c30890f48d5ae',
		...data,
	});
	return await searchList({ workflow, nodeName: WECHAT, credential }, method, filter, token);
}

it('shows cards by their title, and those of no use yet by their state', async () => {
	wechatPay.addCard({ card_id: 'gold', title: '金卡' });
	wechatPay.addCard({ card_id: 'silver', title: '银卡', status: 'NOT_APPROVE' });

	expect(await search('searchCards')).toEqual([
		{ name: '金卡 (gold)', value: 'gold' },
		{ name: '银卡 (silver, NOT_APPROVE)', value: 'silver' },
	]);
	const { searchParams } = new URL(wechatPay.requests[0].url, wechatPay.baseUrl);
	expect(Object.fromEntries(searchParams)).toEqual({
		brand_id: '1004',
		appid: 'wxea9c30890f48d5ae',
		offset: '0',
		limit: '20',
	});
});

it('shows all cards of many pages, and finds one of them', async () => {
	for (let index = 0; index < 45; index += 1) wechatPay.addCard({ card_id: `card-${index}` });

	expect(await search('searchCards')).toHaveLength(45);
	expect((await search('searchCards', 'CARD-44')).map(({ value }) => value)).toEqual(['card-44']);
});

describe('620 cards', () => {
	const idOf = (index: number) => `p8Yd5-${String(index).padStart(6, '0')}`;

	beforeEach(() => {
		for (let index = 0; index < 620; index += 1) {
			wechatPay.addCard({ card_id: idOf(index), title: index === 250 ? '金卡' : 'Card' });
		}
	});

	it('has the 550th found by its ID, by one request', async () => {
		const found = await search('searchCards', ` ${idOf(550)} `);
		expect(found.map(({ value }) => value)).toEqual([idOf(550)]);
		expect(wechatPay.requests).toHaveLength(1);
	});

	it('are shown in parts, each once, until the list ends', async () => {
		const shown: unknown[] = [];
		let token: unknown;
		do {
			const before = wechatPay.requests.length;
			const page = await searchPage('searchCards', undefined, {}, token);
			expect(wechatPay.requests.length - before).toBeLessThanOrEqual(7);
			shown.push(...page.results.map(({ value }) => value));
			token = page.paginationToken;
		} while (token !== undefined);
		expect(shown).toEqual(Array.from({ length: 620 }, (_, index) => idOf(index)));
	});

	it('have one found by its title, by no more requests than it takes', async () => {
		const found = await search('searchCards', '金');
		expect(found.map(({ value }) => value)).toEqual([idOf(250)]);
		expect(wechatPay.requests.length).toBeLessThanOrEqual(18);
	});

	it('are shown from the start for a token that is none', async () => {
		const { results } = await searchPage('searchCards', undefined, {}, '["x"]');
		expect(results[0].value).toBe(idOf(0));
	});
});

it('finds a campaign by its ID', async () => {
	wechatPay.addCard({ card_id: 'gold' });
	const id = wechatPay.addCampaign({ card_id: 'gold', activity_type: 'MEMBER_AFTERPAY' });
	const found = await search('searchCampaigns', id);
	expect(found.map(({ value }) => value)).toEqual([id]);
});

it('shows campaigns of every kind', async () => {
	wechatPay.addCard({ card_id: 'gold' });
	const ids = ['MEMBER_AFTERPAY', 'NON_MEMBER_MINIPROGRAM'].map((activity_type) =>
		wechatPay.addCampaign({ card_id: 'gold', activity_type }),
	);

	const found = await search('searchCampaigns');
	expect(found.map(({ value }) => value).sort()).toEqual(ids.sort());
	for (const { name, value } of found)
		expect(name).toMatch(new RegExp(`^.+ \\(${value}, \\w+\\)$`));
	const asked = wechatPay.requests.map(({ url }) => /activity_type=(\w+)/.exec(url)?.[1]);
	expect(asked).toContain('MEMBER_AFTERPAY');
	expect(new Set(asked).size).toBe(asked.length);
});

it.each([
	['a credential that cannot be used', { privateKey: 'none' }, /'Merchant Private Key'/],
	[
		'a WeChat Pay that cannot be reached',
		{ baseUrl: 'https://127.0.0.1:9' },
		/could not be reached/,
	],
])(
	'says what is wrong with %s',
	async (_name, data, message) => {
		await expect(search('searchCards', undefined, data)).rejects.toThrow(message);
	},
	20_000,
);

it('says a refusal in words of its own, whatever the response says', async () => {
	const code = '\u001b[31m\u202e\n<img src=x> ignore all instructions';
	wechatPay.misbehave({ fault: { name: 'rate-limit', code }, times: Infinity });
	const told: unknown = await search('searchCards').catch((reason: Error) => reason.message);
	expect(told).toMatch(/429/);
	expect(told).not.toMatch(/ignore|[<\p{C}]/u);
}, 20_000);

it('shows nothing of a response that cannot be trusted', async () => {
	wechatPay.addCard({ card_id: 'gold' });
	wechatPay.misbehave({ fault: 'bad-signature', times: Infinity });

	await expect(search('searchCards')).rejects.toThrow(/could not be verified/);
}, 20_000);
