import { printable } from '../errors/printable';
import type { NoResponse, Request } from '../types';
import type { AttemptResult } from './attemptResult';
import { inBrackets, retryAdvice, uncertainty } from './messages';
import { connectRefusal } from './proxyRefusal';
import { stopReason } from './stopReason';

/** Judges an attempt that got no response: it may have been processed unless it is certain that nothing was sent. */
export function classifyNoResponse(
	{ code, text, unsent, proxyStatus }: NoResponse,
	{ retryPolicy }: Request,
): AttemptResult {
	const details = { code, raw_message: printable(text, MAX_TEXT_LENGTH) };
	if (unsent) {
		const reason = proxyStatus ? connectRefusal(proxyStatus) : stopReason(code, text);
		if (reason) return { kind: 'unsent', ...reason, details };
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
