import { rethrow } from '../apiv3/attempt';
import { CircuitOpen } from './circuitBreaker';
import type { FailureDetails, Outcome } from './errors/requestError';
import { RequestError, notSent } from './errors/requestError';
import type { HostAttempt } from './http/hostFailover';
import { sendOnce } from './http/sendOnce';
import type { Permit, RequestResult } from './rateLimiter';
import type { AttemptResult } from './response/classifyAttempt';
import { classifyAttempt } from './response/classifyAttempt';
import { idempotencyHint, inBrackets } from './response/messages';
import type { Session } from './session';
import type { NoResponse, Request, Response, VerifiedResponse } from './types';

/** The first pause after a repeatable failure, in ms; it doubles with each repeat (docs/protocol.md, Retries). */
const FIRST_RETRY_DELAY_MS = 1000;
const MAX_RETRY_AFTER_MS = 60_000;
/** Others get through if one did since the first attempt of an item, or so many ms before. */
const LATELY_MS = 10_000;

type Failed = Exclude<AttemptResult, { kind: 'done' }>;

/** What is known after some attempts for one item. */
interface Attempts {
	sent: number;
	/** How many of them count against the retries. */
	counted: number;
	/** How many were answered 429. */
	limited: number;
	/** When the first one began, by the rate limiter's time. */
	begunAt?: number;
	/** The pause that the last one was answered to make, in ms. */
	retryAfter?: number;
	/** Whether it was one that does not count: the rate limiter decides when it goes on, and for how long. */
	isFree?: boolean;
	/** The last one. */
	last?: Failed;
	/** Where it went. */
	hostAttempt?: HostAttempt;
	/** The hosts of all of them. */
	hosts: Set<string>;
	/** The last one that may have been processed: from then on, no refusal can say that nothing happened. */
	open?: Failed;
	/** How many were answered in a way that can't be trusted; such a response is asked for once more. */
	unverified: number;
}

/**
 * Sends a request, and again with identical bytes where that is safe, until WeChat Pay's response is clear.
 *
 * @returns the verified response
 * @throws RequestError with the outcome `refused`, `unknown` or `not_sent`
 * @see docs/protocol.md, Retries
 */
export async function sendWithRetries(
	session: Session,
	request: Request,
): Promise<VerifiedResponse> {
	const attempts: Attempts = {
		sent: 0,
		counted: 0,
		limited: 0,
		hosts: new Set(),
		unverified: 0,
	};
	for (;;) {
		const result = await attempt(session, request, attempts);
		if (result.kind === 'done') return { ...result, attempts: attempts.sent };
		attempts.last = result;
		if (result.kind === 'open') attempts.open = result;
		if (result.repeat === 'once') attempts.unverified += 1;
		if (!mayRepeat(session, request, attempts)) {
			throw new RequestError(toFailure(request, attempts));
		}
		await session.rateLimiter.waitForRetry(retryDelay(session, attempts));
	}
}

async function attempt(
	session: Session,
	request: Request,
	attempts: Attempts,
): Promise<AttemptResult> {
	const permit = await acquire(session, request, attempts);
	attempts.sent += 1;
	attempts.begunAt ??= permit.startedAt;
	let report: RequestResult = { kind: 'failed' };
	try {
		const response = await sendToHost(session, request, attempts);
		if ('status' in response) await session.refreshKeys(response);
		const result = classifyAttempt(response, request, session.merchant);
		report = reportOf(response, result);
		// Before the next one starts.
		if (isStopped(result) && !isWorthOtherHost(session, result, attempts)) {
			session.rateLimiter.stop(stoppedAsWell(result));
		}
		return result;
	} finally {
		session.rateLimiter.release(permit, report);
		count(session, attempts, permit, report);
	}
}

/** What the rate limiter learns: a breakdown says nothing about the speed, a request that n8n stopped nothing at all. */
function reportOf(response: Response | NoResponse, result: AttemptResult): RequestResult {
	if (!('status' in response)) {
		const { code, unsent } = response;
		if (isStopped(result) || code === 'ERR_CANCELED') return { kind: 'untold' };
		const reason = `${unsent ? 'could not reach it' : 'was not answered'}${inBrackets(code)}`;
		return { kind: 'failed', reason };
	}
	const { status } = response;
	if (status < 500 && status !== 429) return { kind: 'ok' };
	const reason = `was answered ${status}`;
	if (status !== 429) return { kind: 'failed', reason };
	const retryAfter = 'retryAfter' in result ? result.retryAfter : undefined;
	return { kind: 'limited', retryAfter, reason };
}

/** Whether n8n or TLS stopped it, as they will every other request until somebody changes something. */
function isStopped(result: AttemptResult): result is Failed {
	return result.kind === 'unsent' && result.repeat !== 'as set';
}

/** A 429 says nothing about the item while others get through, and a probe is sent on behalf of all. */
function count(
	{ rateLimiter, options }: Session,
	attempts: Attempts,
	{ isProbe }: Permit,
	{ kind, retryAfter }: RequestResult,
): void {
	const isLimited = kind === 'limited';
	if (isLimited) attempts.limited += 1;
	attempts.retryAfter = retryAfter;
	const begunAt = attempts.begunAt ?? 0;
	const isPaced = isLimited && rateLimiter.hasSucceededSince(begunAt - LATELY_MS);
	// Without retries nothing is sent twice, whatever the reason.
	attempts.isFree = (isPaced || isProbe) && options.retries > 0;
	if (!attempts.isFree) attempts.counted += 1;
}

/** In ms; longer each time, with jitter so that items which were lost together do not come back together. */
function retryDelay({ rateLimiter }: Session, attempts: Attempts): number {
	const { counted, limited, isFree, retryAfter = 0 } = attempts;
	if (isFree) return rateLimiter.retryDelay(Math.max(1, limited), retryAfter);
	const pause = FIRST_RETRY_DELAY_MS * 2 ** (counted - 1);
	return Math.max(pause * (0.5 + Math.random() / 2), Math.min(retryAfter, MAX_RETRY_AFTER_MS));
}

/**
 * The host is not part of the signature: what one host gets is byte for byte what the other would (docs/protocol.md,
 * Hosts).
 */
async function sendToHost(
	session: Session,
	request: Request,
	attempts: Attempts,
): Promise<Response | NoResponse> {
	const host = session.hosts.next(attempts.hostAttempt);
	const url = host + request.url.slice(session.merchant.baseUrl.length);
	const result = await sendOnce(session, { ...request, url });
	attempts.hostAttempt = { host, end: endOf(result) };
	attempts.hosts.add(host);
	session.hosts.recordResult(attempts.hostAttempt);
	return result;
}

function endOf(result: Response | NoResponse): HostAttempt['end'] {
	if ('status' in result) return 'response';
	return result.connectionFailed ? 'no connection' : 'other';
}

async function acquire(session: Session, request: Request, attempts: Attempts): Promise<Permit> {
	return await rethrow(
		async () => await session.rateLimiter.acquire(attempts.sent > 0),
		(reason) => {
			if (attempts.last) return new RequestError(toFailure(request, attempts));
			if (reason instanceof CircuitOpen) return nothingGetsThrough(reason);
			return reason instanceof RequestError ? reason : cancelled();
		},
	);
}

function isWorthOtherHost({ hosts, options }: Session, result: Failed, tried: Attempts): boolean {
	if (result.repeat !== 'other host' || options.retries === 0) return false;
	return !tried.hosts.has(hosts.next(tried.hostAttempt));
}

/** The items that were not tried: what stopped one stops all. */
function stoppedAsWell({ what, wayOut, details: { code, raw_message } }: Failed): RequestError {
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
function nothingGetsThrough({ reason }: CircuitOpen): RequestError {
	const wayOut = /reach/.test(reason)
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

function mayRepeat(session: Session, { retryPolicy }: Request, attempts: Attempts): boolean {
	const { last, counted, limited, isFree, unverified } = attempts;
	if (!last || session.signal?.aborted || session.rateLimiter.hasGivenUp) return false;
	if (counted > session.options.retries) return false;
	if (isFree && !session.rateLimiter.mayRetry(limited)) return false;
	// What WeChat Pay did not process, or never got, is safe to send again whatever it is.
	const isSafe = retryPolicy.repeatable || last.kind === 'limited' || last.kind === 'unsent';
	if (last.repeat === 'never' || !isSafe) return false;
	if (last.repeat === 'other host') return isWorthOtherHost(session, last, attempts);
	return last.repeat === 'as set' || unverified === 1;
}

const OUTCOME: Record<Failed['kind'], Outcome> = {
	refused: 'refused',
	limited: 'refused',
	open: 'unknown',
	unsent: 'not_sent',
};

function toFailure(
	{ retryPolicy, requestNumber }: Request,
	{ last, open, sent, hosts }: Attempts,
): FailureDetails {
	const decisive = last as Failed;
	const isOpen = open !== undefined;
	const number = isOpen ? idempotencyHint(requestNumber) : '';
	const what =
		isOpen && decisive.kind !== 'open'
			? `${open.what}; a retry did not settle it: ${decisive.what}`
			: decisive.what;
	return {
		message: `${what}. ${triedHosts(decisive, hosts)}${decisive.wayOut}${number}`,
		description: supportReference(decisive),
		outcome: isOpen ? 'unknown' : OUTCOME[decisive.kind],
		...decisive.details,
		out_request_no: requestNumber,
		attempts: sent,
		repeatable: isOpen
			? retryPolicy.repeatable
			: decisive.kind !== 'refused' || decisive.retryableAfterFix,
	};
}

/** Where a response was looked for, if in more than one place. */
function triedHosts({ details }: Failed, hosts: Set<string>): string {
	if (details.http_status !== undefined || hosts.size < 2) return '';
	return `Tried ${[...hosts].map((host) => new URL(host).hostname).join(' and ')}. `;
}

/** What WeChat Pay's support will ask for. */
function supportReference({ wayOut, details }: Failed): string | undefined {
	const { raw_message: text, request_id: id } = details;
	const words = text && !wayOut.includes(text) ? `WeChat Pay's words: ${text}. ` : '';
	return id ? `${words}Request-ID for WeChat Pay's support: ${id}.` : undefined;
}
