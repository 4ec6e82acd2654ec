import type { Execution } from '../support/engine/engine.cts';
import { restartProcess } from '../support/engine/restartProcess.cts';
import { CARD } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

const BEFORE = 500;

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	for (const code of ['anna', 'ben']) {
		wechatPay.addMember({ card_id: CARD, code, bonus_value: BEFORE });
	}
});

afterEach(async () => {
	await wechatPay.stop();
});

/** A row of the table, whose points PostgreSQL gives as a number. */
const change = (change_id: number, member_code: string, points: number) => ({
	change_id,
	card_id: CARD,
	member_code,
	points,
});

async function sync(outside: Outside): Promise<Execution> {
	return await runExample({
		file: 'sync-points-nightly.json',
		start: 'Every Night',
		wechatPay,
		outside,
	});
}

const pointsOf = (member: string) =>
	wechatPay.members.find(({ code }) => code === member)?.bonus_value;

/** The change of this number arrives, but its responses can't be trusted. */
const spoilAnswers = (change_id: number) =>
	wechatPay.misbehave({
		fault: 'bad-signature',
		// A response that can't be trusted is asked for once more.
		times: 2,
		when: ({ method, body }) => method === 'PATCH' && body.includes(`"points-${change_id}"`),
	});

describe('a good night', () => {
	it('adds and subtracts every change, of one member in their order', async () => {
		const outside = new Outside({
			rows: [change(1, 'anna', 100), change(2, 'anna', -600), change(3, 'ben', 30)],
		});
		const execution = await sync(outside);

		expect(execution.error).toBeUndefined();
		expect([pointsOf('anna'), pointsOf('ben')]).toEqual([0, 530]);
		expect(outside.queries).toEqual({
			'Mark Synced': [
				[1, 600, expect.any(String)],
				[2, 0, expect.any(String)],
				[3, 530, expect.any(String)],
			],
		});
		expect(outside.posted).toEqual([]);
	});

	it('sends no message to the members', async () => {
		await sync(new Outside({ rows: [change(1, 'anna', 100)] }));

		const [sent] = wechatPay.requests.filter(({ method }) => method === 'PATCH');
		expect(JSON.parse(sent.body)).toMatchObject({
			need_inform_bonus: false,
			out_request_no: 'points-1',
		});
	});

	it('does nothing where there is nothing to do', async () => {
		const outside = new Outside();
		const execution = await sync(outside);

		expect(execution.error).toBeUndefined();
		expect(wechatPay.counts.received).toBe(0);
		expect([outside.queries, outside.posted]).toEqual([{}, []]);
	});
});

describe('a bad night', () => {
	it('keeps every reason, tries again what may be repeated, and raises one alert', async () => {
		spoilAnswers(1);
		const outside = new Outside({
			rows: [
				change(1, 'anna', 100),
				change(2, 'anna', 10),
				change(3, 'nobody', 5),
				change(4, 'ben', -501),
			],
		});
		const execution = await sync(outside);

		expect(execution.error).toBeUndefined();
		expect([pointsOf('anna'), pointsOf('ben')]).toEqual([610, BEFORE]);
		expect(outside.queries).toEqual({
			'Mark Synced': [[2, 610, expect.any(String)]],
			'Keep the Reason': [
				[1, 'true', 'BAD_SIGNATURE', expect.any(String), expect.any(String)],
				[3, 'false', 'INVALID_REQUEST', expect.any(String), expect.any(String)],
				[4, 'false', 'not_sent', expect.stringContaining('-1 points'), null],
			],
		});
		expect(outside.posted).toEqual([
			{
				msgtype: 'text',
				text: {
					content: expect.stringMatching(
						/^3 changes of points did not reach WeChat Pay\. The first: \w/,
					),
				},
			},
		]);
	}, 30_000);

	it('is followed by one in which a change that had arrived is not added again', async () => {
		const rows = [change(1, 'anna', 100)];
		spoilAnswers(1);
		await sync(new Outside({ rows }));
		expect(pointsOf('anna')).toBe(600);

		const outside = new Outside({ rows });
		await sync(outside);
		expect(pointsOf('anna')).toBe(600);
		expect(outside.queries).toEqual({ 'Mark Synced': [[1, 600, expect.any(String)]] });
	}, 30_000);

	it('is followed by one after a restart, in which such a change is not added again, nor called refused', async () => {
		const rows = [change(1, 'anna', 100)];
		spoilAnswers(1);
		await sync(new Outside({ rows }));
		expect(pointsOf('anna')).toBe(600);

		restartProcess();
		const outside = new Outside({ rows });
		await sync(outside);
		expect(pointsOf('anna')).toBe(600);
		expect(outside.queries).toEqual({
			'Keep the Reason': [
				[
					1,
					'false',
					'INVALID_REQUEST',
					expect.stringMatching(/'Request Number' points-1 was used before.*there are 600 now/),
					expect.anything(),
				],
			],
		});
	}, 30_000);

	it('is followed by one in which a change that had not arrived is added', async () => {
		const rows = [change(1, 'anna', 100)];
		wechatPay.misbehave({ fault: 'redirect', when: ({ method }) => method === 'PATCH' });
		const outside = new Outside({ rows });
		await sync(outside);
		expect(outside.queries['Keep the Reason']).toEqual([
			[1, 'true', 'unknown', expect.any(String), null],
		]);
		expect(pointsOf('anna')).toBe(BEFORE);

		await sync(outside);
		expect(outside.queries['Mark Synced']).toEqual([[1, 600, expect.any(String)]]);
		expect(pointsOf('anna')).toBe(600);
	}, 30_000);
});
