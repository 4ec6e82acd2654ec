import type { Request } from '../types';
import type { Explanation } from './attemptResult';
import type { FailureText } from './messages';
import { retryAdvice, uncertainty } from './messages';

/** What a proxy refused for a reason of its own, and whether the item may be run again as it is. */
interface ProxyRefusal extends FailureText {
	isTooLarge: boolean;
}

/**
 * A 4xx without WeChat Pay's code whose status tells what to do about the proxy; undefined for any other.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-client-error-4xx
 */
export function proxyRefusal(status: number, request: Request): ProxyRefusal | undefined {
	const open = `(${status})${uncertainty(request.retryPolicy)}`;
	if (status === 407) {
		return {
			isTooLarge: false,
			what: `The proxy wants a login ${open}`,
			wayOut: `${LOGIN}. ${retryAdvice(request.retryPolicy)}.`,
		};
	}
	const large = tooLarge(status, request);
	if (!large) return undefined;
	return {
		isTooLarge: true,
		what: `${large} too large for a proxy on the way ${open}`,
		wayOut: 'Let larger requests pass there, or send less at once, such as a smaller image.',
	};
}

const LOGIN = "Put user and password into the proxy's URL (HTTPS_PROXY of n8n)";

/**
 * For a proxy that refused to connect to the host, so that nothing was sent. A login will be wanted until somebody gives
 * it; all else may pass.
 */
export function connectRefusal(status: number): Omit<Explanation, 'details'> {
	if (status === 407) {
		return {
			repeat: 'other host',
			what: 'Not sent, because the proxy wants a login (407)',
			wayOut: `${LOGIN}, then run this item again.`,
		};
	}
	const wayOut =
		status < 500
			? "Have the proxy (HTTPS_PROXY of n8n) allow the host of 'Base URL', or name it in NO_PROXY"
			: "Check that the proxy (HTTPS_PROXY of n8n) reaches the host of 'Base URL'";
	return {
		repeat: 'as set',
		what: `The proxy refused the connection to WeChat Pay (${status})`,
		wayOut: `${wayOut}. Then run this item again.`,
	};
}

function tooLarge(status: number, { url, body }: Request): string | undefined {
	if (status === 413) return `The body of ${body?.length ?? 0} bytes is`;
	if (status === 414) return `The address of ${url.length} characters is`;
	if (status === 431) return 'The headers are';
	return undefined;
}
