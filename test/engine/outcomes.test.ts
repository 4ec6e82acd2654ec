import type { INodeExecutionData } from 'n8n-workflow';

import {
	COMMIT,
	COMMITTED,
	NOT_COMMITTED,
	runBonus,
	type BonusRun,
} from '../support/engine/bonusWorkflow.cts';
import { standIn } from '../support/engine/host.cts';
import { committedAt, openShop, type Shop } from '../support/engine/shop.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';

skipWaits();

let shop: Shop;

beforeEach(async () => {
	shop = await openShop(6);
});

afterEach(async () => {
	await shop.wechatPay.stop();
});

/** Order 1 is refused, order 3 gets no response, order 4 is never sent; 0, 2 and 5 are committed. */
async function runMixed(run: Partial<BonusRun>) {
	shop.orders[1].member_code = 'nobody';
	shop.misbehave(3, 'reset-after');
	shop.orders[4].points = -5;
	return await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(),
		options: { retries: 0 },
		...run,
	});
}

const outcomeOf = ({ json }: INodeExecutionData) =>
	(json.error as { outcome: string } | undefined)?.outcome ?? 'done';

describe('On Error: Continue (using error output)', () => {
	it('sends every item to the branch that tells the truth, with its own fields', async () => {
		const execution = await runMixed({ onError: 'continueErrorOutput' });

		expect(execution.error).toBeUndefined();
		expect(execution.json(COMMITTED)).toEqual(
			[0, 2, 5].map((index) => ({
				success: true,
				card_id: shop.orders[index].card_id,
				code: `code-${index}`,
				out_trade_no: `order-${index}`,
				mchid: '1230000109',
				bonus_value: index + 1,
				request_id: expect.stringMatching(/-0$/),
			})),
		);
		expect(execution.json(NOT_COMMITTED)).toEqual([
			{
				...shop.orders[1],
				error: {
					message: expect.stringContaining('no member card has this code'),
					description: expect.stringContaining('Request-ID'),
					outcome: 'refused',
					code: 'INVALID_REQUEST',
					http_status: 400,
					request_id: expect.any(String),
					raw_message: 'code不存在',
					attempts: 1,
					repeatable: false,
				},
			},
			{
				...shop.orders[3],
				error: {
					message: expect.stringContaining('may have been done or not'),
					outcome: 'unknown',
					code: 'ECONNRESET',
					raw_message: expect.any(String),
					description: expect.stringContaining('Reported by n8n or the connection'),
					attempts: 1,
					repeatable: true,
				},
			},
			{
				...shop.orders[4],
				error: {
					message: expect.stringContaining("'Bonus Value' must be a positive whole number"),
					outcome: 'not_sent',
					field: 'bonus_value',
					attempts: 0,
					repeatable: false,
				},
			},
		]);
		expect(committedAt(shop.wechatPay)).toEqual({
			'order-0': 1,
			'order-2': 3,
			'order-3': 4,
			'order-5': 6,
		});
	});

	it('lets nodes behind either branch find the order of an item', async () => {
		const orderNumbers = standIn('test.handOn', async (context) =>
			context.getInputData().map((_, index) => ({
				json: { order: context.evaluateExpression('{{ $("Orders").item.json.order_no }}', index) },
				pairedItem: { item: index },
			})),
		);
		const execution = await runMixed({
			onError: 'continueErrorOutput',
			standIns: { 'test.handOn': orderNumbers },
		});

		const orders = (name: string) => execution.json(name).map(({ order }) => order);
		expect(orders(COMMITTED)).toEqual(['order-0', 'order-2', 'order-5']);
		expect(orders(NOT_COMMITTED)).toEqual(['order-1', 'order-3', 'order-4']);
	});
});

describe('On Error: Continue', () => {
	it('keeps one output item for each order, in order', async () => {
		const execution = await runMixed({ onError: 'continueRegularOutput' });

		expect(execution.items(COMMIT).map(outcomeOf)).toEqual([
			'done',
			'refused',
			'done',
			'unknown',
			'not_sent',
			'done',
		]);
		expect(execution.items(COMMIT).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4, 5].map((item) => ({ item })),
		);
	});
});

describe('On Error: Stop Workflow', () => {
	it('stops with the lowest failing item and tells what became of the others', async () => {
		const execution = await runMixed({ options: { retries: 0, concurrency: 10 } });

		expect(execution.run.status).toBe('error');
		expect(execution.items(COMMITTED)).toEqual([]);
		expect(execution.error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringMatching(
				/no member card has this code.*\(INVALID_REQUEST\).*\[item 1\]$/,
			),
			description: expect.stringMatching(
				/Request-ID.*In all: 3 committed, 1 refused, 1 unknown, 1 not sent\. Already committed, do not repeat: order-0, order-2, order-5 \(items 0, 2, 5\)\./,
			),
			httpCode: '400',
			context: { itemIndex: 1 },
		});
	});

	it('starts nothing more after the first failure', async () => {
		const execution = await runMixed({ options: { retries: 0, concurrency: 1 } });

		expect(shop.wechatPay.counts.received).toBe(2);
		expect(execution.error).toMatchObject({
			description: expect.stringContaining('In all: 1 committed, 1 refused, 4 not sent.'),
		});
	});

	it.each(['reset-after', 'stall'] as const)(
		'keeps to its own words where n8n has others for the code (%s)',
		async (fault) => {
			shop.misbehave(0, fault);
			const execution = await runBonus({
				orders: shop.orders.slice(0, 1),
				credential: shop.wechatPay.credential(),
				options: { retries: 0, timeout: 300 },
			});

			expect(execution.error?.message).toMatch(
				/^No response from WeChat Pay \(E[A-Z]+\), so it may have been done or not \[item 0\]$/,
			);
			expect(execution.error?.description).toMatch(/^Run this item again/);
		},
	);

	it('keeps to its own words where nobody listens', async () => {
		const execution = await runBonus({
			orders: shop.orders,
			credential: shop.wechatPay.credential({ baseUrl: 'https://127.0.0.1:1' }),
			options: { retries: 0 },
		});

		expect(execution.error?.message).toMatch(/^WeChat Pay could not be reached \(ECONNREFUSED\)/);
	});

	it('throws a NodeOperationError for what was not sent', async () => {
		shop.orders[0].points = 'many';
		const execution = await runBonus({
			orders: shop.orders,
			credential: shop.wechatPay.credential(),
			options: { concurrency: 1 },
		});

		expect(execution.error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining("'Bonus Value' must be a positive whole number"),
			description: expect.stringMatching(
				/^In all: 6 not sent\. .* set 'On Error' to 'Continue \(using error output\)' in the Settings tab\.$/,
			),
		});
		expect(shop.wechatPay.counts.received).toBe(0);
	});
});

describe('a credential that cannot be used', () => {
	const broken: Array<[string, BonusRun['credential'], RegExp]> = [
		[
			'cannot be decrypted',
			() => {
				throw new TypeError('Credentials could not be decrypted');
			},
			/credential can't be read: Credentials could not be decrypted/,
		],
		['has a certificate for a key', { privateKey: 'certificate' }, /'Merchant Private Key'.*holds/],
		['is empty', {}, /'Merchant ID'.*is empty/],
	];

	describe.each(broken)('because it %s', (_name, credential, message) => {
		const credentialOf = () =>
			typeof credential === 'object' && 'privateKey' in credential
				? shop.wechatPay.credential(credential as Record<string, string>)
				: credential;

		it('sends every item to the Error branch, and nothing to WeChat Pay', async () => {
			const execution = await runBonus({
				orders: shop.orders,
				credential: credentialOf(),
				onError: 'continueErrorOutput',
			});

			expect(execution.items(COMMITTED)).toEqual([]);
			expect(execution.json(NOT_COMMITTED)).toEqual(
				shop.orders.map((order) => ({
					...order,
					error: {
						message: expect.stringMatching(message),
						outcome: 'not_sent',
						attempts: 0,
						repeatable: true,
					},
				})),
			);
			expect(shop.wechatPay.counts.received).toBe(0);
		});

		it('stops the workflow where that is wanted', async () => {
			const execution = await runBonus({ orders: shop.orders, credential: credentialOf() });

			expect(execution.error?.message).toMatch(message);
		});
	});
});

it('keeps thousands of items apart, with one decryption', async () => {
	const large = await openShop(1000);
	try {
		for (const order of large.orders.filter((_, index) => index % 100 === 7)) {
			order.member_code = 'nobody';
		}
		const execution = await runBonus({
			orders: large.orders,
			credential: large.wechatPay.credential(),
			onError: 'continueErrorOutput',
			options: { concurrency: 50 },
		});

		const refused = large.orders.filter((_, index) => index % 100 === 7);
		const committed = large.orders.filter((_, index) => index % 100 !== 7);
		expect(execution.json(COMMITTED).map((json) => json.out_trade_no)).toEqual(
			committed.map((order) => order.order_no),
		);
		expect(execution.json(NOT_COMMITTED).map((json) => json.order_no)).toEqual(
			refused.map((order) => order.order_no),
		);
		expect(committedAt(large.wechatPay)).toEqual(
			Object.fromEntries(committed.map((order) => [order.order_no, order.points])),
		);
		expect(execution.decryptions).toBeLessThanOrEqual(25);
	} finally {
		await large.wechatPay.stop();
	}
}, 60_000);

it('does nothing for no items', async () => {
	const execution = await runBonus({ orders: [], credential: shop.wechatPay.credential() });

	expect(execution.run.status).toBe('success');
	expect(shop.wechatPay.counts.received).toBe(0);
});
