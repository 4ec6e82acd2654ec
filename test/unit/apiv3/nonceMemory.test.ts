/** A nonce is believed once, by all who verify. */
import { NonceMemory } from '../../../nodes/apiv3/nonceMemory';

const NOW = 1_800_000_000_000;

it('believes a response once, a notification again, and neither as the other', () => {
	const memory = new NonceMemory();
	expect(memory.claim('r', 'response', NOW)).toBe(true);
	expect(memory.claim('r', 'response', NOW + 599_000)).toBe(false);
	expect(memory.claim('r', 'notification', NOW)).toBe(false);
	expect(memory.claim('n', 'notification', NOW)).toBe(true);
	expect(memory.claim('n', 'notification', NOW + 1)).toBe(true);
	expect(memory.claim('n', 'response', NOW + 1)).toBe(false);
});

it('forgets after ten minutes, whichever way the clock went', () => {
	for (const off of [600_000, -600_000]) {
		const memory = new NonceMemory();
		memory.claim('r', 'response', NOW);
		expect(memory.claim('r', 'response', NOW + off)).toBe(true);
	}
});

it('keeps no more than it may, the latest', () => {
	const memory = new NonceMemory(2);
	for (const nonce of ['a', 'b', 'c']) memory.claim(nonce, 'response', NOW);
	expect(memory.claim('c', 'response', NOW)).toBe(false);
	expect(memory.claim('b', 'response', NOW)).toBe(false);
	expect(memory.claim('a', 'response', NOW)).toBe(true);
});
