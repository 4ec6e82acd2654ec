import { readParameters } from '../request/readParameters';
import type { Values } from '../request/serialize';
import type { Operation } from '../spec';
import type { ExecutionContext } from './executionContext';
import { fetchResponse } from './fetchResponse';
import { prepareRequest } from './prepareRequest';
import type { ItemSuccess } from './toItems';
import { toItems } from './toItems';

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
	return await execution.mutex.runExclusive(mutexKey(execution.operation, values), async () => {
		const request = await prepareRequest(execution, values, index);
		const fetched = await fetchResponse(execution, request, values, index);
		return toItems(execution, request, fetched, values, index);
	});
}

/** What is read first and changed then, which must not be changed in between by another item. */
function mutexKey({ readFirst }: Operation, values: Values): string | undefined {
	if (!readFirst) return undefined;
	return JSON.stringify(readFirst.fields.map(({ property }) => values[property?.name ?? '']));
}
