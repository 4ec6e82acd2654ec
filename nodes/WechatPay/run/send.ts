import type { Line } from './exchange';
import { exchange } from './exchange';
import { withNumber } from './explanation';
import type { FailureFacts, Outcome } from './outcome';
import { ItemFailure, notSent } from './outcome';
import { Cancelled } from './pace';
import type { Request } from './request';
import type { Verdict } from './verdict';
import { judge } from './verdict';

/** An answer that says done, with a signature that fits. */
export interface Confirmed {
	status: number;
	body: Buffer;
	requestId?: string;
	/** How many requests it took. */
	attempts: number;
}

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
 * @returns the verified answer
 * @throws ItemFailure with the outcome `refused`, `unknown` or `not_sent`
 * @see DESIGN.md 5 and 6
 */
export async function send(line: Line, request: Request, index: number): Promise<Confirmed> {
	const attempts: Attempts = { sent: 0, distrusted: 0 };
	for (;;) {
		const verdict = await attempt(line, request, attempts, index);
		if (verdict.kind === 'done') return { ...verdict, attempts: attempts.sent };
		attempts.last = verdict;
		if (verdict.kind === 'open') attempts.open = verdict;
		if (verdict.repeat === 'once') attempts.distrusted += 1;
		if (!mayRepeat(line, request, attempts)) {
			throw new ItemFailure(conclude(request, attempts, index));
		}
		await line.pace.backOff(attempts.sent);
	}
}

async function attempt(
	line: Line,
	request: Request,
	attempts: Attempts,
	index: number,
): Promise<Verdict> {
	const startedAt = await turn(line, request, attempts, index);
	attempts.sent += 1;
	const result = await exchange(line, request);
	const verdict = judge(result, request, line.merchant);
	if (verdict.kind === 'limited') line.pace.limit(startedAt, verdict.retryAfter);
	else if ('status' in result) line.pace.accept();
	return verdict;
}

async function turn(
	line: Line,
	request: Request,
	attempts: Attempts,
	index: number,
): Promise<number> {
	let failure: ItemFailure;
	try {
		return await line.pace.turn();
	} catch (error) {
		failure =
			error instanceof Cancelled && attempts.last
				? new ItemFailure(conclude(request, attempts, index))
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

function mayRepeat(line: Line, { advice }: Request, attempts: Attempts): boolean {
	const { last, sent, distrusted } = attempts;
	if (!last || line.pace.cancelled || sent > line.options.retries) return false;
	// What WeChat Pay did not process, or never got, is safe to send again whatever it is.
	const isSafe = advice.repeatable || last.kind === 'limited' || last.kind === 'unsent';
	if (last.repeat === 'never' || !isSafe) return false;
	return last.repeat === 'as set' || distrusted === 1;
}

const OUTCOME: Record<Failed['kind'], Outcome> = {
	refused: 'refused',
	limited: 'refused',
	open: 'unknown',
	unsent: 'not_sent',
};

function conclude(
	{ advice, requestNumber }: Request,
	{ last, open, sent }: Attempts,
	index: number,
): FailureFacts {
	const decisive = last as Failed;
	const isOpen = open !== undefined;
	const number = isOpen ? withNumber(requestNumber) : '';
	const what =
		isOpen && decisive.kind !== 'open'
			? `${open.what}; the repeat did not settle it: ${decisive.what}`
			: decisive.what;
	return {
		message: `${what}. ${decisive.wayOut}${number} [item ${index}]`,
		description: traceOf(decisive),
		outcome: isOpen ? 'unknown' : OUTCOME[decisive.kind],
		...decisive.facts,
		out_request_no: requestNumber,
		attempts: sent,
		repeatable: isOpen ? advice.repeatable : decisive.kind !== 'refused' || decisive.itemIsFine,
	};
}

/** What WeChat Pay's support will ask for. */
function traceOf({ wayOut, facts }: Failed): string | undefined {
	const { raw_message: said, request_id: id } = facts;
	const words = said && !wayOut.includes(said) ? `WeChat Pay's words: ${said}. ` : '';
	return id ? `${words}Request-ID for WeChat Pay's support: ${id}.` : undefined;
}
