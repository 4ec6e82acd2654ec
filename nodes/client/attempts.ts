import type { HostAttempt } from './http/hostFailover';
import type { Permit, RequestResult } from './permit';
import type { AttemptResult } from './response/attemptResult';
import { inBrackets } from './response/messages';
import type { Session } from './session';
import type { NoResponse, Response } from './types';

/** The first pause after a repeatable failure, in ms; it doubles with each repeat (docs/protocol.md, Retries). */
const FIRST_RETRY_DELAY_MS = 1000;
const MAX_RETRY_AFTER_MS = 60_000;
/** Others get through if one did since the first attempt of an item, or so many ms before. */
const LATELY_MS = 10_000;

export type Failed = Exclude<AttemptResult, { kind: 'done' }>;

/** What is known after some attempts for one item. */
export interface Attempts {
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
	open?: Extract<Failed, { kind: 'open' | 'limited' }>;
	/** How many were answered in a way that can't be trusted; such a response is asked for once more. */
	unverified: number;
}

export function noAttempts(): Attempts {
	return { sent: 0, counted: 0, limited: 0, hosts: new Set(), unverified: 0 };
}

/** What the rate limiter learns: a breakdown says nothing about the speed, a request that n8n stopped nothing at all. */
export function reportOf(response: Response | NoResponse, result: AttemptResult): RequestResult {
	if (!('status' in response)) {
		const { code, unsent, proxyStatus } = response;
		if (isStopped(result) || code === 'ERR_CANCELED') return { kind: 'untold' };
		if (proxyStatus) return { kind: 'failed', reason: `was refused by the proxy (${proxyStatus})` };
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
export function isStopped(result: AttemptResult): result is Failed {
	return result.kind === 'unsent' && result.repeat !== 'as set';
}

/** A 429 says nothing about the item while others get through, and a probe is sent on behalf of all. */
export function countAttempt(
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
export function retryDelay({ rateLimiter }: Session, attempts: Attempts): number {
	const { counted, limited, isFree, retryAfter = 0 } = attempts;
	if (isFree) return rateLimiter.retryDelay(Math.max(1, limited), retryAfter);
	const pause = FIRST_RETRY_DELAY_MS * 2 ** (counted - 1);
	return Math.max(pause * (0.5 + Math.random() / 2), Math.min(retryAfter, MAX_RETRY_AFTER_MS));
}
