import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { attempt } from '../../apiv3/attempt';

/**
 * Shows a hint beside the output. A hint that n8n does not take must not decide on the items: of a node that throws,
 * n8n sends all input items on by Success.
 */
export function addHint(
	context: Pick<IExecuteFunctions, 'addExecutionHints'>,
	message: string,
	more: Pick<NodeExecutionHint, 'type'> = {},
): void {
	// Older versions of n8n have no hints.
	attempt(() => context.addExecutionHints?.({ message, ...more, location: 'outputPane' }));
}
