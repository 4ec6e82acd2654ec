import type { Batch } from './batch';
import { exchange } from './exchange';
import type { FailureFacts, Outcome } from './outcome';
import { ItemFailure, notSent } from './outcome';
import { Cancelled } from './pace';
import type { Request } from './request';
import type { Verdict } from './verdict';
import { judge } from './verdict';

type Failed = Exclude<Verdict, { kind: 'done' }>;

/** What is known after some attempts for one item. */
interface Attempts {
	sent: number;
	/** The last one. */
	last?: Failed;
	/** The last one that may have been processed: from then on, no refusal can say that nothing happened. */
	open?: Failed;
	/** How many were answered in a way that can't be trusted; such an answer is asked for once more. */
	distrusted: number;
}

/**
 * Sends a request, and again with identical bytes where that is safe, until WeChat Pay's answer is clear.
 *
 * @returns the Request-ID of the verified answer
 * @throws ItemFailure with the outcome `refused`, `unknown` or `not_sent`
 * @see DESIGN.md 5 and 6
 */
export async function send(
	batch: Batch,
	request: Request,
	index: number,
): Promise<{ requestId?: string }> {
	const attempts: Attempts = { sent: 0, distrusted: 0 };
	for (;;) {
		const verdict = await attempt(batch, request, attempts, index);
		if (verdict.kind === 'done') return verdict;
		attempts.last = verdict;
		if (verdict.kind === 'open') attempts.open = verdict;
		if (verdict.repeat === 'once') attempts.distrusted += 1;
		if (!mayRepeat(batch, attempts)) throw new ItemFailure(conclude(attempts, index));
		await batch.pace.backOff(attempts.sent);
	}
}

async function attempt(
	batch: Batch,
	request: Request,
	attempts: Attempts,
	index: number,
): Promise<Verdict> {
	const startedAt = await turn(batch, attempts, index);
	attempts.sent += 1;
	const result = await exchange(batch, request);
	const verdict = judge(result, request, batch.merchant);
	if (verdict.kind === 'limited') batch.pace.limit(startedAt, verdict.retryAfter);
	else if ('status' in result) batch.pace.accept();
	return verdict;
}

async function turn(batch: Batch, attempts: Attempts, index: number): Promise<number> {
	let failure: ItemFailure;
	try {
		return await batch.pace.turn();
	} catch (error) {
		failure =
			error instanceof Cancelled && attempts.last
				? new ItemFailure(conclude(attempts, index))
				: cancelled(index);
	}
	throw failure;
}

/** The item of an execution that was cancelled before it was sent. */
export function cancelled(index: number): ItemFailure {
	return notSent(
		`Not sent, because the execution was cancelled before. Run this item again. [item ${index}]`,
		{ repeatable: true },
	);
}

function mayRepeat(batch: Batch, { last, sent, distrusted }: Attempts): boolean {
	if (!last || batch.pace.cancelled || !batch.operation.repeatable) return false;
	if (last.repeat === 'never' || sent > batch.options.retries) return false;
	return last.repeat === 'as set' || distrusted === 1;
}

const OUTCOME: Record<Failed['kind'], Outcome> = {
	refused: 'refused',
	limited: 'refused',
	open: 'unknown',
	unsent: 'not_sent',
};

function conclude({ last, open, sent }: Attempts, index: number): FailureFacts {
	const decisive = last as Failed;
	const isOpen = open !== undefined;
	const what =
		isOpen && decisive.kind !== 'open'
			? `${open.what}; the repeat did not settle it: ${decisive.what}`
			: decisive.what;
	return {
		message: `${what}. ${decisive.wayOut} [item ${index}]`,
		description: traceOf(decisive),
		outcome: isOpen ? 'unknown' : OUTCOME[decisive.kind],
		...decisive.facts,
		attempts: sent,
		repeatable: isOpen || decisive.kind !== 'refused' || decisive.itemIsFine,
	};
}

/** What WeChat Pay's support will ask for. */
function traceOf({ wayOut, facts }: Failed): string | undefined {
	const { raw_message: said, request_id: id } = facts;
	const words = said && !wayOut.includes(said) ? `WeChat Pay's words: ${said}. ` : '';
	return id ? `${words}Request-ID for WeChat Pay's support: ${id}.` : undefined;
}
