/** A nonce is believed once, by all who verify. */
import { NonceMemory } from '../../../nodes/apiv3/nonceMemory';

const NOW = 1_800_000_000_000;

it('believes a response once, a notification again, and neither as the other', () => {
	const memory = new NonceMemory();
	expect(memory.claim('r', 'response', NOW)).toBe(true);
	expect(memory.claim('r', 'response', NOW + 600_000)).toBe(false);
	expect(memory.claim('r', 'notification', NOW)).toBe(false);
	expect(memory.claim('n', 'notification', NOW)).toBe(true);
	expect(memory.claim('n', 'notification', NOW + 1)).toBe(true);
	expect(memory.claim('n', 'response', NOW + 1)).toBe(false);
});

it('forgets after ten minutes', () => {
	const memory = new NonceMemory();
	memory.claim('r', 'response', NOW);
	expect(memory.claim('r', 'response', NOW + 600_001)).toBe(true);
});

it('forgets as time goes by, and is never larger than it may be', () => {
	const memory = new NonceMemory(100);
	const { size } = { size: () => (memory as unknown as { seen: Map<string, unknown> }).seen.size };
	for (let at = 0; at < 1000; at += 1) {
		memory.claim(`n-${at}`, at % 2 ? 'response' : 'notification', NOW + at);
		expect(size()).toBeLessThanOrEqual(100);
	}
	for (let minute = 1; minute <= 12; minute += 1) {
		memory.claim(`late-${minute}`, 'response', NOW + 1000 + minute * 60_000);
	}
	expect(size()).toBe(11);
});

it('keeps no more than it may, the latest', () => {
	const memory = new NonceMemory(2);
	for (const nonce of ['a', 'b', 'c']) memory.claim(nonce, 'response', NOW);
	expect(memory.claim('c', 'response', NOW)).toBe(false);
	expect(memory.claim('b', 'response', NOW)).toBe(false);
	expect(memory.claim('a', 'response', NOW)).toBe(true);
});
