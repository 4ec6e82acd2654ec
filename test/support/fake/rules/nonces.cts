const GENERATION_SECONDS = 600;

/**
 * Remembers the nonces of accepted signatures, by merchant. A timestamp is good for 300 s to either
 * side, so a nonce has to be remembered for 600 s: two generations keep the memory bounded.
 */
export class NonceMemory {
	private recent = new Set<string>();

	private older = new Set<string>();

	private since = 0;

	/** Notes the nonce; true when it was noted before. `now` in Unix seconds. */
	isReplay(mchid: string, nonce: string, now: number): boolean {
		if (now - this.since >= GENERATION_SECONDS) this.turn(now);
		const key = `${mchid} ${nonce}`;
		if (this.recent.has(key) || this.older.has(key)) return true;
		this.recent.add(key);
		return false;
	}

	private turn(now: number): void {
		this.older = this.recent;
		this.recent = new Set();
		this.since = now;
	}
}
