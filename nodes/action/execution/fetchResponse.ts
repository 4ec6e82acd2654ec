import type { IBinaryKeyData } from 'n8n-workflow';

import type { FailureDetails } from '../../client/errors/requestError';
import { RequestError, notSent } from '../../client/errors/requestError';
import { listAll } from '../../client/listAll';
import type { Listing } from '../../client/pagination';
import type { Row } from '../../client/response/parseResponse';
import { readObject, readRows } from '../../client/response/parseResponse';
import { partsFailure } from '../../client/response/partsResult';
import { stateFailure } from '../../client/response/stateResult';
import { sendWithRetries } from '../../client/sendWithRetries';
import type { Request, VerifiedResponse } from '../../client/types';
import type { Values } from '../request/serialize';
import { wholeNumber } from '../request/validators';
import { addHint } from './addHint';
import type { ExecutionContext } from './executionContext';

/** What WeChat Pay answered: the entries of a list, a single object, or nothing but that it is done. */
export interface FetchedResponse {
	rows?: Row[];
	/** Whether the rows begin with what they were asked by: copies of 100,000 rows would take as much memory again. */
	isComplete?: boolean;
	object?: Row;
	/** Files, in the place of an empty object. */
	binary?: IBinaryKeyData;
	requestId?: string;
}

/**
 * Sends the request of an item, page by page where the response is a list.
 *
 * @throws RequestError
 */
export async function fetchResponse(
	execution: ExecutionContext,
	request: Request,
	values: Values,
	index: number,
): Promise<FetchedResponse> {
	const { response } = execution.operation;
	if (response?.uniqueBy) {
		const listing = await listAll(execution, request, response, limitOf(values));
		if (values.returnAll === true) hintIfShort(execution, listing, index);
		return { rows: listing.rows };
	}
	const confirmed = await sendWithRetries(execution, request);
	const { requestId } = confirmed;
	if (!response) return { requestId };
	const object = readObject(confirmed, request);
	rejectFailed(stateFailure(object, response, request), confirmed);
	if (!response.listField) return { object, requestId };
	const rows = readRows(object, response, confirmed, request);
	const failure = partsFailure(rows, response, request);
	const { repeatable } = request.retryPolicy;
	rejectFailed(failure && { ...failure, repeatable }, confirmed);
	return { rows, requestId };
}

/** How many entries of a list the user wants. */
function limitOf({ returnAll, limit }: Values): number {
	if (returnAll === true) return Infinity;
	const most = wholeNumber(limit);
	if (most !== undefined && most > 0) return most;
	throw notSent(`'Limit' must be a positive whole number, e.g. 50`, {
		field: 'limit',
	});
}

/** The list is what WeChat Pay gave, and yet perhaps not all there is. */
function hintIfShort({ context }: ExecutionContext, { rows, total }: Listing, index: number): void {
	if (total === undefined || rows.length >= total) return;
	addHint(
		context,
		`WeChat Pay counts ${total} entries but listed ${rows.length} [item ${index}]. Run it again if entries are missing.`,
	);
}

/** @throws RequestError where a verified response says that the request, or a part of it, is not done */
export function rejectFailed(
	failure: Omit<FailureDetails, 'attempts'> | undefined,
	{ status, requestId, attempts }: VerifiedResponse,
): void {
	if (!failure) return;
	throw new RequestError({ ...failure, http_status: status, request_id: requestId, attempts });
}
