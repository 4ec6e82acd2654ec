import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { addHint } from './addHint';

/**
 * With 'Always Output Data' n8n puts an empty item into Success where nothing succeeded, and the next node would take it
 * for a success. The node cannot keep n8n from it, but says so beside the output.
 */
export function hintEmptySuccess(context: IExecuteFunctions, output: INodeExecutionData[]): void {
	const { alwaysOutputData, onError } = context.getNode();
	if (alwaysOutputData !== true || onError !== 'continueErrorOutput') return;
	if (output.length === 0 || output.some(({ json }) => json.error === undefined)) return;
	addHint(
		context,
		"Nothing succeeded. The empty item in Success is n8n's, because 'Always Output Data' is on: turn it off in the Settings tab.",
	);
}
