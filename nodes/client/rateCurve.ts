/** How long the way back to the known rate takes at `REFERENCE_RATE`, in ms. */
const RETURN_TIME = 4500;
const REFERENCE_RATE = 5;
/** ... and so many requests at least, so that a low limit is not met with every few of them. */
const MIN_RETURN_REQUESTS = 10;
/**
 * Higher rates return a little slower. Workers that share a limit thereby approach each other: the slower one is back
 * first and gains on the faster one.
 */
const RETURN_TIME_EXPONENT = 1 / 6;
/** How fast the rate grows beyond the known one: in `t` seconds by `GROWTH * known ** GROWTH_EXPONENT * t ** 3`. */
const GROWTH = 0.01;
const GROWTH_EXPONENT = 0.75;

/**
 * The cubic curve of TCP CUBIC (RFC 9438), for rates: back to the known rate fast at first and slowly at last, a while
 * near it, and beyond it slowly at first and ever faster.
 *
 * @param known the highest rate that is believed to be accepted, requests per second
 * @param start the rate after the last cut, requests per second; less than `known`
 * @param elapsed ms since the last cut
 * @returns requests per second
 */
export function cubicRate(known: number, start: number, elapsed: number): number {
	const returnTime = Math.max(
		RETURN_TIME * (known / REFERENCE_RATE) ** RETURN_TIME_EXPONENT,
		(MIN_RETURN_REQUESTS / known) * 1000,
	);
	if (elapsed < returnTime) {
		return known - (known - start) * (1 - elapsed / returnTime) ** 3;
	}
	const seconds = (elapsed - returnTime) / 1000;
	return known + GROWTH * known ** GROWTH_EXPONENT * seconds ** 3;
}
