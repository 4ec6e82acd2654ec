/**
 * Takes work on the same thing one after the other, in the order it came, while work on other things goes on. Two items
 * that both read a member's points and then set them would otherwise undo each other.
 */
export class KeyedMutex {
	private readonly last = new Map<string, Promise<unknown>>();

	/** @param thing what the work is about; undefined for work that needs no turn */
	async runExclusive<T>(thing: string | undefined, work: () => Promise<T>): Promise<T> {
		if (thing === undefined) return await work();
		const before = this.last.get(thing);
		const mine = (before ?? Promise.resolve()).then(work);
		// However it ends, the next one may begin.
		const ended = mine.then(
			() => undefined,
			() => undefined,
		);
		this.last.set(thing, ended);
		try {
			return await mine;
		} finally {
			if (this.last.get(thing) === ended) this.last.delete(thing);
		}
	}
}
