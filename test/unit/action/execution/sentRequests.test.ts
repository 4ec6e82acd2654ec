/** What was sent is kept in mind for a day, within bounds. */
import * as fc from 'fast-check';

import { SentRequests } from '../../../../nodes/action/execution/sentRequests';
import type { Request } from '../../../../nodes/client/types';

const DAY_MS = 24 * 60 * 60 * 1000;
const request = { body: Buffer.alloc(100) } as Request;

it.each([
	['a day', DAY_MS, true],
	['more than a day', DAY_MS + 1, false],
])('after %s', (_, passed, isKnown) => {
	let now = 1e12;
	const memory = new SentRequests(() => now);
	memory.remember('a', request, 'f');
	now += passed;
	expect(memory.find('a') !== undefined).toBe(isKnown);
});

it.each([
	['entries', { entries: 2, bytes: 1e6 }],
	['bytes', { entries: 100, bytes: 2500 }],
])('forgets the oldest beyond its bound of %s', (_, limits) => {
	const memory = new SentRequests(() => 0, limits);
	for (const key of ['a', 'b', 'c']) memory.remember(key, request, 'f');
	expect(['a', 'b', 'c'].map((key) => memory.find(key) !== undefined)).toEqual([false, true, true]);
});

it('keeps the newest within its bounds, whatever is done with it', () => {
	const OVERHEAD = 1024;
	const limits = { entries: 4, bytes: 6000 };
	const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
	const step = fc.oneof(
		fc.record({ do: fc.constant('remember' as const), key, size: fc.nat(4000) }),
		fc.record({ do: fc.constantFrom('forget' as const, 'mark' as const), key }),
		fc.record({ do: fc.constant('pass' as const), by: fc.integer({ min: 0, max: DAY_MS }) }),
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			let now = 1e12;
			const memory = new SentRequests(() => now, limits);
			const newest = new Map<string, { at: number; size: number; marked: boolean }>();
			for (const one of steps) {
				if (one.do === 'pass') now += one.by;
				else if (one.do === 'remember') {
					memory.remember(one.key, { body: Buffer.alloc(one.size) } as Request, 'f');
					newest.delete(one.key);
					newest.set(one.key, { at: now, size: OVERHEAD + 1 + one.size, marked: false });
				} else if (one.do === 'forget') {
					memory.forget(one.key);
					newest.delete(one.key);
				} else {
					memory.markMayBeDone(one.key);
					const marked = newest.get(one.key);
					if (marked && memory.find(one.key)) marked.marked = true;
				}
				const kept = [...newest].filter(([name]) => memory.find(name) !== undefined);
				expect(kept.length).toBeLessThanOrEqual(limits.entries);
				expect(kept.reduce((sum, [, { size }]) => sum + size, 0)).toBeLessThanOrEqual(limits.bytes);
				for (const [name, { at, marked }] of kept) {
					expect(now - at).toBeLessThanOrEqual(DAY_MS);
					expect(memory.find(name)?.mayBeDone).toBe(marked);
				}
				for (const name of [...newest.keys()]) if (!memory.find(name)) newest.delete(name);
			}
		}),
	);
});
