import { getEventListeners } from 'node:events';

import type { INodeType } from 'n8n-workflow';

import { standIn } from './host.cts';

/** A node that hands its items on and notes how many listen for the cancellation of its execution. */
export function listenerCount(name: string): { node: INodeType; counts: number[] } {
	const counts: number[] = [];
	const node = standIn(name, async (context) => {
		const signal = context.getExecutionCancelSignal();
		if (!signal) throw new Error('The execution cannot be cancelled');
		counts.push(getEventListeners(signal, 'abort').length);
		return context.getInputData();
	});
	return { node, counts };
}
