/** All simple expressions of an item are evaluated in one; each must have the value it has alone. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Parameter } from '../../nodes/WechatPay/operations/types';
import { planParameters, readParameters } from '../../nodes/WechatPay/run/parameters';
import { NOT_COMMITTED, ORDERS, runBonus } from '../engine/bonusWorkflow.cts';
import { runWorkflow } from '../engine/engine.cts';
import { standIn } from '../engine/host.cts';
import { openShop } from '../engine/shop.cts';

const property = (name: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
});

const field = (name: string): Parameter => ({
	wire: name,
	in: 'body',
	property: property(name),
});

/** Reads parameters in n8n's engine, by our plan and one by one by n8n. */
async function readBoth(parameters: IDataObject, json: IDataObject) {
	const fields = Object.keys(parameters).map(field);
	let read: { together: number; ours: unknown; alone: unknown } | undefined;
	const node = standIn(
		'reader',
		async (context) => {
			const plan = planParameters(context, { fields });
			const alone = Object.fromEntries(
				fields.map(({ wire }) => [wire, context.getNodeParameter(wire, 1)]),
			);
			read = { together: plan.together.length, ours: readParameters(context, plan, 1), alone };
			return [];
		},
		Object.keys(parameters).map(property),
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
