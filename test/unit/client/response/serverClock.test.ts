/** A response must have been signed while it was waited for, once WeChat Pay's clock is known. */
import { ServerClock } from '../../../../nodes/client/response/serverClock';

const NOW = 1_800_000_000_000;
/**
 * @param signed when it was signed, in s of WeChat Pay's clock
 * @param received when it came, in s of our monotonic time
 * @param jumped by how much the wall clock was set meanwhile, in s
 */
const exchange = (signed: number, received = 0, jumped = 0) => ({
	signedAt: NOW + signed * 1000,
	sentAt: received * 1000,
	receivedAt: received * 1000 + 100,
	at: NOW + (received + jumped) * 1000 + 100,
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

it.each([1, 60, 3600, 86_400].flatMap((seconds) => [seconds, -seconds]))(
	'rejects no genuine response, and takes no old one, after the wall clock jumped by %d s',
	(jump) => {
		const clock = new ServerClock();
		clock.accepts(exchange(0));
		for (let second = 1; second < 5; second += 1) {
			expect(clock.accepts(exchange(second, second, jump))).toBe(true);
		}
		expect(clock.accepts(exchange(-40, 5, jump))).toBe(false);
	},
);

it('learns anew where nothing came for five minutes, as in a machine that slept', () => {
	const clock = new ServerClock();
	clock.accepts(exchange(0));
	expect(clock.accepts(exchange(7200, 1, 7199))).toBe(true);
	expect(clock.accepts(exchange(7150, 2, 7199))).toBe(false);
});
