import { toHalfWidth, trimText } from '../../apiv3/trimText';
import { ValidationError } from '../spec';

/** Of arithmetic with fractions of two, such as 19.9 * 100; a real fraction of a fen is further away. */
const ROUNDING = 1e-6;

/** As people write yuan: digits, perhaps in groups of three, and one or two behind a point. */
const YUAN = /^\+?(\d+|\d{1,3}(?:,\d{3})+)\.\d{1,2}$/;

/**
 * Refuses an amount that has a fraction, or a point: yuan are taken for fen far too easily, and nothing is rounded
 * unseen.
 *
 * @param value of a field in fen
 * @throws ValidationError; the message continues "'Label' …"
 */
export function checkFen(value: unknown): void {
	const written = typeof value === 'string' ? toHalfWidth(trimText(value)) : String(value);
	const number = Number(written.replace(/,/g, ''));
	const near = Math.round(number);
	if (Math.abs(number) > ROUNDING && number !== near && Math.abs(number - near) < ROUNDING) {
		throw new ValidationError(
			`is an amount in fen, a whole number; it is ${written}, near ${near}: round it where it is calculated, e.g. Math.round(19.9 * 100)`,
		);
	}
	if (YUAN.test(written)) {
		throw new ValidationError(
			`is an amount in fen, a whole number: ${number.toFixed(2)} yuan is ${Math.round(number * 100)} fen`,
		);
	}
}
