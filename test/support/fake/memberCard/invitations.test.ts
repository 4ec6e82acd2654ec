import type { Got } from '../client.cts';
import { PHONE } from '../examples.cts';
import { ask, CARD, encrypted, json, openScene, said } from '../scene.cts';
import type { FakeWechatPay } from '../server.cts';

const URL = '/v3/marketing/membercard-open/phonenumber-member';
const REGISTERED = '2015-05-20T13:29:35.120+08:00';
const YEAR = 365 * 24 * 3600;

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await openScene();
	fake.addPayer(PHONE);
});

afterEach(async () => {
	await fake.stop();
});

const invite = async (phone = PHONE, information: object = {}): Promise<Got> =>
	await ask(fake, 'POST', `${URL}/import`, {
		member_information: { card_id: CARD, registration_time: REGISTERED, ...information },
		encrypted_phone_number: encrypted(phone),
	});
const status = async (phone = PHONE, encode = encodeURIComponent): Promise<Got> =>
	await ask(
		fake,
		'GET',
		`${URL}/search?card_id=${CARD}&encrypted_phone_number=${encode(encrypted(phone))}`,
	);

it('an invitation is received once the member is there', async () => {
	expect(json(await status()).code).toBe('RESOURCE_NOT_EXISTS');
	expect(said(await invite(PHONE, { membership_number: 'M1' }))).toBe('204');
	expect(fake.invitations).toEqual([
		{ card_id: CARD, phone: PHONE, registration_time: REGISTERED, membership_number: 'M1' },
	]);
	expect(json(await status())).toEqual({ receive_status: 'UNRECEIVED' });
	fake.addMember({ card_id: CARD, code: 'C2', phone: PHONE });
	expect(json(await status())).toEqual({
		receive_status: 'RECEIVED',
		user_card_information: {
			code: 'C2',
			openid: expect.any(String),
			receive_time: expect.stringMatching(/\+08:00$/),
			card_appid: 'wxea9c30890f48d5ae',
			card_id: CARD,
		},
	});
});

it.each<[string, () => void]>([
	[
		'该会员1年内未在本商家有微信支付交易，无法导入',
		() => fake.addPayer(PHONE, Date.now() / 1000 - YEAR - 9),
	],
	['会员已经领取过该卡', () => fake.addMember({ card_id: CARD, code: 'C2', phone: PHONE })],
	[
		'会员卡code为实时模式，需要传入卡code',
		() => fake.addCard({ card_id: CARD, code_mode: 'REAL_TIME' }),
	],
	['会员卡ID无效', () => fake.reset()],
])('is refused: %s', async (message, arrange) => {
	arrange();
	expect(said(await invite())).toBe(`400 INVALID_REQUEST ${message}`);
	expect(fake.invitations).toEqual([]);
});

it('is for mainland numbers', async () => {
	expect(json(await invite('85212345678')).detail.field).toBe('/encrypted_phone_number');
});

it('needs the ciphertext percent-encoded', async () => {
	// A raw '+' is a blank in a query.
	const got = await status(PHONE, (text) => String(text).replace(/^./, '+'));
	expect(json(got).detail).toMatchObject({ field: 'encrypted_phone_number', location: 'query' });
});
