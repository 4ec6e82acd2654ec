/** The shipped reconciliation in n8n's engine: the day's bill of the fake WeChat Pay against the orders of the shop. */
import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';

import { Outside } from '../../examples/outside.cts';
import { runExample } from '../../examples/run.cts';
import type { FakeWechatPay } from '../../support/fake/server.cts';
import type { DemoOrder } from './orders.cts';

const DAY_SECONDS = 86_400;
const CHINA_SECONDS = 8 * 3600;

/** What differs between the bill and the shop, and what was made to differ. */
export interface Reconciliation {
	found: IDataObject[];
	planted: string[];
	compared: number;
}

/**
 * Lets every order be paid on the day before, and compares. Amounts are made up, for the orders' file has none; so are
 * the differences: a payment that the shop lacks, one that the bill lacks, an amount, and a refund that the shop lacks.
 */
export async function reconcile(
	wechatPay: FakeWechatPay,
	orders: DemoOrder[],
): Promise<Reconciliation> {
	const numbers = [...new Set(orders.map(({ order_no }) => order_no))].filter(
		(number) => number !== '' && number.length <= 32,
	);
	const paidAt = noonOfYesterday();
	const [missingHere, missingThere, different, refunded] = numbers;
	const rows: IDataObject[] = [];
	for (const [index, number] of numbers.entries()) {
		const fen = 1000 + index * 100;
		const shopFen = number === different ? fen + 1 : fen;
		if (number !== missingThere) {
			wechatPay.addOrder({ out_trade_no: number, total: fen, success_time: paidAt });
		}
		if (number !== missingHere)
			rows.push({ order_no: number, refund_no: null, amount_fen: shopFen });
	}
	if (refunded !== undefined) {
		const number = `R-${refunded}`;
		wechatPay.addRefund({ out_trade_no: refunded, out_refund_no: number, created_at: paidAt });
	}
	// The demo runs at any hour; WeChat Pay has the bill from 10:00.
	wechatPay.setBills({ readyHour: 0 });
	const outside = new Outside({ rows });
	const file = 'reconcile-bill-nightly.json';
	const { error } = await runExample({ file, start: 'Every Morning', wechatPay, outside });
	if (error) throw error;
	const [[inBill, , differences]] = outside.queries['Keep the Report'];
	return {
		found: JSON.parse(String(differences)) as IDataObject[],
		planted: [
			...[missingHere, missingThere, different]
				.filter((number) => number !== undefined)
				.map((number) => `payment ${number}`),
			...(refunded === undefined ? [] : [`refund R-${refunded}`]),
		],
		compared: Number(inBill),
	};
}

/** In China, in Unix seconds. */
function noonOfYesterday(): number {
	const today = Math.floor((Date.now() / 1000 + CHINA_SECONDS) / DAY_SECONDS);
	return (today - 1) * DAY_SECONDS + DAY_SECONDS / 2 - CHINA_SECONDS;
}

/** @returns the table, as text */
export function reconciliationReport({ found, compared }: Reconciliation): string {
	const table = new Table({
		style: { head: [], border: [] },
		head: ['Number', 'What differs', 'Bill (fen)', 'Shop (fen)'],
	});
	table.push(
		...found.map(({ number, what, bill_fen, shop_fen }) =>
			[number, what, bill_fen ?? '', shop_fen ?? ''].map(String),
		),
	);
	const title = `The next morning: ${compared} rows of the bill against the shop, amounts and differences made up`;
	return `\n${title}\n${table.toString()}`;
}

/** Whether all that differs was found, and nothing else. */
export function foundAll({ found, planted }: Reconciliation): boolean {
	const numbers = found.map(({ number }) => String(number));
	return JSON.stringify(numbers.sort()) === JSON.stringify([...planted].sort());
}
