/** Orders: made once, closed, and what the front end of the shop gets. */
import { verify } from 'node:crypto';

import { restartProcess } from '../../support/engine/restartProcess.cts';
import { skipWaits } from '../../support/engine/skipWaits.cts';
import { MERCHANT } from '../../support/fake/keys.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { APPID, orderOf, run, SUB_MERCHANT } from './scene.cts';

skipWaits();

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await fake.stop();
});

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const posts = () => fake.requests.filter(({ method }) => method === 'POST');
const isSigned = (lines: string[], signature: unknown) =>
	verify(
		'sha256',
		Buffer.from(lines.map((line) => `${line}\n`).join('')),
		MERCHANT.publicKey,
		Buffer.from(String(signature), 'base64'),
	);

describe('an order', () => {
	it('is made once: the same values give a fresh code_url of the same order', async () => {
		const first = await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		expect(first.done).toMatchObject([
			{ success: true, out_trade_no: 'SHOP-1', code_url: expect.stringMatching(/^weixin:/) },
		]);
		restartProcess();
		const again = await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		expect(again.done).toMatchObject([{ success: true }]);
		expect(again.done[0].code_url).not.toBe(first.done[0].code_url);
		expect(fake.orders).toHaveLength(1);
	});

	it.each([
		['another total', 'payment.createNative', { total: 90 }],
		['another attach', 'payment.createNative', { additionalFields: { attach: 'x' } }],
		['H5', 'payment.createH5', { payerClientIp: '203.0.113.7', type: 'Wap' }],
	])('with %s under the same number is never a success', async (_, operation, more) => {
		await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		for (const isKnown of [true, false]) {
			if (!isKnown) restartProcess();
			const { done, failures } = await run(fake, operation, orderOf('SHOP-1', more));
			expect(done).toEqual([]);
			expect(['not_sent', 'unknown']).toContain(failures[0].outcome);
			expect(failures[0].message).toMatch(
				/Order: Get.*paid, stop.*first values again.*close it.*new number/,
			);
		}
		expect(fake.orders).toMatchObject([{ total: 100, attach: '', trade_type: 'NATIVE' }]);
	});

	it('with a relative expiry sends the bytes of the first try again', async () => {
		fake.misbehave({ fault: 'reset-after' });
		const expiring = (minutes: number) =>
			orderOf('SHOP-1', { additionalFields: { timeExpire: inMinutes(minutes) } });
		const lost = await run(fake, 'payment.createNative', expiring(30));
		expect(lost.failures).toMatchObject([{ outcome: 'unknown' }]);
		const again = await run(fake, 'payment.createNative', expiring(31));
		expect(again.done).toMatchObject([{ success: true }]);
		expect(posts()[1].body).toBe(posts()[0].body);
		restartProcess();
		const later = await run(fake, 'payment.createNative', expiring(32));
		expect(later.failures).toMatchObject([{ outcome: 'unknown', code: 'OUT_TRADE_NO_USED' }]);
	});

	it('that is closed needs a new number', async () => {
		await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		await run(fake, 'order.close', { outTradeNo: 'SHOP-1' });
		const { failures } = await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		expect(failures[0].message).toContain("take a new 'Merchant Order Number'");
	});
});

describe('an order that cannot be made is not sent', () => {
	it.each([
		['19.9 * 100', { total: 19.9 * 100 }, 'near 1990'],
		['1.1 * 100', { total: 1.1 * 100 }, 'near 110'],
		['yuan', { total: '19.90' }, '19.90 yuan is 1990 fen'],
		['a fraction of a yuan', { total: 0.01 }, '0.01 yuan is 1 fen'],
		['nothing', { total: 0 }, "'Amount (Fen)' must be a positive whole number"],
		['a long number', { outTradeNo: 'S'.repeat(37) }, 'at most 32 characters'],
		['a long description', { description: '长'.repeat(128) }, 'at most 127 characters'],
		['an emoji', { description: '好👍' }, '(character 2)'],
		['half an emoji', { description: '好\uD83D' }, '(character 2)'],
		['a query', { notifyUrl: 'https://shop.example/cb?channel_id=2' }, "or by 'Attach'"],
		['localhost', { notifyUrl: 'http://localhost:5678/x' }, 'public https address'],
		['a private network', { notifyUrl: 'https://192.168.1.4/x' }, 'public https address'],
		['a bare domain', { notifyUrl: 'https://shop.example.com' }, 'with a path'],
		[
			'an expiry in the past',
			{ additionalFields: { timeExpire: '2026-01-01T00:00:00+08:00' } },
			'it is in the past',
		],
		[
			'an expiry in 16 days',
			{ additionalFields: { timeExpire: inMinutes(16 * 1440) } },
			'at most 15 days ahead',
		],
		[
			'a compact time',
			{ additionalFields: { timeExpire: '20260421191948' } },
			'e.g. 2026-11-24T08:00:00+08:00',
		],
		[
			'a number for a time',
			{ additionalFields: { timeExpire: 1776770388 } },
			'e.g. 2026-11-24T08:00:00+08:00',
		],
		[
			'a sub-merchant AppID alone',
			{ additionalFields: { subAppid: 'wx1' } },
			"'Sub-Merchant ID' is empty",
		],
	])('with %s', async (_, more, words) => {
		const { failures } = await run(fake, 'payment.createNative', orderOf('SHOP-1', more));
		expect(failures).toMatchObject([{ outcome: 'not_sent' }]);
		expect(failures[0].message).toContain(words);
		expect(fake.requests).toEqual([]);
	});

	it('and a blank around an address, an empty option and 127 characters are fine', async () => {
		const { done } = await run(
			fake,
			'payment.createNative',
			orderOf('SHOP-1', {
				notifyUrl: ' https://shop.example/webhook/paid ',
				description: '长'.repeat(127),
				additionalFields: {
					attach: '',
					goodsTag: ' ',
					sceneInfo: {},
					detail: { value: {} },
					limitPay: [],
				},
			}),
		);
		expect(done).toHaveLength(1);
		expect(Object.keys(JSON.parse(posts()[0].body) as object)).toEqual([
			'appid',
			'mchid',
			'description',
			'out_trade_no',
			'notify_url',
			'amount',
		]);
	});

	it('and a time without an offset is one of China, wherever n8n runs', async () => {
		const china = new Date(Date.now() + 8 * 3600_000 + 600_000).toISOString().slice(0, 19);
		await run(
			fake,
			'payment.createNative',
			orderOf('SHOP-1', { additionalFields: { timeExpire: china } }),
		);
		expect(posts()[0].body).toContain(`"time_expire":"${china}.000+08:00"`);
	});
});

describe('H5', () => {
	const ofPhone = (more: object = {}) =>
		orderOf('SHOP-1', { payerClientIp: '203.0.113.7', type: 'Wap', ...more });

	it('appends the return address to h5_url, and sends it to nobody', async () => {
		const redirectUrl = 'https://shop.example/paid?order=1&x=粤';
		const { done } = await run(
			fake,
			'payment.createH5',
			ofPhone({ additionalFields: { redirectUrl } }),
		);
		expect(String(done[0].h5_url)).toMatch(
			/&redirect_url=https%3A%2F%2Fshop\.example%2Fpaid%3Forder%3D1%26x%3D%E7%B2%A4$/,
		);
		expect(posts()[0].body).not.toContain('redirect_url');
	});

	it.each([
		['::ffff:203.0.113.7', '203.0.113.7'],
		['2001:db8::1', '2001:db8::1'],
	])('sends %s as %s', async (payerClientIp, sent) => {
		await run(fake, 'payment.createH5', ofPhone({ payerClientIp }));
		expect(posts()[0].body).toContain(`"payer_client_ip":"${sent}"`);
	});

	it.each([
		['203.0.113.7, 10.0.0.2', 'usually the first (203.0.113.7)'],
		['127.0.0.1', 'private network or of this machine'],
		['10.0.0.2', 'X-Forwarded-For'],
	])('refuses %s', async (payerClientIp, words) => {
		const { failures } = await run(fake, 'payment.createH5', ofPhone({ payerClientIp }));
		expect(failures[0].message).toContain(words);
		expect(fake.requests).toEqual([]);
	});
});

describe('the front end', () => {
	it('of JSAPI gets ten digits as text, and a signature for the AppID that it names', async () => {
		const { done } = await run(fake, 'payment.createJsapi', orderOf('SHOP-1', { openid: 'o1' }));
		const { pay, prepay_id: prepayId } = done[0] as {
			pay: Record<string, string>;
			prepay_id: string;
		};
		expect(pay).toMatchObject({ appId: APPID, signType: 'RSA', package: `prepay_id=${prepayId}` });
		expect(pay.timeStamp).toMatch(/^\d{10}$/);
		expect(pay.nonceStr.length).toBeLessThanOrEqual(32);
		const lines = [APPID, pay.timeStamp, pay.nonceStr, `prepay_id=${prepayId}`];
		expect(isSigned(lines, pay.paySign)).toBe(true);
	});

	it('of the sub-merchant gets a signature for its own AppID', async () => {
		const subAppid = 'wx00000000000000ff';
		const additionalFields = { subMchid: SUB_MERCHANT, subAppid, subOpenid: 'o2' };
		const { done } = await run(
			fake,
			'payment.createJsapi',
			orderOf('SHOP-1', { additionalFields }),
		);
		const pay = done[0].pay as Record<string, string>;
		expect(pay.appId).toBe(subAppid);
		expect(isSigned([subAppid, pay.timeStamp, pay.nonceStr, pay.package], pay.paySign)).toBe(true);
		expect(JSON.parse(posts()[0].body)).toMatchObject({
			payer: { sub_openid: 'o2' },
			sub_appid: subAppid,
		});
	});

	it.each([
		['of the service provider', {}, APPID, '1230000109'],
		['of the sub-merchant', { subAppid: 'wx00000000000000ff' }, 'wx00000000000000ff', SUB_MERCHANT],
	])(
		'of an app %s gets the merchant that goes with the AppID',
		async (_, more, appid, partnerid) => {
			const additionalFields = { subMchid: SUB_MERCHANT, ...more };
			const { done } = await run(
				fake,
				'payment.createApp',
				orderOf('SHOP-1', { additionalFields }),
			);
			const pay = done[0].pay as Record<string, string>;
			expect(pay).toMatchObject({ appid, partnerid, package: 'Sign=WXPay' });
			expect(isSigned([appid, pay.timestamp, pay.noncestr, pay.prepayid], pay.sign)).toBe(true);
		},
	);

	it.each([
		['no payer', {}, "'OpenID' and 'Sub-Merchant OpenID' are empty"],
		['a payer of an AppID that is not sent', { subOpenid: 'o2' }, "'Sub-Merchant AppID' is empty"],
	])('with %s is not sent by a service provider', async (_, more, words) => {
		const additionalFields = { subMchid: SUB_MERCHANT, ...more };
		const { failures } = await run(
			fake,
			'payment.createJsapi',
			orderOf('SHOP-1', { additionalFields }),
		);
		expect(failures).toMatchObject([{ outcome: 'not_sent' }]);
		expect(failures[0].message).toContain(words);
	});
});

describe('a query', () => {
	it('says pending as long as the order can be paid, and is no failure', async () => {
		await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		const open = await run(fake, 'order.get', { outTradeNo: 'SHOP-1' });
		expect(open).toMatchObject({ done: [{ pending: true, trade_state: 'NOTPAY' }], failures: [] });
		fake.pay('SHOP-1');
		const paid = await run(fake, 'order.get', { outTradeNo: 'SHOP-1' });
		expect(paid.done).toMatchObject([{ trade_state: 'SUCCESS', amount: { total: 100 } }]);
		expect(paid.done[0]).not.toHaveProperty('pending');
	});
});

describe('a query that waits (O1)', () => {
	const WAIT = { outTradeNo: 'SHOP-1', additionalFields: { waitSeconds: 60 } };
	const queries = () => fake.requests.filter(({ method }) => method === 'GET');
	const pauses = () =>
		queries()
			.slice(1)
			.map(({ receivedAt }, index) => receivedAt - queries()[index].receivedAt);

	beforeEach(async () => {
		await run(fake, 'payment.createNative', orderOf('SHOP-1'));
	});

	it('asks until the order is paid, and no longer', async () => {
		fake.misbehaveBy(() => {
			if (queries().length === 4) fake.pay('SHOP-1');
			return undefined;
		});
		const { done } = await run(fake, 'order.get', WAIT);
		expect(done).toMatchObject([{ trade_state: 'SUCCESS' }]);
		expect(done[0]).not.toHaveProperty('pending');
		expect(done[0]).not.toHaveProperty('wait_seconds');
		expect(queries()).toHaveLength(4);
	});

	it('ends with an order that is unpaid, which is no failure; its pauses grow from a second', async () => {
		const { done, failures } = await run(fake, 'order.get', WAIT);
		expect(failures).toEqual([]);
		expect(done).toMatchObject([{ trade_state: 'NOTPAY', pending: true }]);
		const waited = pauses();
		expect(Math.min(...waited)).toBeGreaterThanOrEqual(990);
		expect(waited[4]).toBeGreaterThan(waited[0] * 3);
		expect(queries().length).toBeLessThan(12);
		const sum = waited.reduce((total, one) => total + one, 0);
		expect(sum).toBeGreaterThan(30_000);
		expect(sum).toBeLessThan(65_000);
	});

	it.each([0, undefined])('asks once where it shall wait %p seconds', async (waitSeconds) => {
		const { done } = await run(fake, 'order.get', { ...WAIT, additionalFields: { waitSeconds } });
		expect(done).toMatchObject([{ pending: true }]);
		expect(queries()).toHaveLength(1);
	});

	it.each([-1, 601, 1.5])('cannot wait %d seconds', async (waitSeconds) => {
		const { failures } = await run(fake, 'order.get', {
			...WAIT,
			additionalFields: { waitSeconds },
		});
		expect(failures).toMatchObject([{ outcome: 'not_sent' }]);
		expect(failures[0].message).toContain("'Payment Wait (Seconds)'");
		expect(queries()).toEqual([]);
	});
});

describe('closing', () => {
	it('answers 204 with the order number, again and again', async () => {
		await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		for (let time = 0; time < 2; time += 1) {
			const { done } = await run(fake, 'order.close', { outTradeNo: 'SHOP-1' });
			expect(done).toMatchObject([{ success: true, out_trade_no: 'SHOP-1' }]);
		}
		expect(fake.orders).toMatchObject([{ trade_state: 'CLOSED' }]);
	});

	it('is refused where the shopper was faster, and never reads as closed', async () => {
		await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		fake.pay('SHOP-1');
		const { done, failures } = await run(fake, 'order.close', { outTradeNo: 'SHOP-1' });
		expect(done).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'refused', code: 'TRADE_ERROR', repeatable: true }]);
		expect(failures[0].message).toMatch(/Order: Get.*SUCCESS.*refund the order/);
	});

	it('of the old number lets the shopper move to a new one, and pay only that (O4)', async () => {
		await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		const { done } = await run(fake, 'order.close', { outTradeNo: 'SHOP-1' });
		expect(done).toMatchObject([{ success: true }]);
		await run(fake, 'payment.createNative', orderOf('SHOP-1-2'));
		expect(() => fake.pay('SHOP-1')).toThrow();
		fake.pay('SHOP-1-2');
		expect(fake.orders).toMatchObject([{ trade_state: 'CLOSED' }, { trade_state: 'SUCCESS' }]);
	});

	it('of an order that does not exist has an advice of its own', async () => {
		const { failures } = await run(fake, 'order.close', { outTradeNo: 'SHOP-404' });
		expect(failures[0].message).toContain('this merchant has no such order');
	});

	it('with a body in the response is open', async () => {
		await run(fake, 'payment.createNative', orderOf('SHOP-1'));
		fake.misbehave({ fault: 'tampered-body', times: 9 });
		const { done, failures } = await run(fake, 'order.close', { outTradeNo: 'SHOP-1' });
		expect(done).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'unknown' }]);
	});
});
