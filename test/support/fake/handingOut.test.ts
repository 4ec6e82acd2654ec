import { ask, CARD, CODE, json, MCHID, openScene, said } from './scene.cts';
import type { FakeWechatPay } from './server.cts';

const BASE = '/v3/marketing/membercard-open';
const CARD_URL = `${BASE}/cards/${CARD}`;
const AUTO = { activate_type: 'AUTO_ACTIVATE' };

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await openScene();
});

afterEach(async () => {
	await fake.stop();
});

it('a QR code has a URL', async () => {
	const jump = { activate_type: 'JUMP_ACTIVATE', activate_url: 'https://shop.example' };
	const { url } = json(await ask(fake, 'POST', `${CARD_URL}/qrcode`, jump));
	expect(url).toMatch(/^https:\/\/w\.url\.cn\/s\/[\w-]+$/);
});

it('no QR code for codes in real time, but a token', async () => {
	fake.addCard({ card_id: CARD, code_mode: 'REAL_TIME' });
	expect(said(await ask(fake, 'POST', `${CARD_URL}/qrcode`, AUTO))).toBe(
		'400 INVALID_REQUEST 扫码投放场景不支持实时code模式',
	);
	const got = await ask(fake, 'POST', `${CARD_URL}/permission-tokens`, AUTO);
	expect(json(got).permission_token).toMatch(/^[\w-]{120}$/);
});

describe('an activation', () => {
	const ENCRYPTED = 'XX+J/a=';
	const TICKET = 'a/b+c';

	beforeEach(() => {
		const person = { nickname: '周星星', user_information: { common_field_list: [] } };
		const names = { encrypt_code: ENCRYPTED, activate_ticket: TICKET };
		fake.addActivation({ card_id: CARD, code: CODE, ...names, ...person });
	});

	it('has its code decrypted', async () => {
		const url = `${CARD_URL}/decrypt-code?encrypt_code=`;
		expect(json(await ask(fake, 'GET', url + encodeURIComponent(ENCRYPTED)))).toEqual({
			code: CODE,
		});
		expect(json(await ask(fake, 'GET', url + ENCRYPTED)).code).toBe('INVALID_REQUEST');
	});

	it('tells what the user filled in', async () => {
		const url = `${BASE}/activate-informations/`;
		expect(json(await ask(fake, 'GET', url + encodeURIComponent(TICKET)))).toEqual({
			nickname: '周星星',
			user_information: { common_field_list: [] },
		});
		expect(json(await ask(fake, 'GET', `${url}other`)).code).toBe('INVALID_REQUEST');
	});
});

it('a callback is set', async () => {
	const url = `${BASE}/callback`;
	const notify_url = 'https://shop.example/notify';
	expect(json(await ask(fake, 'PATCH', url, { notify_url }))).toEqual({ notify_url, mchid: MCHID });
	expect(fake.notifyUrl).toBe(notify_url);
	expect(json(await ask(fake, 'GET', url)).notify_url).toBe(notify_url);
});

describe('an order', () => {
	it.each([
		['the merchant', {}, `/v3/pay/transactions/id/T1?mchid=${MCHID}`],
		[
			'the service provider',
			{ sub_mchid: '1900000109' },
			`/v3/pay/partner/transactions/id/T1?sp_mchid=${MCHID}&sub_mchid=1900000109`,
		],
	])('is found by transaction_id for %s', async (_, whose, url) => {
		fake.addOrder({ out_trade_no: 'ORDER0001', transaction_id: 'T1', ...whose });
		const order = { out_trade_no: 'ORDER0001', transaction_id: 'T1', trade_state: 'SUCCESS' };
		expect(json(await ask(fake, 'GET', url))).toMatchObject(order);
		expect(said(await ask(fake, 'GET', url.replace('T1', 'T2')))).toBe(
			'404 ORDER_NOT_EXIST 订单不存在',
		);
	});

	it('has no transaction_id before it is paid', async () => {
		fake.addOrder({ out_trade_no: 'ORDER0001', transaction_id: 'T1', trade_state: 'NOTPAY' });
		const got = await ask(fake, 'GET', `/v3/pay/transactions/id/T1?mchid=${MCHID}`);
		expect(got.status).toBe(404);
	});
});
