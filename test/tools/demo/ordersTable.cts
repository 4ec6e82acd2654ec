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

/**
 * @param file as messages name it
 * @throws OrdersFileError for a text that is no table, or a row that has more cells than the header
 */
export function readTable(file: string, text: string): Table {
	const { separator, body, linesBefore } = separatorOf(text);
	const [header, ...rows] = parseRows(file, body, separator);
	const used = rows.map(({ cells, line }) => ({ cells, line: line + linesBefore }));
	for (const { cells, line } of used) {
		if (cells.length > header.cells.length) {
			throw new OrdersFileError(
				`${file}, line ${line} has ${cells.length} cells, the header has ${header.cells.length}. ` +
					'A cell that contains the separator must stand in double quotes.',
			);
		}
	}
	return { header: header?.cells ?? [], rows: used };
}

/** Excel's own first line, such as `sep=;`, else what splits the header into most names that are known. */
function separatorOf(text: string): { separator: string; body: string; linesBefore: number } {
	const [told, separator] = /^sep=(.)\r?\n/i.exec(text) ?? [];
	if (told) return { separator, body: text.slice(told.length), linesBefore: 1 };
	const sample = text.trimStart().slice(0, 10_000);
	const known = (candidate: string) => splitHeader(sample, candidate).filter(columnOf).length;
	const [best] = [...SEPARATORS].sort((a, b) => known(b) - known(a));
	return { separator: best, body: text, linesBefore: 0 };
}

/** A guess, for which a header cut off or quoted in its own way will do. */
function splitHeader(text: string, separator: string): string[] {
	try {
		const [header = []] = parse(text, { ...READING, delimiter: separator, to: 1 }) as string[][];
		return header.map(cellText);
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
