import type { Merchant } from '../../apiv3/merchant';
import { headerOf } from '../../apiv3/verification';
import { printable } from '../errors/printable';
import type { NoResponse, Request, Response } from '../types';
import { isSuccess } from '../types';
import type { AttemptDetails, AttemptResult } from './attemptResult';
import { classifyNoResponse } from './classifyNoResponse';
import { classifyEmpty, classifySuccess } from './classifySuccess';
import type { ErrorBody } from './errorBody';
import { isOwnCode, readErrorBody } from './errorBody';
import { ambiguousLimit, ambiguousResponse, diagnoseSignature, explain } from './messages';
import { proxyRefusal } from './proxyRefusal';

/**
 * Judges an attempt by status first and code second. Only a 200 or 204 is done: one whose signature verifies over the
 * raw bytes, that is new, and that is about this request. Only a 4xx with WeChat Pay's code is refused.
 *
 * @see docs/protocol.md, Which responses are signed and docs/protocol.md, Test signatures
 */
export function classifyAttempt(
	result: Response | NoResponse,
	request: Request,
	merchant: Merchant,
): AttemptResult {
	if (!('status' in result)) return classifyNoResponse(result, request);
	const id = requestId(result);
	if (isSuccess(result)) return classifySuccess(result, request, merchant, id);
	const error = readErrorBody(result.body);
	const details = {
		code: error.code,
		http_status: result.status,
		request_id: id,
		field: error.field,
		issue: error.issue,
		value: error.value,
		location: error.location,
		raw_message: error.message,
	};
	const isRefusal = result.status >= 400 && result.status < 500;
	if (isRefusal && error.code !== undefined && error.code === request.response?.emptyCode) {
		return classifyEmpty(result, request, merchant, id);
	}
	return isRefusal && isOwnCode(error.code)
		? refusal(result, error, request, details)
		: openResponse(result, error, request, details);
}

/** A 4xx that WeChat Pay wrote. */
function refusal(
	answer: Response,
	error: ErrorBody,
	request: Request,
	details: AttemptDetails,
): AttemptResult {
	const { status } = answer;
	const explained = explain(status, error, request.retryPolicy);
	if (status === 429) {
		const retryAfter = retryAfterOf(answer);
		if (request.retryPolicy.on429 === 'unknown') {
			const words = ambiguousLimit(error, request.retryPolicy);
			return { kind: 'open', repeat: 'as set', retryAfter, ...words, details };
		}
		const { what, wayOut } = explained;
		return { kind: 'limited', repeat: 'as set', retryAfter, what, wayOut, details };
	}
	if (explained.leavesOpen) {
		const { what, wayOut } = explained;
		const staysOpen = explained.leavesOpen === 'for good';
		return { kind: 'open', repeat: 'never', staysOpen, what, wayOut, details };
	}
	const diagnosis =
		status === 401 ? diagnoseSignature(answer, request, error, explained.wayOut) : {};
	return { kind: 'refused', repeat: 'never', ...explained, ...diagnosis, details };
}

/**
 * A response that leaves open whether the request was processed; so does a 4xx that WeChat Pay did not write, for a
 * proxy may have forwarded the request before.
 */
function openResponse(
	answer: Response,
	error: ErrorBody,
	request: Request,
	details: AttemptDetails,
): AttemptResult {
	const { status } = answer;
	const refused = proxyRefusal(status, request);
	if (refused) {
		return { kind: 'open', repeat: refused.isTooLarge ? 'never' : 'once', ...refused, details };
	}
	const isLimit = status === 429;
	return {
		kind: 'open',
		repeat: status < 400 ? 'never' : status < 500 && !isLimit ? 'once' : 'as set',
		...(isLimit ? { retryAfter: retryAfterOf(answer) } : {}),
		...ambiguousResponse(status, error, request.retryPolicy),
		details,
	};
}

function retryAfterOf(answer: Response): number | undefined {
	const header = headerOf(answer.headers, 'retry-after');
	if (!header) return undefined;
	const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - answer.at;
	return ms >= 0 ? ms : undefined;
}

function requestId(answer: Response): string | undefined {
	const id = headerOf(answer.headers, 'request-id');
	return id && printable(id);
}
