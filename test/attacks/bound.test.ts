/**
 * What WeChat Pay really signed, served where it does not belong, by whoever ends TLS on the way: the signature covers
 * neither the status nor the request (docs/protocol.md, What a signature does not cover).
 */
import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../nodes/action/spec';
import { resources } from '../support/catalogue.cts';
import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { exampleOf } from '../support/facts/exampleOf.cts';
import { factsOf } from '../support/facts/facts.cts';
import { CARD, CODE, MCHID, ORDER } from '../support/fake/scene.cts';
import { readGolden } from '../support/days.cts';
import { answerFile, isDownload, rightFile } from './rightFile.cts';
import { type Answering, answerWith, signed, Target } from './target.cts';

let target: Target;

beforeEach(async () => {
	target = await Target.start();
});

afterEach(async () => {
	await target.stop();
});

interface Ask {
	resource: string;
	operation: string;
	parameters: IDataObject;
	/** Of the file of an input item. */
	file?: { text: string; fileName: string };
}

/** What the item gets: 'done', or its error. */
async function outcomeOf(ask: Ask, answer: Answering): Promise<IDataObject> {
	const [outcome] = await outcomesOf([ask], answer);
	return outcome;
}

async function outcomesOf(asks: Ask[], answer: Answering): Promise<IDataObject[]> {
	target.answer = answer;
	const [{ resource, operation, parameters }] = asks;
	const execution = await runOperation({
		resource,
		operation,
		parameters,
		items: asks.map(({ file }) => ({ json: {}, ...(file ? { binary: binaryOf(file) } : {}) })),
		credential: target.credential,
		options: { retries: 0 },
	});
	expect(execution.error).toBeUndefined();
	return [
		...execution.json(WECHAT, SUCCESS).map(() => ({ outcome: 'done' })),
		...execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
	];
}

const binaryOf = ({ text, fileName }: { text: string; fileName: string }) => ({
	data: {
		data: Buffer.from(text).toString('base64'),
		mimeType: 'application/octet-stream',
		fileName,
	},
});

const operations = resources.flatMap(({ value: resource, operations: all }) =>
	all
		// What is due to any endpoint at all is not known: test/engine/apiRequest.test.ts.
		.filter(({ isFree }) => !isFree)
		.map((spec) => ({ key: `${resource}.${spec.value}`, resource, spec })),
);

/** The operation with the parameters of its first golden case. */
function askOf(resource: string, { value }: Operation): Ask {
	const { cases } = readGolden<{ cases: Ask[] }>(`test/golden/${resource}.${value}.json`);
	const [{ parameters, file }] = cases;
	return { resource, operation: value, parameters, file };
}

/** What is read first gets the right answer, so that the wrong one is what answers the change. */
function afterReading({ readFirst, file }: Operation, answer: Answering): Answering {
	const member = answerWith({ card_id: CARD, code: CODE, bonus_value: 100 });
	return (response, request) =>
		file && isDownload(request)
			? answerFile(response, request)
			: (readFirst && request.method === 'GET' ? member : answer)(response, request);
}

const emptyAs =
	(status: number): Answering =>
	(response) =>
		response.writeHead(status, signed('')).end();

const bodyAs =
	(status: number, json: unknown): Answering =>
	(response) => {
		const body = Buffer.from(JSON.stringify(json));
		response.writeHead(status, signed(body)).end(body);
	};

const REFUSALS = [
	{ code: 'INVALID_REQUEST', message: '请求无效' },
	{ code: 'PARAM_ERROR', message: '参数错误', detail: { field: '/body/a', issue: 'x' } },
	{ code: 'SYSTEM_ERROR', message: '' },
	{ code: 'RESOURCE_NOT_EXISTS' },
];

const NOTIFICATION = {
	id: 'EV-2018022511223320873',
	create_time: '2026-11-27T10:34:56+08:00',
	resource_type: 'encrypt-resource',
	event_type: 'TRANSACTION.SUCCESS',
	summary: '支付成功',
	resource: { algorithm: 'AEAD_AES_256_GCM', ciphertext: 'AA==', nonce: 'n', associated_data: '' },
};

describe.each(operations)('$key', ({ resource, spec }) => {
	const ask = askOf(resource, spec);

	it.each(REFUSALS)('takes no refusal for done, whatever its status: $code', async (refusal) => {
		const answer = afterReading(spec, bodyAs(200, refusal));
		expect(await outcomeOf(ask, answer)).toMatchObject({ outcome: 'unknown' });
	});

	it.each([200, 201])('takes no notification with status %d for done', async (status) => {
		const answer = afterReading(spec, bodyAs(status, NOTIFICATION));
		expect(await outcomeOf(ask, answer)).toMatchObject({ outcome: 'unknown' });
	});

	it.each([203, 299])('takes status %d for no confirmation', async (status) => {
		const body = spec.response ? genuine(spec) : undefined;
		const answer = body === undefined ? emptyAs(status) : bodyAs(status, body);
		const { outcome } = await outcomeOf(ask, afterReading(spec, answer));
		expect(outcome).toBe('unknown');
	});

	it('takes the right response for done', async () => {
		const answer = spec.response ? bodyAs(200, genuine(spec)) : emptyAs(204);
		const { outcome, message } = await outcomeOf(ask, afterReading(spec, answer));
		expect({ outcome, message }).toEqual({ outcome: 'done' });
	});

	it('takes an empty object for done only where nothing is due', async () => {
		const { outcome } = await outcomeOf(ask, afterReading(spec, bodyAs(200, {})));
		expect(outcome).toBe('unknown');
	});
});

const NOTIFY_URL = 'https://shop.example/webhook/wechatpay';

/** Where the documented examples of request and response do not go together. */
const CORRECTIONS: Record<string, object> = {
	set: { notify_url: NOTIFY_URL },
	create: { date_information: { type: 'FIX_TERM', available_day_after_receive: 365 } },
	depositCodes: {
		data: ['478515832665', '478515832666'].map((code) => ({ code, result: 'SUCCESS' })),
	},
};

/** The response as WeChat Pay documents it. */
function genuine(spec: Operation): Record<string, unknown> {
	const answer: Record<string, unknown> = {
		...exampleOf(factsOf(spec).response_fields),
		...(spec.file ? rightFile(spec.file, spec.response?.listField) : {}),
	};
	const list = spec.response?.listField;
	const row = list === undefined ? answer : (answer[list] as Array<typeof answer>)[0];
	Object.assign(row, repeated(spec, row));
	return { ...answer, ...CORRECTIONS[spec.value] };
}

/** What the examples of the request name, under the names that the response has. */
function repeated(spec: Operation, row: Record<string, unknown>): Record<string, unknown> {
	const { resource } = operations.find((one) => one.spec === spec) as (typeof operations)[0];
	const { parameters } = askOf(resource, spec);
	const given = { ...parameters, ...(parameters.additionalFields as IDataObject) };
	const filled = spec.fields.flatMap(({ wireName, property, defaultFrom }) => {
		const value = given[property?.name ?? ''] || (defaultFrom === 'mchid' ? MCHID : '');
		return wireName in row && ['string', 'options'].includes(property?.type ?? '') && value
			? [[wireName, value]]
			: [];
	});
	const signer = spec.response?.signer;
	return { ...Object.fromEntries(filled), ...(signer ? { [signer]: MCHID } : {}) };
}

/** What the request names and the response repeats, by operation. */
const REPEATED: Array<[key: string, names: string[]]> = [
	['order.get', ['mchid', 'out_trade_no']],
	['order.getByTransactionId', ['mchid', 'transaction_id']],
	['callback.get', ['mchid']],
	['callback.set', ['mchid', 'notify_url']],
	['campaign.create', ['card_id', 'activity_type', 'out_request_no']],
	['campaign.get', ['activity_id']],
	['campaign.getMany', ['activity_status', 'card_id', 'activity_type']],
	['campaign.terminate', ['activity_id']],
	['card.create', ['appid', 'code_type', 'code_mode', 'out_request_no']],
	['card.get', ['card_id']],
	['card.getMany', ['appid']],
	['invitation.getStatus', ['user_card_information.card_id']],
	['coupon.get', ['coupon_id']],
	['coupon.getCallback', ['mchid']],
	['coupon.getStock', ['stock_id', 'stock_creator_mchid']],
	['coupon.getManyStocks', ['stock_creator_mchid']],
	['coupon.setCallback', ['notify_url']],
	['businessCircle.getAuthorization', ['openid']],
	['member.get', ['card_id', 'code']],
	['serviceItem.add', ['card_id', 'service_module_id']],
	['serviceItem.update', ['card_id', 'service_module_id']],
];

describe.each(REPEATED)('%s', (key, names) => {
	const { resource, spec } = operations.find((one) => one.key === key) as (typeof operations)[0];

	it.each(names)('takes no response about another %s', async (name) => {
		const { outcome, code, message } = await outcomeOf(
			askOf(resource, spec),
			bodyAs(200, withOther(genuine(spec), name, spec.response?.listField)),
		);
		expect({ outcome, code }).toEqual({ outcome: 'unknown', code: 'NOT_BOUND' });
		expect(message).toContain(`is about another '${name.split('.').pop()}'`);
	});
});

/** Another value at the dotted path, of the first entry where it is a list. */
function withOther(json: object, path: string, list?: string): Record<string, unknown> {
	const copy = structuredClone(json) as Record<string, unknown>;
	const names = path.split('.');
	const last = names.pop() as string;
	const start = list === undefined ? copy : (copy[list] as Array<Record<string, unknown>>)[0];
	const parent = names.reduce((inner, name) => inner[name] as Record<string, unknown>, start);
	parent[last] = 'another';
	return copy;
}

const PARTNER = { subMchid: '1900000109' };
const PARTNER_ORDER = {
	sp_appid: 'wx1',
	sp_mchid: MCHID,
	sub_mchid: PARTNER.subMchid,
	out_trade_no: ORDER,
	transaction_id: ORDER,
	trade_state: 'SUCCESS',
	trade_state_desc: '支付成功',
};

describe.each([
	['get', 'out_trade_no', { outTradeNo: ORDER }],
	['getByTransactionId', 'transaction_id', { transactionId: ORDER }],
])('order.%s of a service provider', (operation, name, parameters) => {
	const ask = { resource: 'order', operation, parameters: { ...parameters, ...PARTNER } };

	it('takes the right response', async () => {
		expect(await outcomeOf(ask, bodyAs(200, PARTNER_ORDER))).toEqual({ outcome: 'done' });
	});

	it.each([name, 'sub_mchid', 'sp_mchid'])('takes none about another %s', async (other) => {
		const body = { ...PARTNER_ORDER, [other]: 'another' };
		expect(await outcomeOf(ask, bodyAs(200, body))).toMatchObject({ code: 'NOT_BOUND' });
	});
});

const commitOf = (outTradeNo: string): Ask => ({
	resource: 'bonus',
	operation: 'commit',
	parameters: { cardId: CARD, code: CODE, outTradeNo, bonusValue: 30 },
});

it('one signed response served for five orders confirms one at most', async () => {
	const headers = signed('');
	const asks = ['A00001', 'A00002', 'A00003', 'A00004', 'A00005'].map(commitOf);
	const outcomes = await outcomesOf(asks, (response) => response.writeHead(204, headers).end());
	expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', ...Array(4).fill('unknown')]);
	expect(outcomes.slice(1)).toMatchObject(Array(4).fill({ code: 'REPLAYED' }));
	const [again] = await outcomesOf([commitOf('A00006')], target.answer);
	expect(again).toMatchObject({ outcome: 'unknown', code: 'REPLAYED' });
});

it('so does one signed object', async () => {
	const body = Buffer.from(JSON.stringify(PARTNER_ORDER));
	const headers = signed(body);
	const ask = {
		resource: 'order',
		operation: 'get',
		parameters: { outTradeNo: ORDER, ...PARTNER },
	};
	const answer: Answering = (response) => response.writeHead(200, headers).end(body);
	expect(await outcomeOf(ask, answer)).toEqual({ outcome: 'done' });
	expect(await outcomeOf(ask, answer)).toMatchObject({ outcome: 'unknown', code: 'REPLAYED' });
});

it.each([201, 202, 203, 205, 206, 207, 208, 226, 250, 299])(
	'%d, signed and empty, confirms no commit',
	async (status) => {
		expect(await outcomeOf(commitOf('A00008'), emptyAs(status))).toMatchObject({
			outcome: 'unknown',
			http_status: status,
		});
	},
);

const FOREIGN: Array<[name: string, body: string]> = [
	['an empty body', ''],
	['a page', '<html>Blocked</html>'],
	['JSON of its own', '{"error":"forbidden"}'],
	['a code of its own', '{"code":403,"message":"Forbidden"}'],
	['a code in its own words', '{"code":"AccessDenied","message":"x"}'],
];

const STATUSES = [400, 401, 403, 404, 407, 408, 409, 413, 429, 451, 499];

const INVALIDATE = operations.find(
	({ key }) => key === 'member.invalidate',
) as (typeof operations)[0];

it.each([
	...STATUSES.map((status, index) => [status, ...FOREIGN[index % FOREIGN.length]] as const),
	...FOREIGN.map((foreign) => [403, ...foreign] as const),
])('%d with %s, which a proxy wrote, leaves open what was done', async (status, _, body) => {
	const answer: Answering = (response) => response.writeHead(status).end(body);
	expect(await outcomeOf(commitOf('A00007'), answer)).toMatchObject({
		outcome: 'unknown',
		http_status: status,
		repeatable: status !== 413,
	});
	const get = { resource: 'card', operation: 'get', parameters: { cardId: CARD } };
	expect(await outcomeOf(get, answer)).toMatchObject({
		outcome: 'unknown',
		repeatable: status !== 413,
	});
	expect(await outcomeOf(askOf('member', INVALIDATE.spec), answer)).toMatchObject({
		outcome: 'unknown',
		repeatable: false,
	});
});

const DEPOSIT: Ask = {
	resource: 'card',
	operation: 'depositCodes',
	parameters: { cardId: CARD, code: 'a1,a2,a3' },
};

const rows = (...data: Array<[code: string, result: string]>) => ({
	data: data.map(([code, result]) => ({ code, result })),
});

it.each<[string, object, object]>([
	[
		'one of three',
		rows(['a1', 'SUCCESS']),
		{ outcome: 'unknown', done: ['a1'], not_done: [], not_known: ['a2', 'a3'] },
	],
	[
		'other codes',
		rows(['b1', 'SUCCESS'], ['b2', 'SUCCESS'], ['b3', 'SUCCESS']),
		{ outcome: 'unknown', code: 'NOT_BOUND' },
	],
	[
		'a code too many',
		rows(['a1', 'SUCCESS'], ['a2', 'SUCCESS'], ['a3', 'SUCCESS'], ['b1', 'SUCCESS']),
		{ outcome: 'unknown', code: 'NOT_BOUND' },
	],
	[
		'a word that is not known',
		rows(['a1', 'SUCCESS'], ['a2', 'FAILED'], ['a3', 'success']),
		{ outcome: 'unknown', done: ['a1'], not_done: [], not_known: ['a2', 'a3'] },
	],
	[
		'a word that is not known beside one that is',
		rows(['a1', 'SUCCESS'], ['a2', 'FAIL'], ['a3', 'LATER']),
		{ outcome: 'unknown', done: ['a1'], not_done: ['a2'], not_known: ['a3'] },
	],
	['no row', { data: [] }, { outcome: 'unknown', done: [], not_known: ['a1', 'a2', 'a3'] }],
	['no list', {}, { outcome: 'unknown' }],
	[
		'a code twice, in two ways',
		rows(['a1', 'SUCCESS'], ['a1', 'FAIL'], ['a2', 'SUCCESS'], ['a3', 'SUCCESS']),
		{ outcome: 'unknown', done: ['a2', 'a3'], not_known: ['a1'] },
	],
	[
		'one that was not taken',
		rows(['a1', 'SUCCESS'], ['a2', 'FAIL'], ['a3', 'DUPLICATE']),
		{ outcome: 'partial', done: ['a1', 'a3'], not_done: ['a2'], repeatable: true },
	],
	[
		'none that was taken',
		rows(['a1', 'FAIL'], ['a2', 'FAIL'], ['a3', 'FAIL']),
		{ outcome: 'refused', done: [], not_done: ['a1', 'a2', 'a3'] },
	],
])('codes of a card: %s', async (_, body, expected) => {
	expect(await outcomeOf(DEPOSIT, bodyAs(200, body))).toMatchObject(expected);
});

describe('points of a member', () => {
	const ask: Ask = {
		resource: 'member',
		operation: 'setPoints',
		parameters: { cardId: CARD, code: CODE, mode: 'addOrSubtract', points: 10 },
	};

	it.each<[string, object]>([
		['another code', { card_id: CARD, code: 'another', bonus_value: 900 }],
		['another card', { card_id: 'another', code: CODE, bonus_value: 900 }],
		['a refusal', { code: 'RESOURCE_NOT_EXISTS', message: 'x', bonus_value: 900 }],
		['nothing', {}],
	])('are not set from a read that is about %s', async (_, read) => {
		expect(await outcomeOf(ask, bodyAs(200, read))).toMatchObject({
			outcome: 'not_sent',
			repeatable: true,
		});
		expect(target.arrived.map(({ method }) => method)).toEqual(['GET']);
	});

	it('are set from a read that repeats neither card nor code, which WeChat Pay calls optional', async () => {
		const answer: Answering = (response, request) =>
			(request.method === 'GET' ? bodyAs(200, { bonus_value: 100 }) : emptyAs(204))(
				response,
				request,
			);
		expect(await outcomeOf(ask, answer)).toEqual({ outcome: 'done' });
	});
});
