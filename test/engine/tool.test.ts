import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { WechatPay } from '../../nodes/WechatPay/WechatPay.node.ts';
import { COMMIT, runBonus, type BonusRun } from '../support/engine/bonusWorkflow.cts';
import { openShop, type Shop } from '../support/engine/shop.cts';

let shop: Shop;

beforeEach(async () => {
	shop = await openShop(1);
	shop.orders[0].member_code = 'nobody';
});

afterEach(async () => {
	await shop.wechatPay.stop();
});

/** Runs the node as an AI agent of version 3 does: as a node type of its own, whose name ends with Tool. */
const runAsTool = async (onError: BonusRun['onError']) =>
	await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(),
		type: 'n8n-nodes-wechatpay.wechatPayTool',
		onError,
	});

it.each([undefined, 'stopWorkflow', 'continueRegularOutput'] as const)(
	'hands a refusal to the agent as text to act on (On Error: %s)',
	async (onError) => {
		const execution = await runAsTool(onError);

		expect(execution.error).toBeUndefined();
		expect(execution.json(COMMIT)).toEqual([
			{
				error: expect.objectContaining({
					outcome: 'refused',
					message: expect.stringMatching(
						/^WeChat Pay refused: no member card has this code.*\(INVALID_REQUEST\)\. Check that 'Card ID'/,
					),
				}),
			},
		]);
	},
);

it.each(['nobody', 'code-0'])(
	'sends nothing where n8n would hide the outcome from the agent (code %s)',
	async (code) => {
		shop.orders[0].member_code = code;
		const execution = await runAsTool('continueErrorOutput');

		// In the engine a throw under this setting hands the input on; the agent gets the message of what was thrown.
		const [run] = execution.run.data.resultData.runData[COMMIT];
		expect(run.error?.message).toMatch(/^Not sent, .*set 'On Error' of this tool/);
		expect(shop.wechatPay.requests).toEqual([]);
	},
);

it.each([undefined, 'continueErrorOutput'] as const)(
	'hands a refusal to an agent up to version 2 whatever On Error says (%s)',
	async (onError) => {
		// Such an agent calls the tool in a context of its own, which says so; it sees every returned item.
		const wechatPay = new WechatPay();
		const node: INodeType = {
			description: wechatPay.description,
			async execute() {
				const context = Object.create(this, { isToolExecution: { value: () => true } });
				const [items] = await wechatPay.execute.call(context as IExecuteFunctions);
				// Handed on as an agent would see it, past n8n's sorting by branches.
				return [items.map(({ json }) => ({ json: { seen: json } }))];
			},
		};
		const execution = await runBonus({
			orders: shop.orders,
			credential: shop.wechatPay.credential(),
			onError,
			node,
		});

		expect(execution.json(COMMIT)).toMatchObject([{ seen: { error: { outcome: 'refused' } } }]);
	},
);

it('hands the confirmation to the agent', async () => {
	shop.orders[0].member_code = 'code-0';
	const execution = await runAsTool(undefined);

	expect(execution.json(COMMIT)).toMatchObject([{ success: true, out_trade_no: 'order-0' }]);
});
