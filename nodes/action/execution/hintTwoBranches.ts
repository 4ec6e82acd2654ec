import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { addHint } from './addHint';

/**
 * With 'Continue' n8n hands on what did not succeed among what did, and the next node would take it for a success. A hint
 * beside the output tells how to part them. For a node that stops the workflow n8n shows no hints; there the exception
 * tells it.
 */
export function hintTwoBranches(context: IExecuteFunctions, output: INodeExecutionData[]): void {
	const { onError, type } = context.getNode();
	if (onError !== 'continueRegularOutput' || type.endsWith('Tool')) return;
	const failed = output.filter(({ json }) => json.error !== undefined).length;
	if (failed === 0 || failed === output.length) return;
	addHint(
		context,
		`${failed} of these ${output.length} items did not succeed: they have 'error'. To get them in a branch of their own, set 'On Error' to 'Continue (using error output)' in the Settings tab.`,
		{ type: 'warning' },
	);
}
