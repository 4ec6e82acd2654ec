import { printable } from '../errors/printable';
import type { Row } from '../response/parseResponse';
import type { StatementColumn, StatementShape } from './statementShape';
import { StatementFormatError, statementValue } from './statementValue';

/** More rows than n8n can hold and hand on. */
export const MAX_STATEMENT_ROWS = 200_000;

/** No line of WeChat Pay's is nearly as long. */
const MAX_LINE_BYTES = 1024 * 1024;

const LINE_FEED = 0x0a;

/** A statement with more rows than can become items. */
export class TooManyRows extends Error {
	override readonly name = 'TooManyRows';
}

/** What a statement says. */
export interface Statement {
	rows: Row[];
	summary: Row;
}

/** How the values of a line are named. */
interface Header {
	columns: Array<StatementColumn | undefined>;
	names: string[];
	/** Where the column stands whose text may hold a separator; -1 for none. */
	free: number;
	before?: { texts: string[]; values: Array<string | number | undefined>; row: Row };
}

/**
 * Reads a statement as its text arrives: a header, the details, the header of the summary, one line of it. Only details
 * and summary have backticks.
 */
export class StatementReader {
	/** The bytes of a line that has not ended. */
	private rest: Uint8Array = Buffer.alloc(0);

	private details?: Header;

	private totals?: Header;

	private rows: Row[] = [];

	private summary?: Row;

	/** @param asked what every row begins with */
	constructor(
		private readonly shape: StatementShape,
		private readonly asked: Row = {},
	) {}

	/** @returns a reader that goes on from here by itself */
	copy(): StatementReader {
		const copy = new StatementReader(this.shape, this.asked);
		const { rest, details, totals, summary } = this;
		return Object.assign(copy, { rest, details, totals, summary, rows: [...this.rows] });
	}

	/** @throws StatementFormatError, TooManyRows */
	write(chunk: Uint8Array): void {
		const bytes = Buffer.concat([this.rest, chunk]);
		const end = bytes.lastIndexOf(LINE_FEED) + 1;
		this.rest = bytes.subarray(end);
		if (this.rest.length > MAX_LINE_BYTES) {
			throw new StatementFormatError('it has a line of more than a million bytes');
		}
		this.read(bytes.toString('utf8', 0, end));
	}

	/** @throws StatementFormatError for a file that is cut off, or that has another number of details than it says */
	end(): Statement {
		this.read(Buffer.from(this.rest).toString());
		const { rows, summary } = this;
		if (!summary) throw new StatementFormatError('it has no summary at its end: it was cut off');
		const count = summary[this.shape.count];
		if (count !== rows.length) {
			throw new StatementFormatError(
				`its summary counts ${String(count ?? 'no')} rows, but it has ${rows.length}`,
			);
		}
		return { rows, summary };
	}

	private read(text: string): void {
		for (const line of text.split('\n')) {
			this.readLine(line.endsWith('\r') ? line.slice(0, -1) : line);
		}
	}

	private readLine(line: string): void {
		if (line.trim() === '') return; // trim() takes a byte order mark as well
		if (this.summary) throw unexpected('a line behind its summary', line);
		if (!this.details) {
			this.details = headerOf(line, this.shape, this.shape.columns);
		} else if (!line.startsWith('`')) {
			if (this.totals) throw unexpected('a line without backticks', line);
			this.totals = headerOf(line, this.shape, this.shape.summary);
		} else if (this.totals) {
			this.summary = rowOf(line, this.totals, {});
		} else {
			if (this.rows.length >= MAX_STATEMENT_ROWS) throw new TooManyRows();
			this.rows.push(rowOf(line, this.details, this.asked));
		}
	}
}

function headerOf(
	line: string,
	{ free }: StatementShape,
	columns: Record<string, StatementColumn>,
): Header {
	const names = line.split(',').map((name) => name.trim().replace(/^`/, ''));
	const plain = names.map((name) => name.replace(/（/g, '(').replace(/）/g, ')'));
	const known = plain.map((name) => (Object.hasOwn(columns, name) ? columns[name] : undefined));
	if (known.every((column) => column === undefined)) throw unexpected('an unknown header', line);
	return { names, columns: known, free: free === undefined ? -1 : plain.indexOf(free) };
}

/**
 * Columns that WeChat Pay has added keep their Chinese header. Most values are the same as in the row before: they are
 * made and kept once, and a row with the same columns begins as a copy of the one before, which is several times faster.
 *
 * @param asked what every row begins with
 */
function rowOf(line: string, header: Header, asked: Row): Row {
	const { columns, names, free, before } = header;
	const texts = valuesOf(line, names.length, free);
	const values = texts.map((text, index) =>
		text === before?.texts[index] ? before.values[index] : valueOf(text, columns[index]),
	);
	const isAlike = before?.values.every(
		(value, index) => (value === undefined) === (values[index] === undefined),
	);
	const row = { ...(isAlike ? before?.row : asked) };
	for (const [index, value] of values.entries()) {
		if (value === undefined || (isAlike && value === before?.values[index])) continue;
		row[columns[index]?.key ?? names[index]] = value;
	}
	header.before = { texts, values, row };
	return row;
}

function valueOf(text: string, column?: StatementColumn): string | number | undefined {
	if (column) return statementValue(text, column);
	return text === '' ? undefined : text;
}

function valuesOf(line: string, count: number, free: number): string[] {
	const values = line.slice(1).split(',`');
	const more = values.length - count;
	if (more === 0) return values;
	if (more < 0 || free < 0) {
		throw unexpected(`a row of ${values.length} values below ${count} headers`, line);
	}
	// The separator is not escaped there: its place is counted from both ends.
	const text = values.slice(free, free + more + 1).join(',`');
	return [...values.slice(0, free), text, ...values.slice(free + more + 1)];
}

function unexpected(what: string, line: string): StatementFormatError {
	return new StatementFormatError(`it has ${what}: ${printable(line)}`);
}
