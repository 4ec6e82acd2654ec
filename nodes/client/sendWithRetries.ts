import { rethrow } from '../apiv3/attempt';
import type { FailureDetails, Outcome } from './errors/requestError';
import { RequestError, notSent } from './errors/requestError';
import { ExecutionCancelled } from './executionCancelled';
import type { HostAttempt } from './http/hostFailover';
import { sendOnce } from './http/sendOnce';
import type { AttemptResult } from './response/classifyAttempt';
import { classifyAttempt } from './response/classifyAttempt';
import { isOwnCode } from './response/errorBody';
import { idempotencyHint } from './response/messages';
import type { Session } from './session';
import type { NoResponse, Request, Response, VerifiedResponse } from './types';

type Failed = Exclude<AttemptResult, { kind: 'done' }>;

/** What is known after some attempts for one item. */
interface Attempts {
	sent: number;
	/** The last one. */
	last?: Failed;
	/** Where it went. */
	hostAttempt?: HostAttempt;
	/** The hosts of all of them. */
	hosts: Set<string>;
	/** The last one that may have been processed: from then on, no refusal can say that nothing happened. */
	open?: Extract<Failed, { kind: 'open' | 'limited' }>;
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
	const attempts: Attempts = { sent: 0, hosts: new Set(), unverified: 0 };
	for (;;) {
		const result = await attempt(session, request, attempts);
		if (result.kind === 'done') return { ...result, attempts: attempts.sent };
		attempts.last = result;
		if (result.kind === 'open') attempts.open = result;
		if (result.repeat === 'once') attempts.unverified += 1;
		if (!mayRepeat(session, request, attempts)) {
			throw new RequestError(toFailure(request, attempts));
		}
		await session.rateLimiter.backOff(attempts.sent);
	}
}

async function attempt(
	session: Session,
	request: Request,
	attempts: Attempts,
): Promise<AttemptResult> {
	const startedAt = await acquire(session, request, attempts);
	attempts.sent += 1;
	const response = await sendToHost(session, request, attempts);
	if ('status' in response) await session.refreshKeys(response);
	const result = classifyAttempt(response, request, session.merchant);
	if ('status' in response && response.status === 429) {
		const retryAfter = 'retryAfter' in result ? result.retryAfter : undefined;
		session.rateLimiter.onRateLimited(startedAt, retryAfter);
	} else if ('status' in response) session.rateLimiter.onSuccess();
	return result;
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

async function acquire(session: Session, request: Request, attempts: Attempts): Promise<number> {
	return await rethrow(
		async () => await session.rateLimiter.acquire(),
		(reason) =>
			reason instanceof ExecutionCancelled && attempts.last
				? new RequestError(toFailure(request, attempts))
				: cancelled(),
	);
}

/** The item of an execution that was cancelled before it was sent. */
export function cancelled(): RequestError {
	return notSent(`Not sent, because the execution was cancelled before. Run this item again.`, {
		repeatable: true,
	});
}

function mayRepeat(session: Session, { retryPolicy }: Request, attempts: Attempts): boolean {
	const { last, sent, unverified } = attempts;
	if (!last || session.rateLimiter.cancelled || sent > session.options.retries) return false;
	// What WeChat Pay did not process, or never got, is safe to send again whatever it is.
	const isSafe = retryPolicy.repeatable || last.kind === 'limited' || last.kind === 'unsent';
	if (last.repeat === 'never' || !isSafe) return false;
	if (last.repeat === 'other host')
		return !attempts.hosts.has(session.hosts.next(attempts.hostAttempt));
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
			? retryPolicy.repeatable && !open.isTooLarge
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
	const { raw_message: text, issue, request_id: id } = details;
	const said = [text, issue].filter(Boolean).join('; ');
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
