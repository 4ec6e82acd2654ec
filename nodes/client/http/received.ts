import type { IHttpRequestOptions, IN8nHttpFullResponse, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { NoResponse } from '../types';
import { causesOf } from './noResponse';

/** A response as n8n's helper hands it on. */
export interface Received {
	response: Pick<IN8nHttpFullResponse, 'statusCode' | 'statusMessage' | 'headers' | 'body'>;
	/** What it came by, where n8n lets it be seen. */
	socket?: unknown;
	/** Ends the connection of a response that n8n threw: from then on, the signal of the request does not. */
	close?: () => void;
}

/**
 * With these, proxies refuse to connect to a host. Not 401, for n8n sends a request again whose 401 it throws; not what
 * WeChat Pay itself answers often and proxies hardly ever.
 */
const STATUSES_OF_PROXIES = [403, 405, 407, 500, 502, 503, 504];

/** Since 2.39 or so, n8n hands on the response with what it throws. */
const isCauseKnown = new NodeApiError({} as INode, new Error('') as never).cause !== undefined;

/** Newer versions of n8n show the connection of a response only with what they throw; older ones always. */
export const ignoreHttpStatusErrors: IHttpRequestOptions['ignoreHttpStatusErrors'] = isCauseKnown
	? { ignore: true, except: STATUSES_OF_PROXIES }
	: true;

/** @returns the response that n8n's helper returned */
export function returned(response: IN8nHttpFullResponse): Received {
	return { response, socket: (response.body as { socket?: unknown } | undefined)?.socket };
}

/** @returns the response that n8n's helper threw, for its status is one of those, if it did */
export function thrownResponse(thrown: unknown): Received | undefined {
	for (const { response, request } of causesOf(thrown)) {
		if (!isResponse(response)) continue;
		const { status: statusCode, statusText: statusMessage, headers, data } = response;
		const { socket, destroy } = request as { socket?: unknown; destroy?: () => void };
		return {
			response: { statusCode, statusMessage, headers, body: data },
			socket,
			close: () => destroy?.call(request),
		};
	}
	return undefined;
}

/** As axios has it. */
interface ThrownResponse {
	status: number;
	statusText: string;
	headers: IN8nHttpFullResponse['headers'];
	data: IN8nHttpFullResponse['body'];
}

function isResponse(response: unknown): response is ThrownResponse {
	return typeof (response as ThrownResponse | undefined)?.status === 'number';
}

/**
 * Whether it is what a proxy answered instead of connecting to the host. https-proxy-agent hands such a response on by
 * a socket of its own making, which has nothing to do with the network, so that the request is not written to the
 * proxy. Whatever came over the network was read from a socket, after the request was written to it.
 */
export function isFromConnect({ socket }: Received): boolean {
	if (typeof socket !== 'object' || socket === null || 'encrypted' in socket) return false;
	const { bytesRead, bytesWritten } = socket as { bytesRead?: number; bytesWritten?: number };
	return bytesRead === 0 && bytesWritten === 0;
}

/** Nothing was sent: the proxy refused. */
export function refusedConnect({ response: { statusCode, statusMessage } }: Received): NoResponse {
	const said = [statusCode, statusMessage].filter(Boolean).join(' ');
	return {
		text: `the proxy answered CONNECT with ${said}`,
		unsent: true,
		connectionFailed: true,
		proxyStatus: statusCode,
	};
}
