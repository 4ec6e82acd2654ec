import { startInChild, type FakeInChild } from './child.cts';
import { send } from './client.cts';

describe('the fake in a child process', () => {
	let child: FakeInChild;

	beforeAll(async () => {
		child = await startInChild({ record: false });
	});

	afterAll(async () => await child.stop());

	it('is seeded, used, asked and reset', async () => {
		const seed = await child.ask({ ask: 'seed', orders: 3 });
		expect(seed.out_trade_nos).toEqual(['ORDER00000001', 'ORDER00000002', 'ORDER00000003']);
		const { card_id, code, bonus_value } = seed;
		const url = `/v3/marketing/membercard-open/cards/${card_id}/codes/${code}/bonus/commit`;
		const body = { out_trade_no: 'ORDER00000002', mchid: child.credential.mchid, bonus_value };
		expect((await send(child.baseUrl, { url, body })).status).toBe(204);
		const counts = await child.ask({ ask: 'counts' });
		expect(counts).toMatchObject({ accepted: 1, prepared: 3, committed: 1, repeated: 0 });
		const record = await child.ask({ ask: 'bonus', out_trade_no: 'ORDER00000002' });
		expect(record).toMatchObject({ committed: 30, commits: 1 });
		await child.ask({ ask: 'misbehave', fault: 'service-unavailable' });
		expect((await send(child.baseUrl, { url, body })).status).toBe(503);
		await child.ask({ ask: 'reset' });
		expect(await child.ask({ ask: 'counts' })).toMatchObject({ received: 0, prepared: 0 });
	});

	it('says so when it can not answer, or has ended', async () => {
		await expect(child.ask({ ask: 'seed', orders: 2 ** 40 })).rejects.toThrow('RangeError');
		await child.stop();
		await expect(child.ask({ ask: 'counts' })).rejects.toThrow();
	});
});
