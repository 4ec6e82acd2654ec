import type { IDataObject } from 'n8n-workflow';

import { isNestedTooDeep } from '../../apiv3/nesting';
import type { FailureDetails } from '../../client/errors/requestError';
import { RequestError } from '../../client/errors/requestError';
import type { Request, ResponseShape as AnswerSpec, VerifiedResponse } from '../../client/types';
import type { Operation } from '../operations/types';
import { again, withNumber } from './explanation';

/** An object or a row of WeChat Pay's answer. */
export type Row = IDataObject;

/**
 * Reads the body of an answer whose signature fits.
 *
 * @throws ItemFailure (`unknown`) for one that is not a JSON object, or is no sane one
 */
export function readObject(confirmed: VerifiedResponse, request: Request, index: number): Row {
	let body: unknown;
	try {
		body = JSON.parse(confirmed.body.toString());
	} catch {
		body = undefined;
	}
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw unreadable('is not a JSON object', confirmed, request, index);
	}
	if (isNestedTooDeep(body)) throw unreadable('is nested too deep', confirmed, request, index);
	return body as Row;
}

/**
 * The list of an answer. WeChat Pay leaves an empty one out.
 *
 * @throws ItemFailure (`unknown`) where there should be one
 */
export function readRows(
	body: Row,
	{ rows = '' }: AnswerSpec,
	confirmed: VerifiedResponse,
	request: Request,
	index: number,
): Row[] {
	const list = body[rows];
	if (list === undefined && body.total_count === 0) return [];
	if (Array.isArray(list) && list.every((row) => typeof row === 'object' && row !== null)) {
		return list as Row[];
	}
	throw unreadable(`has no list '${rows}'`, confirmed, request, index);
}

function unreadable(
	what: string,
	{ requestId, status, attempts }: VerifiedResponse,
	{ retryPolicy, requestNumber }: Request,
	index: number,
): RequestError {
	const isReading = retryPolicy.method === 'GET';
	const start = isReading
		? "WeChat Pay's answer"
		: 'WeChat Pay confirmed the request, but its answer';
	const wayOut = `${again(retryPolicy)}.${withNumber(requestNumber)} If that does not help, ask WeChat Pay's support with the Request-ID.`;
	const facts: FailureDetails = {
		message: `${start} ${what}. ${wayOut} [item ${index}]`,
		outcome: 'unknown',
		http_status: status,
		request_id: requestId,
		out_request_no: requestNumber,
		attempts,
		repeatable: retryPolicy.repeatable,
	};
	return new RequestError(facts);
}

/** What is left of a row by 'Simplify'. */
export function simplified(row: Row, { answer }: Operation, simplify: unknown): Row {
	const { simple } = answer ?? {};
	if (!simple || simplify === false) return row;
	return Object.fromEntries(simple.filter((name) => name in row).map((name) => [name, row[name]]));
}

/**
 * The JSON of an item for a request that is not answered by a list. An empty answer confirms what was sent, so the item
 * says that; an answer with a body speaks for itself, beside the names it was asked by.
 */
export function toJson(
	operation: Operation,
	{ sent, identity, method }: Request,
	row: Row | undefined,
	requestId: string | undefined,
): Row {
	const mark = method === 'DELETE' ? { deleted: true } : method === 'GET' ? {} : { success: true };
	const content = row ? { ...identity, ...row } : operation.answer ? identity : sent;
	const trace = requestId === undefined ? {} : { request_id: requestId };
	return { ...mark, ...content, ...trace } as Row;
}
