import { send, type Got } from '../client.cts';
import { exampleBody } from '../examples.cts';
import { ask, CARD, CODE, json, MCHID, openScene, said } from '../scene.cts';
import type { FakeWechatPay } from '../server.cts';

const CARDS = '/v3/marketing/membercard-open/cards';
const NEW = 'pNewCard';
const APPID = 'wxea9c30890f48d5ae';

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await openScene({ now: () => Date.now() / 1000 });
});

afterEach(async () => {
	await fake.stop();
});

const create = async (changes: object = {}): Promise<Got> =>
	await ask(fake, 'POST', CARDS, { ...exampleBody('card.create'), ...changes });
const update = async (changes: object): Promise<Got> =>
	await ask(fake, 'PATCH', `${CARDS}/${CARD}`, changes);
const deposit = async (code: string[], card = CARD): Promise<Got> =>
	await ask(fake, 'POST', `${CARDS}/${card}/codes/deposit`, { code });
const card = (id = CARD) => fake.cards.find(({ card_id }) => card_id === id);

it('a created card can be read, listed and used', async () => {
	const created = json(await create());
	expect(created).toMatchObject({ title: '示例会员卡', status: 'APPROVED', remain_quantity: 5e6 });
	expect(created.card_id).toMatch(/^p[\w-]{27,31}$/);
	expect(created.create_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
	expect(card(created.card_id)).toMatchObject({ creator: MCHID, bonusEnabled: false });
	expect(json(await ask(fake, 'GET', `${CARDS}/${created.card_id}`))).toEqual(created);
	expect(json(await ask(fake, 'GET', `${CARDS}?offset=0&limit=20`)).data).toContainEqual(created);
});

it('a card of a test is complete', async () => {
	const got = json(await ask(fake, 'GET', `${CARDS}/${CARD}`));
	expect(got).toMatchObject({ card_id: CARD, status: 'APPROVED', code_mode: 'SYSTEM_ALLOCATE' });
	expect(got).not.toHaveProperty('creator');
});

it('a list is filtered', async () => {
	fake.addCard({ card_id: 'OTHER-APPID', appid: 'wx2' });
	fake.addCard({ card_id: 'OTHER-BRAND', brand: { brand_id: '2', display_name: 'x' } });
	fake.addCard({ card_id: 'OTHER-MERCHANT', creator: '1230000110' });
	const url = `${CARDS}?offset=0&limit=20&appid=${APPID}&brand_id=1004`;
	const { data, total_count } = json(await ask(fake, 'GET', url));
	expect([data.length, data[0].card_id, total_count]).toEqual([1, CARD, 1]);
});

it('an update changes what is sent', async () => {
	expect(said(await update({ title: '新卡', code_mode: 'SYSTEM_ALLOCATE' }))).toBe('204');
	expect(card()).toMatchObject({ title: '新卡', description: '示例使用须知' });
});

it('a smaller total leaves less to hand out', async () => {
	await update({ total_quantity: 10 });
	expect(card()).toMatchObject({ total_quantity: 10, remain_quantity: 10 });
});

it.each([
	['MERCHANT_DEPOSIT', '会员卡code分配类型不支持修改'],
	['SYSTEM_ALLOCATE', '会员卡code分配类型不支持修改为“系统分配”'],
])('code_mode does not change to %s', async (mode, message) => {
	fake.addCard({ card_id: CARD, code_mode: 'REAL_TIME' });
	expect(said(await update({ code_mode: mode }))).toBe(`400 INVALID_REQUEST ${message}`);
	expect(card()).toMatchObject({ code_mode: 'REAL_TIME' });
});

it('a deleted card is unknown to everything', async () => {
	const url = `${CARDS}/${CARD}`;
	expect(said(await ask(fake, 'DELETE', url))).toBe('204');
	const unknown = '400 INVALID_REQUEST 会员卡ID无效';
	expect(said(await ask(fake, 'DELETE', url))).toBe(unknown);
	expect(said(await ask(fake, 'GET', url))).toBe(unknown);
	expect(said(await ask(fake, 'GET', `${url}/codes/${CODE}`))).toBe(unknown);
	expect(json(await ask(fake, 'GET', `${CARDS}?offset=0&limit=20`)).data).toEqual([]);
	expect(card()?.status).toBe('DELETED');
});

describe('a card of the official account', () => {
	const upgrade = async () =>
		await ask(fake, 'POST', `${CARDS}/${CARD}/upgrade`, { brand_id: '7', appid: APPID });

	it('has to be upgraded, once', async () => {
		fake.addCard({ card_id: CARD, upgraded: false });
		const wanting = '400 INVALID_REQUEST 请先升级会员卡才能使用此功能';
		expect(said(await ask(fake, 'GET', `${CARDS}/${CARD}`))).toBe(wanting);
		expect(said(await upgrade())).toBe('204');
		expect(card()).toMatchObject({ upgraded: true, brand: { brand_id: '7' } });
		expect(said(await upgrade())).toBe('400 INVALID_REQUEST 会员卡已经迁移');
	});
});

it('an AppID may be one of the wrong kind', async () => {
	fake.setAppidFault(APPID, 'AppID非服务号');
	expect(said(await create())).toBe('400 INVALID_REQUEST AppID非服务号');
	expect(said(await update({ appid: APPID }))).toBe('400 INVALID_REQUEST AppID非服务号');
	expect(fake.cards).toHaveLength(1);
});

it.each([true, false])('the rights turn points on or off: %s', async (show_bonus) => {
	fake.addCard({ card_id: CARD, bonusEnabled: !show_bonus });
	const url = `${CARDS}/${CARD}/rights`;
	expect(said(await ask(fake, 'PATCH', url, { show_bonus, show_favor: false }))).toBe('204');
	expect(card()).toMatchObject({ bonusEnabled: show_bonus, rights: { show_favor: false } });
});

describe('deposited codes', () => {
	beforeEach(() => fake.addCard({ card_id: NEW, code_mode: 'MERCHANT_DEPOSIT' }));

	it('have a result each', async () => {
		await deposit(['A1'], NEW);
		expect(json(await deposit(['A1', 'A2', 'A2', 'FAIL-3'], NEW)).data).toEqual([
			{ code: 'A1', result: 'DUPLICATE' },
			{ code: 'A2', result: 'SUCCESS' },
			{ code: 'A2', result: 'DUPLICATE' },
			{ code: 'FAIL-3', result: 'FAIL' },
		]);
		expect(card(NEW)).toMatchObject({ depositedCodes: ['A1', 'A2'], remain_quantity: 2 });
	});

	it('have at most 32 characters', async () => {
		const got = await deposit(['A1', '1'.repeat(33)], NEW);
		expect(json(got).detail.field).toBe('/code/1');
		expect(card(NEW)?.depositedCodes).toEqual([]);
	});

	it('are for cards that take them', async () => {
		expect(json(await deposit(['A1'])).code).toBe('INVALID_REQUEST');
	});
});

describe('a request number', () => {
	it('makes one card, however often it comes', async () => {
		const first = await create();
		const body = Object.fromEntries(Object.entries(exampleBody('card.create') ?? {}).reverse());
		const again = await ask(fake, 'POST', CARDS, body);
		expect(json(again)).toEqual(json(first));
		expect(fake.cards).toHaveLength(2);
	});

	it('is for one content', async () => {
		await create();
		const got = await create({ title: '另一张卡' });
		expect(json(got).code).toBe('INVALID_REQUEST');
		expect(got.headers['request-id']).toMatch(/-268498688$/);
		expect(fake.cards).toHaveLength(2);
	});

	it('is for one operation', async () => {
		await create({ out_request_no: 'NUMBER' });
		const url = `${CARDS}/${CARD}/users/import`;
		const got = await ask(fake, 'POST', url, { openid: 'o1', out_request_no: 'NUMBER' });
		expect(got.headers['request-id']).toMatch(/-268498688$/);
	});

	it('stays free when its request was refused', async () => {
		fake.setAppidFault(APPID, 'AppID非服务号');
		expect((await create()).status).toBe(400);
		expect((await create({ appid: 'wx2' })).status).toBe(200);
	});

	it('survives a lost answer', async () => {
		fake.misbehave({ fault: 'system-error' });
		expect((await create()).status).toBe(500);
		expect((await create()).status).toBe(200);
		expect(fake.cards).toHaveLength(2);
	});
});

it('a card of somebody else is refused', async () => {
	fake.addCard({ card_id: CARD, creator: '1230000110' });
	expect(said(await send(fake.baseUrl, { method: 'GET', url: `${CARDS}/${CARD}` }))).toBe(
		'400 INVALID_REQUEST 会员卡的创建商户号不等于调用方商户号',
	);
});
