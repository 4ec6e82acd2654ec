/** The orders file of the demo: a CSV as an order system would export it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'csv-parse/sync';

import type { Order } from '../../support/engine/bonusWorkflow.cts';

export const SHIPPED = path.join(__dirname, '..', '..', '..', 'examples', 'orders.csv');

const REQUIRED = ['order_no', 'card_id', 'member_code', 'points'];
const OPTIONAL = ['sub_mchid', 'scenario'];

/** A row of the file; all values are text, as CSV has nothing else. */
export interface DemoOrder extends Order {
	order_no: string;
	card_id: string;
	member_code: string;
	points: string;
	sub_mchid?: string;
	/** What the fake WeChat Pay does with this order (see scenarios.cts); empty for nothing unusual. */
	scenario?: string;
}

/** A file that the demo can't use; the message says what to change. */
export class OrdersFileError extends Error {}

/**
 * @param file path of a CSV file with a header line
 * @throws OrdersFileError for a file that can't be read, has no orders, or lacks a column
 */
export function readOrders(file: string): DemoOrder[] {
	const rows = parseCsv(file, readText(file));
	if (rows.length === 0) {
		throw new OrdersFileError(
			`${file} has no orders: it needs a header line and one line an order.`,
		);
	}
	const columns = Object.keys(rows[0]);
	const missing = REQUIRED.filter((column) => !columns.includes(column));
	if (missing.length > 0) {
		throw new OrdersFileError(
			`${file} has no column ${missing.join(', ')}. Its first line must name ${REQUIRED.join(', ')}` +
				` (and may name ${OPTIONAL.join(', ')}); it names ${columns.join(', ')}.`,
		);
	}
	return rows;
}

function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const reason = code === 'ENOENT' ? 'there is no such file' : code;
		throw new OrdersFileError(`${file} can't be read: ${reason}.`);
	}
}

function parseCsv(file: string, text: string): DemoOrder[] {
	try {
		return parse(text, { bom: true, columns: true, skip_empty_lines: true, trim: true });
	} catch (error) {
		throw new OrdersFileError(`${file} is not a CSV file: ${(error as Error).message}.`);
	}
}
