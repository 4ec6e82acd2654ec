import { rethrow } from '../apiv3/attempt';
import type { Attempts, Failed } from './attempts';
import { countAttempt, isStopped, noAttempts, reportOf, retryDelay } from './attempts';
import { CircuitOpen } from './circuitBreaker';
import type { FailureDetails, Outcome } from './errors/requestError';
import { RequestError } from './errors/requestError';
import type { HostAttempt } from './http/hostFailover';
import { sendOnce } from './http/sendOnce';
import { cancelled, nothingGetsThrough, stoppedAsWell } from './notTried';
import type { Permit, RequestResult } from './permit';
import type { AttemptResult } from './response/attemptResult';
import { classifyAttempt } from './response/classifyAttempt';
import { isOwnCode } from './response/errorBody';
import { idempotencyHint } from './response/messages';
import type { Session } from './session';
import type { NoResponse, Request, Response, VerifiedResponse } from './types';

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
	const attempts = noAttempts();
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
		countAttempt(session, attempts, permit, report);
	}
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
	if (request.origin) {
		attempts.hosts.add(request.origin);
		return await sendOnce(session, request);
	}
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

function mayRepeat(session: Session, { retryPolicy }: Request, attempts: Attempts): boolean {
	const { last, counted, limited, isFree, unverified } = attempts;
	if (!last || session.signal?.aborted || session.rateLimiter.hasGivenUp) return false;
	if (counted > session.options.retries) return false;
	// The last probe is better sent for an item whose outcome is open anyway.
	if (isFree && limited > 0 && !session.rateLimiter.mayRetry(limited)) return false;
	// What WeChat Pay did not process, or never got, is safe to send again whatever it is.
	const isSafe = retryPolicy.resendable || last.kind === 'limited' || last.kind === 'unsent';
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
		description: describe(decisive),
		outcome: isOpen ? 'unknown' : OUTCOME[decisive.kind],
		...decisive.details,
		out_request_no: requestNumber,
		attempts: sent,
		repeatable: isOpen
			? // With another number of our own making it would be done twice.
				retryPolicy.repeatable && !open.isTooLarge && !open.staysOpen && requestNumber === undefined
			: decisive.kind !== 'refused' || decisive.retryableAfterFix,
	};
}

/** Where a response was looked for, if in more than one place. */
function triedHosts({ details }: Failed, hosts: Set<string>): string {
	if (details.http_status !== undefined || hosts.size < 2) return '';
	return `Tried ${[...hosts].map((host) => new URL(host).hostname).join(' and ')}. `;
}

/** The words of others, and what WeChat Pay's support will ask for. */
function describe({ finding, details }: Failed): string | undefined {
	const { raw_message: text, issue, location, value, request_id: id } = details;
	const where = [location, value].filter(Boolean).join(' ');
	const said = [text, issue, where].filter(Boolean).join('; ');
	const parts = [
		finding,
		said && `${speaker(details)}: ${said}.`,
		id && `Request-ID for WeChat Pay's support: ${id}.`,
	];
	return parts.filter(Boolean).join(' ') || undefined;
}

function speaker({ http_status: status, code }: Failed['details']): string {
	if (status === undefined) return 'Reported by n8n or the connection';
	return isOwnCode(code) ? "WeChat Pay's words" : 'Words of the response';
}
