import { Formatter, Rsa } from 'wechatpay-axios-plugin';

import { send, type Got } from './client.cts';
import { pem, PLATFORM_A, PLATFORM_B, PUBLIC_KEY } from './keys.cts';
import { commit, COMMIT_URL, openScene, said } from './scene.cts';
import { FakeWechatPay, type FakeOptions } from './server.cts';

const FILES: Record<string, string> = {
	[PUBLIC_KEY.serial]: 'wechatpay-public-key.pem',
	[PLATFORM_A.serial]: 'platform-a-cert.pem',
	[PLATFORM_B.serial]: 'platform-b-cert.pem',
};

/** Whether wechatpay-axios-plugin takes the answer for one of WeChat Pay's. */
function verifies({ headers, body }: Got): boolean {
	const timestamp = String(headers['wechatpay-timestamp']);
	const nonce = String(headers['wechatpay-nonce']);
	const message = Formatter.response(timestamp, nonce, body.toString());
	const signature = String(headers['wechatpay-signature']);
	return Rsa.verify(message, signature, pem(FILES[String(headers['wechatpay-serial'])]));
}

async function commitOnce(options: FakeOptions, serial?: string): Promise<Got> {
	const fake = await openScene(options);
	const got = await commit(fake, { headers: { 'Wechatpay-Serial': serial } });
	await fake.stop();
	return got;
}

describe('an answer', () => {
	it.each<[string, FakeOptions, string | undefined, string]>([
		['the public key when the request names it', {}, PUBLIC_KEY.serial, PUBLIC_KEY.serial],
		['platform certificate B when it is named', {}, PLATFORM_B.serial, PLATFORM_B.serial],
		['platform certificate A without a name', {}, undefined, PLATFORM_A.serial],
		['the public key in public-key mode', { signs: 'publicKey' }, undefined, PUBLIC_KEY.serial],
		[
			'a platform certificate before the switch',
			{ signs: 'platformCertificate' },
			PUBLIC_KEY.serial,
			PLATFORM_A.serial,
		],
	])('is signed with %s', async (_, options, asked, serial) => {
		const got = await commitOnce(options, asked);
		expect(said(got)).toBe('204');
		expect(got.headers).toMatchObject({
			'wechatpay-serial': serial,
			'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
			'request-id': expect.stringMatching(/^[0-9A-F]{32}-0$/),
			date: expect.any(String),
		});
		expect(verifies(got)).toBe(true);
	});

	it('refuses a platform serial to a merchant in public-key mode, signed all the same', async () => {
		const got = await commitOnce({ signs: 'publicKey' }, PLATFORM_A.serial);
		expect(said(got)).toBe('400 PARAM_ERROR 平台证书序列号Wechatpay-Serial错误');
		expect(verifies(got)).toBe(true);
	});

	it('is signed over its body, on errors too', async () => {
		const fake = await FakeWechatPay.start();
		const echo = { url: '/v3/security/echo', body: { echo_message: '你好' } };
		const got = await send(fake.baseUrl, echo);
		const refused = await commit(fake);
		await fake.stop();
		expect(verifies(got)).toBe(true);
		expect(said(refused)).toBe('400 INVALID_REQUEST 会员卡ID无效');
		expect(verifies(refused)).toBe(true);
		expect(verifies({ ...got, body: Buffer.from('{}') })).toBe(false);
	});

	it('has a nonce and a signature of its own, an equal one too', async () => {
		const clock = { now: 1800000000 };
		const fake = await openScene({ now: () => clock.now });
		const timed = async () => await commit(fake, { signing: { timestamp: clock.now } });
		const answers = [await timed(), await timed()];
		await fake.stop();
		for (const name of ['wechatpay-nonce', 'wechatpay-signature']) {
			expect(answers[0].headers[name]).not.toBe(answers[1].headers[name]);
		}
		expect(answers.map(verifies)).toEqual([true, true]);
	});
});

describe('wechatpay-axios-plugin', () => {
	it('signs what the fake accepts', async () => {
		const fake = await openScene();
		const { mchid, serialNo, privateKey } = fake.credential();
		const body =
			'{"out_trade_no":"1217752501201407033233368018","mchid":"1230000109","bonus_value":30}';
		const nonce = Formatter.nonce();
		const timestamp = Formatter.timestamp();
		const signature = Rsa.sign(
			Formatter.request('POST', COMMIT_URL, timestamp, nonce, body),
			privateKey,
		);
		const Authorization = Formatter.authorization(mchid, nonce, signature, timestamp, serialNo);
		const got = await commit(fake, { body, headers: { Authorization } });
		await fake.stop();
		expect(said(got)).toBe('204');
	});
});
