import type { SigningKey } from './keys.cts';
import type { KeysInUse } from './keysInUse.cts';
import type { OffsetCounts } from './options.cts';
import type { ReceivedRequest } from './rules/request.cts';
import type { State } from './state.cts';

/** A request whose signature was verified, as an endpoint gets it. */
export interface Call {
	request: ReceivedRequest;
	/** The calling merchant number. */
	mchid: string;
	/** The decoded variables of the path. */
	path: Record<string, string>;
	state: State;
	/** The key that will sign the answer. */
	answerKey: SigningKey;
	/** WeChat Pay's keys at this moment. */
	keys: KeysInUse;
	/** Whether the merchant has the self-test endpoint. */
	selfTest: boolean;
	/** WeChat Pay's clock in Unix seconds. */
	now: number;
	/** Where the request came to. */
	origin: string;
	/** What `offset` of a list counts. */
	offsetCounts: OffsetCounts;
}

/** An answer before it is signed; `number` ends its Request-ID (docs/protocol.md, Request-ID). */
export interface Answer {
	status: number;
	body: string | Buffer;
	number: number;
	/** A file, which proves itself by its digest. */
	isUnsigned?: true;
	headers?: Record<string, string>;
}

/** 204 without a body. */
export function noContent(): Answer {
	return { status: 204, body: '', number: 0 };
}

/** 200 with a JSON body. */
export function ok(body: object): Answer {
	return { status: 200, body: JSON.stringify(body), number: 0 };
}
