/** What can't be undone is not repeated blindly, and yet not given up where nothing can have happened. */
import type { IDataObject } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { CARD, CODE } from '../support/fake/scene.cts';
import { FakeWechatPay, type Fault } from '../support/fake/server.cts';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE });
});

afterEach(async () => {
	await wechatPay.stop();
});

async function remove(fault?: Fault) {
	if (fault) wechatPay.misbehave({ fault });
	const execution = await runOperation({
		resource: 'card',
		operation: 'delete',
		parameters: { cardId: CARD },
		credential: wechatPay.credential(),
		options: { retries: 3 },
	});
	return {
		done: execution.json(WECHAT, SUCCESS),
		errors: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
	};
}

it('gives deleted and the identity', async () => {
	const { done } = await remove();
	expect(done).toEqual([{ deleted: true, card_id: CARD, request_id: expect.any(String) }]);
});

it.each(['reset-after', 'system-error', 'bad-signature'] as const)(
	'is sent once where the outcome is open (%s), and says how to look',
	async (fault) => {
		const { done, errors } = await remove(fault);

		expect(done).toEqual([]);
		expect(wechatPay.counts.received).toBe(1);
		expect(errors).toMatchObject([{ outcome: 'unknown', repeatable: false, attempts: 1 }]);
		expect(String(errors[0].message)).toContain('Card: Get');
	},
);

it('is sent again where nothing was processed', async () => {
	const { done, errors } = await remove({ name: 'rate-limit', retryAfter: 0 });

	expect(errors).toEqual([]);
	expect(done).toHaveLength(1);
	expect(wechatPay.counts.received).toBe(2);
});

it('is not sent twice by Retry On Fail of Member: Invalidate', async () => {
	wechatPay.misbehave({ fault: 'reset-after' });
	// n8n keeps the execution ID from try to try.
	const invalidate = async () =>
		await runOperation({
			resource: 'member',
			operation: 'invalidate',
			parameters: { cardId: CARD, code: CODE },
			credential: wechatPay.credential(),
			options: { retries: 0 },
			executionId: 'every-try',
		});
	await invalidate();
	const again = await invalidate();

	expect(again.json(WECHAT, ERROR)).toMatchObject([
		{ error: { outcome: 'unknown', repeatable: false, attempts: 0 } },
	]);
	expect(wechatPay.counts.received).toBe(1);
});
