import { pem } from '../keys.cts';
import { authorizationOf, send, type Got, type Sent, type Signing } from '../client.cts';
import { commit, COMMIT_BODY, COMMIT_URL, numberOf, ORDER, openScene, said } from '../scene.cts';
import type { FakeWechatPay } from '../server.cts';

describe('a request is checked', () => {
	let fake: FakeWechatPay;

	beforeEach(async () => {
		fake = await openScene();
	});

	afterEach(async () => {
		await fake.stop();
	});

	const signed = async (signing: Signing): Promise<Got> => await commit(fake, { signing });
	const headed = async (headers: Sent['headers']): Promise<Got> => await commit(fake, { headers });
	const nowSeconds = () => Math.floor(Date.now() / 1000);

	const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
	const FORMAT = '401 SIGN_ERROR Http头Authorization值格式错误';
	const MISMATCH = '401 SIGN_ERROR 错误的签名，验签失败';
	const CLOCK = '401 SIGN_ERROR Http头Authorization中的timestamp与发起请求的时间不得超过5分钟';
	const CLIENT_HEADERS = '400 INVALID_REQUEST Http头缺少Accept或User-Agent';
	const SERIAL = '400 PARAM_ERROR 平台证书序列号Wechatpay-Serial错误';

	it('accepts a request in order', async () => {
		expect(said(await commit(fake))).toBe('204');
	});

	it('accepts the Authorization items in any order', async () => {
		const order = ['signature', 'serial_no', 'mchid', 'timestamp', 'nonce_str'];
		expect(said(await signed({ order }))).toBe('204');
	});

	it.each([
		['a missing item', { order: ['mchid', 'nonce_str', 'signature', 'timestamp'] }, FORMAT],
		[
			'an item sent twice',
			{ order: ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no', 'mchid'] },
			FORMAT,
		],
		['blanks after commas', { separator: ', ' }, FORMAT],
		['a nonce of 33 characters', { nonce: 'N'.repeat(33) }, FORMAT],
		['a timestamp that is no number', { timestamp: '2026-11-23' }, FORMAT],
		[
			'another scheme',
			{ scheme: 'WECHATPAY-BRAND-SHA256-RSA2048' },
			'401 SIGN_ERROR HTTP头Authorization认证类型不正确',
		],
		['an unknown merchant', { mchid: '1230000110' }, '401 SIGN_ERROR 商户未申请过证书'],
		['a serial of somebody else', { serialNo: 'ABCDEF' }, '401 SIGN_ERROR 商户证书序列号有误'],
		[
			'a serial without its leading zero',
			{ serialNo: 'C4AEF2D9A5B3E7F1122334455667788990AABBC' },
			'401 SIGN_ERROR 商户证书序列号有误',
		],
		['the key of somebody else', { privateKey: pem('other-merchant-key.pem') }, MISMATCH],
		['a signature that is not base64', { signature: 'WECHATPAY/SIGNTEST/x' }, MISMATCH],
		['another signed method', { signedMethod: 'PUT' }, MISMATCH],
		['another signed path', { signedUrl: COMMIT_URL.replace('commit', 'prepare') }, MISMATCH],
		['another signed body', { signedBody: '{}' }, MISMATCH],
		[
			'an absolute URL in the signature',
			{ signedUrl: `https://api.mch.weixin.qq.com${COMMIT_URL}` },
			MISMATCH,
		],
	])('refuses %s', async (_, signing: Signing, answer) => {
		const got = await signed(signing);
		expect(said(got)).toBe(answer);
		expect(numberOf(got)).toBe(268443699);
		expect(got.headers['wechatpay-signature']).toBeUndefined();
		expect(fake.bonus(ORDER)?.commits).toBe(0);
	});

	it.each([
		['no Authorization', { Authorization: undefined }, FORMAT],
		['an empty Authorization', { Authorization: '' }, FORMAT],
		['a scheme alone', { Authorization: SCHEME }, FORMAT],
		['no User-Agent', { 'User-Agent': undefined }, CLIENT_HEADERS],
		['no Accept', { Accept: undefined }, CLIENT_HEADERS],
		['an Accept that excludes JSON', { Accept: 'text/html' }, CLIENT_HEADERS],
		['an unknown Wechatpay-Serial', { 'Wechatpay-Serial': 'PUB_KEY_ID_9' }, SERIAL],
		['no Content-Type', { 'Content-Type': undefined }, '400 PARAM_ERROR 参数错误'],
		['another Content-Type', { 'Content-Type': 'text/plain' }, '400 PARAM_ERROR 参数错误'],
	])('refuses %s', async (_, headers: Sent['headers'], answer) => {
		expect(said(await headed(headers))).toBe(answer);
		expect(fake.bonus(ORDER)?.commits).toBe(0);
	});

	it.each([
		['Accept: */*', { Accept: '*/*' }],
		['the charset in Content-Type', { 'Content-Type': 'application/json; charset=utf-8' }],
		['no Wechatpay-Serial', { 'Wechatpay-Serial': undefined }],
	])('accepts %s', async (_, headers: Sent['headers']) => {
		expect(said(await headed(headers))).toBe('204');
	});

	it('looks at the client headers before the signature', async () => {
		const got = await commit(fake, {
			headers: { 'User-Agent': undefined },
			signing: { signature: 'x' },
		});
		expect(said(got)).toBe(CLIENT_HEADERS);
		expect(got.headers['wechatpay-signature']).toBeUndefined();
	});

	it('looks at the clock before the signature', async () => {
		const got = await signed({ timestamp: nowSeconds() - 400, signature: 'x' });
		expect(said(got)).toBe(CLOCK);
	});

	it('refuses milliseconds', async () => {
		expect(said(await signed({ timestamp: Date.now() }))).toBe(CLOCK);
	});

	it('says what it put together when the signature does not match', async () => {
		const timestamp = nowSeconds();
		const got = await signed({ signedBody: '{}', nonce: 'ABC', timestamp });
		const { detail } = JSON.parse(got.body.toString());
		const body = JSON.stringify(COMMIT_BODY);
		const message = ['POST', COMMIT_URL, timestamp, 'ABC', body, ''].join('\n');
		expect(detail).toMatchObject({
			detail: { issue: 'sign not match' },
			field: 'signature',
			location: 'authorization',
			sign_information: { method: 'POST', url: COMMIT_URL, sign_message_length: message.length },
		});
		expect(message.startsWith(detail.sign_information.truncated_sign_message.slice(0, 100))).toBe(
			true,
		);
	});

	it('refuses a right signature with a blank in its base64', async () => {
		const body = JSON.stringify(COMMIT_BODY);
		const right = authorizationOf({ url: COMMIT_URL }, Buffer.from(body));
		const Authorization = right.replace('signature="', 'signature=" ');
		expect(said(await headed({ Authorization }))).toBe(MISMATCH);
	});

	it('refuses a nonce that came before', async () => {
		expect(said(await signed({ nonce: 'ONCE' }))).toBe('204');
		expect(said(await signed({ nonce: 'ONCE' }))).toBe(
			'401 SIGN_ERROR Http头Authorization中的nonce_str已被使用',
		);
		expect(fake.bonus(ORDER)?.commits).toBe(1);
	});

	it('checks the raw request target, query and escapes included', async () => {
		const url = '/v3/pay/transactions/out-trade-no/ABC%7C123?mchid=1230000109';
		fake.addOrder({ out_trade_no: 'ABC|123' });
		const get = async (signing: Signing) =>
			await send(fake.baseUrl, { method: 'GET', url, signing });
		expect((await get({})).status).toBe(200);
		expect(said(await get({ signedUrl: url.split('?')[0] }))).toBe(MISMATCH);
		expect(said(await get({ signedUrl: url.replace('%7C', '|') }))).toBe(MISMATCH);
	});

	it('checks the raw body bytes', async () => {
		const body = `${JSON.stringify(COMMIT_BODY)}\n`;
		expect(said(await commit(fake, { body }))).toBe('204');
		const trimmed = await commit(fake, { body, signing: { signedBody: body.trim() } });
		expect(said(trimmed)).toBe(MISMATCH);
	});

	it('keeps a record of what arrived', async () => {
		await signed({ nonce: 'RECORDED' });
		expect(fake.requests).toHaveLength(1);
		expect(fake.requests[0]).toMatchObject({
			method: 'POST',
			url: COMMIT_URL,
			body: JSON.stringify(COMMIT_BODY),
			nonce: 'RECORDED',
			status: 204,
		});
		expect(fake.requests[0].headers['wechatpay-serial']).toMatch(/^PUB_KEY_ID_/);
	});

	it('counts', async () => {
		await commit(fake);
		await headed({ Accept: undefined });
		expect(fake.counts).toMatchObject({ received: 2, accepted: 1, refused: 1, limited: 0 });
	});

	it('has a page of HTML for other paths and methods, whoever asks', async () => {
		const missing = await send(fake.baseUrl, {
			url: '/v3/nothing',
			headers: { Accept: undefined },
		});
		expect(missing.status).toBe(404);
		const method = await commit(fake, { method: 'PUT' });
		expect(method.status).toBe(405);
		for (const { headers, body } of [missing, method]) {
			expect(headers['content-type']).toBe('text/html');
			expect(headers['wechatpay-signature']).toBeUndefined();
			expect(body.toString()).toContain('<html>');
		}
	});

	it('forgets everything but the nonces on reset', async () => {
		const signing = { nonce: 'KEPT' };
		await signed(signing);
		fake.reset();
		expect(fake.bonuses).toEqual([]);
		expect(fake.counts.received).toBe(0);
		expect(said(await signed(signing))).toMatch(/nonce_str/);
	});
});

describe('the clock of the fake', () => {
	it.each([
		[-301, 401],
		[-300, 204],
		[300, 204],
		[301, 401],
	])('off by %d s gives %d', async (offset, status) => {
		const now = 1800000000;
		const fake = await openScene({ now: () => now });
		const got = await commit(fake, { signing: { timestamp: now + offset } });
		await fake.stop();
		expect(got.status).toBe(status);
		expect(Date.parse(String(got.headers.date))).toBe(now * 1000);
	});
});

describe('the client of the tests', () => {
	it('writes the header as the documentation does', () => {
		const sent = { url: '/v3/certificates', method: 'GET', signing: { timestamp: 1554208460 } };
		expect(authorizationOf(sent, Buffer.from(''))).toMatch(
			/^WECHATPAY2-SHA256-RSA2048 mchid="1230000109",nonce_str="NONCE\d{27}",signature="[^"]+",timestamp="1554208460",serial_no="0C4AEF[0-9A-F]{34}"$/,
		);
	});
});
