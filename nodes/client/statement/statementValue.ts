import { printable } from '../errors/printable';
import type { StatementColumn } from './statementShape';

/** A value that is not written as WeChat Pay documents it. */
export class StatementFormatError extends Error {
	override readonly name = 'StatementFormatError';
}

/**
 * A value of a statement as WeChat Pay's APIs have it.
 *
 * @param text without its backtick
 * @returns undefined for a value that is empty, or stands for none
 * @throws StatementFormatError for an amount or a count that is none
 */
export function statementValue(
	text: string,
	{ kind }: Pick<StatementColumn, 'kind'>,
): string | number | undefined {
	if (text === '') return undefined;
	switch (kind) {
		case 'amount':
			return fen(text);
		case 'count':
			return count(text);
		case 'time':
			return time(text);
		case 'goods':
			return unescaped(text);
		case 'number':
			return text === '0' ? undefined : text;
		default:
			return text;
	}
}

const YUAN = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/**
 * Moves the point instead of multiplying, which is not exact. A fee may have more than two decimals; what is less than a
 * fen is kept behind the point.
 */
function fen(text: string): number {
	const [, sign, yuan, decimals = ''] = YUAN.exec(text) ?? [];
	if (yuan === undefined)
		throw new StatementFormatError(`it has an amount that is none: ${printable(text)}`);
	const amount = Number(
		`${yuan}${decimals.slice(0, 2).padEnd(2, '0')}.${decimals.slice(2) || '0'}`,
	);
	return sign === '-' && amount > 0 ? -amount : amount;
}

function count(text: string): number {
	if (/^\d+(\.0*)?$/.test(text)) return Number(text);
	throw new StatementFormatError(`it has a number that is none: ${printable(text)}`);
}

/** China's time, which the file has without its offset. */
function time(text: string): string {
	return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}+08:00` : text;
}

/** What stands behind a backslash; a comma cannot be told from U+E000 any more, which nobody writes. */
const ESCAPES: Record<string, string> = {
	...Object.fromEntries(['\\', "'", '"', '`', '\x1a'].map((character) => [character, character])),
	'140': '`',
	n: '\n',
	r: '\r',
	t: '\t',
	' ': ',',
};

function unescaped(text: string): string {
	if (!text.includes('\\')) return text;
	return text.replace(/\\(140|.)/gs, (whole, escaped: string) => ESCAPES[escaped] ?? whole);
}
