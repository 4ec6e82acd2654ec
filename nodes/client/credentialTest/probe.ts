import type { ICredentialTestFunctions } from 'n8n-workflow';

import { LIST_PATH } from '../../apiv3/certificateList';
import type { Merchant } from '../../apiv3/merchant';
import { signedHeaders } from '../../apiv3/merchant';
import { systemClock } from '../clock';
import { RequestDeadlines } from '../http/requestDeadlines';
import { readBody } from '../http/responseBody';
import type { Response } from '../types';

const TIMEOUT = 10_000;
const LATE = `nothing whole within ${TIMEOUT / 1000} seconds`;

/** A request without business effect. */
export interface Probe {
	method: 'POST' | 'GET';
	path: string;
	body?: Buffer;
	/** Names another key of WeChat Pay than the merchant would; empty for none. */
	wechatPaySerial?: string;
}

/** It names no key: the certificate that WeChat Pay answers with is still to be had. */
export const LIST: Probe = { method: 'GET', path: LIST_PATH, wechatPaySerial: '' };

/** WeChat Pay's own self-test first; not every kind of merchant has it (docs/protocol.md, Self-test). */
export const PROBES: Probe[] = [
	{
		method: 'POST',
		path: '/v3/security/echo',
		body: Buffer.from(JSON.stringify({ echo_message: 'n8n-nodes-wechatpay' })),
	},
	{ method: 'GET', path: '/v3/marketing/membercard-open/callback' },
	{ method: 'GET', path: LIST_PATH },
];

/**
 * Sends a probe to one of WeChat Pay's hosts.
 *
 * @param host its origin
 * @throws what the connection ended with, ResponseTooLarge, or Error after ten seconds
 */
export async function sendProbe(
	context: ICredentialTestFunctions,
	merchant: Merchant,
	host: string,
	{ method, path, body, wechatPaySerial }: Probe,
): Promise<Response> {
	const url = host + path;
	const headers = await signedHeaders(merchant, { method, url, body, wechatPaySerial });
	const sentAt = systemClock.monotonic();
	return await inTime(async (deadline) => {
		// In a credential test n8n offers nothing but its older request helper, and no signing.
		const { request } = context.helpers;
		const {
			statusCode,
			headers: responseHeaders,
			body: stream,
		} = await request({
			method,
			uri: url,
			body,
			headers,
			json: false,
			// Only of a stream the size can be limited.
			useStream: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			followAllRedirects: false,
			timeout: TIMEOUT,
		});
		// Whatever n8n gave: in a listener, an exception would end n8n.
		deadline.addEventListener('abort', () => stream?.destroy?.());
		return {
			status: statusCode,
			headers: responseHeaders,
			body: await readBody(stream),
			sentAt,
			receivedAt: systemClock.monotonic(),
			at: systemClock.now(),
		};
	});
}

/** n8n's timeout counts only the time in which nothing moves. */
async function inTime<T>(work: (deadline: AbortSignal) => Promise<T>): Promise<T> {
	const { signal, end } = new RequestDeadlines().start(TIMEOUT);
	const late = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(new Error(LATE)));
	});
	try {
		return await Promise.race([work(signal), late]);
	} finally {
		end();
	}
}
