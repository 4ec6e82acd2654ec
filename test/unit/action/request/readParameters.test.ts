/** All simple expressions of an item are evaluated in one; each must have the value it has alone. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Parameter } from '../../../../nodes/action/spec';
import { planParameters, readParameters } from '../../../../nodes/action/request/readParameters';
import { RequestError } from '../../../../nodes/client/errors/requestError';
import { NOT_COMMITTED, ORDERS, runBonus } from '../../../support/engine/bonusWorkflow.cts';
import { runWorkflow } from '../../../support/engine/engine.cts';
import { standIn } from '../../../support/engine/host.cts';
import { openShop } from '../../../support/engine/shop.cts';
import { field as fieldOf, property } from '../../../support/madeUpFields';

/** In the open. */
const field = (name: string): Parameter => fieldOf(name, { displayName: name, required: true });

/** Reads parameters in n8n's engine, by our plan and one by one by n8n. */
async function readBoth(parameters: IDataObject, json: IDataObject) {
	const fields = Object.keys(parameters).map(field);
	let read: { together: number; ours: unknown; alone: unknown } | undefined;
	const node = standIn(
		'reader',
		async (context) => {
			const plan = planParameters(context, { fields });
			const alone = Object.fromEntries(
				fields.map(({ wireName }) => [wireName, context.getNodeParameter(wireName, 1)]),
			);
			read = { together: plan.together.length, ours: readParameters(context, plan, 1), alone };
			return [];
		},
		Object.keys(parameters).map((name) => property(name)),
	);
	const execution = await runWorkflow({
		workflow: {
			nodes: [ORDERS, 'Reader'].map((name, index) => ({
				id: name,
				name,
				type: index ? 'test.reader' : 'test.orders',
				typeVersion: 1,
				position: [0, 0],
				parameters: (index ? parameters : {}) as never,
			})),
			connections: { [ORDERS]: { main: [[{ node: 'Reader', type: 'main', index: 0 }]] } },
		},
		start: ORDERS,
		items: [{ json: { wrong: 'item' } }, { json }],
		credential: {},
		standIns: { 'test.reader': node },
	});
	if (execution.error) throw execution.error;
	return read;
}

const json = {
	code: '12',
	points: 30,
	note: 'it\'s "quoted"',
	list: [1, 2],
	deep: { a: { b: 'c' } },
};

const simple: Array<[string, string]> = [
	['a field', '={{ $json.code }}'],
	['a number', '={{ $json.points }}'],
	['quotes', '={{ $json.note }}'],
	['a missing field', '={{ $json.nothing }}'],
	['a calculation', '={{ $json.points * 2 + 1 }}'],
	['a condition', "={{ $json.points > 10 ? 'many' : 'few' }}"],
	['a comment at the end', '={{ $json.code // the code }}'],
	['a comment', '={{ /* the code */ $json.code }}'],
	['a list', '={{ $json.list }}'],
	['an object', '={{ { a: 1 } }}'],
	['n8n’s own functions', '={{ $json.code.toNumber() }}'],
	['another node', `={{ $('${ORDERS}').item.json.code }}`],
	['the index', '={{ $itemIndex }}'],
	['several lines', '={{\n\t$json\n\t\t.code\n}}'],
	['a template', '={{ `${$json.code}-${$json.points}` }}'],
	['a comma', '={{ 1, $json.code }}'],
	['null', '={{ null }}'],
];

it.each(simple)('%s', async (_name, expression) => {
	const read = await readBoth(
		{ first: '={{ $json.code }}', second: expression, third: '={{ $json.points }}' },
		json,
	);

	expect(read?.together).toBe(3);
	expect(read?.ours).toEqual(read?.alone);
});

const left: Array<[string, unknown]> = [
	['plain text', 'text'],
	['text around it', '=no. {{ $json.code }}'],
	['two of them', '={{ $json.code }}{{ $json.points }}'],
	['an equals sign before it', '=a={{ $json.code }}'],
	['nothing', ''],
];

it.each(left)('%s is left to n8n', async (_name, expression) => {
	const read = await readBoth(
		{ first: '={{ $json.code }}', second: expression as string, third: '={{ $json.points }}' },
		json,
	);

	expect(read?.together).toBe(2);
	expect(read?.ours).toEqual(read?.alone);
});

it.each([
	['alone', {}],
	['together with another', { second: '={{ $json.code }}' }],
])('an item is not taken for a resource locator, %s', async (_name, others) => {
	const looksLikeOne = { __rl: true, mode: 'id', value: '12' };
	const parameters = { first: '={{ $json.shaped }}', ...others };
	const read = await readBoth(parameters, { ...json, shaped: looksLikeOne });

	expect(read?.ours).toMatchObject({ first: looksLikeOne });
});

it.each([
	['a bracket that closes the list', '={{ 1), (2 }}'],
	['half a text', "={{ 'half }}"],
])('%s is told by the name of its own field', async (_name, expression) => {
	const shop = await openShop(1);
	const execution = await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
		parameters: { code: expression },
	});
	await shop.wechatPay.stop();

	expect(execution.json(NOT_COMMITTED)).toMatchObject([
		{
			error: {
				outcome: 'not_sent',
				message: expect.stringContaining("The expression in 'Member Card Code' can't be evaluated"),
			},
		},
	]);
});

it('keeps the others when one of them throws', async () => {
	const parameters = { first: '={{ $json.code }}', second: '={{ $json.nothing.at.all }}' };
	const read = await readBoth(parameters, json);

	expect(read?.ours).toEqual(read?.alone);
	expect(read?.ours).toMatchObject({ first: '12' });
});

describe('what n8n is asked for', () => {
	const INDEX = 7;

	/** A context of n8n with these parameters, each value of which is what it is and nothing else. */
	function contextOf(raw: IDataObject, evaluated: () => unknown) {
		const getNodeParameter = jest.fn(
			(path: string, _index: number, _fallback: unknown, options: IDataObject) =>
				options.rawExpressions ? raw[path] : `alone ${path}`,
		);
		const evaluateExpression = jest.fn(evaluated);
		return { getNodeParameter, evaluateExpression };
	}

	function read(raw: IDataObject, evaluated: () => unknown) {
		const context = contextOf(raw, evaluated);
		const plan = planParameters(context as never, { fields: Object.keys(raw).map(field) });
		context.getNodeParameter.mockClear();
		const values = readParameters(context as unknown as IExecuteFunctions, plan, INDEX);
		const { getNodeParameter, evaluateExpression } = context;
		return { values, alone: getNodeParameter.mock.calls, together: evaluateExpression.mock.calls };
	}

	const alone = (path: string) => [path, INDEX, '', { skipValidation: true }];
	const simple = { a: '={{ 1 }}', b: '={{ 2 }}' };

	it('is one evaluation for all simple expressions, and the others one by one', () => {
		expect(read({ ...simple, c: 'text' }, () => [1, 2])).toEqual({
			values: { a: 1, b: 2, c: 'alone c' },
			alone: [alone('c')],
			together: [['{{ [(\n 1 \n), (\n 2 \n)] }}', INDEX]],
		});
	});

	it('is no such evaluation for a single one', () => {
		expect(read({ a: '={{ 1 }}' }, () => [1])).toEqual({
			values: { a: 'alone a' },
			alone: [alone('a')],
			together: [],
		});
	});

	it.each<[string, () => unknown]>([
		['are not as many', () => [1]],
		['are no list', () => '1,2'],
		[
			'cannot be had',
			() => {
				throw new Error('half');
			},
		],
	])('is each of them where the values %s', (_, evaluated) => {
		expect(read(simple, evaluated)).toMatchObject({
			values: { a: 'alone a', b: 'alone b' },
			alone: [alone('a'), alone('b')],
		});
	});

	it('is told by the name of the field where it cannot be had', () => {
		const context = contextOf({ a: '={{ half }}' }, () => []);
		const plan = planParameters(context as never, { fields: [field('a')] });
		context.getNodeParameter.mockImplementation(() => {
			throw new Error('half is not defined');
		});
		const reading = () => readParameters(context as unknown as IExecuteFunctions, plan, INDEX);
		expect(reading).toThrow(RequestError);
		expect(reading).toThrow("The expression in 'a' can't be evaluated: half is not defined");
	});

	it.each([
		['additionalFields', 'Additional Fields', {}],
		['updateFields', 'Update Fields', { optional: 'updateFields' }],
	] as const)('is %s field by field, of which only what was added is read', (name, label, form) => {
		const fields = [fieldOf('a'), fieldOf('b')];
		const plan = (collection: unknown) =>
			planParameters(contextOf({ [name]: collection } as IDataObject, () => []) as never, {
				fields,
				...form,
			});
		expect(plan({ b: 1, other: 2 }).sources.map(({ path }) => path)).toEqual([`${name}.b`]);
		for (const nothing of ['', {}]) expect(plan(nothing).sources).toEqual([]);
		for (const whole of ['={{ $json }}', null, 7]) {
			expect(() => plan(whole)).toThrow(
				`'${label}' must be filled field by field, each with an expression of its own`,
			);
		}
	});

	it("is 'Simplify' and the JSON in their collections", () => {
		const raw = { additionalFields: { additionalFieldsJson: '{}' }, options: { simplify: false } };
		const form = {
			fields: [],
			takesJson: true,
			response: { requiredFields: [], simplifiedFields: ['a'] },
		} as const;
		const paths = (given: IDataObject) =>
			planParameters(contextOf(given, () => []) as never, form as never).sources.map(
				({ path }) => path,
			);
		expect(paths(raw)).toEqual(['additionalFields.additionalFieldsJson', 'options.simplify']);
		expect(paths({ additionalFields: {}, options: {} })).toEqual([]);
	});
});
