import { rethrow } from '../../apiv3/attempt';
import type { FailureDetails } from '../../client/errors/requestError';
import { failureDetailsOf, RequestError } from '../../client/errors/requestError';
import type { Request } from '../../client/types';
import { readParameters } from '../request/readParameters';
import type { ExecutionContext } from './executionContext';
import { fetchResponse } from './fetchResponse';
import { KeyedMutex } from './keyedMutex';
import type { RequestMemory } from './prepareRequest';
import { mutexKey, prepareRequest, sentRequests } from './prepareRequest';
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
		const { request, memory } = await prepareRequest(execution, values, index);
		const answered = await keptInMind(
			request,
			memory,
			async () => await fetchResponse(execution, request, values, index),
		);
		return toItems(execution, request, answered, values, index);
	});
}

/** What may have been done stays in mind; what was certainly not done leaves its number free. */
async function keptInMind<T>(
	request: Request,
	memory: RequestMemory | undefined,
	send: () => Promise<T>,
): Promise<T> {
	if (!memory) return await send();
	const { key, fingerprint, sent } = memory;
	if (!sent) sentRequests.remember(key, request, fingerprint);
	return await rethrow(
		async () => {
			const answered = await send();
			sentRequests.markMayBeDone(key);
			return answered;
		},
		(reason) => {
			const details = failureDetailsOf(reason);
			if (details.outcome === 'unknown') sentRequests.markMayBeDone(key);
			else if (!sent?.mayBeDone) sentRequests.forget(key);
			else if (details.outcome === 'refused') return stillOpen(details);
			return reason as Error;
		},
	);
}

/** A refusal of a repeat says nothing about what was sent before. */
function stillOpen(details: FailureDetails): RequestError {
	return new RequestError({
		...details,
		message: `An earlier attempt with the same request number may have been processed; a repeat did not settle it: ${details.message}`,
		outcome: 'unknown',
		repeatable: true,
	});
}
