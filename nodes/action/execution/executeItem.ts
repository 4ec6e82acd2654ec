import { readParameters } from '../request/readParameters';
import type { Values } from '../request/serialize';
import type { Endpoint } from '../spec';
import { askAfterFailure } from './askAfterFailure';
import { askUntilFinal } from './askUntilFinal';
import type { ExecutionContext } from './executionContext';
import { fetchApiRequest } from './fetchApiRequest';
import { fetchFile } from './fetchFile';
import { fetchResponse } from './fetchResponse';
import { KeyedMutex } from './keyedMutex';
import type { CheckedItem } from './prepareRequest';
import {
	checkItem,
	mutexKey,
	prepareRequest,
	readAgain,
	readEndpoint,
	withoutRetries,
} from './prepareRequest';
import { firstSentAt, keptInMind } from './requestMemory';
import { settleUsedNumber } from './settleUsedNumber';
import type { ItemSuccess } from './toItems';
import { toItems } from './toItems';

/** One for the process: two workflows may change one member at the same moment. It holds only what is at work. */
const mutex = new KeyedMutex();

/**
 * The whole way of one item.
 *
 * @returns its output items: one, or one for each entry of a list
 * @throws RequestError
 */
export async function executeItem(
	execution: ExecutionContext,
	index: number,
): Promise<ItemSuccess> {
	const values = readParameters(execution.context, execution.parameters, index);
	return await mutex.runExclusive(mutexKey(execution, values, index), async () => {
		const item = checkItem(execution, values, index);
		// Two items of one number: only after the first one is it known what the number stands for.
		return await mutex.runExclusive(
			item.place?.key,
			async () => await sendItem(execution, item, values, index),
		);
	});
}

async function sendItem(
	execution: ExecutionContext,
	item: CheckedItem,
	values: Values,
	index: number,
): Promise<ItemSuccess> {
	const request = await prepareRequest(execution, item, values, index);
	const { file, isFree } = execution.operation;
	const { form } = item.validated;
	const fetch = async () => {
		if (file) return await fetchFile(execution, file, request, form, index);
		if (isFree) return await fetchApiRequest(execution, request, form, index);
		const ask = async () => await fetchResponse(execution, request, values, index);
		return await askUntilFinal(execution, form, ask);
	};
	const ask = async (endpoint: Endpoint) =>
		await readEndpoint(withoutRetries(execution), endpoint, values, index);
	const send = async () => await askAfterFailure(execution, request, ask, fetch);
	const answered = await settleUsedNumber(
		execution.operation,
		request,
		async () => await readAgain(execution, values, index),
		async () => await keptInMind(item.place, request, send),
	);
	const since = firstSentAt(item.place);
	return toItems(execution, request, answered, { values, form, since }, index);
}
