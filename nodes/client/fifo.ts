/** So many taken entries are kept before their space is reclaimed, and more while they are less than half of all. */
const MAX_TAKEN = 1000;

/** A queue whose every operation takes constant time, on average. */
export class Fifo<T> {
	private entries: T[] = [];

	private taken = 0;

	get size(): number {
		return this.entries.length - this.taken;
	}

	push(entry: T): void {
		this.entries.push(entry);
	}

	/** Takes the oldest entry. */
	take(): T {
		const entry = this.entries[this.taken];
		this.taken += 1;
		if (this.taken > MAX_TAKEN && this.taken > this.size) {
			this.entries = this.entries.slice(this.taken);
			this.taken = 0;
		}
		return entry;
	}
}
