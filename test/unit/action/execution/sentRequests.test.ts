/** What was sent is kept in mind for a day, within bounds. */
import { SentRequests } from '../../../../nodes/action/execution/sentRequests';
import type { Request } from '../../../../nodes/client/types';

const DAY_MS = 24 * 60 * 60 * 1000;
const request = { body: Buffer.alloc(100) } as Request;

it.each([
	['a day', DAY_MS, true],
	['more than a day', DAY_MS + 1, false],
	['a clock set back by an hour', -3_600_000, true],
	['a clock set back by more than a day', -DAY_MS - 1, false],
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
