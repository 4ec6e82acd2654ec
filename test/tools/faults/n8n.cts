/** n8n's engine as a child process: runs batches for its parent, several at once, as n8n does. */
import type { IDataObject } from 'n8n-workflow';

import { answerParent } from '../../support/child.cts';
import { COMMIT, runBonus, type Order } from '../../support/engine/bonusWorkflow.cts';
import { runOperation, type OperationRun } from '../../support/engine/operation.cts';
import { leftOf } from './nights.cts';

export interface Batch {
	credential: Record<string, string>;
	orders: Order[];
	options: IDataObject;
}

/** The JSON of what left by Success and by Error. */
export type Left = [done: IDataObject[], failed: IDataObject[]];

/** @param batch of the nightly workflow, or of any operation */
async function run(batch: Batch | OperationRun): Promise<Left> {
	if ('resource' in batch) return leftOf(await runOperation(batch));
	const execution = await runBonus({ ...batch, onError: 'continueErrorOutput' });
	if (execution.error) throw execution.error;
	return [execution.json(COMMIT, 0), execution.json(COMMIT, 1)];
}

// n8n's engine leaves timers behind.
answerParent({}, run, () => process.exit());
