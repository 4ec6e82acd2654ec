import type { IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { CredentialValues } from '../../apiv3/merchantConfig';
import { systemClock } from '../clock';
import type { NoResponse, Request, Response } from '../types';
import { allowedDomains } from './allowedDomains';
import { toNoResponse, overdue } from './noResponse';
import type { RequestDeadlines } from './requestDeadlines';
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
export async function sendOnce(
	{ context, credential, deadlines, options: { timeout } }: Sender,
	request: Request,
): Promise<Response | NoResponse> {
	const deadline = deadlines.start(timeout);
	const sentAt = systemClock.monotonic();
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			withSignal(context, deadline.signal),
			'wechatPayApi',
			optionsOf(request, credential, timeout),
			{
				credentialsDecrypted: { id: '', name: '', type: 'wechatPayApi', data: credential as never },
			},
		)) as IN8nHttpFullResponse;
		return {
			status: response.statusCode,
			headers: response.headers,
			body: await readBody(response.body as unknown as AsyncIterable<Uint8Array>),
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
		ignoreHttpStatusErrors: true,
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
