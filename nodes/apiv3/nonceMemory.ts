/** A signature is believed for 300 s before and after its time (docs/protocol.md, Nonce and timestamp). */
const KEPT_FOR_MS = 10 * 60 * 1000;

/** 300 responses a second for ten minutes; some 20 MB. */
const MAX_NONCES = 200_000;

/** What a message was taken for. */
export type MessageKind = 'response' | 'notification';

/**
 * The nonces of the signatures that were believed. Only verified messages belong here: nobody else can fill it.
 *
 * @see docs/protocol.md, What a signature does not cover
 */
export class NonceMemory {
	/** In the order in which they came. */
	private readonly seen = new Map<string, { kind: MessageKind; at: number }>();

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
		const known = this.seen.get(nonce);
		if (known && isRecent(known.at, now)) return kind === 'notification' && known.kind === kind;
		this.seen.delete(nonce);
		this.seen.set(nonce, { kind, at: now });
		this.forget(now);
		return true;
	}

	private forget(now: number): void {
		for (const [oldest, { at }] of this.seen) {
			if (this.seen.size <= this.most && isRecent(at, now)) return;
			this.seen.delete(oldest);
		}
	}
}

/** A clock that was set back must not keep nonces for ever. */
function isRecent(at: number, now: number): boolean {
	return Math.abs(now - at) < KEPT_FOR_MS;
}

/** Of this process: all merchants, workflows and triggers. */
export const nonces = new NonceMemory();
