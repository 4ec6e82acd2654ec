/** The orders file of the demo: a CSV as an order system or a spreadsheet exports it. */
import path from 'node:path';

import type { Order } from '../../support/engine/bonusWorkflow.cts';
import { columnOf, OPTIONAL, REQUIRED, type Column } from './columns.cts';
import { OrdersFileError } from './ordersFileError.cts';
import { checkWidths, readTable, type Row, type Table } from './ordersTable.cts';
import { readOrdersText } from './ordersText.cts';

export { OrdersFileError };

export const SHIPPED = path.join(__dirname, '..', '..', '..', 'examples', 'orders.csv');

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

/** A number of which a spreadsheet kept only what it showed, such as 4.78E+11. */
export interface LostNumber {
	line: number;
	/** As the file has it. */
	header: string;
	value: string;
}

export interface OrdersFile {
	orders: DemoOrder[];
	/** The numbers for which their orders are not among `orders`. */
	lost: LostNumber[];
}

type Positions = Partial<Record<Column, number>>;

/**
 * @param file path of a CSV file with a header line, in UTF-8, UTF-16 or GBK
 * @throws OrdersFileError for a file that can't be read, has no orders, or lacks a column
 */
export function readOrders(file: string): OrdersFile {
	const { text, encoding } = readOrdersText(file);
	const table = readTable(file, text);
	if (table.rows.length === 0) {
		throw new OrdersFileError(
			`${file} has no orders: it needs a header line and one line an order.`,
		);
	}
	const positions = positionsOf(file, table, encoding);
	checkWidths(file, table);
	const lost = table.rows.flatMap((row) => lostNumbers(row, positions, table.header));
	const withLoss = new Set(lost.map(({ line }) => line));
	const kept = table.rows.filter(({ line }) => !withLoss.has(line));
	return { orders: kept.map((row) => toOrder(row, positions)), lost };
}

function positionsOf(file: string, { header }: Table, encoding: string): Positions {
	const positions: Positions = {};
	header.forEach((name, position) => {
		const column = columnOf(name);
		if (column === undefined) return;
		const other = positions[column];
		if (other !== undefined) {
			throw new OrdersFileError(
				`${file} has two columns for ${column}: ${header[other]}, ${name}. Rename or delete one.`,
			);
		}
		positions[column] = position;
	});
	const missing = REQUIRED.filter((column) => positions[column] === undefined);
	if (missing.length > 0) {
		throw new OrdersFileError(
			`${file} has no column ${missing.join(', ')}. Its first line must name ${REQUIRED.join(', ')}` +
				` or 订单号, 卡ID, 卡号, 积分 (and may name ${OPTIONAL.join(', ')}); read as ${encoding}, it names ` +
				`${header.map((name) => name || '(nothing)').join(', ')}.`,
		);
	}
	return positions;
}

/** What spreadsheets write for a number too long for them, or too wide for its column. */
const LOST = /^(\d+([.,]\d+)?E\+\d+|#{2,})$/i;

function lostNumbers({ cells, line }: Row, positions: Positions, header: string[]): LostNumber[] {
	return Object.values(positions)
		.map((position) => ({ line, header: header[position], value: cells[position] ?? '' }))
		.filter(({ value }) => LOST.test(value));
}

function toOrder({ cells }: Row, positions: Positions): DemoOrder {
	const values = Object.entries(positions).map(([column, position]) => [
		column,
		cells[position] ?? '',
	]);
	return Object.fromEntries(values) as DemoOrder;
}

/** @returns what the user has to know and do about numbers that are lost; empty for none */
export function lostReport(lost: LostNumber[]): string {
	if (lost.length === 0) return '';
	const orders = new Set(lost.map(({ line }) => line)).size;
	return [
		`\nNot sent: ${orders} ${orders === 1 ? 'order' : 'orders'}, of which a spreadsheet has lost a number:`,
		...lost.map(({ line, header, value }) => `  line ${line}: ${header} ${value}`),
		"The digits are no longer in the file. Export it again, and format these columns as 'Text' before the spreadsheet reads it.",
	].join('\n');
}
