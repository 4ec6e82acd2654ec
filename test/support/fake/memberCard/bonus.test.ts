import { send, type Got } from '../client.cts';
import {
	CARD,
	CODE,
	commit,
	COMMIT_BODY,
	COMMIT_URL,
	MCHID,
	numberOf,
	openScene,
	ORDER,
	PREPARE_URL,
	said,
} from '../scene.cts';
import type { FakeWechatPay } from '../server.cts';

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await openScene();
});

afterEach(async () => {
	await fake.stop();
});

const commitBody = async (body: object | string | Buffer): Promise<Got> =>
	await commit(fake, { body });
const prepare = async (changes: object = {}): Promise<Got> =>
	await send(fake.baseUrl, { url: PREPARE_URL, body: { ...COMMIT_BODY, ...changes } });
const detailOf = ({ body }: Got) => JSON.parse(body.toString()).detail;

describe('the body', () => {
	it.each([
		['a text for bonus_value', { bonus_value: '30' }, '/bonus_value'],
		['zero', { bonus_value: 0 }, '/bonus_value'],
		['a negative bonus_value', { bonus_value: -1 }, '/bonus_value'],
		['a fraction', { bonus_value: 1.5 }, '/bonus_value'],
		['a number for out_trade_no', { out_trade_no: 12 }, '/out_trade_no'],
		['an empty out_trade_no', { out_trade_no: '' }, '/out_trade_no'],
		['an out_trade_no of 33 characters', { out_trade_no: '1'.repeat(33) }, '/out_trade_no'],
		['an empty sub_mchid', { sub_mchid: '' }, '/sub_mchid'],
		['an mchid with blanks', { mchid: ' 1230000109' }, '/mchid'],
		['null', { sub_mchid: null }, '/sub_mchid'],
		['an emoji', { out_trade_no: 'A😀' }, '/out_trade_no'],
	])('is refused for %s', async (_, changes, field) => {
		const got = await commitBody({ ...COMMIT_BODY, ...changes });
		expect(said(got)).toBe('400 PARAM_ERROR 参数错误');
		expect(detailOf(got)).toMatchObject({ field, location: 'body', issue: expect.any(String) });
		expect(numberOf(got)).toBe(268435461);
		expect(fake.bonus(ORDER)?.commits).toBe(0);
	});

	it.each(['out_trade_no', 'bonus_value'])('is refused without %s', async (name) => {
		const body = { ...COMMIT_BODY, [name]: undefined };
		expect(detailOf(await commitBody(body))).toEqual({
			field: `/${name}`,
			issue: 'is required',
			location: 'body',
		});
	});

	it.each([
		['no JSON', '{'],
		['an array', '[]'],
		['a byte order mark', `\ufeff${JSON.stringify(COMMIT_BODY)}`],
		[
			'another charset',
			Buffer.from(JSON.stringify({ ...COMMIT_BODY, out_trade_no: '\xe9' }), 'latin1'),
		],
		['nothing', ''],
	])('is refused for %s', async (_, body) => {
		const headers = { 'Content-Type': 'application/json' };
		expect(said(await commit(fake, { body, headers }))).toBe('400 PARAM_ERROR 参数错误');
	});

	it('is refused for an undocumented field', async () => {
		const got = await commitBody({ ...COMMIT_BODY, note: 'x' });
		expect(said(got)).toBe('400 PARAM_ERROR 含有非法的额外参数');
		expect(detailOf(got)).toMatchObject({ field: '/note', value: 'x', location: 'body' });
		expect(numberOf(got)).toBe(270924358);
	});

	it('is refused for an undocumented query parameter', async () => {
		const got = await commit(fake, { url: `${COMMIT_URL}?mchid=1` });
		expect(said(got)).toBe('400 PARAM_ERROR 含有非法的额外参数');
		expect(detailOf(got)).toMatchObject({ field: 'mchid', location: 'query' });
	});

	it('has to name the caller in mchid', async () => {
		expect(said(await commitBody({ ...COMMIT_BODY, mchid: '1230000110' }))).toBe(
			'400 PARAM_ERROR http header中的mchid与post payload中的mchid不匹配',
		);
	});

	it('has to name a merchant', async () => {
		const got = await commitBody({ out_trade_no: ORDER, bonus_value: 30 });
		expect(said(got)).toBe('400 PARAM_ERROR 参数错误');
	});
});

describe('a business rule', () => {
	it.each<[string, () => void]>([
		['400 INVALID_REQUEST 会员卡ID无效', () => fake.reset()],
		[
			'400 INVALID_REQUEST 会员卡的创建商户号不等于调用方商户号',
			() => fake.addCard({ card_id: CARD, creator: '1230000110' }),
		],
		[
			'400 INVALID_REQUEST 没有开通会员积分权益服务',
			() => fake.addCard({ card_id: CARD, bonusEnabled: false }),
		],
		[
			'400 INVALID_REQUEST 请先升级会员卡才能使用此功能',
			() => fake.addCard({ card_id: CARD, upgraded: false }),
		],
		['400 INVALID_REQUEST 商户号无效', () => fake.setKnown(MCHID, false)],
		['400 INVALID_REQUEST 商户号和品牌关系校验失败', () => fake.unbindFromBrand(MCHID)],
		[
			'400 INVALID_REQUEST 用户会员卡无效',
			() => fake.addMember({ card_id: CARD, code: CODE, valid: false }),
		],
		['403 NO_AUTH 商户暂无权限使用此功能', () => fake.setPermission(false)],
	])('answers %s to prepare and commit', async (answer, arrange) => {
		arrange();
		const got = await commit(fake);
		expect(said(got)).toBe(answer);
		expect(said(await prepare())).toBe(answer);
		expect(got.headers['wechatpay-signature']).toBeDefined();
	});

	it('answers code不存在 for another code', async () => {
		const url = COMMIT_URL.replace(CODE, '000000000000');
		expect(said(await commit(fake, { url }))).toBe('400 INVALID_REQUEST code不存在');
	});

	it('takes the code as it was before percent-encoding', async () => {
		const code = 'AB/12+34=%';
		fake.addMember({ card_id: CARD, code });
		const url = PREPARE_URL.replace(CODE, encodeURIComponent(code));
		const body = { ...COMMIT_BODY, out_trade_no: 'ODD' };
		expect((await send(fake.baseUrl, { url, body })).status).toBe(204);
		expect(fake.bonus('ODD')).toMatchObject({ code, card_id: CARD });
	});

	it.each(['%ff', '%', '1'.repeat(33), ''])('refuses %p as a code', async (code) => {
		const got = await commit(fake, { url: COMMIT_URL.replace(CODE, code) });
		expect(said(got)).toBe('400 PARAM_ERROR 参数错误');
		expect(detailOf(got)).toMatchObject({ field: 'code', location: 'uri' });
	});
});

describe('prepare and commit', () => {
	it('change the record of the order', async () => {
		expect(said(await prepare({ out_trade_no: 'NEW' }))).toBe('204');
		const record = { merchant: MCHID, card_id: CARD, code: CODE, out_trade_no: 'NEW' };
		expect(fake.bonus('NEW')).toEqual({ ...record, prepared: 30, commits: 0 });
		expect(said(await commitBody({ ...COMMIT_BODY, out_trade_no: 'NEW' }))).toBe('204');
		expect(fake.bonus('NEW')).toEqual({ ...record, prepared: 30, committed: 30, commits: 1 });
		expect(fake.bonuses).toHaveLength(2);
	});

	it('may be repeated unchanged', async () => {
		expect(said(await prepare())).toBe('204');
		expect(said(await commit(fake))).toBe('204');
		expect(said(await commit(fake))).toBe('204');
		expect(said(await prepare())).toBe('204');
		expect(fake.bonus(ORDER)).toMatchObject({ committed: 30, commits: 2 });
	});

	it('may not be repeated with another value', async () => {
		const differs = '400 INVALID_REQUEST 积分值与此前的请求不一致';
		const first = await commitBody({ ...COMMIT_BODY, bonus_value: 31 });
		expect(said(first)).toBe(differs);
		expect(numberOf(first)).toBe(268498688);
		expect(said(await commit(fake))).toBe('204');
		expect(said(await commitBody({ ...COMMIT_BODY, bonus_value: 31 }))).toBe(differs);
		expect(said(await prepare({ bonus_value: 31 }))).toBe(differs);
		expect(fake.bonus(ORDER)).toMatchObject({ prepared: 30, committed: 30, commits: 1 });
	});

	it('belong together: no commit without prepare', async () => {
		const unprepared = '400 INVALID_REQUEST 该订单未设置支付后展示的积分';
		expect(said(await commitBody({ ...COMMIT_BODY, out_trade_no: 'NEW' }))).toBe(unprepared);
		fake.addMember({ card_id: CARD, code: 'ELSE' });
		const url = COMMIT_URL.replace(CODE, 'ELSE');
		expect(said(await commit(fake, { url }))).toBe(unprepared);
		expect(fake.bonus('NEW')).toBeUndefined();
	});

	it('tell the sub-merchant from the merchant', async () => {
		const body = { out_trade_no: ORDER, sub_mchid: '1900000109', bonus_value: 5 };
		const url = PREPARE_URL;
		expect((await send(fake.baseUrl, { url, body })).status).toBe(204);
		expect((await commitBody({ ...body, mchid: MCHID })).status).toBe(204);
		expect(fake.bonus(ORDER, '1900000109')).toMatchObject({ committed: 5 });
		expect(fake.bonus(ORDER, MCHID)).toMatchObject({ prepared: 30, commits: 0 });
	});

	it('know only some sub-merchants', async () => {
		const body = { out_trade_no: ORDER, sub_mchid: '1800000109', bonus_value: 5 };
		expect(said(await commitBody(body))).toBe('400 INVALID_REQUEST 商户号无效');
		fake.setKnown('1800000109');
		expect(said(await commitBody(body))).toBe('400 INVALID_REQUEST 商户号和品牌关系校验失败');
		fake.bindToBrand('1800000109');
		fake.prepareBonus({ card_id: CARD, code: CODE, ...body });
		expect(said(await commitBody(body))).toBe('204');
	});
});
