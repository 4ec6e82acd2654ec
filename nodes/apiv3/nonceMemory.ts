/** A signature is believed for 300 s before and after its time (docs/protocol.md, Nonce and timestamp). */
const BELIEVED_FOR_MS = 10 * 60 * 1000;

/** Twice that, for a clock that jumps makes the time that passes look longer. */
const KEPT_FOR_MS = 2 * BELIEVED_FOR_MS;

/** As much as counts of the time between two messages; what is more may be a jump of the clock. */
const LONGEST_STEP_MS = 60 * 1000;

/** 300 responses a second for ten minutes; some 20 MB. */
const MAX_NONCES = 200_000;

/** The share of it that is made free once it is full. */
const SPARE = 0.05;

/** What a message was taken for. */
export type MessageKind = 'response' | 'notification';

/**
 * The nonces of the signatures that were believed. Only verified messages belong here: nobody else can fill it.
 *
 * @see docs/protocol.md, What a signature does not cover
 */
export class NonceMemory {
	/** In the order in which they came. */
	private readonly seen = new Map<string, Seen>();

	/** The time that has passed since the first of them, in ms; it never goes back. */
	private passed = 0;

	private last?: number;

	/** When, by the time that has passed, it is looked which may be forgotten. */
	private forgetsAt = 0;

	/** @param most nonces that are kept; beyond that, the oldest are forgotten */
	constructor(private readonly most = MAX_NONCES) {}

	/**
	 * Takes note of a verified message.
	 *
	 * @param now in ms
	 * @returns whether it may be believed: a response once, a notification also when it is delivered again, neither in
	 *   place of the other
	 */
	claim(nonce: string, kind: MessageKind, now: number): boolean {
		this.passed += Math.min(Math.max(now - (this.last ?? now), 0), LONGEST_STEP_MS);
		this.last = now;
		const known = this.seen.get(nonce);
		if (known && isBelieved(known.at, now)) return kind === 'notification' && known.kind === kind;
		this.seen.delete(nonce);
		this.seen.set(nonce, { kind, at: now, passed: this.passed });
		this.forget();
		return true;
	}

	/** Many at once: the more a map has lost at its beginning, the longer it looks for its first entry. */
	private forget(): void {
		const isFull = this.seen.size > this.most;
		if (!isFull && this.passed < this.forgetsAt) return;
		this.forgetsAt = this.passed + LONGEST_STEP_MS;
		const left = isFull ? this.most - Math.floor(this.most * SPARE) : this.most;
		for (const [oldest, { passed }] of this.seen) {
			if (this.seen.size <= left && this.passed - passed <= KEPT_FOR_MS) return;
			this.seen.delete(oldest);
		}
	}
}

/** When a nonce came: by the wall clock, and by the time that has passed. */
interface Seen {
	kind: MessageKind;
	at: number;
	passed: number;
}

/** Whether a signature that was believed then can still be in time; a clock may have been set back. */
function isBelieved(at: number, now: number): boolean {
	return Math.abs(now - at) <= BELIEVED_FOR_MS;
}

/** Of this process: all merchants, workflows and triggers. */
export const nonces = new NonceMemory();
