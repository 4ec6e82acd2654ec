/** The faults that a commit can meet, and what each leaves the caller with. */
import type { FaultName } from '../../support/fake/server.cts';

/** All but the faults of lists and objects, which change nothing in the response to a commit. */
export type CommitFault = Exclude<
	FaultName,
	'list-without-data' | 'endless-list' | 'repeating-list' | 'another-subject' | 'refusal'
>;

/**
 * What a caller can know after an attempt: confirmed – a verified 2xx; refused – a clear answer that it was not
 * processed; open – it may have been processed.
 */
export type Seen = 'confirmed' | 'refused' | 'open';

interface SeenOf {
	/** Where WeChat Pay would commit the order. */
	due: Seen;
	/** Where WeChat Pay refuses the order; a fault that only changes a success then changes nothing. */
	refusable: Seen;
}

const NO_FAULT: SeenOf = { due: 'confirmed', refusable: 'refused' };
const ALWAYS_OPEN: SeenOf = { due: 'open', refusable: 'open' };
/** A refusal need not be signed, and stays clear with a spoilt signature. */
const OPEN_SUCCESS: SeenOf = { due: 'open', refusable: 'refused' };
const NEVER_PROCESSED: SeenOf = { due: 'refused', refusable: 'refused' };

/** By fault, from the fake's own definitions (fake/misbehaviour.cts). */
const SEEN: Record<CommitFault, SeenOf> = {
	'bad-signature': OPEN_SUCCESS,
	'missing-signature': OPEN_SUCCESS,
	'test-signature': OPEN_SUCCESS,
	'unknown-serial': OPEN_SUCCESS,
	'skewed-clock': OPEN_SUCCESS,
	'tampered-body': OPEN_SUCCESS,
	'reset-before': ALWAYS_OPEN,
	'reset-after': ALWAYS_OPEN,
	'stall-before': ALWAYS_OPEN,
	stall: ALWAYS_OPEN,
	trickle: ALWAYS_OPEN,
	'truncated-body': ALWAYS_OPEN,
	'rate-limit': NEVER_PROCESSED,
	'system-error': OPEN_SUCCESS,
	'system-error-before': ALWAYS_OPEN,
	'service-unavailable': ALWAYS_OPEN,
	'bad-gateway': ALWAYS_OPEN,
	'empty-body': ALWAYS_OPEN,
	redirect: ALWAYS_OPEN,
	accepted: ALWAYS_OPEN,
	'html-404': ALWAYS_OPEN,
	// A body where none is due may be a refusal under another status.
	'huge-body': OPEN_SUCCESS,
	'not-json': OPEN_SUCCESS,
	'not-an-object': OPEN_SUCCESS,
	'relabelled-status': ALWAYS_OPEN,
	'notification-as-response': ALWAYS_OPEN,
	'replayed-response': ALWAYS_OPEN,
	'stale-response': OPEN_SUCCESS,
};

export const COMMIT_FAULTS = Object.keys(SEEN) as CommitFault[];

/** Those that the caller has to wait out. */
const SLOW: CommitFault[] = ['stall-before', 'stall', 'trickle'];

export function isSlow(fault: CommitFault): boolean {
	return SLOW.includes(fault);
}

/** @param fault what the attempt met; undefined for nothing unusual */
export function seenAfter(fault: CommitFault | undefined, isRefusable: boolean): Seen {
	return (fault ? SEEN[fault] : NO_FAULT)[isRefusable ? 'refusable' : 'due'];
}
