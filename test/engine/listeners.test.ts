/** An execution that runs our nodes many times, as a loop does, is not left with listeners of theirs. */
import type { INode } from 'n8n-workflow';

import { runWorkflow } from '../support/engine/engine.cts';
import { listenerCount } from '../support/engine/listeners.cts';
import { ERROR, INPUT, operationWorkflow, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { CARD, CODE } from '../support/fake/scene.cts';
import { FakeWechatPay, type Fault } from '../support/fake/server.cts';

const RUNS = 15;
const COUNT = 'test.count';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE });
});

afterEach(async () => {
	await wechatPay.stop();
});

/** Counts the listeners, runs our node so many times one after the other, and counts them again. */
async function listenersAround(branch: number, code = CODE) {
	const { nodes } = operationWorkflow({
		resource: 'member',
		operation: 'setPoints',
		parameters: { cardId: CARD, code, mode: 'addOrSubtract', points: 1 },
		options: { retries: 0, timeout: 2000 },
	});
	const ours = nodes.find(({ name }) => name === WECHAT) as INode;
	const chain = Array.from({ length: RUNS }, (_, run) => ({
		...ours,
		id: `${run}`,
		name: `${run}`,
	}));
	const counter = (name: string) => ({ ...nodes[0], id: name, name, type: COUNT });
	const names = [INPUT, 'Before', ...chain.map(({ name }) => name), 'After'];
	const { node, counts } = listenerCount(COUNT);
	const execution = await runWorkflow({
		workflow: {
			nodes: [nodes[0], counter('Before'), ...chain, counter('After')],
			connections: Object.fromEntries(
				names.slice(0, -1).map((name, index) => {
					const next = [{ node: names[index + 1], type: 'main' as const, index: 0 }];
					const isOurs = chain.some((one) => one.name === name);
					return [name, { main: isOurs && branch === ERROR ? [[], next] : [next] }];
				}),
			),
		},
		start: INPUT,
		credential: wechatPay.credential(),
		standIns: { [COUNT]: node },
	});
	expect(execution.error).toBeUndefined();
	return counts;
}

it.each<[string, number, string, Fault | undefined]>([
	['success', SUCCESS, CODE, undefined],
	['a refusal', ERROR, 'nobody', undefined],
	['no response', ERROR, CODE, 'reset-after'],
])('is not left with any after %s', async (_, branch, code, fault) => {
	if (fault) wechatPay.misbehave({ fault, times: Infinity });
	const [before, after] = await listenersAround(branch, code);

	expect(wechatPay.counts.received).toBeGreaterThanOrEqual(RUNS);
	expect(after).toBe(before);
});
