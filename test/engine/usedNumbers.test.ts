/** A request number that was used where this process does not know of it: nobody is told "refused" for what may be done. */
import type { IDataObject } from 'n8n-workflow';

import { resources } from '../support/catalogue.cts';
import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { restartProcess } from '../support/engine/restartProcess.cts';
import { factsOf } from '../support/facts/facts.cts';
import { arrange } from '../support/fake/examples.cts';
import { CARD, CODE } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { readJson } from '../support/files.cts';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE, bonus_value: 500 });
});

afterEach(async () => {
	await wechatPay.stop();
});

async function run(resource: string, operation: string, parameters: IDataObject, retries = 0) {
	const execution = await runOperation({
		resource,
		operation,
		parameters: { cardId: CARD, ...parameters },
		credential: wechatPay.credential({ brandId: '1004', appid: 'wxea9c30890f48d5ae' }),
		options: { retries },
	});
	return {
		done: execution.json(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
	};
}

const add = (points: number, more: IDataObject = {}) => ({
	code: CODE,
	mode: 'addOrSubtract',
	points,
	outRequestNo: 'order-1',
	...more,
});

const pointsNow = () => wechatPay.members.find(({ code }) => code === CODE)?.bonus_value;

const loseResponse = () =>
	wechatPay.misbehave({ fault: 'reset-after', when: ({ method }) => method !== 'GET' });

describe('Set Points after a restart', () => {
	beforeEach(async () => {
		loseResponse();
		expect((await run('member', 'setPoints', add(100))).failures).toMatchObject([
			{ outcome: 'unknown' },
		]);
		expect(pointsNow()).toBe(600);
		restartProcess();
	});

	it('is unknown, tells the points before, expected and now, and how to decide', async () => {
		const { done, failures } = await run('member', 'setPoints', add(100));

		expect(done).toEqual([]);
		expect(failures).toMatchObject([
			{
				outcome: 'unknown',
				repeatable: false,
				code: 'INVALID_REQUEST',
				points_before: 600,
				points_expected: 700,
				points_now: 600,
			},
		]);
		expect(failures[0].message).toMatch(
			/'Request Number' order-1 was used before.*from 600 to 700; there are 600 now.*If it was done, leave the item out/,
		);
		expect(pointsNow()).toBe(600);
	});

	it('stays so however often it is run, for what was refused is not kept in mind', async () => {
		for (let time = 0; time < 3; time += 1) {
			const { failures } = await run('member', 'setPoints', add(100));
			expect(failures).toMatchObject([{ outcome: 'unknown', points_now: 600 }]);
		}
		const { done } = await run('member', 'setPoints', add(5, { outRequestNo: 'order-2' }));
		expect(done).toHaveLength(1);
		expect(pointsNow()).toBe(605);
	});

	it('says so where the points of now cannot be read, after one attempt', async () => {
		wechatPay.misbehave({
			fault: 'reset-before',
			times: Infinity,
			when: ({ method }) =>
				method === 'GET' && wechatPay.requests.filter((one) => one.method === 'PATCH').length > 1,
		});
		const received = wechatPay.requests.length;
		const { failures } = await run('member', 'setPoints', add(100), 3);

		expect(failures).toMatchObject([
			{ outcome: 'unknown', points_before: 600, points_expected: 700 },
		]);
		expect(failures[0]).not.toHaveProperty('points_now');
		expect(failures[0].message).toContain('could not be read');
		expect(wechatPay.requests.length - received).toBeLessThanOrEqual(3);
	});
});

const numbered = resources.flatMap(({ value: resource, operations }) =>
	operations
		.filter(({ fields }) => fields.some(({ wireName }) => wireName === 'out_request_no'))
		.map((operation) => ({ resource, operation })),
);

it.each(numbered)(
	'$resource $operation.value is unknown where its number was used for something else',
	async ({ resource, operation }) => {
		arrange(wechatPay, factsOf(operation).id);
		// As long as the service item wants it.
		const used = { outRequestNo: '100002322019090134234used' };
		await run('member', 'importByOpenid', { openid: 'o-other', ...used });
		const file = `test/golden/${resource}.${operation.value}.json`;
		const [{ parameters }] = readJson<{ cases: Array<{ parameters: IDataObject }> }>(file).cases;
		restartProcess();
		const { done, failures } = await run(resource, operation.value, { ...parameters, ...used });

		expect(done).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'unknown', repeatable: false }]);
		expect(failures[0].message).toContain(
			"'Request Number' 100002322019090134234used was used before",
		);
		expect(failures[0].message).toContain(
			operation.points ? 'there are 500 now' : operation.checkFirst,
		);
		expect('points_expected' in failures[0]).toBe(operation.value === 'setPoints');
	},
);

it('tries every operation that has a request number', () => {
	expect(numbered.length).toBeGreaterThan(6);
});

describe('a number that two items share at the same moment', () => {
	const together = async () => {
		const items = [100, 50].map((points) => ({ json: { points } }));
		const execution = await runOperation({
			resource: 'member',
			operation: 'setPoints',
			parameters: {
				cardId: CARD,
				code: '={{ $json.points === 100 ? "first" : "second" }}',
				mode: 'addOrSubtract',
				points: '={{ $json.points }}',
				outRequestNo: 'shared',
			},
			items,
			credential: wechatPay.credential(),
			options: { concurrency: 5, retries: 0 },
		});
		return execution;
	};

	beforeEach(() => {
		for (const code of ['first', 'second']) {
			wechatPay.addMember({ card_id: CARD, code, bonus_value: 0 });
		}
	});

	it('is sent for the first, and refused by name for the second', async () => {
		const execution = await together();

		expect(execution.json(WECHAT, SUCCESS)).toMatchObject([{ code: 'first', bonus_value: 100 }]);
		expect(execution.json(WECHAT, ERROR)).toMatchObject([
			{ error: { outcome: 'not_sent', field: 'out_request_no' } },
		]);
		expect(wechatPay.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
	});
});

it('is unknown where a repeat of what may be done could not be sent', async () => {
	loseResponse();
	await run('member', 'setPoints', add(100));
	await wechatPay.stop();
	const { failures } = await run('member', 'setPoints', add(100));

	expect(failures).toMatchObject([{ outcome: 'unknown', code: 'ECONNREFUSED' }]);
});
