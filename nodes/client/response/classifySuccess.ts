import type { Merchant } from '../../apiv3/merchant';
import { headerOf } from '../../apiv3/verification';
import type { Request, Response } from '../types';
import type { AttemptDetails, AttemptResult } from './attemptResult';
import { mismatch } from './bindResponse';
import { isOwnCode, readErrorBody } from './errorBody';
import type { FailureText } from './messages';
import { describeUnbound, describeUnverified, describeWrongFile, retryAdvice } from './messages';
import type { DistrustReason } from './verifyResponse';
import { distrust } from './verifyResponse';

/** Why a 2xx does not confirm the request. */
export type UnconfirmedReason = DistrustReason | 'not-bound' | 'wrong-file';

/** As error items name it. */
export function codeOf(reason: UnconfirmedReason): string {
	return reason.toUpperCase().replace(/-/g, '_');
}

/**
 * Judges a 2xx: it is done where WeChat Pay signed it, as the response to this very request.
 *
 * @see docs/protocol.md, What a signature does not cover
 */
export function classifySuccess(
	answer: Response,
	request: Request,
	merchant: Merchant,
	requestId: string | undefined,
): AttemptResult {
	const { retryPolicy } = request;
	const { status, body } = answer;
	const details = { http_status: status, request_id: requestId };
	if (request.receive) return classifyFile(answer, request, requestId);
	const reason = distrust(answer, merchant);
	if (reason) {
		const words = describeUnverified(reason, answer, merchant, retryPolicy);
		return unconfirmed(reason, words, details);
	}
	if (status === 202) {
		const told = readErrorBody(body);
		return {
			kind: 'open',
			repeat: 'as set',
			what: `WeChat Pay took the request but has not processed it yet (202${isOwnCode(told.code) ? `, ${told.code}` : ''})`,
			wayOut: `${retryAdvice(retryPolicy)} in a few minutes.`,
			details: { ...details, code: told.code, raw_message: told.message },
		};
	}
	const unbound =
		status === 200 || status === 204
			? mismatch(body, request)
			: `has the status ${status}, which does not confirm anything`;
	if (!unbound) return { kind: 'done', status, body, requestId };
	return unconfirmed('not-bound', describeUnbound(unbound, retryPolicy), details);
}

/**
 * Judges a refusal that is a result. Whether WeChat Pay signs refusals was not observed (docs/protocol.md, Which
 * responses are signed); a signature that is there has to fit.
 */
export function classifyEmpty(
	answer: Response,
	{ retryPolicy }: Request,
	merchant: Merchant,
	requestId: string | undefined,
): AttemptResult {
	const { status, body, headers } = answer;
	const isSigned = headerOf(headers, 'wechatpay-signature') !== undefined;
	const reason = isSigned ? distrust(answer, merchant) : undefined;
	if (!reason) return { kind: 'done', status, body, requestId };
	const words = describeUnverified(reason, answer, merchant, retryPolicy);
	return unconfirmed(reason, words, { http_status: status, request_id: requestId });
}

/** A file is not signed; its content is what was promised, or it is not believed. */
function classifyFile(
	{ status, body, wrongFile }: Response,
	{ retryPolicy }: Request,
	requestId: string | undefined,
): AttemptResult {
	if (status === 200 && wrongFile === undefined) return { kind: 'done', status, body, requestId };
	const what = wrongFile ?? `it came with the status ${status}`;
	return unconfirmed('wrong-file', describeWrongFile(what, retryPolicy), {
		http_status: status,
		request_id: requestId,
	});
}

/** Once more: only a test signature of WeChat Pay's passes by itself. */
function unconfirmed(
	reason: UnconfirmedReason,
	words: FailureText,
	details: AttemptDetails,
): AttemptResult {
	return { kind: 'open', repeat: 'once', ...words, details: { ...details, code: codeOf(reason) } };
}
