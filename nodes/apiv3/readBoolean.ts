import { toHalfWidth, trimText } from './trimText';

const YES = ['true', 'yes', 'on', '1', '是'];
const NO = ['false', 'no', 'off', '0', '否'];

/**
 * A boolean as forms, expressions, spreadsheets and databases give it: one meaning wherever the package reads one.
 *
 * @returns undefined for what is neither true nor false
 */
export function readBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const word = toHalfWidth(trimText(String(value))).toLowerCase();
	if (YES.includes(word)) return true;
	return NO.includes(word) ? false : undefined;
}
