import type { Merchant } from '../../apiv3/merchant';
import type { Request, Response } from '../types';
import type { AttemptResult } from './attemptResult';
import { mismatch } from './bindResponse';
import { describeUnbound, describeUnverified, retryAdvice } from './messages';
import { distrust } from './verifyResponse';

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
		const code = reason.toUpperCase().replace(/-/g, '_');
		const words = describeUnverified(reason, answer, merchant, retryPolicy);
		return { kind: 'open', repeat: 'once', ...words, details: { ...details, code } };
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
	const words = describeUnbound(unbound, retryPolicy);
	return { kind: 'open', repeat: 'once', ...words, details: { ...details, code: 'NOT_BOUND' } };
}
