/** A signature is believed for 300 s before and after its time (docs/protocol.md, Nonce and timestamp). */
const KEPT_FOR_MS = 10 * 60 * 1000;

/** How often it is looked which may be forgotten. */
const FORGOTTEN_EVERY_MS = 60 * 1000;

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

	/** When it is looked next which may be forgotten. */
	private forgetsAt = -Infinity;

	/** @param most nonces that are kept; beyond that, the oldest are forgotten */
	constructor(private readonly most = MAX_NONCES) {}

	/**
	 * Takes note of a verified message.
	 *
	 * @param now in ms of a clock that only moves forward
	 * @returns whether it may be believed: a response once, a notification also when it is delivered again, neither in
	 *   place of the other
	 */
	claim(nonce: string, kind: MessageKind, now: number): boolean {
		const known = this.seen.get(nonce);
		if (known && now - known.at <= KEPT_FOR_MS)
			return kind === 'notification' && known.kind === kind;
		this.seen.delete(nonce);
		this.seen.set(nonce, { kind, at: now });
		this.forget(now);
		return true;
	}

	/** Many at once: the more a map has lost at its beginning, the longer it looks for its first entry. */
	private forget(now: number): void {
		const isFull = this.seen.size > this.most;
		if (!isFull && now < this.forgetsAt) return;
		this.forgetsAt = now + FORGOTTEN_EVERY_MS;
		const left = isFull ? this.most - Math.floor(this.most * SPARE) : this.most;
		for (const [oldest, { at }] of this.seen) {
			if (this.seen.size <= left && now - at <= KEPT_FOR_MS) return;
			this.seen.delete(oldest);
		}
	}
}

/** What a nonce came with, and when. */
interface Seen {
	kind: MessageKind;
	at: number;
}

/** Of this process: all merchants, workflows and triggers. */
export const nonces = new NonceMemory();
