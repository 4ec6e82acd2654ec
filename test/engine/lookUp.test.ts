/**
 * n8n issue 37407: where n8n can't trace the input of an error item, its own look-up throws and all input items leave by
 * Success, as if they had been committed.
 *
 * What the engine does, in n8n 2.41.1: `WorkflowExecute.handleNodeErrorOutput` reads the source of the input
 * (`executionData.source.main[0]`) and asks `WorkflowDataProxy`'s `$getPairedItem(source.previousNode, source, { item })`
 * for the input item. Since it asks for the very node that the source names, `resolvePairedItemUncached` ends at its first
 * step and follows no pairing of earlier nodes. What can go wrong on this way stands beside each case below.
 *
 * One way is beyond any node's reach: where the base URL of n8n itself is no URL, `getAdditionalKeys` throws before the
 * look-up. There no node can read a parameter, so that none behind ours can write down what did not happen.
 */
import type {
	IConnections,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import {
	COMMIT,
	COMMITTED,
	NOT_COMMITTED,
	ORDERS,
	runBonus,
	type BonusRun,
} from '../support/engine/bonusWorkflow.cts';
import { runWorkflow, type Execution } from '../support/engine/engine.cts';
import { standIn, WECHAT_PAY } from '../support/engine/host.cts';
import { openShop, type Shop } from '../support/engine/shop.cts';
import { WechatPay } from '../../nodes/WechatPay/WechatPay.node.ts';
import { skipWaits } from '../support/engine/skipWaits.cts';

skipWaits();

let shop: Shop;

beforeEach(async () => {
	shop = await openShop(3);
	shop.orders[1].member_code = 'nobody';
});

afterEach(async () => {
	await shop.wechatPay.stop();
});

/** What the engine's look-up reads, as it hangs on the context of a node. */
interface Internals {
	runExecutionData: { resultData: { runData: Record<string, unknown> } };
	executeData: { source: unknown };
	workflow: { pinData?: Record<string, unknown>; nodes: Record<string, unknown> };
}

type Spoil = (engine: Internals, runData: Record<string, unknown>) => void;

function spoilNow(context: unknown, spoil: Spoil): void {
	const engine = context as Internals;
	spoil(engine, engine.runExecutionData.resultData.runData);
}

/** Our node, with what n8n remembers spoiled just before our look-up and so before n8n's own. */
function spoiled(spoil: Spoil): INodeType {
	const wechatPay = new WechatPay();
	return {
		description: wechatPay.description,
		async execute() {
			const getInputSourceData = () => {
				spoilNow(this, spoil);
				return this.getInputSourceData();
			};
			const context = Object.create(this, { getInputSourceData: { value: getInputSourceData } });
			return await wechatPay.execute.call(context as IExecuteFunctions);
		},
	};
}

async function run(more: Partial<BonusRun> = {}): Promise<Execution> {
	return await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
		mode: 'manual',
		...more,
	});
}

/** A run of the node before, with so many of its items. */
const runOf = (...items: unknown[]) => [{ source: [], data: { main: [items] } }];

/** In a manual execution, as all of these are, n8n takes pinned data where there is no run. */
const pinned =
	(pin: unknown): Spoil =>
	(engine, runData) => {
		delete runData[ORDERS];
		engine.workflow.pinData = { [ORDERS]: pin };
	};

const sourced =
	(source: unknown): Spoil =>
	(engine) =>
		(engine.executeData.source = source);

const sourceOf = (changes: object) => ({ main: [{ previousNode: ORDERS, ...changes }] });

/** Each way in which the engine's look-up throws, or finds nothing to take the fields from. */
const spoils: Array<[where: string, what: string, spoil: Spoil]> = [
	// handleNodeErrorOutput, before it looks anything up: `executionData.source`
	['handleNodeErrorOutput', 'there is no source', sourced(null)],
	['handleNodeErrorOutput', 'the source has no main connection', sourced({})],
	['handleNodeErrorOutput', 'the source has no inputs', sourced({ main: [] })],
	['handleNodeErrorOutput', 'the source of the input is null', sourced({ main: [null] })],
	// getTaskData finds no run, so that getNodeOutput throws "Missing output data"
	['getTaskData', 'the run of the node before is gone', (_, runData) => delete runData[ORDERS]],
	['getTaskData', 'the node before has no run', (_, runData) => (runData[ORDERS] = [])],
	['getTaskData', 'the run of the node before is null', (_, runData) => (runData[ORDERS] = [null])],
	[
		'getTaskData',
		'the node before was renamed',
		(engine, runData) => {
			runData['Orders of today'] = runData[ORDERS];
			delete runData[ORDERS];
			delete engine.workflow.nodes[ORDERS];
		},
	],
	['getTaskData', 'the source names no node', sourced({ main: [{}] })],
	['getTaskData', 'the source names another node', sourced(sourceOf({ previousNode: 'Gone' }))],
	['getTaskData', 'the source names a later run', sourced(sourceOf({ previousNodeRun: 7 }))],
	// getNodeOutput has a run, and nothing in it
	['getNodeOutput', 'the run has no data', (_, runData) => (runData[ORDERS] = [{ source: [] }])],
	[
		'getNodeOutput',
		'the run has no main data',
		(_, runData) => (runData[ORDERS] = [{ source: [], data: { ai_tool: [[]] } }]),
	],
	[
		'getNodeOutput',
		'the output is null',
		(_, runData) => (runData[ORDERS] = [{ source: [], data: { main: [null] } }]),
	],
	[
		'getNodeOutput',
		'the source names another output',
		sourced(sourceOf({ previousNodeOutput: 3 })),
	],
	// resolvePairedItemUncached has the output; createMissingPairedItemError
	['resolvePairedItemUncached', 'the output is empty', (_, runData) => (runData[ORDERS] = runOf())],
	[
		'resolvePairedItemUncached',
		'the output has fewer items than were handed on',
		(_, runData) => (runData[ORDERS] = runOf({ json: {} })),
	],
	// resolvePairedItemUncached returns what is no item, and handleNodeErrorOutput reads its json
	[
		'handleNodeErrorOutput',
		'the item is missing among the others',
		(_, runData) => (runData[ORDERS] = runOf({ json: {} }, undefined, { json: {} })),
	],
	[
		'handleNodeErrorOutput',
		'the item is null',
		(_, runData) => (runData[ORDERS] = runOf({ json: {} }, null, { json: {} })),
	],
	[
		'handleNodeErrorOutput',
		'the item has no fields',
		(_, runData) => (runData[ORDERS] = runOf({}, {}, {})),
	],
	[
		'handleNodeErrorOutput',
		'the item is another order',
		(_, runData) =>
			(runData[ORDERS] = runOf(...[0, 0, 0].map((order) => ({ json: shop.orders[order] })))),
	],
	// getPinDataIfManualExecution
	['pinDataToTask', 'the pinned data has fewer items', pinned([{ json: {} }])],
	['pinDataToTask', 'the pinned data is no list', pinned({})],
	['pinDataToTask', 'the pinned data is of another node', pinned(undefined)],
];

/** Every order leaves by one output, the right one, with all that belongs to it. */
function expectRightRoutes(execution: Execution): void {
	expect(execution.run.data.resultData.runData[COMMIT][0].error).toBeUndefined();
	expect(execution.json(COMMITTED).map((json) => json.out_trade_no)).toEqual([
		'order-0',
		'order-2',
	]);
	expect(execution.json(COMMITTED).every(({ success }) => success === true)).toBe(true);
	const [json, ...others] = execution.json(NOT_COMMITTED);
	expect(others).toEqual([]);
	const { error, ...fields } = json as { error: IDataObject };
	expect(error).toMatchObject({ outcome: 'refused' });
	expect({ ...(error.input as object), ...fields }).toEqual(shop.orders[1]);
}

describe('where n8n cannot trace an item', () => {
	it.each(spoils)('(%s) %s: it leaves by Error', async (_where, _what, spoil) => {
		expectRightRoutes(await run({ node: spoiled(spoil) }));
	});

	it.each(spoils)('(%s) %s: every item leaves by Error', async (_where, _what, spoil) => {
		for (const order of shop.orders) order.member_code = 'nobody';
		const execution = await run({ node: spoiled(spoil) });

		expect(execution.json(COMMITTED)).toEqual([]);
		const orders = execution.json(NOT_COMMITTED).map(({ error, ...fields }) => ({
			...((error as IDataObject).input as object),
			...fields,
		}));
		expect(orders).toEqual(shop.orders);
	});

	it.each(spoils)('(%s) %s: nothing is thrown', async (_where, _what, spoil) => {
		const execution = await run({
			node: spoiled(spoil),
			credential: () => {
				throw new Error('locked');
			},
		});

		expect(execution.json(COMMITTED)).toEqual([]);
		expect(execution.json(NOT_COMMITTED)).toHaveLength(3);
	});

	it.each(spoils)(
		'(%s) %s: it keeps its place in the regular output',
		async (_where, _what, spoil) => {
			const execution = await run({ node: spoiled(spoil), onError: 'continueRegularOutput' });

			expect(execution.json(NOT_COMMITTED)).toEqual([]);
			expect(execution.json(COMMIT)).toMatchObject([
				{ success: true, out_trade_no: 'order-0' },
				{ error: { outcome: 'refused' } },
				{ success: true, out_trade_no: 'order-2' },
			]);
			expect(execution.items(COMMIT).map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 0 },
				{ item: 1 },
				{ item: 2 },
			]);
		},
	);
});

it('leaves the order beside the error item where n8n can trace it', async () => {
	const execution = await run({ node: spoiled(() => {}) });

	expect(execution.json(NOT_COMMITTED)).toEqual([
		{ ...shop.orders[1], error: expect.not.objectContaining({ input: expect.anything() }) },
	]);
});

/** What earlier nodes may say of where their items are from; n8n does not follow it here, and must not have to. */
const pairings: Array<[string, unknown]> = [
	['nothing', undefined],
	['null', null],
	['a number', 0],
	['an item that is not there', { item: 99 }],
	['a negative item', { item: -1 }],
	['an input that is not there', { item: 0, input: 4 }],
	['several items', [{ item: 0 }, { item: 1 }]],
	['no item at all', []],
	['a list with nothing in it', [null]],
	['another source', { item: 0, sourceOverwrite: { previousNode: 'Gone' } }],
	['another source in a list', [{ item: 0, sourceOverwrite: { previousNode: 'Gone' } }]],
];

it.each(pairings)(
	'routes rightly where the node before pairs its items with %s',
	async (_, pair) => {
		const orders = standIn('orders', async (context) =>
			context.getInputData().map(({ json }) => ({ json, pairedItem: pair as never })),
		);
		const execution = await run({ standIns: { 'test.orders': orders } });

		expectRightRoutes(execution);
		expect(execution.json(NOT_COMMITTED)[0].error).not.toHaveProperty('input');
	},
);

describe('the places a node can stand in', () => {
	const node = (name: string, type: string, extra: Partial<INode> = {}): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...extra,
	});

	const commit = (extra: Partial<INode> = {}) =>
		node(COMMIT, WECHAT_PAY, {
			onError: 'continueErrorOutput',
			credentials: { wechatPayApi: { id: '1', name: 'WeChat Pay' } },
			parameters: {
				resource: 'bonus',
				operation: 'commit',
				cardId: { __rl: true, mode: 'id', value: '={{ $json.card_id }}' },
				code: '={{ $json.member_code }}',
				outTradeNo: '={{ $json.order_no }}',
				bonusValue: '={{ $json.points }}',
			},
			...extra,
		});

	const to = (name: string, index = 0) => [{ node: name, type: 'main' as const, index }];

	const ends = { [COMMIT]: { main: [to(COMMITTED), to(NOT_COMMITTED)] } };
	const endNodes = [node(COMMITTED, 'test.handOn'), node(NOT_COMMITTED, 'test.handOn')];

	/** A node type with several inputs or outputs. */
	function withPorts(
		ports: Pick<INodeTypeDescription, 'inputs' | 'outputs'>,
		execute: INodeType['execute'],
	): INodeType {
		const { description } = standIn('ports', async () => []);
		return { description: { ...description, ...ports }, execute };
	}

	async function runFlow(
		nodes: INode[],
		connections: IConnections,
		start: string,
		standIns: Record<string, INodeType> = {},
	): Promise<Execution> {
		return await runWorkflow({
			workflow: { nodes: [...nodes, ...endNodes], connections: { ...connections, ...ends } },
			start,
			items: shop.orders.map((json) => ({ json })),
			credential: shop.wechatPay.credential(),
			standIns,
		});
	}

	it('the first node of all, as in a sub-workflow that got its items', async () => {
		expectRightRoutes(await runFlow([commit()], {}, COMMIT));
	});

	it('behind a node that is switched off', async () => {
		const off = node(ORDERS, 'test.orders', { disabled: true });
		expectRightRoutes(await runFlow([off, commit()], { [ORDERS]: { main: [to(COMMIT)] } }, ORDERS));
	});

	it('at the second output of a node', async () => {
		const fork = withPorts({ inputs: ['main'], outputs: ['main', 'main'] }, async function () {
			return [[{ json: { other: true } }], this.getInputData()];
		});
		expectRightRoutes(
			await runFlow(
				[node('Fork', 'test.fork'), commit()],
				{ Fork: { main: [[], to(COMMIT)] } },
				'Fork',
				{ 'test.fork': fork },
			),
		);
	});

	it('behind a node that merges two inputs', async () => {
		const merge = withPorts({ inputs: ['main', 'main'], outputs: ['main'] }, async function () {
			return [[...this.getInputData(0).slice(0, 1), ...this.getInputData(1).slice(1)]];
		});
		expectRightRoutes(
			await runFlow(
				[node(ORDERS, 'test.orders'), node('Merge', 'test.merge'), commit()],
				{
					[ORDERS]: { main: [[...to('Merge'), ...to('Merge', 1)]] },
					Merge: { main: [to(COMMIT)] },
				},
				ORDERS,
				{ 'test.merge': merge },
			),
		);
	});

	it('in a loop, one order each time round', async () => {
		const left = shop.orders.map((json) => ({ json }));
		const loop = withPorts({ inputs: ['main'], outputs: ['main', 'main'] }, async () => {
			const batch = left.splice(0, 1);
			return batch.length > 0 ? [[], batch] : [[{ json: {} }], []];
		});
		const execution = await runWorkflow({
			workflow: {
				nodes: [node('Loop', 'test.loop'), commit(), ...endNodes],
				connections: {
					Loop: { main: [[], to(COMMIT)] },
					[COMMIT]: {
						main: [
							[...to(COMMITTED), ...to('Loop')],
							[...to(NOT_COMMITTED), ...to('Loop')],
						],
					},
				},
			},
			start: 'Loop',
			credential: shop.wechatPay.credential(),
			standIns: { 'test.loop': loop },
		});
		const { runData } = execution.run.data.resultData;
		const got = (name: string) =>
			runData[name].flatMap((one) => one.data?.main[0] ?? []).map(({ json }) => json);

		expect(
			got(COMMITTED)
				.map((json) => json.out_trade_no)
				.sort(),
		).toEqual(['order-0', 'order-2']);
		expect(got(NOT_COMMITTED)).toMatchObject([
			{ ...shop.orders[1], error: { outcome: 'refused' } },
		]);
	});

	it('run for the first item only', async () => {
		shop.orders.reverse();
		shop.orders[0].member_code = 'nobody';
		const execution = await runFlow(
			[node(ORDERS, 'test.orders'), commit({ executeOnce: true })],
			{ [ORDERS]: { main: [to(COMMIT)] } },
			ORDERS,
		);

		expect(execution.json(COMMITTED)).toEqual([]);
		expect(execution.json(NOT_COMMITTED)).toMatchObject([shop.orders[0]]);
	});
});

it('would lose the orders without the look-up of our own', async () => {
	// The same situation with a node that pairs its error item as usual shows that n8n really does what is feared.
	const naive = standIn('naive', async (context) => {
		spoilNow(context, (_, runData) => delete runData[ORDERS]);
		return context
			.getInputData()
			.map((_, item) => ({ json: { error: { outcome: 'refused' } }, pairedItem: { item } }));
	});
	const execution = await run({ node: naive });

	expect(execution.json(COMMITTED)).toEqual(shop.orders);
	expect(execution.json(NOT_COMMITTED)).toEqual([]);
});
