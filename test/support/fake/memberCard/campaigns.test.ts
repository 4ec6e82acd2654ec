import type { Got } from '../client.cts';
import { ask, CARD, json, MCHID, openScene, said } from '../scene.cts';
import type { FakeWechatPay } from '../server.cts';

const ACTIVITIES = '/v3/marketing/membercard-activity/activities';
const NOW = Date.parse('2026-11-23T10:00:00+08:00') / 1000;
const DAY = 24 * 3600;

let fake: FakeWechatPay;
let clock: number;

beforeEach(async () => {
	clock = Math.floor(Date.now() / 1000);
	fake = await openScene();
});

afterEach(async () => {
	await fake.stop();
});

const time = (seconds: number) => new Date(seconds * 1000).toISOString();
const body = (changes: object = {}) => ({
	card_id: CARD,
	activity_name: '示例活动',
	activity_type: 'MEMBER_AFTERPAY',
	begin_time: time(clock - DAY),
	end_time: time(clock + DAY),
	out_request_no: 'NUMBER',
	...changes,
});
const create = async (changes: object = {}): Promise<Got> =>
	await ask(fake, 'POST', ACTIVITIES, body(changes));
const settings = (mchid_list: string[]) => ({
	pay_activity_setting: { logo_url: 'x', activity_second_title: 'x', mchid_list },
});
const terminate = async (id: string): Promise<Got> =>
	await ask(fake, 'POST', `${ACTIVITIES}/${id}/terminate`);

it('is created, read and terminated', async () => {
	const created = json(await create());
	expect(created).toMatchObject({ activity_status: 'ONGOING', card_id: CARD });
	expect(created.activity_id).toMatch(/^\d{1,16}$/);
	const url = `${ACTIVITIES}/${created.activity_id}`;
	expect(json(await ask(fake, 'GET', url))).toEqual(created);
	expect(json(await terminate(created.activity_id))).toEqual({
		activity_id: created.activity_id,
		terminate_time: expect.stringMatching(/\+08:00$/),
	});
	expect(json(await ask(fake, 'GET', url)).activity_status).toBe('TERMINATED');
	expect(json(await terminate(created.activity_id)).code).toBe('INVALID_REQUEST');
	expect(fake.campaigns).toHaveLength(1);
});

it.each([
	['CREATED', 1, 2],
	['ONGOING', -1, 1],
	['OVER_TIME', -2, -1],
])('is %s by its times', async (status, begin, end) => {
	const times = { begin_time: time(clock + begin * DAY), end_time: time(clock + end * DAY) };
	expect(json(await create(times)).activity_status).toBe(status);
});

it.each([
	['that ends before it begins', 2, 1],
	['of 91 days', 0, 91],
	['a year ahead', 360, 380],
])('is refused for times %s', async (_, begin, end) => {
	const times = { begin_time: time(clock + begin * DAY), end_time: time(clock + end * DAY) };
	expect(json(await create(times)).detail.field).toBe('/end_time');
});

it.each<[string, () => void, object]>([
	[
		'当前会员卡是实时传入code模式，不支持',
		() => fake.addCard({ card_id: CARD, code_mode: 'REAL_TIME' }),
		{},
	],
	['活动曝光商户号需要绑定到会员卡品牌', () => undefined, settings([MCHID, '10000022'])],
	['活动创建方需要和会员卡归属品牌号绑定', () => fake.unbindFromBrand(MCHID), {}],
	[
		'活动创建方未被授权发放此商家券批次',
		() => fake.withholdStock('98065001'),
		{ stock_list: [{ stock_creator_mchid: '10000022', stock_id: '98065001' }] },
	],
	['会员卡ID无效', () => undefined, { card_id: 'other' }],
	['请先升级会员卡才能使用此功能', () => fake.addCard({ card_id: CARD, upgraded: false }), {}],
])('is refused: %s', async (message, arrange, changes) => {
	arrange();
	expect(said(await create(changes))).toBe(`400 INVALID_REQUEST ${message}`);
	expect(fake.campaigns).toEqual([]);
});

it('a list is filtered', async () => {
	const ongoing = fake.addCampaign({ card_id: CARD, activity_type: 'MEMBER_AFTERPAY' });
	fake.addCampaign({ card_id: CARD, activity_type: 'MEMBER_MINIPROGRAM' });
	fake.addCampaign({ card_id: 'TWO', activity_type: 'MEMBER_AFTERPAY' });
	const old = { begin_time: time(NOW - 900 * DAY), end_time: time(NOW - 890 * DAY) };
	fake.addCampaign({ card_id: CARD, activity_type: 'MEMBER_AFTERPAY', ...old });
	const list = async (query: string) =>
		json(await ask(fake, 'GET', `${ACTIVITIES}?activity_type=MEMBER_AFTERPAY${query}`));
	expect(await list('')).toMatchObject({ total_count: 3, offset: 0, limit: 20 });
	const { data } = await list(`&card_id=${CARD}&activity_status=ONGOING`);
	expect(data).toEqual([expect.objectContaining({ activity_id: ongoing })]);
});

it.each(['1', '0371067'])('%s is unknown', async (id) => {
	expect(json(await ask(fake, 'GET', `${ACTIVITIES}/${id}`)).code).toBe('RESOURCE_NOT_EXISTS');
	expect((await terminate(id)).status).toBe(404);
});
