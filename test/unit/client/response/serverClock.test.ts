/** A response must have been signed while it was waited for, once WeChat Pay's clock is known. */
import { ServerClock } from '../../../../nodes/client/response/serverClock';

const NOW = 1_800_000_000_000;
const exchange = (signed: number, at = 0) => ({
	signedAt: NOW + signed * 1000,
	sentAt: NOW + at * 1000,
	at: NOW + at * 1000 + 100,
});

it('takes the first as it is, and then allows 30 s', () => {
	const clock = new ServerClock();
	expect(clock.accepts(exchange(100))).toBe(true);
	expect(clock.accepts(exchange(72))).toBe(true);
	expect(clock.accepts(exchange(60))).toBe(false);
	expect(clock.accepts(exchange(60))).toBe(false);
});

it('learns anew from a response of the future, which nobody can sign', () => {
	const clock = new ServerClock();
	clock.accepts(exchange(-200));
	expect(clock.accepts(exchange(0))).toBe(false);
	expect(clock.accepts(exchange(0))).toBe(true);
	expect(clock.accepts(exchange(-200))).toBe(false);
});

it('rejects genuine responses for five minutes at most after a jump of the clock', () => {
	const clock = new ServerClock();
	clock.accepts(exchange(0));
	expect(clock.accepts(exchange(1, 101))).toBe(false);
	expect(clock.accepts(exchange(201, 301))).toBe(true);
	expect(clock.accepts(exchange(202, 302))).toBe(true);
});

it.each([-3600, 3600])(
	'refuses no genuine response after the clock of the machine moved by %d s',
	(off) => {
		const clock = new ServerClock();
		clock.accepts(exchange(0));
		for (let second = 1; second < 5; second += 1) {
			expect(clock.accepts(exchange(second, second + off))).toBe(true);
		}
		// Both clocks, as in a machine that slept.
		expect(clock.accepts(exchange(10 + 7200, 10 + off + 7200))).toBe(true);
	},
);
