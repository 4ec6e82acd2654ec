import { send } from '../client.cts';
import { exampleRequest } from '../examples.cts';
import { ask, CARD, json, openScene } from '../scene.cts';
import type { FakeWechatPay, FaultName } from '../server.cts';

const LISTS: Record<string, string> = {
	'card.list': '/v3/marketing/membercard-open/cards?',
	'member.listByUser': '/v3/marketing/membercard-open/user/cards?openid=o1&',
	'activity.list': '/v3/marketing/membercard-activity/activities?activity_type=MEMBER_AFTERPAY&',
};
const NAMES = Object.keys(LISTS);

let fake: FakeWechatPay;

async function start(offsetCounts?: 'pages' | 'records'): Promise<void> {
	fake = await openScene({ offsetCounts });
	fake.reset();
	fake.addCard({ card_id: CARD });
	for (let index = 1; index <= 5; index += 1) {
		if (index > 1) fake.addCard({ card_id: `CARD${index}` });
		fake.addMember({ card_id: CARD, code: `CODE${index}`, openid: 'o1' });
		const activity_id = String(index);
		fake.addCampaign({ card_id: CARD, activity_id, activity_type: 'MEMBER_AFTERPAY' });
	}
}

afterEach(async () => {
	await fake.stop();
});

const list = async (name: string, offset: number, limit = 2) =>
	json(await ask(fake, 'GET', `${LISTS[name]}offset=${offset}&limit=${limit}`));
const idsOf = ({ data }: { data: Array<Record<string, string>> }) =>
	data.map((row) => row.activity_id ?? row.code ?? row.card_id);

describe.each(NAMES)('%s', (name) => {
	it('counts pages', async () => {
		await start();
		const all = idsOf(await list(name, 0, 20));
		expect(all).toHaveLength(5);
		const page = await list(name, 1);
		expect(page).toMatchObject({ total_count: 5, offset: 1, limit: 2 });
		expect(idsOf(page)).toEqual(all.slice(2, 4));
		expect((await list(name, 3)).data).toEqual([]);
	});

	it('counts records when told to', async () => {
		await start('records');
		const all = idsOf(await list(name, 0, 20));
		expect(idsOf(await list(name, 1))).toEqual(all.slice(1, 3));
	});

	it.each([0, 21])('has no limit of %p', async (limit) => {
		await start();
		const { detail } = await list(name, 0, limit);
		expect(detail).toMatchObject({ field: 'limit', location: 'query' });
	});

	it('list-without-data: rows counted, none there', async () => {
		await start();
		fake.misbehave({ fault: 'list-without-data' });
		const page = await list(name, 0);
		expect(page).not.toHaveProperty('data');
		expect(page.total_count).toBe(5);
	});

	it('endless-list: full pages of new rows', async () => {
		await start();
		fake.misbehave({ fault: 'endless-list', times: Infinity });
		const pages = [await list(name, 0), await list(name, 1), await list(name, 50)];
		expect(pages.map(({ data }) => data.length)).toEqual([2, 2, 2]);
		expect(new Set(pages.flatMap(idsOf)).size).toBe(6);
		expect(pages.map(({ total_count: total }) => total)).toEqual([4, 6, 104]);
	});

	it('repeating-list: the first page for ever', async () => {
		await start();
		fake.misbehave({ fault: 'repeating-list', times: Infinity });
		const [first, second, third] = [await list(name, 0), await list(name, 1), await list(name, 9)];
		expect(first.total_count).toBe(25);
		expect([second, third]).toEqual([first, first]);
	});
});

it.each<[FaultName, string]>([
	['not-json', 'OK'],
	['not-an-object', '[]'],
])('%s: processed, signed, but %s', async (fault, text) => {
	await start();
	fake.misbehave({ fault });
	const got = await send(fake.baseUrl, exampleRequest('card.create'));
	expect([got.status, got.body.toString()]).toEqual([200, text]);
	expect(got.headers['wechatpay-signature']).toBeDefined();
	expect(fake.cards).toHaveLength(6);
});
