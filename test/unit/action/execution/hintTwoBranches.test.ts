/** The hint beside an output that has both: what succeeded and what did not. */
import type { INode, INodeExecutionData } from 'n8n-workflow';

import { hintTwoBranches } from '../../../../nodes/action/execution/hintTwoBranches';

const DONE: INodeExecutionData = { json: { success: true } };
const FAILED: INodeExecutionData = { json: { error: { outcome: 'refused' } } };

function hintsOf(
	output: INodeExecutionData[],
	node: Partial<INode> = { onError: 'continueRegularOutput' },
): string[] {
	const addExecutionHints = jest.fn();
	const getNode = () => ({ type: 'n8n-nodes-wechatpay.wechatPay', ...node });
	hintTwoBranches({ getNode, addExecutionHints } as never, output);
	return addExecutionHints.mock.calls.map(([{ message }]) => String(message));
}

it('counts the items, and names the setting', () => {
	expect(hintsOf([DONE, FAILED, DONE])).toEqual([
		"1 of these 3 items did not succeed: they have 'error'. To get them in a branch of their own, set 'On Error' to 'Continue (using error output)' in the Settings tab.",
	]);
});

it.each<[string, INodeExecutionData[], Partial<INode> | undefined]>([
	['all succeeded', [DONE, DONE], undefined],
	['none succeeded', [FAILED, FAILED], undefined],
	['there are two branches already', [DONE, FAILED], { onError: 'continueErrorOutput' }],
	[
		'an agent is told',
		[DONE, FAILED],
		{ onError: 'continueRegularOutput', type: 'n8n-nodes-wechatpay.wechatPayTool' },
	],
])('is none where %s', (_, output, node) => {
	expect(hintsOf(output, node)).toEqual([]);
});
