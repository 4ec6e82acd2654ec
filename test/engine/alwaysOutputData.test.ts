/** n8n adds an empty item to Success where nothing succeeded; the node says whose it is. */
import { ExecuteContext } from 'n8n-core';
import type { INode } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { FakeWechatPay } from '../support/fake/server.cts';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: 'gold' });
});

afterEach(async () => {
	jest.restoreAllMocks();
	await wechatPay.stop();
});

async function run(cards: string[], settings: Partial<INode> = { alwaysOutputData: true }) {
	const execution = await runOperation({
		resource: 'card',
		operation: 'get',
		parameters: { cardId: '={{ $json.card }}' },
		items: cards.map((card) => ({ json: { card } })),
		credential: wechatPay.credential(),
		settings,
	});
	const { hints = [] } = execution.run.data.resultData.runData[WECHAT][0];
	return {
		done: execution.json(WECHAT, SUCCESS),
		errors: execution.json(WECHAT, ERROR),
		hints: hints.map(({ message }) => message),
	};
}

it('tells of the empty item in Success where every item failed', async () => {
	const { done, errors, hints } = await run(['{{ a', '{{ b']);
	expect(done).toEqual([{}]);
	expect(errors).toHaveLength(2);
	expect(hints).toEqual([expect.stringMatching(/empty item in Success.*'Always Output Data'/)]);
});

it.each<[string, string[], Partial<INode>]>([
	['an item succeeded', ['gold', '{{ b'], { alwaysOutputData: true }],
	['the setting is off', ['{{ a'], {}],
	[
		'failures stay among the successes',
		['{{ a'],
		{ alwaysOutputData: true, onError: 'continueRegularOutput' },
	],
])('says nothing where %s', async (_, cards, settings) => {
	expect((await run(cards, settings)).hints).toEqual([]);
});

it('keeps the branches true where n8n does not take the hint', async () => {
	jest.spyOn(ExecuteContext.prototype, 'addExecutionHints').mockImplementation(() => {
		throw new TypeError('no hints here');
	});
	const { done, errors } = await run(['{{ a', '{{ b']);
	expect(done).toEqual([{}]);
	expect(errors).toHaveLength(2);
});
