import { printable } from '../errors/printable';
import type { NoResponse, Request } from '../types';
import type { AttemptResult, Explanation } from './attemptResult';
import type { FailureText } from './messages';
import { inBrackets, retryAdvice, uncertainty } from './messages';

/** Judges an attempt that got no response: it may have been processed unless it is certain that nothing was sent. */
export function classifyNoResponse(
	{ code, text, unsent }: NoResponse,
	{ retryPolicy }: Request,
): AttemptResult {
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

/** What n8n or TLS stopped; it stays so until somebody changes it, however often it is tried. */
function stopReason(
	code = '',
	text: string,
): (FailureText & Pick<Explanation, 'repeat'>) | undefined {
	if (/Domain not allowed/.test(text)) {
		return {
			repeat: 'never',
			what: "Not sent, because the credential does not allow the host of 'Base URL' (Domain not allowed)",
			wayOut:
				"Add api.mch.weixin.qq.com to 'Allowed HTTP Request Domains' of the credential, then run this item again.",
		};
	}
	if (/^The request was blocked because/.test(text)) {
		return {
			repeat: 'never',
			what: 'Not sent, because n8n does not let nodes reach the host (SSRF protection)',
			wayOut:
				"Check 'Base URL' of the credential, or ask whoever runs n8n to allow the host. Then run this item again.",
		};
	}
	if (/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/.test(code)) {
		return {
			repeat: 'other host',
			what: `Not sent, because the TLS certificate of the host is not trusted (${code})`,
			wayOut:
				"If a proxy with a certificate of your own stands between, give its authority to n8n by NODE_EXTRA_CA_CERTS; else check 'Base URL' and the clock of the machine. Then run this item again.",
		};
	}
	return undefined;
}
