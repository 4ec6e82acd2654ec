/** Member: Set Points reads the member first and sends the three numbers that WeChat Pay wants. */
import type { IDataObject } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { CARD, CODE } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE, bonus_value: 500 });
});

afterEach(async () => {
	await wechatPay.stop();
});

async function setPoints(parameters: IDataObject, options: IDataObject = { retries: 0 }) {
	const execution = await runOperation({
		resource: 'member',
		operation: 'setPoints',
		parameters: { cardId: CARD, code: CODE, ...parameters },
		credential: wechatPay.credential(),
		options,
	});
	return {
		done: execution.json(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
	};
}

const pointsNow = () => wechatPay.members.find(({ code }) => code === CODE)?.bonus_value;

const changes: Array<[string, number, number]> = [
	['setTo', 600, 600],
	['setTo', 0, 0],
	['setTo', 500, 500],
	['addOrSubtract', 100, 600],
	['addOrSubtract', -500, 0],
	['addOrSubtract', 0, 500],
];

it.each(changes)('%s %i leaves %i', async (mode, points, after) => {
	const { done, failures } = await setPoints({ mode, points });

	expect(failures).toEqual([]);
	expect(pointsNow()).toBe(after);
	expect(done).toEqual([
		{
			success: true,
			card_id: CARD,
			code: CODE,
			before_bonus_value: 500,
			bonus_value: after,
			add_bonus_value: after - 500,
			out_request_no: expect.stringMatching(/^n8n-[0-9a-f]{28}$/),
			request_id: expect.any(String),
		},
	]);
});

it('adds up changes of the same member that arrive together, and goes on after one that fails', async () => {
	const changes = [10, 20, -9999, 30, 40].map((points) => ({ json: { points } }));
	const execution = await runOperation({
		resource: 'member',
		operation: 'setPoints',
		parameters: { cardId: CARD, code: CODE, mode: 'addOrSubtract', points: '={{ $json.points }}' },
		items: changes,
		credential: wechatPay.credential(),
		options: { concurrency: 5 },
	});

	expect(execution.json(WECHAT, SUCCESS).map(({ bonus_value: points }) => points)).toEqual([
		510, 530, 560, 600,
	]);
	expect(execution.json(WECHAT, ERROR)).toMatchObject([{ points: -9999 }]);
	expect(pointsNow()).toBe(600);
});

it('takes the spellings of one member for one member', async () => {
	const spellings = [CODE, `${CODE} `, Number(CODE)].map((code) => ({ json: { code } }));
	const execution = await runOperation({
		resource: 'member',
		operation: 'setPoints',
		parameters: { cardId: CARD, code: '={{ $json.code }}', mode: 'addOrSubtract', points: 10 },
		items: spellings,
		credential: wechatPay.credential(),
		options: { concurrency: 5 },
	});

	expect(execution.json(WECHAT, ERROR)).toEqual([]);
	expect(pointsNow()).toBe(530);
});

it('adds up changes of two executions at the same moment', async () => {
	const both = await Promise.all(
		[10, 20].map(
			async (points) =>
				await setPoints({ mode: 'addOrSubtract', points, outRequestNo: `change-${points}` }),
		),
	);

	expect(both.flatMap(({ failures }) => failures)).toEqual([]);
	expect(pointsNow()).toBe(530);
});

it.each(['before_bonus_value', 'bonus_value', 'add_bonus_value'])(
	'does not let JSON set %s, which the form computes',
	async (name) => {
		const { failures } = await setPoints({
			mode: 'addOrSubtract',
			points: 10,
			additionalFieldsJson: JSON.stringify({ [name]: 999 }),
		});

		expect(failures).toMatchObject([{ outcome: 'not_sent', field: name }]);
		expect(String(failures[0].message)).toContain(`names ${name}, which is computed`);
		expect(wechatPay.counts.received).toBe(0);
	},
);

it('refuses to leave the member with less than nothing', async () => {
	const { failures } = await setPoints({ mode: 'addOrSubtract', points: -501 });

	expect(failures).toMatchObject([
		{
			outcome: 'not_sent',
			field: 'points',
			message: expect.stringContaining('would leave the member with -1 points, there are 500'),
		},
	]);
	expect(pointsNow()).toBe(500);
});

it('sends nothing at all, not even to read, for a bad value', async () => {
	const { failures } = await setPoints({ mode: 'setTo', points: '={{ "many" }}' });

	expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'points' }]);
	expect(wechatPay.counts.received).toBe(0);
});

it('says not sent when the member could not be read', async () => {
	wechatPay.misbehave({ fault: 'reset-before', times: Infinity });
	const { failures } = await setPoints({ mode: 'setTo', points: 600 });

	expect(failures).toMatchObject([{ outcome: 'not_sent', code: 'ECONNRESET', repeatable: true }]);
	expect(pointsNow()).toBe(500);
});

it('says refused when there is no such member', async () => {
	const { failures } = await setPoints({ code: 'nobody', mode: 'setTo', points: 600 });

	expect(failures).toMatchObject([{ outcome: 'refused', raw_message: 'code不存在' }]);
});

describe('a response that was lost', () => {
	const lost = () =>
		wechatPay.misbehave({
			fault: 'reset-after',
			when: ({ method }) => method === 'PATCH',
		});

	it('is asked for again with the same request number, and adds once', async () => {
		lost();
		const { done, failures } = await setPoints(
			{ mode: 'addOrSubtract', points: 100 },
			{ retries: 3 },
		);

		expect(failures).toEqual([]);
		expect(done).toHaveLength(1);
		expect(pointsNow()).toBe(600);
		const sent = wechatPay.requests.filter(({ method }) => method === 'PATCH');
		expect(sent).toHaveLength(2);
		expect(sent[0].body).toBe(sent[1].body);
	});

	it('tells the request number, with which a repeat manually does not add twice', async () => {
		lost();
		const { failures } = await setPoints({ mode: 'addOrSubtract', points: 100 });
		const [{ out_request_no: number, message }] = failures;

		// With another number of the node's making it would be added twice.
		expect(failures).toMatchObject([{ outcome: 'unknown', repeatable: false }]);
		expect(String(message)).toContain(`Give ${String(number)} as its 'Request Number'`);
		expect(pointsNow()).toBe(600);

		await setPoints({ mode: 'addOrSubtract', points: 100, outRequestNo: number });
		expect(pointsNow()).toBe(600);
	});

	it('is sent again as it was by a later execution with the same values, and adds once', async () => {
		lost();
		const change = { mode: 'addOrSubtract', points: 100, outRequestNo: 'order-1' };
		expect((await setPoints(change)).failures).toMatchObject([{ outcome: 'unknown' }]);
		const { done, failures } = await setPoints(change);

		expect(failures).toEqual([]);
		expect(done).toMatchObject([{ before_bonus_value: 500, bonus_value: 600 }]);
		expect(pointsNow()).toBe(600);
		const [first, second] = wechatPay.requests.filter(({ method }) => method === 'PATCH');
		expect(second.body).toBe(first.body);
	});

	it('keeps its number from other values', async () => {
		lost();
		await setPoints({ mode: 'addOrSubtract', points: 100, outRequestNo: 'order-2' });
		const { failures } = await setPoints({
			mode: 'addOrSubtract',
			points: 50,
			outRequestNo: 'order-2',
		});

		expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'out_request_no' }]);
		expect(String(failures[0].message)).toContain("'Request Number' order-2 was used");
		expect(pointsNow()).toBe(600);
	});
});
