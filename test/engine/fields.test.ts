/** Values of all kinds: what is taken, what is refused by name, and what a form that is half filled in means. */
import type { IDataObject } from 'n8n-workflow';

import { ERROR, runOperation, WECHAT } from '../support/engine/operation.cts';
import { CARD } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';

let wechatPay: FakeWechatPay;

beforeAll(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
});

beforeEach(() => {
	wechatPay.reset();
	wechatPay.addCard({ card_id: CARD });
});

afterAll(async () => {
	await wechatPay.stop();
});

const campaign = {
	cardId: CARD,
	activityName: '示例活动',
	activityType: 'NON_MEMBER_AFTERPAY',
	beginTime: '2026-12-01T00:00:00+08:00',
	endTime: '2026-12-31T00:00:00+08:00',
};

const card = {
	appid: 'wxea9c30890f48d5ae',
	logoUrl: 'https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0',
	brandId: '1004',
	displayName: '微信支付',
	title: '示例会员卡',
	backgroundPictureUrl: 'https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0',
	description: '示例使用须知',
	codeType: 'BAR_CODE',
	type: 'PERMANENT',
	codeMode: 'SYSTEM_ALLOCATE',
};

const FORMS: Record<string, IDataObject> = { campaign, card };

async function create(resource: 'campaign' | 'card', change: IDataObject) {
	const parameters = { ...FORMS[resource], ...change };
	const execution = await runOperation({
		resource,
		operation: 'create',
		parameters,
		credential: wechatPay.credential(),
		options: { retries: 0 },
	});
	const [request] = wechatPay.requests;
	return {
		body: request ? (JSON.parse(request.body) as IDataObject) : undefined,
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
	};
}

describe('points in time', () => {
	const times: Array<[string, string, string]> = [
		['RFC 3339 as it is', '2026-12-01T10:20:30.123+09:00', '2026-12-01T10:20:30.123+09:00'],
		['UTC', '2026-12-01T00:00:00Z', '2026-12-01T08:00:00.000+08:00'],
		["n8n's date picker, in the time of the workflow", '2026-12-01T00:00:00', ''],
		['a date alone', '2026-12-01', ''],
		['a database', '2026-12-01 10:00:00+08', '2026-12-01T10:00:00.000+08:00'],
		[
			'Luxon',
			'={{ DateTime.fromISO("2026-12-01T10:00:00+08:00") }}',
			'2026-12-01T10:00:00.000+08:00',
		],
		[
			'Luxon in UTC',
			'={{ DateTime.fromISO("2026-12-01T02:00:00Z").toUTC() }}',
			'2026-12-01T10:00:00.000+08:00',
		],
		['Date', '={{ new Date("2026-12-01T02:00:00Z") }}', '2026-12-01T10:00:00.000+08:00'],
	];

	it.each(times)('are taken: %s', async (_name, beginTime, expected) => {
		const { body, failures } = await create('campaign', { beginTime });

		expect(failures).toEqual([]);
		const sent = String(body?.begin_time);
		expect(sent).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
		if (expected) expect(Date.parse(sent)).toBe(Date.parse(expected));
		// The engine's workflows have the time zone that n8n has by default.
		else expect(sent).toBe('2026-12-01T13:00:00.000+08:00');
	});

	it.each([
		['words', 'tomorrow'],
		['seconds', '={{ 1796083200 }}'],
		['milliseconds', '={{ 1796083200000 }}'],
		['the days of a spreadsheet', '={{ 46357.5 }}'],
		['a day that is none', '2026-02-31T00:00:00'],
		['a Luxon that is none', '={{ DateTime.fromISO("none") }}'],
		['a list', '={{ ["2026-12-01"] }}'],
	])('are refused: %s', async (_name, beginTime) => {
		const { failures } = await create('campaign', { beginTime });

		expect(failures).toMatchObject([
			{
				outcome: 'not_sent',
				field: 'begin_time',
				message: expect.stringMatching(/^'.*' (must be a date and time|is empty)/),
			},
		]);
		expect(wechatPay.counts.received).toBe(0);
	});
});

describe('bad values', () => {
	const bad: Array<[string, 'campaign' | 'card', IDataObject, string, string]> = [
		[
			'a text too long',
			'card',
			{ title: '一二三四五六七八九十一' },
			'title',
			'at most 10 characters, this one has 11',
		],
		[
			'a choice that there is not',
			'card',
			{ codeType: '={{ "PDF417" }}' },
			'code_type',
			'must be one of',
		],
		[
			'a number out of words',
			'card',
			{ additionalFields: { totalQuantity: '={{ "many" }}' } },
			'total_quantity',
			'must be a',
		],
		[
			'a truth that is none',
			'card',
			{ additionalFields: { needDynamicCode: '={{ "perhaps" }}' } },
			'need_dynamic_code',
			'must be true or false',
		],
		[
			'a required field left empty',
			'card',
			{ description: '={{ " " }}' },
			'description',
			'is empty',
		],
		[
			'a level left out though levels are shown',
			'card',
			{ additionalFields: { needDisplayLevel: true } },
			'init_level',
			"fill it in, or turn 'Show Level' off",
		],
		[
			'a choice without what it needs',
			'card',
			{ type: 'FIX_TERM', availableDayAfterReceive: '={{ undefined }}' },
			'date_information.available_day_after_receive',
			'is empty',
		],
		['an object in place of a text', 'card', { title: '={{ {} }}' }, 'title', 'must be text'],
		['emoji', 'card', { title: '会员🎁' }, 'title', 'must not contain emoji'],
		[
			'a text too long in an entry of a list',
			'campaign',
			{
				additionalFields: {
					awardSendPeriod: {
						value: {
							awardSendDayTime: {
								values: [
									{
										beginDayTime: { value: { hours: 9, minutes: 0, seconds: 0 } },
										endDayTime: { value: { hours: 24, minutes: 0, seconds: 0 } },
									},
								],
							},
						},
					},
				},
			},
			'award_send_period.award_send_day_time.end_day_time.hours',
			'(entry 1)',
		],
	];

	it.each(bad)('%s', async (_name, resource, change, field, message) => {
		const { failures } = await create(resource, change);

		expect(failures).toMatchObject([
			{ outcome: 'not_sent', field, attempts: 0, message: expect.stringContaining(message) },
		]);
		expect(String(failures[0].message)).toMatch(/\[item 0\]$/);
		expect(wechatPay.counts.received).toBe(0);
	});

	it('names brand and AppID that neither the node nor the credential has', async () => {
		const { failures } = await create('card', { brandId: '' });
		expect(failures).toMatchObject([
			{
				field: 'brand.brand_id',
				message: expect.stringContaining("'Brand ID' is empty here and in the credential"),
			},
		]);
	});
});

describe("'Additional Fields (JSON)'", () => {
	it('adds what the form does not have', async () => {
		const { body } = await create('card', { additionalFieldsJson: '{"new_field":{"a":[1,true]}}' });
		expect(body).toMatchObject({ title: '示例会员卡', new_field: { a: [1, true] } });
	});

	it('takes an object from an expression', async () => {
		const { body } = await create('card', { additionalFieldsJson: '={{ { new_field: "x" } }}' });
		expect(body).toMatchObject({ new_field: 'x' });
	});

	it.each([
		['no JSON', '{"a":1,}', 'is not valid JSON'],
		['a list', '[1]', 'must be one JSON object'],
		['a text', '"a"', 'must be one JSON object'],
		['a field that the form has', '{"title":"x"}', 'names title, which the form has'],
		[
			'an object that the form has',
			'{"brand":{"brand_id":"1"}}',
			'names brand, which the form has',
		],
		[
			'a field that the form has and that was left empty',
			'{"total_quantity":-1}',
			'names total_quantity, which the form has: fill it in there',
		],
		[
			'the request number, which the node gives',
			'{"out_request_no":"x"}',
			'names out_request_no, which the form has',
		],
		['a name that is none of WeChat Pay', '{"newField":1}', 'names "newField", which is no name'],
		['null', '{"a":{"b":null}}', 'has null in a.b'],
		['emoji', '{"a":"🎁"}', 'has emoji'],
		['a prototype', '{"__proto__":{"a":1}}', 'is no name of a WeChat Pay field'],
	])('refuses %s', async (_name, json, message) => {
		const { failures } = await create('card', { additionalFieldsJson: json });

		expect(failures).toMatchObject([
			{ outcome: 'not_sent', message: expect.stringContaining(message) },
		]);
		expect(String(failures[0].message)).toContain("'Additional Fields (JSON)'");
		expect(wechatPay.counts.received).toBe(0);
	});
});

describe('collections', () => {
	it('have expressions of their own', async () => {
		const { body, failures } = await create('card', {
			additionalFields: { servicePhone: '={{ "010-" + 8877 }}', totalQuantity: '={{ 20 + 1 }}' },
		});
		expect(failures).toEqual([]);
		expect(body).toMatchObject({ service_phone: '010-8877', total_quantity: 21 });
	});

	it('send nothing of an object that was added and left empty', async () => {
		const { body } = await create('card', {
			additionalFields: { additionalStatement: { value: { title: '' } } },
		});
		expect(body).not.toHaveProperty('additional_statement');
	});

	it('name the field whose expression cannot be evaluated', async () => {
		const { failures } = await create('card', {
			additionalFields: { servicePhone: '={{ half( }}', totalQuantity: 5 },
		});
		expect(failures).toMatchObject([
			{ outcome: 'not_sent', message: expect.stringMatching(/^The expression in '.*Phone' can't/) },
		]);
	});

	it('take a list from an expression as well as commas', async () => {
		for (const code of ['a1, a2', '={{ ["b1", 22] }}']) await deposit(code);
		const bodies = wechatPay.requests.map(({ body }) => body);
		expect(bodies).toEqual(['{"code":["a1","a2"]}', '{"code":["b1","22"]}']);
	});
});

describe('values that do not go together', () => {
	const refused: Array<[string, string, string, IDataObject, string | undefined, string]> = [
		[
			'an update of nothing',
			'member',
			'update',
			{ code: 'x' },
			undefined,
			"'Update Fields' is empty: add the fields that shall change",
		],
		[
			'balances that do not add up',
			'member',
			'update',
			{
				code: 'x',
				updateFields: {
					balanceInformation: { value: { beforeBalance: 700, balance: 888, addBalance: 100 } },
				},
			},
			'balance_information.balance',
			"'Balance After' must be 'Balance Before' plus 'Amount Added': 888 is not 700 + 100",
		],
		[
			'balances that are all zero',
			'member',
			'update',
			{
				code: 'x',
				updateFields: {
					balanceInformation: { value: { beforeBalance: 0, balance: 0, addBalance: 0 } },
				},
			},
			'balance_information.balance',
			"'Balance Before', 'Balance After' and 'Amount Added' are all 0, which changes nothing",
		],
		[
			'activation on a page that is not named',
			'distribution',
			'createQrCode',
			{ activateType: 'JUMP_ACTIVATE' },
			'activate_url',
			"'Activation URL' or 'Activation AppID' must be filled",
		],
		[
			'a mini program without its page',
			'distribution',
			'createPermissionToken',
			{ activateType: 'JUMP_ACTIVATE', activateAppid: 'wxea9c30a90fs8d3fe' },
			'activate_path',
			"it goes with 'Activation AppID'",
		],
		[
			'a notification URL with a query',
			'callback',
			'set',
			{ notifyUrl: 'https://shop.example/hook?a=1' },
			'notify_url',
			"'Notification URL' must be a public https address with a path, without login and query",
		],
		[
			'a card ID that is too short for service items',
			'serviceItem',
			'remove',
			{ cardId: 'short', serviceModuleId: '666' },
			'card_id',
			'must have at least 16 characters',
		],
	];

	it.each(refused)('%s', async (_name, resource, operation, parameters, field, message) => {
		const execution = await runOperation({
			resource,
			operation,
			parameters: { cardId: CARD, ...parameters },
			credential: wechatPay.credential(),
		});
		expect(execution.json(WECHAT, ERROR)).toMatchObject([
			{
				error: {
					outcome: 'not_sent',
					message: expect.stringContaining(message),
					...(field ? { field } : {}),
				},
			},
		]);
		expect(wechatPay.counts.received).toBe(0);
	});
});

/** Gives codes to a card that is to have codes of the merchant. */
async function deposit(code: string) {
	wechatPay.addCard({ card_id: CARD, code_mode: 'MERCHANT_DEPOSIT' });
	return await runOperation({
		resource: 'card',
		operation: 'depositCodes',
		parameters: { cardId: CARD, code },
		credential: wechatPay.credential(),
	});
}

it('gives an item for each code that WeChat Pay took', async () => {
	const execution = await deposit('a1,a2');
	expect(execution.json(WECHAT, ERROR)).toEqual([]);
	expect(execution.json(WECHAT)).toEqual([
		{ card_id: CARD, code: 'a1', result: 'SUCCESS' },
		{ card_id: CARD, code: 'a2', result: 'SUCCESS' },
	]);
});

it('tells which codes WeChat Pay did not take', async () => {
	const execution = await deposit('a1,FAIL2,a3');
	expect(execution.json(WECHAT)).toEqual([]);
	expect(execution.json(WECHAT, ERROR)).toMatchObject([
		{
			error: {
				outcome: 'partial',
				message: expect.stringContaining('1 of 3 codes: FAIL2'),
				done: ['a1', 'a3'],
				not_done: ['FAIL2'],
			},
		},
	]);
});
