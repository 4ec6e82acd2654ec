import { readParameters } from '../request/readParameters';
import type { ExecutionContext } from './executionContext';
import { fetchResponse } from './fetchResponse';
import { KeyedMutex } from './keyedMutex';
import { mutexKey, prepareRequest } from './prepareRequest';
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
		const request = await prepareRequest(execution, values, index);
		const answered = await fetchResponse(execution, request, values, index);
		return toItems(execution, request, answered, values, index);
	});
}
