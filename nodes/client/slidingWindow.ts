const SECOND = 1000;
/** Events are counted in parts of a second, in ms. */
const PART = 10;
/** The last second touches so many of them. */
const PARTS = SECOND / PART + 1;

/** Counts events over the last second, exact to 10 ms, in constant memory. */
export class EventCounter {
	private readonly counts = new Array<number>(PARTS).fill(0);

	/** The part of time that was touched last, and where its count is. */
	private part = 0;

	private index = 0;

	private total = 0;

	/** @param now in ms; never less than before */
	add(now: number): void {
		this.forget(now);
		this.counts[this.index] += 1;
		this.total += 1;
	}

	/** Takes back an event, unless it is older than a second. */
	remove(at: number, now: number): void {
		this.forget(now);
		const age = this.part - Math.floor(at / PART);
		if (age >= PARTS) return;
		this.counts[(this.index - age + PARTS) % PARTS] -= 1;
		this.total -= 1;
	}

	/** How many events there were in the second before `now`. */
	count(now: number): number {
		this.forget(now);
		return this.total;
	}

	private forget(now: number): void {
		const part = Math.floor(now / PART);
		if (part - this.part >= PARTS) {
			this.counts.fill(0);
			this.total = 0;
			this.part = part;
		}
		for (; this.part < part; this.part += 1) {
			this.index = this.index + 1 === PARTS ? 0 : this.index + 1;
			this.total -= this.counts[this.index];
			this.counts[this.index] = 0;
		}
	}
}

/** Clocks are exact to a ms, and timers may fire that much too early. */
const CLOCK_ERROR = 1;

/** The user's cap: never more starts than that in any second, wherever the second begins. */
export class StartLog {
	private readonly starts: number[] = [];

	private readonly size: number;

	private readonly window: number;

	private next = 0;

	/** @param cap requests per second, more than 0; below 1, one request in `1 / cap` seconds */
	constructor(cap: number) {
		this.size = Math.max(1, Math.floor(cap));
		this.window = (cap < 1 ? SECOND / cap : SECOND) + CLOCK_ERROR;
	}

	/** When the next request may start, in ms; in the past if it may start now. */
	get nextStart(): number {
		const oldest = this.starts[this.next];
		return oldest === undefined ? -Infinity : oldest + this.window;
	}

	add(now: number): void {
		this.starts[this.next] = now;
		this.next = (this.next + 1) % this.size;
	}
}
