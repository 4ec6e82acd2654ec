import { keepAliveAgent, send } from '../client.cts';
import { SlidingWindow } from './rateLimit.cts';
import { commit, openScene, ORDER } from '../scene.cts';
import { FakeWechatPay } from '../server.cts';

describe('the sliding window', () => {
	it('lets so many through within any second, and tells when the next place is free', () => {
		const clock = { ms: 0 };
		const window = new SlidingWindow(3, () => clock.ms);
		const at = (ms: number) => {
			clock.ms = ms;
			return window.wait();
		};
		expect([at(0), at(400), at(900)]).toEqual([0, 0, 0]);
		expect(at(950)).toBe(50);
		expect(at(1000)).toBe(0);
		expect(at(1001)).toBe(399);
		expect(at(1400)).toBe(0);
	});

	it('stretches for rates that are not whole', () => {
		const clock = { ms: 0 };
		const window = new SlidingWindow(0.25, () => clock.ms);
		expect(window.wait()).toBe(0);
		clock.ms = 1000;
		expect(window.wait()).toBe(3000);
		clock.ms = 4000;
		expect(window.wait()).toBe(0);
	});
});

describe('the rate limit', () => {
	it('answers 429 beyond, and does not process', async () => {
		const rateLimit = { perSecond: 0.01, retryAfter: true, code: 'FREQUENCY_LIMITED' };
		const fake = await openScene({ rateLimit });
		expect((await commit(fake)).status).toBe(204);
		const held = await commit(fake);
		const unsigned = await commit(fake, { signing: { signature: 'x' } });
		await fake.stop();
		expect(held.status).toBe(429);
		expect(JSON.parse(held.body.toString()).code).toBe('FREQUENCY_LIMITED');
		expect(held.headers['wechatpay-signature']).toBeDefined();
		expect(Number(held.headers['retry-after'])).toBeGreaterThan(90);
		expect(Number(held.headers['retry-after'])).toBeLessThanOrEqual(100);
		expect(unsigned.status).toBe(401);
		expect(fake.counts).toMatchObject({ accepted: 1, limited: 1, refused: 1 });
		expect(fake.bonus(ORDER)?.commits).toBe(1);
	});

	it('says nothing of when to come back by default', async () => {
		const fake = await openScene({ rateLimit: { perSecond: 0.01 } });
		await commit(fake);
		const held = await commit(fake);
		await fake.stop();
		expect(held.headers['retry-after']).toBeUndefined();
		expect(JSON.parse(held.body.toString()).code).toBe('RATELIMIT_EXCEEDED');
	});
});

describe('the server', () => {
	it('thinks as long as it is told, and knows how many it had at once', async () => {
		const fake = await openScene({ delay: 60 });
		const started = performance.now();
		await Promise.all([commit(fake), commit(fake), commit(fake)]);
		expect(performance.now() - started).toBeGreaterThanOrEqual(59);
		await fake.stop();
		expect(fake.counts).toMatchObject({ peakInFlight: 3 });
	});

	it('keeps a connection alive', async () => {
		const fake = await openScene();
		const agent = keepAliveAgent();
		const first = await commit(fake, { agent });
		const second = await commit(fake, { agent });
		const reused = Object.values(agent.freeSockets).flat().length;
		agent.destroy();
		await fake.stop();
		expect([first.status, second.status, reused]).toEqual([204, 204, 1]);
		expect(first.headers['keep-alive']).toBe('timeout=8');
	});

	it('speaks plain HTTP too', async () => {
		const fake = await FakeWechatPay.start({ tls: false });
		expect(fake.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		const got = await send(fake.baseUrl, {
			url: '/v3/security/echo',
			body: { echo_message: 'plain' },
		});
		await fake.stop();
		expect(got.status).toBe(200);
	});

	it('records nothing when told so', async () => {
		const fake = await openScene({ record: false });
		await commit(fake);
		await fake.stop();
		expect(fake.requests).toEqual([]);
		expect(fake.counts.received).toBe(1);
	});

	it('gives the data of the credential', async () => {
		const fake = await FakeWechatPay.start();
		const credential = fake.credential({ mchid: '1' });
		await fake.stop();
		expect(credential).toMatchObject({ mchid: '1', baseUrl: fake.baseUrl });
		expect(credential.apiV3Key).toHaveLength(32);
		expect(credential.serialNo).toMatch(/^0C4AEF/);
	});
});
