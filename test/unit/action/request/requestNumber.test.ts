/** Numbers that the node gives to requests: the same for a repeat of the same item, another for any other item. */
import type { INode } from 'n8n-workflow';

import {
	ERROR,
	INPUT,
	operationWorkflow,
	runOperation,
	WECHAT,
} from '../../../support/engine/operation.cts';
import { runWorkflow } from '../../../support/engine/engine.cts';
import { CARD } from '../../../support/fake/scene.cts';
import { FakeWechatPay } from '../../../support/fake/server.cts';

/** The numbers of three items, each time with a WeChat Pay that has not seen them yet. */
async function numbersOf(change: { workflowId?: string; nodeId?: string; executionId?: string }) {
	const wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	for (const code of ['a', 'b', 'c']) wechatPay.addMember({ card_id: CARD, code });
	const workflow = operationWorkflow({
		resource: 'member',
		operation: 'setPoints',
		parameters: { cardId: CARD, code: '={{ $json.code }}', mode: 'addOrSubtract', points: 1 },
	});
	const node = workflow.nodes.find(({ name }) => name === WECHAT) as INode;
	node.id = change.nodeId ?? node.id;
	const execution = await runWorkflow({
		workflow: { ...workflow, id: change.workflowId },
		executionId: change.executionId,
		start: INPUT,
		items: ['a', 'b', 'c'].map((code) => ({ json: { code } })),
		credential: wechatPay.credential(),
	});
	await wechatPay.stop();
	const numbers = execution.json(WECHAT).map(({ out_request_no: number }) => number);
	expect(numbers).toHaveLength(3);
	return numbers;
}

it('are the same for the same items of the same run', async () => {
	const execution = { executionId: '1' };
	expect(await numbersOf(execution)).toEqual(await numbersOf(execution));
});

it('are others for other items, executions, workflows and nodes', async () => {
	const runs = [
		await numbersOf({ executionId: '1' }),
		await numbersOf({ executionId: '2' }),
		await numbersOf({ executionId: '1', workflowId: 'another' }),
		await numbersOf({ executionId: '1', nodeId: 'another' }),
	];
	expect(new Set(runs.flat()).size).toBe(12);
});

it('are told of only where the node made them', async () => {
	const wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: 'a' });
	wechatPay.misbehave({ fault: 'reset-after', times: Infinity });
	const failureOf = async (outRequestNo?: string) => {
		const execution = await runOperation({
			resource: 'member',
			operation: 'importByOpenid',
			parameters: { cardId: CARD, openid: 'o-first', ...(outRequestNo ? { outRequestNo } : {}) },
			credential: wechatPay.credential(),
			options: { retries: 0 },
		});
		return execution.json(WECHAT, ERROR)[0].error as { message: string; out_request_no?: string };
	};

	const made = await failureOf();
	expect(made.out_request_no).toMatch(/^n8n-/);
	expect(made.message).toContain(`Give ${made.out_request_no} as its 'Request Number'`);
	const own = await failureOf('shop-1');
	expect(own).not.toHaveProperty('out_request_no');
	expect(own.message).not.toContain('Request Number');
	await wechatPay.stop();
});
