import { Formatter, Rsa } from 'wechatpay-axios-plugin';

import type { Got } from './client.cts';
import { pem } from './keys.cts';
import { commit, COMMIT_BODY, openScene, ORDER, said } from './scene.cts';
import type { Fault, FakeWechatPay, FaultName } from './server.cts';

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await openScene();
});

afterEach(async () => {
	await fake.stop();
});

/** The commit of the scene's order, hit by a fault. */
async function hit(fault: Fault, patience?: number): Promise<Got> {
	fake.misbehave({ fault });
	return await commit(fake, { patience });
}

function signatureVerifies({ headers, body }: Got): boolean {
	const time = String(headers['wechatpay-timestamp']);
	const message = Formatter.response(time, String(headers['wechatpay-nonce']), body.toString());
	const signature = String(headers['wechatpay-signature']);
	return Rsa.verify(message, signature, pem('wechatpay-public-key.pem'));
}

const commits = () => fake.bonus(ORDER)?.commits;

describe('an answer of a processed call', () => {
	it('bad-signature: base64, but of nothing', async () => {
		const got = await hit('bad-signature');
		expect(got.status).toBe(204);
		expect(got.headers['wechatpay-signature']).toMatch(/^[A-Za-z0-9+/]{342}==$/);
		expect(signatureVerifies(got)).toBe(false);
		expect(commits()).toBe(1);
	});

	it('missing-signature: no Wechatpay header', async () => {
		const got = await hit('missing-signature');
		expect(got.status).toBe(204);
		expect(Object.keys(got.headers).filter((name) => name.startsWith('wechatpay'))).toEqual([]);
		expect(commits()).toBe(1);
	});

	it('test-signature: the probe', async () => {
		const got = await hit('test-signature');
		const signature = String(got.headers['wechatpay-signature']);
		expect(signature.startsWith('WECHATPAY/SIGNTEST/')).toBe(true);
		expect(signature.length % 4).not.toBe(0);
		expect(commits()).toBe(1);
	});

	it('unknown-serial: right signature, key nobody has', async () => {
		const got = await hit('unknown-serial');
		expect(got.headers['wechatpay-serial']).toBe('FFFF'.repeat(10));
		expect(signatureVerifies(got)).toBe(true);
		expect(commits()).toBe(1);
	});

	it('skewed-clock: right signature of an hour ago', async () => {
		const got = await hit('skewed-clock');
		const age =
			Date.parse(String(got.headers.date)) / 1000 - Number(got.headers['wechatpay-timestamp']);
		expect(age).toBe(3600);
		expect(signatureVerifies(got)).toBe(true);
		expect(commits()).toBe(1);
	});

	it('tampered-body: changed after signing', async () => {
		const got = await hit('tampered-body');
		expect(got.status).toBe(200);
		expect(JSON.parse(got.body.toString())).toEqual({ tampered: true });
		expect(signatureVerifies(got)).toBe(false);
		expect(signatureVerifies({ ...got, body: Buffer.from('') })).toBe(true);
		expect(commits()).toBe(1);
	});

	it('system-error: 500, signed', async () => {
		const got = await hit('system-error');
		expect(said(got)).toBe('500 SYSTEM_ERROR 系统异常，请稍后重试');
		expect(signatureVerifies(got)).toBe(true);
		expect(commits()).toBe(1);
	});

	it('huge-body: signed, as large as told', async () => {
		const got = await hit({ name: 'huge-body', bytes: 3_000_000 });
		expect(got.status).toBe(200);
		expect(got.body.length).toBeGreaterThan(3_000_000);
		expect(signatureVerifies(got)).toBe(true);
		expect(commits()).toBe(1);
	});

	it('truncated-body: less than promised', async () => {
		await expect(hit('truncated-body')).rejects.toMatchObject({
			got: { status: 200, body: Buffer.from('{"truncat') },
		});
		expect(commits()).toBe(1);
	});

	it('reset-after: no answer', async () => {
		await expect(hit('reset-after')).rejects.toThrow('socket hang up');
		expect(commits()).toBe(1);
		expect(fake.requests[0].status).toBeUndefined();
	});

	it('stall: no answer, connection open', async () => {
		await expect(hit('stall', 100)).rejects.toThrow('no answer');
		expect(commits()).toBe(1);
	});

	it('trickle: an answer that never ends', async () => {
		const broken: unknown = await hit('trickle', 700).catch((error) => error);
		const { got } = broken as { got: Got };
		expect(got.status).toBe(200);
		expect(got.headers['wechatpay-signature']).toBeDefined();
		expect(got.body.toString()).toMatch(/^ +$/);
		expect(commits()).toBe(1);
	});
});

describe('a call that is not processed', () => {
	it.each<[Fault, string]>([
		['rate-limit', '429 RATELIMIT_EXCEEDED 频率限制'],
		[{ name: 'rate-limit', code: 'FREQUENCY_LIMITED' }, '429 FREQUENCY_LIMITED 频率限制'],
		['system-error-before', '500 SYSTEM_ERROR 系统异常，请稍后重试'],
		['service-unavailable', '503 SERVICE_UNAVAILABLE 服务不可用'],
		['accepted', '202'],
	])('%p: signed %s', async (fault, answer) => {
		const got = await hit(fault);
		expect(said(got)).toBe(answer);
		expect(signatureVerifies(got)).toBe(true);
		expect(commits()).toBe(0);
		expect(fake.counts.accepted).toBe(0);
	});

	it('rate-limit: with Retry-After only when told', async () => {
		expect((await hit('rate-limit')).headers['retry-after']).toBeUndefined();
		const got = await hit({ name: 'rate-limit', retryAfter: 7 });
		expect(got.headers['retry-after']).toBe('7');
		expect(fake.counts).toMatchObject({ limited: 2, faults: { 'rate-limit': 2 } });
	});

	it.each<[FaultName, number]>([
		['bad-gateway', 502],
		['html-404', 404],
	])('%s: a page of HTML with %d', async (fault, status) => {
		const got = await hit(fault);
		expect(got.status).toBe(status);
		expect(got.body.toString()).toMatch(/^<html>/);
		expect(got.headers['wechatpay-signature']).toBeUndefined();
		expect(commits()).toBe(0);
	});

	it('empty-body: 200 and nothing else', async () => {
		const got = await hit('empty-body');
		expect([got.status, got.body.length]).toEqual([200, 0]);
		expect(got.headers['wechatpay-signature']).toBeUndefined();
		expect(commits()).toBe(0);
	});

	it('redirect: to another origin, or to where it is told', async () => {
		const got = await hit('redirect');
		expect([got.status, got.headers.location]).toEqual([302, 'https://elsewhere.invalid/']);
		const location = 'https://127.0.0.1:1/stolen';
		expect((await hit({ name: 'redirect', location })).headers.location).toBe(location);
		expect(commits()).toBe(0);
	});

	it('reset-before: no answer', async () => {
		await expect(hit('reset-before')).rejects.toThrow('socket hang up');
		expect(commits()).toBe(0);
	});

	it('stall-before: no answer, connection open', async () => {
		await expect(hit('stall-before', 100)).rejects.toThrow('no answer');
		expect(commits()).toBe(0);
	});
});

describe('rules', () => {
	it('are used up one after the other', async () => {
		fake.misbehave({ fault: 'service-unavailable', times: 2 });
		fake.misbehave({ fault: 'bad-gateway' });
		const statuses = [];
		for (let round = 0; round < 4; round += 1) statuses.push((await commit(fake)).status);
		expect(statuses).toEqual([503, 503, 502, 204]);
		expect(fake.counts.faults).toEqual({ 'service-unavailable': 2, 'bad-gateway': 1 });
		expect(fake.requests.map(({ fault }) => fault)).toEqual([
			'service-unavailable',
			'service-unavailable',
			'bad-gateway',
			undefined,
		]);
	});

	it('hit only the requests they are for, for ever if told', async () => {
		fake.misbehave({
			fault: 'service-unavailable',
			times: Infinity,
			when: ({ body }) => body.includes('OTHER'),
		});
		const body = { ...COMMIT_BODY, out_trade_no: 'OTHER' };
		expect((await commit(fake)).status).toBe(204);
		for (let round = 0; round < 3; round += 1) {
			expect((await commit(fake, { body })).status).toBe(503);
		}
	});

	it('go before a schedule, which tells the fault of every other request until a reset', async () => {
		const rounds: Array<FaultName | undefined> = ['bad-gateway', undefined, 'accepted', 'accepted'];
		fake.misbehaveBy(() => rounds.shift());
		fake.misbehave({ fault: 'service-unavailable' });
		const statuses: number[] = [];
		for (let round = 0; round < 4; round += 1) statuses.push((await commit(fake)).status);
		expect(statuses).toEqual([503, 502, 204, 202]);
		fake.reset();
		expect((await commit(fake)).status).not.toBe(202);
		expect(rounds).toEqual(['accepted']);
	});

	it('do not hide what is wrong with a request, except at the edge', async () => {
		const signing = { signature: 'x' };
		fake.misbehave({ fault: 'accepted' });
		expect((await commit(fake, { signing })).status).toBe(401);
		fake.misbehave({ fault: 'bad-signature' });
		const refused = await commit(fake, { signing });
		expect(refused.headers['wechatpay-signature']).toBeUndefined();
		fake.misbehave({ fault: 'bad-gateway' });
		expect((await commit(fake, { signing })).status).toBe(502);
	});
});

describe('stop', () => {
	it('breaks stalled connections', async () => {
		const stalled = expect(hit('stall')).rejects.toThrow('socket hang up');
		await fake.untilReceived(1);
		expect(fake.counts.inFlight).toBe(1);
		await fake.stop();
		await stalled;
		fake = await openScene();
	});
});
