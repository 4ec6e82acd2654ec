/**
 * n8n issue 37407: where n8n can't trace the input of an error item, its own look-up throws and all input items leave by
 * Success, as if they had been committed.
 */
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { COMMIT, COMMITTED, NOT_COMMITTED, runBonus } from '../engine/bonusWorkflow.cts';
import { standIn } from '../engine/host.cts';
import { openShop, type Shop } from '../engine/shop.cts';
import { WechatPay } from '../../nodes/WechatPay/WechatPay.node.ts';

let shop: Shop;

beforeEach(async () => {
	shop = await openShop(3);
	shop.orders[1].member_code = 'nobody';
});

afterEach(async () => {
	await shop.wechatPay.stop();
});

interface Internals {
	runExecutionData: { resultData: { runData: Record<string, unknown> } };
}

const runDataOf = (context: unknown) => (context as Internals).runExecutionData.resultData.runData;

/** Spoils what n8n remembers of the node before ours, just before our look-up and so before n8n's own. */
async function runSpoiled(spoil: (runData: Record<string, unknown>) => void) {
	const wechatPay = new WechatPay();
	const spoiled: INodeType = {
		description: wechatPay.description,
		async execute() {
			const getInputSourceData = () => {
				spoil(runDataOf(this));
				return this.getInputSourceData();
			};
			const context = Object.create(this, { getInputSourceData: { value: getInputSourceData } });
			return await wechatPay.execute.call(context as IExecuteFunctions);
		},
	};
	return await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
		node: spoiled,
	});
}

const spoils: Array<[string, (runData: Record<string, unknown>) => void]> = [
	['the run of the node before is gone', (runData) => delete runData.Orders],
	['the run of the node before has no data', (runData) => (runData.Orders = [{ source: [] }])],
	[
		'the node before has fewer items than it handed on',
		(runData) => (runData.Orders = [{ source: [], data: { main: [[{ json: {} }]] } }]),
	],
];

it.each(spoils)('routes rightly when %s', async (_name, spoil) => {
	const execution = await runSpoiled(spoil);

	expect(execution.run.data.resultData.runData[COMMIT][0].error).toBeUndefined();
	expect(execution.json(COMMITTED).map((json) => json.out_trade_no)).toEqual([
		'order-0',
		'order-2',
	]);
	const [item, ...others] = execution.json(NOT_COMMITTED);
	expect(others).toEqual([]);
	expect(item.error).toMatchObject({ outcome: 'refused', input: shop.orders[1] });
});

it('leaves the order beside the error item where n8n can trace it', async () => {
	const execution = await runSpoiled(() => {});

	expect(execution.json(NOT_COMMITTED)).toEqual([
		{ ...shop.orders[1], error: expect.not.objectContaining({ input: expect.anything() }) },
	]);
});

it('would lose the orders without the look-up of our own', async () => {
	// The same situation with a node that pairs its error item as usual shows that n8n really does what is feared.
	const naive = standIn('naive', async (context) => {
		delete runDataOf(context).Orders;
		return context
			.getInputData()
			.map((_, item) => ({ json: { error: { outcome: 'refused' } }, pairedItem: { item } }));
	});
	const execution = await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(),
		onError: 'continueErrorOutput',
		node: naive,
	});

	expect(execution.json(COMMITTED)).toEqual(shop.orders);
	expect(execution.json(NOT_COMMITTED)).toEqual([]);
});
