import { send } from '../client.cts';
import { arrange, exampleBody, exampleRequest, spoiltBodies } from '../examples.cts';
import { operation, OPERATIONS } from './facts.cts';
import { CARD, CODE, json, MCHID, openScene, said } from '../scene.cts';
import type { FakeWechatPay } from '../server.cts';
import { upload } from './upload.cts';

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await openScene();
});

afterEach(async () => {
	await fake.stop();
});

const IDS = OPERATIONS.map(({ id }) => id);
/** These keep the checks of their own endpoints. */
const OTHERS =
	/^(order\.(get|partnerGet)|points\.|media\.|bill\.download$|transfer\.downloadReceipt$)/;
const CHECKED = IDS.filter((id) => !OTHERS.test(id));
const WITH_BODY = CHECKED.filter((id) => operation(id).body_params.length > 0);

describe('the operations', () => {
	it('are 76', () => {
		expect(IDS).toHaveLength(76);
	});

	it.each(CHECKED)('%s answers its example as documented', async (id) => {
		arrange(fake, id);
		const got = await send(fake.baseUrl, exampleRequest(id));
		const { success, response_fields: fields } = operation(id) as never as {
			success: { status: number };
			response_fields: Array<{ name: string; required: boolean }>;
		};
		expect([got.status, got.body.toString()]).toEqual([success.status, expect.any(String)]);
		if (success.status === 204) return;
		const answer = json(got);
		const names = fields.map(({ name }) => name);
		expect(Object.keys(answer).filter((name) => !names.includes(name))).toEqual([]);
		const missing = fields.filter(({ name, required }) => required && !(name in answer));
		expect(missing).toEqual([]);
	});

	it.each(IDS.filter((id) => OTHERS.test(id)))('%s is there', async (id) => {
		const { method, path } = operation(id);
		const url = path.replace('{card_id}', CARD).replace('{code}', CODE);
		const sent = id === 'media.uploadImage' ? upload() : { method, url };
		const got = await send(fake.baseUrl, sent);
		// The edge would have answered 404 or 405, in HTML.
		expect([200, 400]).toContain(got.status);
	});

	it.each(CHECKED)('%s refuses who has no permission', async (id) => {
		arrange(fake, id);
		if (id === 'callback.get') return;
		fake.setPermission(false);
		const got = await send(fake.baseUrl, exampleRequest(id));
		expect(said(got)).toBe('403 NO_AUTH 商户暂无权限使用此功能');
	});

	it.each(CHECKED)('%s refuses an undocumented query parameter', async (id) => {
		const { url, ...sent } = exampleRequest(id);
		const got = await send(fake.baseUrl, {
			...sent,
			url: `${url}${url.includes('?') ? '&' : '?'}note=x`,
		});
		expect(json(got)).toMatchObject({
			message: '含有非法的额外参数',
			detail: { field: 'note', location: 'query' },
		});
	});
});

describe('the body', () => {
	it.each(WITH_BODY)('of %s is checked to any depth', async (id) => {
		arrange(fake, id);
		const request = exampleRequest(id);
		for (const { what, field, body } of spoiltBodies(operation(id))) {
			const got = await send(fake.baseUrl, { ...request, body });
			const { code, detail } = got.status === 400 ? json(got) : { code: got.status, detail: {} };
			expect([what, code, detail.field]).toEqual([what, 'PARAM_ERROR', field]);
		}
	});

	it.each(CHECKED.filter((id) => !WITH_BODY.includes(id)))('of %s has to be empty', async (id) => {
		const got = await send(fake.baseUrl, { ...exampleRequest(id), body: {} });
		expect(said(got)).toBe('400 PARAM_ERROR 含有非法的额外参数');
	});

	it('may be left out where every field is optional', async () => {
		const url = `/v3/marketing/membercard-open/cards/${CARD}/codes/${CODE}/activate`;
		expect(said(await send(fake.baseUrl, { url }))).toBe('204');
	});
});

describe('a query', () => {
	const list = async (query: string) =>
		await send(fake.baseUrl, {
			method: 'GET',
			url: `/v3/marketing/membercard-open/cards?${query}`,
		});

	it.each([
		['without limit', 'offset=0', 'limit'],
		['with limit 0', 'offset=0&limit=0', 'limit'],
		['with limit 21', 'offset=0&limit=21', 'limit'],
		['with a negative offset', 'offset=-1&limit=20', 'offset'],
		['with an offset that is no number', 'offset=x&limit=20', 'offset'],
		['with limit twice', 'offset=0&limit=20&limit=20', 'limit'],
	])('%s is refused', async (_, query, field) => {
		const got = await list(query);
		expect(said(got)).toBe('400 PARAM_ERROR 参数错误');
		expect(json(got).detail).toMatchObject({ field, location: 'query' });
	});
});

describe('what depends on other fields', () => {
	const DATES = { available_begin_time: undefined, available_end_time: undefined };
	const asked = async (id: string, changes: object) => {
		arrange(fake, id);
		const body = { ...exampleBody(id), ...changes };
		return await send(fake.baseUrl, { ...exampleRequest(id), body });
	};

	it.each([
		['card.create', { need_display_level: true, init_level: undefined }, '/init_level'],
		[
			'card.create',
			{ date_information: { type: 'FIX_TIME_RANGE', ...DATES } },
			'/date_information/available_begin_time',
		],
		[
			'card.update',
			{ date_information: { type: 'FIX_TERM' } },
			'/date_information/available_day_after_receive',
		],
		[
			'distribution.createQrCode',
			{ activate_type: 'JUMP_ACTIVATE', activate_url: undefined, activate_appid: undefined },
			'/activate_url',
		],
		['distribution.createPermissionToken', { activate_path: undefined }, '/activate_path'],
		['member.setPoints', { before_bonus_value: undefined }, '/before_bonus_value'],
		['callback.set', { notify_url: 'https://shop.example/notify?a=1' }, '/notify_url'],
		['callback.set', { notify_url: 'http://shop.example/notify' }, '/notify_url'],
		['card.create', { out_request_no: 'A B' }, '/out_request_no'],
		['card.create', { out_request_no: 'A'.repeat(33) }, '/out_request_no'],
	])('%s refuses %j', async (id, changes, field) => {
		const got = await asked(id, changes);
		expect(said(got)).toBe('400 PARAM_ERROR 参数错误');
		expect(json(got).detail.field).toBe(field);
	});

	it.each([
		['card.create', { balance_information: { balance_appid: 'wx1' } }, '储值小程序path为空'],
		[
			'card.setRights',
			{
				bonus: {
					init_bonus: 1,
					bonus_value_word: 'x',
					bonus_cost_word: 'x',
					bonus_jump_appid: 'wx1',
				},
			},
			'积分跳转path为空',
		],
	])('%s refuses %j', async (id, changes, message) => {
		expect(said(await asked(id, changes))).toBe(`400 INVALID_REQUEST ${message}`);
	});

	it('a PERMANENT card needs no dates', async () => {
		const got = await asked('card.create', { date_information: { type: 'PERMANENT' } });
		expect(got.status).toBe(200);
		expect(fake.cards.at(-1)).toMatchObject({ creator: MCHID });
	});
});
