import { createDecipheriv, publicEncrypt, X509Certificate } from 'node:crypto';

import { send, type Got, type Sent } from '../client.cts';
import { pem, PLATFORM_A, PLATFORM_B } from '../keys.cts';
import { MCHID, numberOf, said } from '../scene.cts';
import { FakeWechatPay, type FakeOptions } from '../server.cts';

let fake: FakeWechatPay;

async function start(options: FakeOptions = {}): Promise<void> {
	fake = await FakeWechatPay.start(options);
}

afterEach(async () => {
	await fake.stop();
});

const get = async (url: string, sent: Partial<Sent> = {}): Promise<Got> =>
	await send(fake.baseUrl, { method: 'GET', url, ...sent });
const json = ({ body }: Got) => JSON.parse(body.toString());

describe('the order query', () => {
	const url = '/v3/pay/transactions/out-trade-no/ORDER0001';

	beforeEach(async () => await start());

	it('finds a paid order', async () => {
		fake.addOrder({ out_trade_no: 'ORDER0001' });
		const got = await get(`${url}?mchid=${MCHID}`);
		expect(got.status).toBe(200);
		expect(json(got)).toMatchObject({
			mchid: MCHID,
			out_trade_no: 'ORDER0001',
			trade_state: 'SUCCESS',
			trade_state_desc: '支付成功',
			transaction_id: expect.any(String),
			amount: { total: 100, payer_total: 100 },
			payer: { openid: expect.any(String) },
		});
	});

	it('has no transaction_id before the payment', async () => {
		fake.addOrder({ out_trade_no: 'ORDER0001', trade_state: 'NOTPAY' });
		const order = json(await get(`${url}?mchid=${MCHID}`));
		expect(order.trade_state).toBe('NOTPAY');
		expect(order).not.toHaveProperty('transaction_id');
		expect(order).not.toHaveProperty('payer');
	});

	it('does not find an order of somebody else', async () => {
		fake.addOrder({ out_trade_no: 'ORDER0001', sub_mchid: '1900000109' });
		const got = await get(`${url}?mchid=${MCHID}`);
		expect(said(got)).toBe('404 ORDER_NOT_EXIST 订单不存在');
		expect(got.headers['wechatpay-signature']).toBeDefined();
	});

	it('finds the order of a sub-merchant for its service provider', async () => {
		fake.addOrder({ out_trade_no: 'ORDER0001', sub_mchid: '1900000109' });
		const partnerUrl = '/v3/pay/partner/transactions/out-trade-no/ORDER0001';
		const got = await get(`${partnerUrl}?sp_mchid=${MCHID}&sub_mchid=1900000109`);
		expect(json(got)).toMatchObject({ sp_mchid: MCHID, sub_mchid: '1900000109' });
	});

	it.each([
		['no mchid', url],
		['the mchid of somebody else', `${url}?mchid=1900000109`],
		['mchid twice', `${url}?mchid=${MCHID}&mchid=${MCHID}`],
		['a number that is too short', `${url.replace('ORDER0001', 'A1')}?mchid=${MCHID}`],
	])('refuses %s', async (_, wrong) => {
		expect(said(await get(wrong))).toBe('400 PARAM_ERROR 参数错误');
	});

	it('refuses a body', async () => {
		const got = await get(`${url}?mchid=${MCHID}`, { body: '{}' });
		expect(numberOf(got)).toBe(270924358);
	});
});

describe('the self-test', () => {
	const echo = async (body: object, sent: Partial<Sent> = {}): Promise<Got> =>
		await send(fake.baseUrl, { url: '/v3/security/echo', body, ...sent });
	const encrypted = (key: string) => {
		const padding = { key, oaepHash: 'sha1' };
		return publicEncrypt(padding, Buffer.from('Echo')).toString('base64');
	};

	it('echoes', async () => {
		await start();
		const got = await echo({ echo_message: '你好' });
		expect(got.status).toBe(200);
		expect(json(got)).toEqual({ echo_message: '你好' });
	});

	it('wants to be told which key is used', async () => {
		await start();
		const headers = { 'Wechatpay-Serial': undefined };
		expect(said(await echo({ echo_message: 'x' }, { headers }))).toBe(
			'400 PARAM_ERROR HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)',
		);
	});

	it('decrypts with the key that is named', async () => {
		await start();
		const withPublicKey = encrypted(pem('wechatpay-public-key.pem'));
		const withCertificate = encrypted(pem('platform-b-cert.pem'));
		const headers = { 'Wechatpay-Serial': PLATFORM_B.serial };
		const body = (encrypted_echo_message: string) => ({
			echo_message: 'x',
			encrypted_echo_message,
		});
		expect((await echo(body(withPublicKey))).status).toBe(200);
		expect((await echo(body(withCertificate), { headers })).status).toBe(200);
		const wrong = await echo(body(withCertificate));
		expect(wrong.status).toBe(400);
		expect(json(wrong).detail.field).toBe('/encrypted_echo_message');
	});

	it('is not there for every merchant', async () => {
		await start({ selfTest: false });
		const got = await echo({ echo_message: 'x' });
		expect(got.status).toBe(404);
		expect(json(got).code).toBe('RESOURCE_NOT_EXISTS');
		expect(got.headers['wechatpay-signature']).toBeDefined();
	});
});

describe('the callback', () => {
	const url = '/v3/marketing/membercard-open/callback';

	it('is told once it is set', async () => {
		await start();
		expect(json(await get(url)).code).toBe('RESOURCE_NOT_EXISTS');
		fake.setNotifyUrl('https://shop.example/notify');
		const got = await get(url);
		expect(json(got)).toEqual({ notify_url: 'https://shop.example/notify', mchid: MCHID });
	});
});

describe('the platform certificates', () => {
	const list = async (sent: Partial<Sent> = {}): Promise<Got> =>
		await get('/v3/certificates', sent);
	const withoutSerial = { headers: { 'Wechatpay-Serial': undefined } };

	it('do not exist in public-key mode', async () => {
		await start({ signs: 'publicKey' });
		for (const got of [await list(), await list(withoutSerial)]) {
			expect(got.status).toBe(404);
			expect(json(got)).toMatchObject({ code: 'RESOURCE_NOT_EXISTS' });
			expect(json(got).message).toMatch(/^无可用的平台证书/);
		}
	});

	it('decrypt with the APIv3 key', async () => {
		await start({ signs: 'platformCertificate' });
		const { apiV3Key } = fake.credential();
		const { data } = json(await list(withoutSerial));
		const serials = data.map((entry: { serial_no: string; encrypt_certificate: never }) => {
			const { nonce, associated_data, ciphertext } = entry.encrypt_certificate as Record<
				string,
				string
			>;
			const sealed = Buffer.from(ciphertext, 'base64');
			const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce);
			decipher.setAAD(Buffer.from(associated_data)).setAuthTag(sealed.subarray(-16));
			const text = decipher.update(sealed.subarray(0, -16), undefined, 'utf8') + decipher.final();
			expect(new X509Certificate(text).serialNumber).toBe(entry.serial_no);
			return entry.serial_no;
		});
		expect(serials).toEqual([PLATFORM_A.serial, PLATFORM_B.serial]);
	});

	it('exist while the merchant migrates, for who asks without the public key', async () => {
		await start();
		expect((await list()).status).toBe(404);
		expect((await list(withoutSerial)).status).toBe(200);
	});
});
