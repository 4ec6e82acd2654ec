/** The table in an orders file: its separator, its rows, and its cells as people meant them. */
import { parse } from 'csv-parse/sync';

import { columnOf } from './columns.cts';
import { OrdersFileError } from './ordersFileError.cts';

/** A line of the table, with the number that an editor shows for it. */
export interface Row {
	cells: string[];
	line: number;
}

export interface Table {
	header: string[];
	rows: Row[];
}

const SEPARATORS = [',', ';', '\t', '|', '，', '；'];

/** Shop systems write a title or two above the header. */
const MOST_LINES_ABOVE = 10;

/**
 * @param file as messages name it
 * @throws OrdersFileError for a text that is no table
 */
export function readTable(file: string, text: string): Table {
	const { separator, body, linesBefore } = separatorOf(text);
	const rows = parseRows(file, body, separator);
	const at = Math.max(headerIndex(rows.map(({ cells }) => cells)), 0);
	return {
		header: rows[at]?.cells ?? [],
		rows: rows.slice(at + 1).map(({ cells, line }) => ({ cells, line: line + linesBefore })),
	};
}

/** @throws OrdersFileError for a row that has more cells than the header, so that some are not where they belong */
export function checkWidths(file: string, { header, rows }: Table): void {
	for (const { cells, line } of rows) {
		if (cells.length > header.length) {
			throw new OrdersFileError(
				`${file}, line ${line} has ${cells.length} cells, the header has ${header.length}. ` +
					'A cell that contains the separator must stand in double quotes.',
			);
		}
	}
}

/** @returns where the first row is that names two columns; -1 for none */
function headerIndex(rows: string[][]): number {
	return rows.slice(0, MOST_LINES_ABOVE).findIndex((cells) => knownIn(cells) > 1);
}

function knownIn(cells: string[]): number {
	return cells.filter(columnOf).length;
}

/** Excel's own first line, such as `sep=;`, else what splits the header into most names that are known. */
function separatorOf(text: string): { separator: string; body: string; linesBefore: number } {
	const [told, separator] = /^sep=(.)\r?\n/i.exec(text) ?? [];
	if (told) return { separator, body: text.slice(told.length), linesBefore: 1 };
	const known = (candidate: string) =>
		Math.max(0, ...firstRows(text, candidate).map((cells) => knownIn(cells)));
	const [best] = [...SEPARATORS].sort((a, b) => known(b) - known(a));
	return { separator: best, body: text, linesBefore: 0 };
}

/** Of a separator that may be the wrong one, for which the text may not even be a table. */
function firstRows(text: string, delimiter: string): string[][] {
	try {
		const rows = parse(text, { ...READING, delimiter, to: MOST_LINES_ABOVE }) as string[][];
		return rows.map((cells) => cells.map(cellText));
	} catch {
		return [];
	}
}

/** `="…"` has quotes inside a cell; WPS leaves out empty cells at the end of a row. */
const READING = {
	record_delimiter: ['\r\n', '\n', '\r'],
	relax_quotes: true,
	relax_column_count: true,
	skip_empty_lines: true,
};

/** @returns the rows that have anything in them, without the empty cells at their ends */
function parseRows(file: string, text: string, delimiter: string): Row[] {
	try {
		const records = parse(text, { ...READING, delimiter, info: true }) as unknown as Array<{
			record: string[];
			info: { lines: number };
		}>;
		return records
			.map(({ record, info }) => ({ cells: trimEnd(record.map(cellText)), line: info.lines }))
			.filter(({ cells }) => cells.length > 0);
	} catch (error) {
		throw new OrdersFileError(`${file} is not a CSV file: ${(error as Error).message}.`);
	}
}

/** What keeps a spreadsheet from making a number of a cell is not part of it: `="…"`, an apostrophe or a backtick before. */
export function cellText(cell: string): string {
	const [, formula] = /^=\s*"(.*)"$/s.exec(trimmed(cell)) ?? [];
	return trimmed(trimmed(formula?.replaceAll('""', '"') ?? cell).replace(/^[`'’‘]+/, ''));
}

/** White space, and the invisible characters that copying adds. */
function trimmed(text: string): string {
	return text.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
}

function trimEnd(cells: string[]): string[] {
	const filled = cells.map((cell) => cell !== '');
	return cells.slice(0, filled.lastIndexOf(true) + 1);
}
