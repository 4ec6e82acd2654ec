import type { Merchant } from '../../apiv3/merchant';
import type { Request, Response } from '../types';
import type { AttemptDetails, AttemptResult } from './attemptResult';
import { mismatch } from './bindResponse';
import type { FailureText } from './messages';
import { describeUnbound, describeUnverified, retryAdvice } from './messages';
import type { DistrustReason } from './verifyResponse';
import { distrust } from './verifyResponse';

/** Why a 2xx does not confirm the request. */
export type UnconfirmedReason = DistrustReason | 'not-bound';

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
	const reason = distrust(answer, merchant);
	if (reason) {
		const words = describeUnverified(reason, answer, merchant, retryPolicy);
		return unconfirmed(reason, words, details);
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
	if (!unbound) return { kind: 'done', status, body, requestId };
	return unconfirmed('not-bound', describeUnbound(unbound, retryPolicy), details);
}

/** Once more: only a test signature of WeChat Pay's passes by itself. */
function unconfirmed(
	reason: UnconfirmedReason,
	words: FailureText,
	details: AttemptDetails,
): AttemptResult {
	return { kind: 'open', repeat: 'once', ...words, details: { ...details, code: codeOf(reason) } };
}
