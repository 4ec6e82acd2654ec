import type { Clock } from '../../nodes/client/clock.ts';

interface Event {
	time: number;
	order: number;
	run(): void;
}

const isBefore = (one: Event, other: Event) =>
	one.time < other.time || (one.time === other.time && one.order < other.order);

/** A priority queue, earliest first. */
class EventQueue {
	private readonly heap: Event[] = [];

	get size(): number {
		return this.heap.length;
	}

	push(event: Event): void {
		const { heap } = this;
		let index = heap.push(event) - 1;
		for (let parent = (index - 1) >> 1; index > 0 && isBefore(event, heap[parent]); ) {
			heap[index] = heap[parent];
			index = parent;
			parent = (index - 1) >> 1;
		}
		heap[index] = event;
	}

	pop(): Event {
		const { heap } = this;
		const top = heap[0];
		const last = heap.pop() as Event;
		if (heap.length === 0) return top;
		let index = 0;
		for (;;) {
			let child = 2 * index + 1;
			if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
			if (child >= heap.length || !isBefore(heap[child], last)) break;
			heap[index] = heap[child];
			index = child;
		}
		heap[index] = last;
		return top;
	}
}

/** So that a wait which never ends fails a test, in ms. */
const MAX_RUN = 24 * 60 * 60 * 1000;

/** More than any chain of promises in the package that goes on without a wait. */
const PROMISE_CHAIN = 20;
/** After so many events, others on the real event loop get a turn. */
const EVENTS_PER_TURN = 5000;

/** Lets promises that are settled take effect. Many times faster than a turn of the event loop. */
async function flush(): Promise<void> {
	for (let turn = 0; turn < PROMISE_CHAIN; turn += 1) await undefined;
}

/**
 * A clock whose time passes only while `run` says so, as fast as the machine can. Its wall clock can be set forwards and
 * backwards, which changes nothing about how long a sleep takes.
 */
export class VirtualClock implements Clock {
	/** True time since the start, in ms. */
	elapsed = 0;

	private offset = Date.UTC(2026, 10, 27);

	private order = 0;

	private readonly queue = new EventQueue();

	now(): number {
		return this.offset + this.elapsed;
	}

	/** Sets the wall clock by so many ms. */
	jump(ms: number): void {
		this.offset += ms;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			this.in(ms, resolve);
			signal?.addEventListener('abort', () => resolve(), { once: true });
		});
	}

	/** Calls something in so many ms of true time. */
	in(ms: number, run: () => void): void {
		this.order += 1;
		this.queue.push({ time: this.elapsed + Math.max(0, ms), order: this.order, run });
	}

	/** Lets time pass until a condition holds, nothing is left to happen, or so many ms have passed. */
	async run(isOver: () => boolean = () => false, ms = Infinity): Promise<void> {
		const end = this.elapsed + ms;
		const start = this.elapsed;
		await flush();
		for (let events = 1; !isOver() && this.queue.size > 0; events += 1) {
			const event = this.queue.pop();
			if (event.time > end) {
				this.queue.push(event);
				break;
			}
			if (event.time > start + MAX_RUN) throw new Error('Nothing has ended within a virtual day');
			this.elapsed = event.time;
			event.run();
			await flush();
			if (events % EVENTS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
		}
		if (ms !== Infinity && !isOver()) this.elapsed = Math.max(this.elapsed, end);
	}

	/** Lets so many ms pass. */
	async advance(ms: number): Promise<void> {
		await this.run(undefined, ms);
	}

	/** Lets time pass until a promise is settled. */
	async runUntil<T>(promise: Promise<T>): Promise<T> {
		let isSettled = false;
		const settle = () => {
			isSettled = true;
		};
		promise.then(settle, settle);
		await this.run(() => isSettled);
		return await promise;
	}
}
