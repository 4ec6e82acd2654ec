import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { FailureDetails } from '../../client/errors/requestError';

/**
 * The one place where error items are made. One key, `error`, holding an object, is the only shape that leaves by the
 * Error branch on every n8n version and keeps the order's own fields beside it.
 */
export class ErrorItems {
	private readonly isTraceable: (index: number) => boolean;

	constructor(
		context: IExecuteFunctions,
		private readonly items: INodeExecutionData[],
	) {
		this.isTraceable = tracer(context, items);
	}

	/** @param index of the input item that did not succeed */
	make(details: FailureDetails, index: number): INodeExecutionData {
		const error = inOrder(details);
		const { json: input, binary } = this.items[index];
		const file = binary ? { binary } : {};
		if (this.isTraceable(index)) return { json: { error }, ...file, pairedItem: { item: index } };
		// A plain number makes n8n skip its look-up; the order's fields then have to come from us.
		return { json: { error: { ...error, input } }, ...file, pairedItem: index };
	}
}

/**
 * n8n looks up the input of every error item it routes to the Error branch. Where that look-up throws, all input items
 * leave by Success (n8n issue 37407), so the very same look-up is made here first. Where it finds another item than the
 * input, n8n would put that one's fields beside the error.
 */
function tracer(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): (index: number) => boolean {
	if (context.getNode().onError !== 'continueErrorOutput') return () => true;
	const lookUp = preparedLookUp(context);
	return (index) => {
		try {
			const item = lookUp(index) as INodeExecutionData | null;
			return item !== null && isSame(item.json, items[index].json);
		} catch {
			return false;
		}
	};
}

/** n8n keeps the very object, but for an execution that it has put aside and taken up again. */
function isSame(found: IDataObject, input: IDataObject): boolean {
	return found === input || JSON.stringify(found) === JSON.stringify(input);
}

function preparedLookUp(context: IExecuteFunctions): (index: number) => unknown {
	try {
		const source = context.getInputSourceData();
		const proxy = context.getWorkflowDataProxy(0);
		return (index) => proxy.$getPairedItem(source.previousNode, source, { item: index });
	} catch {
		return () => null;
	}
}

/**
 * n8n's table shows the one field as a list, from the top: first what people look for. Columns of their own would send the
 * item to Success. Absent facts are left out.
 */
function inOrder({ outcome, code, message, ...others }: FailureDetails): Partial<FailureDetails> {
	const facts = Object.entries({ outcome, code, message, ...others });
	return Object.fromEntries(facts.filter(([, value]) => value !== undefined));
}
