import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { FailureDetails } from '../../client/errors/requestError';
import { failureDetailsOf, RequestError } from '../../client/errors/requestError';
import { cancelled } from '../../client/notTried';
import type { Catalogue } from '../spec';
import { isCalledByAgent, isOldTool } from './calledByAgent';
import { ErrorItems } from './errorItem';
import { executeItem } from './executeItem';
import type { ExecutionContext } from './executionContext';
import { openExecution } from './executionContext';
import { hintEmptySuccess } from './hintEmptySuccess';
import { hintTwoBranches } from './hintTwoBranches';
import { inPool } from './pool';
import { Progress } from './progress';
import { Responsiveness } from './responsiveness';
import type { ItemResult } from './stopError';
import { stopError, stopped } from './stopError';

/**
 * Runs the chosen operation for every input item. The output keeps the order of the input, whatever finished first.
 *
 * @returns one output item for each input item (lists give one for each entry); those that did not succeed are error
 *   items
 * @throws NodeApiError or NodeOperationError only where the user's On Error setting stops the workflow, or would hide
 *   the outcome from an AI agent
 */
export async function executeItems(
	context: IExecuteFunctions,
	catalogue: Catalogue,
): Promise<INodeExecutionData[][]> {
	rejectHiddenToolOutput(context);
	const items = context.getInputData();
	const stops = stopsAtFailure(context);
	const { results, execution } = await runAll(context, catalogue, items.length, stops);
	if (stops && results.some((result) => 'failure' in result)) {
		throw stopError(context, results, execution?.operation);
	}
	const output = await outputOf(results, new ErrorItems(context, items));
	hintEmptySuccess(context, output);
	hintTwoBranches(context, output);
	return [output];
}

async function outputOf(
	results: ItemResult[],
	errorItems: ErrorItems,
): Promise<INodeExecutionData[]> {
	const responsiveness = new Responsiveness();
	const output: INodeExecutionData[] = [];
	for (const [index, result] of results.entries()) {
		while (responsiveness.isDue) await responsiveness.turn();
		if ('failure' in result) output.push(errorItems.make(result.failure, index));
		else for (const item of result.items) output.push(item);
	}
	return output;
}

/** Whether a failure has to be thrown. An AI agent gets it as an item, to act on. */
function stopsAtFailure(context: IExecuteFunctions): boolean {
	return !isCalledByAgent(context) && !context.continueOnFail();
}

/**
 * With the error output, n8n drops everything that a tool of an agent of version 3 returns, a success as well; only the
 * message of an exception gets through. An agent that hears nothing of a commit would commit again.
 *
 * @throws NodeOperationError before anything is sent
 */
function rejectHiddenToolOutput(context: IExecuteFunctions): void {
	const { type, onError } = context.getNode();
	const isUnheard = type.endsWith('Tool') && onError === 'continueErrorOutput';
	if (!isUnheard || isOldTool(context)) return;
	throw new NodeOperationError(
		context.getNode(),
		"Not sent, because n8n would hide what comes of it: set 'On Error' of this tool to another choice than the error output (Settings tab of the tool node).",
	);
}

async function runAll(
	context: IExecuteFunctions,
	catalogue: Catalogue,
	count: number,
	stops: boolean,
): Promise<{ results: ItemResult[]; execution?: ExecutionContext }> {
	let execution: ExecutionContext;
	try {
		execution = await openExecution(context, catalogue);
	} catch (error) {
		const failure = failureDetailsOf(error);
		return { results: Array.from({ length: count }, () => ({ failure })) };
	}
	const results: ItemResult[] = [];
	const progress = new Progress(context, count, execution.rateLimiter);
	let failed = false;
	const responsiveness = new Responsiveness();
	await inPool(
		execution.rateLimiter,
		count,
		async (index) => {
			while (responsiveness.isDue) await responsiveness.turn();
			results[index] = await resultOf(execution, index);
			progress.record(results[index]);
			if (stops && 'failure' in results[index]) {
				failed = true;
				execution.rateLimiter.stop(new ItemStopped());
			}
		},
		() => !execution.signal?.aborted && !failed,
	);
	progress.finish();
	for (let index = 0; index < count; index += 1) {
		results[index] ??= {
			failure: execution.signal?.aborted ? withItemNumber(cancelled().details, index) : stopped,
		};
	}
	return { results, execution };
}

/** An item that waited to be sent when another one stopped the workflow. */
class ItemStopped extends RequestError {
	constructor() {
		super(stopped);
	}
}

async function resultOf(execution: ExecutionContext, index: number): Promise<ItemResult> {
	try {
		return await executeItem(execution, index);
	} catch (error) {
		if (error instanceof ItemStopped) return { failure: stopped };
		return { failure: withItemNumber(failureDetailsOf(error), index) };
	}
}

/** The one place where messages get the number of their item. */
function withItemNumber(details: FailureDetails, index: number): FailureDetails {
	return { ...details, message: `${details.message} [item ${index}]` };
}
