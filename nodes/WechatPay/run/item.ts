import type { INodeExecutionData } from 'n8n-workflow';

import type { Batch } from './batch';
import { readParameters } from './parameters';
import type { Request } from './request';
import { buildRequest } from './request';
import { send } from './send';

/**
 * The whole way of one item.
 *
 * @returns its output item
 * @throws ItemFailure
 */
export async function runItem(batch: Batch, index: number): Promise<INodeExecutionData> {
	const values = readParameters(batch.context, batch.parameters, index);
	const request = buildRequest(batch.operation, values, batch.merchant, index);
	const answer = await send(batch, request, index);
	return toItem(request, answer, index);
}

/** WeChat Pay confirms with an empty 204, so that the item says what was confirmed. */
function toItem(
	{ sent }: Request,
	{ requestId }: { requestId?: string },
	index: number,
): INodeExecutionData {
	const trace = requestId === undefined ? {} : { request_id: requestId };
	return { json: { success: true, ...sent, ...trace }, pairedItem: { item: index } };
}
