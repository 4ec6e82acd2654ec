import type { Failed } from './attempts';
import type { CircuitOpen } from './circuitBreaker';
import { RequestError, notSent } from './errors/requestError';

/** The items that were not tried: what stopped one stops all. */
export function stoppedAsWell({
	what,
	wayOut,
	details: { code, raw_message },
}: Failed): RequestError {
	return new RequestError({
		message: `${what}. ${wayOut}`,
		outcome: 'not_sent',
		code,
		raw_message,
		attempts: 0,
		repeatable: true,
	});
}

/** An item that was never sent, for the circuit breaker gave up. */
export function nothingGetsThrough({ reason }: CircuitOpen): RequestError {
	const wayOut = /reach|proxy/.test(reason)
		? "Check the network, the proxy and 'Base URL' of the credential, then run this item again."
		: 'Run this item again later.';
	return notSent(
		`Not sent, because nothing gets through to WeChat Pay: the last request ${reason}. ${wayOut}`,
		{ repeatable: true },
	);
}

/** The item of an execution that was cancelled before it was sent. */
export function cancelled(): RequestError {
	return notSent(`Not sent, because the execution was cancelled before. Run this item again.`, {
		repeatable: true,
	});
}
