import type { Merchant } from '../../apiv3/merchant';
import { headerOf } from '../../apiv3/verification';
import { printable } from '../errors/printable';
import type { FailureDetails } from '../errors/requestError';
import type { NoResponse, Request, Response } from '../types';
import { isSuccess } from '../types';
import { mismatch } from './bindResponse';
import type { ErrorBody } from './errorBody';
import { isOwnCode, readErrorBody } from './errorBody';
import type { FailureText } from './messages';
import {
	retryAdvice,
	explain,
	inBrackets,
	diagnoseSignature,
	uncertainty,
	describeUnverified,
	ambiguousResponse,
	describeUnbound,
} from './messages';
import { proxyRefusal } from './proxyRefusal';
import { stopReason } from './stopReason';
import { distrust } from './verifyResponse';

/**
 * What one attempt came to:
 * done – WeChat Pay confirmed it with a verified response; refused – it was not processed and never will be as it is;
 * limited – not processed, too fast; open – it may have been processed; unsent – WeChat Pay got nothing.
 */
export type AttemptResult =
	| { kind: 'done'; status: number; body: Buffer; requestId?: string }
	| ({ kind: 'unsent' } & Explanation)
	| ({ kind: 'open' | 'limited'; retryAfter?: number; isTooLarge?: boolean } & Explanation)
	| ({ kind: 'refused'; retryableAfterFix: boolean } & Explanation);

/**
 * How often such an attempt is worth repeating: not at all, once at another host, once, or as often as the user allows.
 */
type Repeat = 'never' | 'other host' | 'once' | 'as set';

/** What is known of an attempt that did not succeed. */
interface Explanation extends FailureText {
	repeat: Repeat;
	details: Pick<
		FailureDetails,
		'code' | 'http_status' | 'request_id' | 'field' | 'issue' | 'raw_message'
	>;
}

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
	if (!('status' in result)) return noAnswer(result, request);
	const { status } = result;
	if (isSuccess(result)) return success(result, request, merchant);
	const error = readErrorBody(result.body);
	const details = {
		code: error.code,
		http_status: status,
		request_id: requestId(result),
		field: error.field,
		issue: error.issue,
		raw_message: error.message,
	};
	if (status >= 400 && status < 500 && !isOwnCode(error.code))
		return foreign(result, error, request, details);
	if (status === 429) {
		const retryAfter = retryAfterOf(result);
		return {
			kind: 'limited',
			repeat: 'as set',
			retryAfter,
			...explain(status, error, request.retryPolicy),
			details,
		};
	}
	if (status >= 400 && status < 500) {
		const explained = explain(status, error, request.retryPolicy);
		const diagnosis =
			status === 401 ? diagnoseSignature(result, request, error, explained.wayOut) : {};
		return { kind: 'refused', repeat: 'never', ...explained, ...diagnosis, details };
	}
	const repeat = status >= 500 ? 'as set' : 'never';
	return {
		kind: 'open',
		repeat,
		...ambiguousResponse(status, error, request.retryPolicy),
		details,
	};
}

function noAnswer({ code, text, unsent }: NoResponse, { retryPolicy }: Request): AttemptResult {
	const details = { code, raw_message: printable(text, MAX_TEXT_LENGTH) };
	if (unsent) {
		const stopped = stopReason(code, text);
		if (stopped) return { kind: 'unsent', ...stopped, details };
		return {
			kind: 'unsent',
			repeat: 'as set',
			what: `WeChat Pay could not be reached${inBrackets(code)}`,
			wayOut:
				"Check the network, the proxy and 'Base URL' of the credential, then run this item again.",
			details,
		};
	}
	const reason =
		code === 'ERR_CANCELED'
			? 'The execution was cancelled before the response arrived'
			: 'No response from WeChat Pay';
	return {
		kind: 'open',
		repeat: 'as set',
		what: `${reason}${inBrackets(code)}${uncertainty(retryPolicy)}`,
		wayOut: `${retryAdvice(retryPolicy)}.`,
		details,
	};
}

/** As much of a text as a message has room for. */
const MAX_TEXT_LENGTH = 500;

/** A 4xx that WeChat Pay did not write: what a proxy had forwarded before may have been processed. */
function foreign(
	answer: Response,
	error: ErrorBody,
	request: Request,
	details: Explanation['details'],
): AttemptResult {
	const refusal = proxyRefusal(answer.status, request);
	if (refusal) {
		return { kind: 'open', repeat: refusal.isTooLarge ? 'never' : 'once', ...refusal, details };
	}
	const isLimit = answer.status === 429;
	return {
		kind: 'open',
		repeat: isLimit ? 'as set' : 'once',
		...(isLimit ? { retryAfter: retryAfterOf(answer) } : {}),
		...ambiguousResponse(answer.status, error, request.retryPolicy),
		details,
	};
}

function success(answer: Response, request: Request, merchant: Merchant): AttemptResult {
	const { retryPolicy } = request;
	const { status, body } = answer;
	const details = { http_status: status, request_id: requestId(answer) };
	const reason = distrust(answer, merchant);
	if (reason) {
		const code = reason.toUpperCase().replace(/-/g, '_');
		return {
			kind: 'open',
			repeat: 'once',
			...describeUnverified(reason, answer, merchant, retryPolicy),
			details: { ...details, code },
		};
	}
	if (status === 202) {
		return {
			kind: 'open',
			repeat: 'as set',
			what: 'WeChat Pay took the request but has not processed it yet (202)',
			wayOut: `${retryAdvice(retryPolicy)} in a few minutes.`,
			details,
		};
	}
	const unbound =
		status === 200 || status === 204
			? mismatch(body, request)
			: `has the status ${status}, which does not confirm anything`;
	if (unbound) {
		return {
			kind: 'open',
			repeat: 'once',
			...describeUnbound(unbound, retryPolicy),
			details: { ...details, code: 'NOT_BOUND' },
		};
	}
	return { kind: 'done', status, body, requestId: details.request_id };
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
