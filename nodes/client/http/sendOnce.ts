import type { IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { CredentialValues } from '../../apiv3/merchantConfig';
import { systemClock } from '../clock';
import { raceCancellation } from '../errors/executionCancelled';
import type { NoResponse, Request, Response } from '../types';
import { allowedDomains } from './allowedDomains';
import { toNoResponse, overdue } from './noResponse';
import type { Received } from './received';
import {
	ignoreHttpStatusErrors,
	isFromConnect,
	refusedConnect,
	returned,
	thrownResponse,
} from './received';
import type { Deadline, RequestDeadlines } from './requestDeadlines';
import { readBody } from './responseBody';

/** What a request is sent with. */
export interface Sender {
	/** Whose HTTP helper is used; the editor's lists have one of another kind. */
	context: { helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'> };
	/** Decrypted once; n8n's helper and the signing get this very object. */
	credential: CredentialValues;
	deadlines: RequestDeadlines;
	/** In ms. */
	options: { timeout: number };
}

/** Sends a request once, signed by the credential, and returns what came back. Never throws. */
export async function sendOnce(sender: Sender, request: Request): Promise<Response | NoResponse> {
	const { timeout } = sender.options;
	const deadline = sender.deadlines.start(timeout, request.receive && MAX_DOWNLOAD_MS);
	const sentAt = systemClock.monotonic();
	try {
		const received = await exchange(sender, request, deadline);
		if (isFromConnect(received)) return refusedConnect(received);
		const { statusCode: status, headers } = received.response;
		return {
			status,
			headers,
			...(await take(received, request, deadline)),
			sentAt,
			receivedAt: systemClock.monotonic(),
			at: systemClock.now(),
		};
	} catch (error) {
		const failure = toNoResponse(error);
		const isOverdue = deadline.isOverdue() || failure.code === AXIOS_TIMEOUT;
		return isOverdue ? overdue(error, timeout) : failure;
	} finally {
		deadline.end();
	}
}

/** The response, whether n8n's helper returns or throws it. */
async function exchange(
	{ context, credential, options: { timeout } }: Sender,
	request: Request,
	{ signal }: Deadline,
): Promise<Received> {
	const sent = context.helpers.httpRequestWithAuthentication.call(
		withSignal(context, signal),
		'wechatPayApi',
		optionsOf(request, credential, timeout),
		{
			credentialsDecrypted: { id: '', name: '', type: 'wechatPayApi', data: credential as never },
		},
	) as Promise<IN8nHttpFullResponse>;
	return await sent.then(
		returned,
		async (error) => thrownResponse(error) ?? (await Promise.reject(error as Error)),
	);
}

/** A file of hundreds of megabytes takes as long as it takes; one that comes byte by byte still ends. */
const MAX_DOWNLOAD_MS = 15 * 60_000;

/** A file is handed on as it arrives; all else, such as a refusal, is kept as it is. */
async function take(
	{ response: { statusCode, body }, close }: Received,
	{ receive }: Request,
	deadline: Deadline,
): Promise<Pick<Response, 'body' | 'wrongFile'>> {
	const stream = body as unknown as AsyncIterable<Uint8Array>;
	if (!receive || statusCode !== 200) {
		const reading = readBody(stream);
		return { body: await (close ? closing(reading, close, deadline) : reading) };
	}
	return { body: Buffer.alloc(0), wrongFile: await receive(renewing(stream, deadline), stream) };
}

/** The body of a response that n8n threw, whose connection nobody else ends when the time is up. */
async function closing(
	reading: Promise<Buffer>,
	close: () => void,
	{ signal }: Deadline,
): Promise<Buffer> {
	try {
		return await raceCancellation(reading, signal);
	} finally {
		close();
	}
}

/** So many bytes give the next ones their full time; a response that comes byte by byte has to end all the same. */
const RENEWING_BYTES = 16 * 1024;

/** What n8n takes to store a part, in ms, counts against nobody. */
const NOTICEABLE_MS = 500;

async function* renewing(
	body: AsyncIterable<Uint8Array>,
	deadline: Deadline,
): AsyncGenerator<Uint8Array> {
	let arrived = 0;
	for await (const chunk of body) {
		arrived += chunk.length;
		const handedOn = systemClock.monotonic();
		yield chunk;
		const isSlow = systemClock.monotonic() - handedOn > NOTICEABLE_MS;
		if (arrived < RENEWING_BYTES && !isSlow) continue;
		deadline.renew();
		arrived = 0;
	}
}

/** n8n changes the options it is given, so that each attempt needs its own. */
function optionsOf(
	request: Request,
	credential: CredentialValues,
	timeout: number,
): IHttpRequestOptions {
	return {
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
		ignoreHttpStatusErrors,
		disableFollowRedirect: true,
		...allowedDomains(credential),
	};
}

/** axios counts only the time in which nothing moves. */
const AXIOS_TIMEOUT = 'ECONNABORTED';

/** The node's context, but for the signal that n8n puts into the request. */
function withSignal(context: Sender['context'], signal: AbortSignal): IExecuteFunctions {
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;
}
