import type { Got } from '../client.cts';
import { PHONE } from '../examples.cts';
import { PLATFORM_B } from '../keys.cts';
import { ask, CARD, CODE, encrypted, json, MEMBER_URL, openScene, said } from '../scene.cts';
import type { FakeWechatPay } from '../server.cts';

const BASE = '/v3/marketing/membercard-open';
const IMPORT = `${BASE}/cards/${CARD}/users/import`;
const IMPORT_PHONE = `${BASE}/cards/${CARD}/phone-membercard/import`;
const INVALID = '400 INVALID_REQUEST 用户会员卡无效';

let fake: FakeWechatPay;
let numbers = 0;

beforeEach(async () => {
	fake = await openScene();
	fake.addMember({ card_id: CARD, code: CODE, bonus_value: 500, balance: 888, openid: 'o1' });
});

afterEach(async () => {
	await fake.stop();
});

const numbered = (body: object) => ({ out_request_no: `N${(numbers += 1)}`, ...body });
const patch = async (body: object): Promise<Got> =>
	await ask(fake, 'PATCH', MEMBER_URL, numbered(body));
const points = async (before: number, add: number, after: number): Promise<Got> =>
	await ask(
		fake,
		'PATCH',
		`${MEMBER_URL}/rights`,
		numbered({ before_bonus_value: before, add_bonus_value: add, bonus_value: after }),
	);
const read = async (code = CODE) =>
	json(await ask(fake, 'GET', MEMBER_URL.replace(CODE, encodeURIComponent(code))));
const member = () => fake.members.find(({ code }) => code === CODE);
const importOpenid = async (openid: string, changes: object = {}): Promise<Got> =>
	await ask(fake, 'POST', IMPORT, numbered({ openid, ...changes }));
const importPhone = async (number: string, changes: object = {}, sent = {}): Promise<Got> =>
	await ask(
		fake,
		'POST',
		IMPORT_PHONE,
		numbered({ encrypted_phone_number: encrypted(number), ...changes }),
		sent,
	);

it('is read', async () => {
	expect(await read()).toMatchObject({
		card_id: CARD,
		code: CODE,
		openid: 'o1',
		bonus_value: 500,
		balance: 888,
		user_card_status: 'EFFECTIVE',
	});
});

describe('the points', () => {
	it('are set and read', async () => {
		expect(said(await points(500, -100, 400))).toBe('204');
		expect((await read()).bonus_value).toBe(400);
	});

	it.each([
		['another value before', 400, 100, 500],
		['a sum that is wrong', 500, 100, 700],
	])('are refused with %s', async (_, before, add, after) => {
		const got = await points(before, add, after);
		expect(json(got).code).toBe('INVALID_REQUEST');
		expect(member()?.bonus_value).toBe(500);
	});

	it('have to be turned on', async () => {
		fake.addCard({ card_id: CARD, bonusEnabled: false });
		expect(said(await points(500, 1, 501))).toBe('400 INVALID_REQUEST 没有开通会员积分权益服务');
	});

	it('are added once for each request number', async () => {
		const body = { before_bonus_value: 500, add_bonus_value: 1, bonus_value: 501 };
		const again = async () =>
			said(await ask(fake, 'PATCH', `${MEMBER_URL}/rights`, { ...body, out_request_no: 'ONE' }));
		expect([await again(), await again()]).toEqual(['204', '204']);
		expect(member()?.bonus_value).toBe(501);
	});
});

it('an update changes what is sent', async () => {
	const balances = { before_balance: 888, add_balance: 100, balance: 988 };
	expect(said(await patch({ level: '钻石', balance_information: balances }))).toBe('204');
	expect(await read()).toMatchObject({ level: '钻石', balance: 988, membership_number: CODE });
	expect(json(await patch({ balance_information: balances })).code).toBe('INVALID_REQUEST');
});

it('is activated, again without effect', async () => {
	fake.addMember({ card_id: CARD, code: CODE, user_card_status: 'NOT_ACTIVATE' });
	const url = `${MEMBER_URL}/activate`;
	expect(said(await ask(fake, 'POST', url, { membership_number: 'M1' }))).toBe('204');
	expect(said(await ask(fake, 'POST', url, {}))).toBe('204');
	expect(member()).toMatchObject({ user_card_status: 'EFFECTIVE', membership_number: 'M1' });
});

it('is invalid for good', async () => {
	const url = `${MEMBER_URL}/unavailable`;
	expect(said(await ask(fake, 'POST', url, { reason: '示例理由' }))).toBe('204');
	expect((await read()).user_card_status).toBe('UNAVAILABLE');
	expect(said(await ask(fake, 'POST', url, {}))).toBe(INVALID);
	expect(said(await points(500, 1, 501))).toBe(INVALID);
	expect(said(await patch({ level: '钻石' }))).toBe(INVALID);
	expect(said(await ask(fake, 'POST', `${MEMBER_URL}/activate`, {}))).toBe(INVALID);
});

it('of another code does not exist', async () => {
	expect(await read('000')).toMatchObject({ code: 'INVALID_REQUEST', message: 'code不存在' });
});

describe('an import by openid', () => {
	it('gives a code of 12 digits', async () => {
		const { code } = json(await importOpenid('o2'));
		expect(code).toMatch(/^\d{12}$/);
		expect(await read(code)).toMatchObject({ openid: 'o2', bonus_value: 0 });
		expect(fake.cards[0].remain_quantity).toBe(4_999_999);
	});

	it('is refused for who holds the card', async () => {
		expect(said(await importOpenid('o1'))).toBe('400 INVALID_REQUEST 会员已经领取过该卡');
	});

	it('takes deposited codes, as long as there are some', async () => {
		const mode = { code_mode: 'MERCHANT_DEPOSIT' as const, depositedCodes: ['A1'] };
		fake.addCard({ card_id: CARD, ...mode });
		expect(json(await importOpenid('o2'))).toEqual({ code: 'A1' });
		expect(json(await importOpenid('o3')).code).toBe('INVALID_REQUEST');
	});

	it('takes the code that is passed, in real time', async () => {
		fake.addCard({ card_id: CARD, code_mode: 'REAL_TIME' });
		const wanting = '400 INVALID_REQUEST 会员卡code为实时模式，需要传入卡code';
		expect(said(await importOpenid('o2'))).toBe(wanting);
		expect(json(await importOpenid('o2', { code: 'MINE' }))).toEqual({ code: 'MINE' });
		expect(json(await importOpenid('o3', { code: 'MINE' })).code).toBe('INVALID_REQUEST');
	});

	it('starts with the points of the card', async () => {
		const bonus = { init_bonus: 100 };
		fake.addCard({ card_id: CARD, rights: { bonus } });
		const { code } = json(await importOpenid('o2'));
		expect((await read(code)).bonus_value).toBe(100);
	});
});

describe('an import by phone', () => {
	it('keeps the decrypted number', async () => {
		const { code } = json(await importPhone(PHONE));
		expect(fake.members.at(-1)).toMatchObject({ code, phone: PHONE });
		expect(await read(code)).not.toHaveProperty('openid');
		expect(said(await importPhone(PHONE))).toBe('400 INVALID_REQUEST 会员已经领取过该卡');
	});

	it('is one request whatever the ciphertext', async () => {
		const first = json(await importPhone(PHONE, { out_request_no: 'ONE' }));
		expect(json(await importPhone(PHONE, { out_request_no: 'ONE' }))).toEqual(first);
		const other = await importPhone('13900139000', { out_request_no: 'ONE' });
		expect(other.headers['request-id']).toMatch(/-268498688$/);
	});

	it('decrypts with the certificate that is named', async () => {
		const encrypted_phone_number = encrypted(PHONE, 'platform-b-cert.pem');
		const headers = { 'Wechatpay-Serial': PLATFORM_B.serial };
		expect((await importPhone('', { encrypted_phone_number }, { headers })).status).toBe(200);
		const wrong = await importPhone('', { encrypted_phone_number });
		expect(json(wrong).detail.field).toBe('/encrypted_phone_number');
	});

	it('has to name the key', async () => {
		const headers = { 'Wechatpay-Serial': undefined };
		expect(said(await importPhone(PHONE, {}, { headers }))).toBe(
			'400 PARAM_ERROR HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)',
		);
	});

	it.each(['1380013800', '+8613800138000', ''])('refuses %p', async (number) => {
		expect(said(await importPhone(number))).toBe('400 PARAM_ERROR 参数错误');
	});

	it('refuses a number that is not encrypted', async () => {
		const got = await importPhone('', { encrypted_phone_number: PHONE });
		expect(json(got).detail.field).toBe('/encrypted_phone_number');
	});
});

it('the cards of a user are listed', async () => {
	fake.addCard({ card_id: 'TWO', appid: 'wx2' });
	fake.addMember({ card_id: 'TWO', code: 'C2', openid: 'o1' });
	fake.addMember({ card_id: CARD, code: 'GONE', openid: 'o1', valid: false });
	const list = async (query: string) =>
		json(await ask(fake, 'GET', `${BASE}/user/cards?openid=o1&offset=0&limit=20${query}`));
	const first = { card_id: CARD, code: CODE };
	const second = { card_id: 'TWO', code: 'C2' };
	const page = { total_count: 2, offset: 0, limit: 20 };
	expect(await list('')).toEqual({ data: [first, second], ...page });
	expect((await list('&appid=wx2')).data).toEqual([second]);
});
