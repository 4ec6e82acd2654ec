import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { reasonText } from './reason';

/** What ends a list of the editor or an activation: the reason in our own words. */
export function nodeError(node: INode, reason: unknown): NodeOperationError {
	const message = reasonText(reason);
	const thrown = new NodeOperationError(node, message);
	// For the codes of connections n8n has words of its own, which tell less.
	thrown.message = message;
	return thrown;
}
