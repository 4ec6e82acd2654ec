import type { IDataObject } from 'n8n-workflow';

import { COMMITTED, NOT_COMMITTED, runBonus } from '../support/engine/bonusWorkflow.cts';
import { committedAt, openShop, type Shop } from '../support/engine/shop.cts';

let shop: Shop;

beforeAll(async () => {
	shop = await openShop(3);
});

afterAll(async () => {
	await shop.wechatPay.stop();
});

const bad: Array<[string, IDataObject, string]> = [
	['an empty card ID', { card_id: '' }, "'Card ID' is empty: map it"],
	['a card ID of blanks', { card_id: '   ' }, "'Card ID' is empty"],
	['no card ID', { card_id: null }, "'Card ID' is empty"],
	[
		'a long card ID',
		{ card_id: 'x'.repeat(33) },
		"'Card ID' must have at most 32 characters, this one has 33",
	],
	['a card ID of dots', { card_id: '..' }, "'Card ID' must not consist of dots only"],
	['a card ID of one dot', { card_id: '.' }, "'Card ID' must not consist of dots only"],
	['a line break in the card ID', { card_id: 'a\nb' }, "'Card ID' must not contain line breaks"],
	['an empty code', { member_code: '' }, "'Member Card Code' is empty"],
	['a long code', { member_code: '1'.repeat(33) }, "'Member Card Code' must have at most 32"],
	[
		'a NUL in the code',
		{ member_code: 'a\u0000b' },
		"'Member Card Code' must not contain line breaks, tabs",
	],
	['a code of dots', { member_code: '..' }, "'Member Card Code' must not consist of dots"],
	['a list for a code', { member_code: ['1'] }, "'Member Card Code' must be text"],
	['an object for a code', { member_code: { code: '1' } }, "'Member Card Code' must be text"],
	['a boolean for a code', { member_code: true }, "'Member Card Code' must be text"],
	['an empty order number', { order_no: '' }, "'Merchant Order Number' is empty"],
	[
		'a long order number',
		{ order_no: '1'.repeat(33) },
		"'Merchant Order Number' must have at most 32",
	],
	[
		'a tab in the order number',
		{ order_no: 'a\tb' },
		"'Merchant Order Number' must not contain line breaks",
	],
	[
		'an emoji in the order number',
		{ order_no: 'order 🎁' },
		"'Merchant Order Number' must not contain emoji",
	],
	['half an emoji', { order_no: 'order \ud83c' }, "'Merchant Order Number' must not contain emoji"],
	[
		'an order number that lost its digits',
		{ order_no: Number('1217752501201407033233368018') },
		'its last digits are lost',
	],
	['zero points', { points: 0 }, "'Bonus Value' must be a positive whole number, e.g. 30; it is 0"],
	[
		'negative points',
		{ points: -3 },
		"'Bonus Value' must be a positive whole number, e.g. 30; it is -3",
	],
	[
		'a fraction of points',
		{ points: 2.5 },
		"'Bonus Value' must be a positive whole number, e.g. 30; it is 2.5",
	],
	['a text fraction', { points: '2.5' }, '"2.5"'],
	['points in words', { points: 'thirty' }, '"thirty"'],
	['hexadecimal points', { points: '0x1e' }, '"0x1e"'],
	['points with a unit', { points: '30 points' }, '"30 points"'],
	[
		'too many points to be exact',
		{ points: 2 ** 53 },
		"'Bonus Value' must be a positive whole number",
	],
	['no points', { points: null }, "'Bonus Value' is empty"],
	['true points', { points: true }, "'Bonus Value' must be a positive whole number"],
	['not a number', { points: NaN }, "'Bonus Value' must be a positive whole number"],
];

it.each(bad)('refuses %s before anything is sent', async (_name, change, message) => {
	const before = shop.wechatPay.counts.received;
	const order = { ...shop.orders[0], ...change };
	const execution = await runBonus({
		orders: [order],
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
	});

	expect(execution.json(COMMITTED)).toEqual([]);
	expect(execution.json(NOT_COMMITTED)).toEqual([
		{
			...order,
			error: {
				message: expect.stringContaining(message),
				outcome: 'not_sent',
				field: expect.any(String),
				attempts: 0,
				repeatable: false,
			},
		},
	]);
	expect(execution.json(NOT_COMMITTED)[0].error).toHaveProperty(
		'message',
		expect.stringMatching(/ \[item 0\]$/),
	);
	expect(shop.wechatPay.counts.received).toBe(before);
});

it('names the item and the reason of an expression that cannot be evaluated', async () => {
	const execution = await runBonus({
		orders: [shop.orders[0], { ...shop.orders[1], points: null }],
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
		parameters: { bonusValue: '={{ $json.points.toFixed(0) }}' },
	});

	expect(execution.json(COMMITTED)).toHaveLength(1);
	expect(execution.json(NOT_COMMITTED)).toMatchObject([
		{ order_no: 'order-1', error: { outcome: 'not_sent' } },
	]);
	expect(execution.json(NOT_COMMITTED)[0].error).toHaveProperty(
		'message',
		expect.stringMatching(/'Bonus Value'.*\[item 1\]$/),
	);
});

const good: Array<[string, IDataObject]> = [
	['points as spreadsheets deliver them', { points: '30' }],
	['points with a decimal zero', { points: '30.0' }],
	['points with blanks', { points: ' 30 ' }],
	['a code that is a number', { member_code: 478515832665 }],
	['a code with blanks around it', { member_code: ' 478515832665 ' }],
	['a code of awkward characters', { member_code: 'AB/12+34=?#%&;:@' }],
	['a Chinese order number', { order_no: '订单-1' }],
	['an order number of exactly 32', { order_no: '1'.repeat(32) }],
];

it.each(good)('takes %s', async (_name, change) => {
	const order = {
		order_no: `good-${_name.length}`,
		card_id: 'card',
		member_code: 'code',
		points: 30,
		...change,
	};
	const [order_no, code] = [String(order.order_no), String(order.member_code).trim()];
	shop.wechatPay.addCard({ card_id: 'card' });
	shop.wechatPay.addMember({ card_id: 'card', code });
	shop.wechatPay.prepareBonus({ card_id: 'card', code, out_trade_no: order_no, bonus_value: 30 });

	const execution = await runBonus({
		orders: [order],
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
	});

	expect(execution.json(NOT_COMMITTED)).toEqual([]);
	expect(execution.json(COMMITTED)).toMatchObject([
		{ code, out_trade_no: order_no, bonus_value: 30 },
	]);
	expect(committedAt(shop.wechatPay)).toHaveProperty([order_no], 30);
});

describe('which merchant took the payment', () => {
	const cases: Array<[string, IDataObject, IDataObject]> = [
		['the credential, if nothing is set', {}, { mchid: '1230000109' }],
		['the parameter', { mchid: '1230000109' }, { mchid: '1230000109' }],
		['a sub-merchant, alone', { subMchid: '1900000109' }, { sub_mchid: '1900000109' }],
		[
			'a sub-merchant, with the parameter',
			{ subMchid: '1900000109', mchid: '1230000109' },
			{ mchid: '1230000109', sub_mchid: '1900000109' },
		],
		['the credential, if both are blank', { subMchid: ' ', mchid: '' }, { mchid: '1230000109' }],
	];

	it.each(cases)('%s', async (_name, parameters, merchants) => {
		const fresh = await openShop(1);
		try {
			const { order_no, member_code } = fresh.orders[0];
			fresh.wechatPay.prepareBonus({
				card_id: String(fresh.orders[0].card_id),
				code: String(member_code),
				out_trade_no: String(order_no),
				sub_mchid: '1900000109',
				bonus_value: 1,
			});
			const execution = await runBonus({
				orders: fresh.orders,
				credential: fresh.wechatPay.credential(),
				onError: 'continueErrorOutput',
				parameters,
			});

			expect(execution.json(NOT_COMMITTED)).toEqual([]);
			const [{ body }] = fresh.wechatPay.requests;
			const { mchid, sub_mchid } = JSON.parse(body) as IDataObject;
			expect({ mchid, sub_mchid }).toEqual({
				mchid: undefined,
				sub_mchid: undefined,
				...merchants,
			});
		} finally {
			await fresh.wechatPay.stop();
		}
	});
});

describe('options', () => {
	const options: Array<[IDataObject, string]> = [
		[{ concurrency: -1 }, "'Concurrency' in the options must be a whole number from 0 to 50"],
		[{ concurrency: 'ten' }, "'Concurrency' in the options"],
		[{ timeout: 0 }, "'Timeout' in the options must be a whole number from 100 to 300000"],
		[{ retries: -1 }, "'Retries' in the options must be a whole number from 0 to 10"],
		[{ requestsPerSecond: 5000 }, "'Requests per Second' in the options"],
	];

	it.each(options)('%j is refused for all items', async (values, message) => {
		const execution = await runBonus({
			orders: shop.orders,
			credential: shop.wechatPay.credential(),
			onError: 'continueErrorOutput',
			options: values,
		});

		expect(execution.json(COMMITTED)).toEqual([]);
		expect(execution.json(NOT_COMMITTED)).toMatchObject(
			shop.orders.map(() => ({
				error: { outcome: 'not_sent', message: expect.stringContaining(message) },
			})),
		);
	});
});

it('refuses an operation that this version does not have', async () => {
	const execution = await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
		parameters: { operation: 'refund' },
	});

	expect(execution.json(COMMITTED)).toEqual([]);
	expect(execution.json(NOT_COMMITTED)[0]).toMatchObject({
		error: { outcome: 'not_sent', message: expect.stringContaining("no operation 'refund'") },
	});
});
