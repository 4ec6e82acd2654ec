import type { IncomingHttpHeaders } from 'node:http';

/** One request as it arrived; what `FakeWechatPay.requests` holds. */
export interface ReceivedRequest {
	method: string;
	/** The raw request target: percent-escapes untouched, query included. */
	url: string;
	headers: IncomingHttpHeaders;
	/** The body as text; signatures are checked over `rawBody`. */
	body: string;
	rawBody: Buffer;
	/** Milliseconds since 1970, real clock. */
	receivedAt: number;
	/** nonce_str of the Authorization header, when there is one. */
	nonce?: string;
	/** Status that was answered; absent as long as, or because, none was. */
	status?: number;
	/** Name of the fault that hit this request. */
	fault?: string;
}
