import type { IDataObject } from 'n8n-workflow';

import { isNestedTooDeep } from '../../apiv3/jsonDepth';
import type { FailureDetails } from '../errors/requestError';
import { RequestError } from '../errors/requestError';
import type { Request, ResponseShape, VerifiedResponse } from '../types';
import { retryAdvice, idempotencyHint } from './messages';

/** An object or a row of WeChat Pay's response. */
export type Row = IDataObject;

/**
 * Reads the body of a response whose signature fits.
 *
 * @throws RequestError (`unknown`) for one that is not a JSON object, or is no sane one
 */
export function readObject(confirmed: VerifiedResponse, request: Request): Row {
	let body: unknown;
	try {
		body = JSON.parse(confirmed.body.toString());
	} catch {
		body = undefined;
	}
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw unreadable('is not a JSON object', confirmed, request);
	}
	if (isNestedTooDeep(body)) throw unreadable('is nested too deep', confirmed, request);
	return body as Row;
}

/**
 * The list of a response. WeChat Pay leaves an empty one out.
 *
 * @throws RequestError (`unknown`) where there should be one
 */
export function readRows(
	body: Row,
	{ listField = '' }: ResponseShape,
	confirmed: VerifiedResponse,
	request: Request,
): Row[] {
	const list = body[listField];
	if (list === undefined && body.total_count === 0) return [];
	if (Array.isArray(list) && list.every((row) => typeof row === 'object' && row !== null)) {
		return list as Row[];
	}
	throw unreadable(`has no list '${listField}'`, confirmed, request);
}

function unreadable(
	what: string,
	{ requestId, status, attempts }: VerifiedResponse,
	{ retryPolicy, requestNumber }: Request,
): RequestError {
	const isReading = retryPolicy.method === 'GET';
	const start = isReading
		? "WeChat Pay's response"
		: 'WeChat Pay confirmed the request, but its response';
	const wayOut = `${retryAdvice(retryPolicy)}.${idempotencyHint(requestNumber)} If that does not help, ask WeChat Pay's support with the Request-ID.`;
	const details: FailureDetails = {
		message: `${start} ${what}. ${wayOut}`,
		outcome: 'unknown',
		http_status: status,
		request_id: requestId,
		out_request_no: requestNumber,
		attempts,
		repeatable: retryPolicy.repeatable,
	};
	return new RequestError(details);
}
