import type { NoResponse } from '../types';

const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

const CERTIFICATE_REFUSED = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

const BROKEN = /^(ECONNRESET|EPIPE|ETIMEDOUT|ENETDOWN|ENETRESET|EPROTO|ERR_SSL_.*|ERR_TLS_.*)$/;

const STOPPED_BY_N8N = /^(Ssrf|CredentialValueError)|Domain not allowed/;

const CANCELLED = 'ERR_CANCELED';

/** Why a request, sent by n8n's HTTP helper, got no response, from what the helper threw. */
export function toNoResponse(thrown: unknown): NoResponse {
	const causes = causesOf(thrown);
	const code = causes.map(codeOf).find((one) => one !== undefined);
	const text = textOf(causes[causes.length - 1]);
	if (code === CANCELLED) return { code, text, unsent: false, connectionFailed: false };
	const isStopped = causes.some(
		(cause) => STOPPED_BY_N8N.test(`${cause.name}`) || STOPPED_BY_N8N.test(textOf(cause)),
	);
	const isUnconnected = hasNoConnection(causes) || causes.some(isNoConnection);
	const isBroken = causes.some((cause) => BROKEN.test(String(codeOf(cause))));
	return {
		code,
		text,
		unsent: isStopped || isUnconnected,
		connectionFailed: !isStopped && (isUnconnected || isBroken),
	};
}

/** The time is up: while the response was waited for, or before there was a connection to send anything by. */
export function overdue(thrown: unknown, timeout: number): NoResponse {
	const unsent = hasNoConnection(causesOf(thrown));
	const text = `no ${unsent ? 'connection' : 'complete response'} within ${timeout} ms`;
	return { code: 'ETIMEDOUT', text, unsent, connectionFailed: unsent };
}

function isNoConnection(cause: Cause): boolean {
	const code = String(codeOf(cause));
	return (
		cause.syscall === 'connect' ||
		cause.syscall === 'getaddrinfo' ||
		/^(connect|getaddrinfo) |CONNECT response\b/.test(textOf(cause)) ||
		NEVER_CONNECTED.includes(code) ||
		CERTIFICATE_REFUSED.test(code)
	);
}

/**
 * Whether the request never had a connection: no socket, or one whose TLS handshake was never done. axios hands on
 * Node's own request object; n8n 1 hides it, and then nobody can say.
 */
function hasNoConnection(causes: Cause[]): boolean {
	return causes.some(({ request }) => {
		if (typeof request !== 'object' || request === null || !('socket' in request)) return false;
		const socket = request.socket as { secureConnecting?: boolean } | null;
		return socket === null || socket.secureConnecting === true;
	});
}

type Cause = Record<string, unknown>;

/** n8n 1 hands on no cause, and calls the connection's code an HTTP code. */
function codeOf({ code, httpCode }: Cause): string | undefined {
	return [code, httpCode].find(
		(one): one is string => typeof one === 'string' && /^[A-Z]/.test(one),
	);
}

/** n8n 1 keeps the connection's own text among its messages, and shows one of its own. */
function textOf({ message, messages }: Cause): string {
	return String((Array.isArray(messages) ? messages[0] : undefined) ?? message ?? 'no response');
}

/** What was thrown and its causes; n8n and axios each wrap the connection's own exception once. */
export function causesOf(thrown: unknown): Cause[] {
	const causes: Cause[] = [];
	let cause: unknown = thrown;
	while (typeof cause === 'object' && cause !== null && causes.length < 5) {
		causes.push(cause as Cause);
		cause = (cause as { cause?: unknown }).cause;
	}
	return causes.length > 0 ? causes : [{ message: String(thrown) }];
}
