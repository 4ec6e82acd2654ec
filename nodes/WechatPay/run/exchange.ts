import type { IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { CredentialValues } from '../../apiv3/credentialValues';
import type { Merchant } from '../../apiv3/merchant';
import type { NoResponse, Request, Response } from '../../client/types';
import { readBody } from './body';
import { allowedDomains } from './domains';
import type { Hosts } from './hosts';
import type { InFlight } from './inFlight';
import type { Pace } from './pace';
import type { SendingOptions } from './sendingOptions';

/** What requests of one merchant are sent by. */
export interface Line {
	/** Whose HTTP helper is used; the editor's lists have one of another kind. */
	context: { helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'> };
	/** Decrypted once; n8n's helper and the signing get this very object. */
	credential: CredentialValues;
	merchant: Merchant;
	hosts: Hosts;
	options: SendingOptions;
	pace: Pace;
	inFlight: InFlight;
	/** Looks for the key of WeChat Pay that an answer names, where it is not there yet. Never throws. */
	learn(answer: Response): Promise<void>;
}

/** Sends a request once, signed by the credential, and returns what came back. Never throws. */
export async function exchange(line: Line, request: Request): Promise<Response | NoResponse> {
	const { context, credential } = line;
	const { timeout } = line.options;
	// n8n changes the options it is given, so that each attempt needs its own.
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		body: request.body,
		headers: {
			'Wechatpay-Serial': request.wechatPaySerial ?? '',
			...(request.contentType ? { 'Content-Type': request.contentType } : {}),
		},
		timeout,
		// Only of a stream the size can be limited.
		encoding: 'stream',
		returnFullResponse: true,
		// Without it n8n sends a request that was answered 401 a second time.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		...allowedDomains(credential),
	};
	const flight = line.inFlight.start(timeout);
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			withSignal(context, flight.signal),
			'wechatPayApi',
			options,
			{
				credentialsDecrypted: { id: '', name: '', type: 'wechatPayApi', data: credential as never },
			},
		)) as IN8nHttpFullResponse;
		return {
			status: response.statusCode,
			headers: response.headers,
			body: await readBody(response.body as unknown as AsyncIterable<Uint8Array>),
			at: Date.now(),
		};
	} catch (error) {
		const silence = silenceOf(error);
		const isOverdue = flight.isOverdue() || silence.code === AXIOS_TIMEOUT;
		return isOverdue ? overdue(error, timeout) : silence;
	} finally {
		flight.end();
	}
}

/** axios counts only the time in which nothing moves. */
const AXIOS_TIMEOUT = 'ECONNABORTED';

/** The node's context, but for the signal that n8n puts into the request. */
function withSignal(context: Line['context'], signal: AbortSignal): IExecuteFunctions {
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;
}

const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const CERTIFICATE_REFUSED = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;
const BROKEN = /^(ECONNRESET|EPIPE|ETIMEDOUT|ENETDOWN|ENETRESET|EPROTO|ERR_SSL_.*|ERR_TLS_.*)$/;
const STOPPED_BY_N8N = /^(Ssrf|CredentialValueError)|Domain not allowed/;
const CANCELLED = 'ERR_CANCELED';

/** Why a request, sent by n8n's HTTP helper, got no answer, from what the helper threw. */
export function silenceOf(thrown: unknown): NoResponse {
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

/** The time is up: while the answer was waited for, or before there was a connection to send anything by. */
function overdue(thrown: unknown, timeout: number): NoResponse {
	const unsent = hasNoConnection(causesOf(thrown));
	const text = `no ${unsent ? 'connection' : 'whole answer'} within ${timeout} ms`;
	return { code: 'ETIMEDOUT', text, unsent, connectionFailed: unsent };
}

function isNoConnection(cause: Cause): boolean {
	const code = String(codeOf(cause));
	return (
		cause.syscall === 'connect' ||
		cause.syscall === 'getaddrinfo' ||
		/^(connect|getaddrinfo) /.test(textOf(cause)) ||
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
	return String((Array.isArray(messages) ? messages[0] : undefined) ?? message ?? 'no answer');
}

/** What was thrown and its causes; n8n and axios each wrap the connection's own exception once. */
function causesOf(thrown: unknown): Cause[] {
	const causes: Cause[] = [];
	let cause: unknown = thrown;
	while (typeof cause === 'object' && cause !== null && causes.length < 5) {
		causes.push(cause as Cause);
		cause = (cause as { cause?: unknown }).cause;
	}
	return causes.length > 0 ? causes : [{ message: String(thrown) }];
}
