import type { Got } from '../client.cts';
import { ask, CARD, json, MEMBER_URL, openScene, said } from '../scene.cts';
import type { FakeWechatPay } from '../server.cts';

const ITEMS = `/v3/marketing/membercard-open/cards/${CARD}/service-modules`;
const TARGET = { appid: 'wx37178d097a6851d8', path: 'pages/index/index' };
const TEMPLATE = '9bJgRNz9XG248XZ-a0nDKH3Vt_vaTp32fRP1LWvxjzI';
const VALUE = { field_id: 'hotel_name', field_value: '示例内容' };
const NOT_ON_CARD = '400 INVALID_REQUEST 会员卡暂未添加该会员服务项，无法设置用户服务信息';
const UNKNOWN = '400 INVALID_REQUEST 该会员服务项id不存在';

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await openScene();
});

afterEach(async () => {
	await fake.stop();
});

const add = async (service_module_id = '666'): Promise<Got> =>
	await ask(fake, 'POST', ITEMS, { service_module_id, jump_miniprogram: TARGET });
const update = async (path: string, id = '666'): Promise<Got> =>
	await ask(fake, 'PATCH', `${ITEMS}/${id}`, { jump_miniprogram: { ...TARGET, path } });
const remove = async (): Promise<Got> => await ask(fake, 'DELETE', `${ITEMS}/666`);
const setData = async (changes: object = {}): Promise<Got> =>
	await ask(fake, 'POST', `${MEMBER_URL}/set-service-module-data`, {
		out_request_no: 'NUMBER-1',
		service_module_id: '666',
		state_setting: CHECKED_IN,
		...changes,
	});
const CHECKED_IN = {
	state_id: 'CHECKED_IN',
	content_template_data: { field_list: [VALUE] },
};
const message = (id: string, ...field_list: object[]) => ({
	state_setting: {
		...CHECKED_IN,
		message_template_setting: { message_template_id: id, field_list },
	},
});
const state = (state_id: string, field_id = 'hotel_name') => ({
	state_setting: {
		state_id,
		content_template_data: { field_list: [{ field_id, field_value: 'x' }] },
	},
});

it('is added, changed and removed', async () => {
	const answer = { card_id: CARD, service_module_id: '666', jump_miniprogram: TARGET };
	expect(json(await add())).toEqual(answer);
	expect(said(await add())).toBe('400 INVALID_REQUEST 会员卡已添加该会员服务项');
	const changed = { ...TARGET, path: 'pages/new' };
	expect(json(await update('pages/new')).jump_miniprogram).toEqual(changed);
	expect(fake.cards[0].serviceItems).toEqual({ 666: changed });
	expect(said(await remove())).toBe('204');
	expect(fake.cards[0].serviceItems).toEqual({});
});

it('has to be on the card', async () => {
	expect(said(await update('pages/new'))).toBe(NOT_ON_CARD);
	expect(said(await remove())).toBe(NOT_ON_CARD);
	expect(said(await setData())).toBe(NOT_ON_CARD);
});

it('has to exist and to be permitted', async () => {
	expect(said(await add('777'))).toBe(UNKNOWN);
	expect(said(await update('x', '777'))).toBe(UNKNOWN);
	fake.addServiceModule({ service_module_id: '777', permitted: false });
	expect(said(await add('777'))).toBe('400 INVALID_REQUEST 当前品牌id无该会员服务项的使用权限');
});

describe('the data of a member', () => {
	beforeEach(async () => {
		await add();
	});

	const data = () => fake.members[0].serviceData;

	it('is set once for each request number', async () => {
		const sent = message(TEMPLATE, VALUE);
		expect(said(await setData(sent))).toBe('204');
		expect(said(await setData(sent))).toBe('204');
		expect(data()).toHaveLength(1);
		expect(data()[0]).toMatchObject({ service_module_id: '666', ...sent });
	});

	it.each([
		['该服务状态不在会员服务项模板中', state('CHECKED_OUT')],
		['内容字段不在当前会员服务项模板中', state('CHECKED_IN', 'room')],
		['消息模板id错误', message('other', VALUE)],
		['消息模板字段值部分为空', message(TEMPLATE, { ...VALUE, field_id: 'room' })],
	])('is refused: %s', async (text, changes) => {
		expect(said(await setData(changes))).toBe(`400 INVALID_REQUEST ${text}`);
		expect(data()).toEqual([]);
	});

	it('has no field of a message that is not in its template', async () => {
		const changes = message(TEMPLATE, VALUE, { ...VALUE, field_id: 'room' });
		expect(said(await setData(changes))).toBe('400 PARAM_ERROR 设置会员服务参数错误');
	});
});
