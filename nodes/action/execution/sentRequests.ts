import { systemClock } from '../../client/clock';
import type { Request } from '../../client/types';

/** What was sent under a key, as it went on the wire. */
export interface SentRequest {
	request: Request;
	/** A salted hash of the item's own values: nothing of what is secret among them is kept. */
	fingerprint: string;
	/** Whether an attempt of it was done, or may have been. */
	mayBeDone: boolean;
	/** When it was first sent, in ms of a clock that only moves forward. */
	at: number;
}

interface Entry extends SentRequest {
	bytes: number;
}

/** As long as WeChat Pay takes a repeat under one number: that of a transfer, three calendar days. */
const MAX_AGE_MS = 3 * 24 * 60 * 60 * 1000;
const MAX_ENTRIES = 20_000;
const MAX_BYTES = 16 * 1024 * 1024;
/** Of an entry beside its body: key, hash, what may be shown. */
const OVERHEAD_BYTES = 1024;

/**
 * What this process has sent within three days, so that the same item sends the same bytes again. Bounded: the oldest goes
 * first.
 */
export class SentRequests {
	private readonly entries = new Map<string, Entry>();
	private bytes = 0;

	/**
	 * @param now in ms of a clock that only moves forward
	 * @param limits for tests
	 */
	constructor(
		private readonly now = () => systemClock.monotonic(),
		private readonly limits = { entries: MAX_ENTRIES, bytes: MAX_BYTES },
	) {}

	/** @returns what was sent under the key, unless it was more than three days ago */
	find(key: string): SentRequest | undefined {
		const entry = this.entries.get(key);
		if (!entry || this.now() - entry.at <= MAX_AGE_MS) return entry;
		this.forget(key);
		return undefined;
	}

	/** To be called before anything is sent. */
	remember(key: string, request: Request, fingerprint: string): void {
		this.forget(key);
		const bytes = OVERHEAD_BYTES + key.length + (request.body?.length ?? 0);
		this.entries.set(key, { request, fingerprint, mayBeDone: false, at: this.now(), bytes });
		this.bytes += bytes;
		for (const oldest of this.entries.keys()) {
			if (this.entries.size <= this.limits.entries && this.bytes <= this.limits.bytes) break;
			this.forget(oldest);
		}
	}

	/** From now on it may have been processed, whatever WeChat Pay says to a repeat. */
	markMayBeDone(key: string): void {
		const entry = this.entries.get(key);
		if (entry) entry.mayBeDone = true;
	}

	/** Where WeChat Pay did nothing, its number is free again. */
	forget(key: string): void {
		this.bytes -= this.entries.get(key)?.bytes ?? 0;
		this.entries.delete(key);
	}

	/** As in a process that has just begun. */
	clear(): void {
		this.entries.clear();
		this.bytes = 0;
	}
}
