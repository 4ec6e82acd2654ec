/** A day of 10,000 orders, compared with WeChat Pay's bill by the shipped workflow. */
import type { FakeWechatPay } from '../support/fake/server.cts';
import { isPaid } from '../support/fake/trade/order.cts';
import type { Database } from './database.cts';
import type { PaymentShop } from './paymentShop.cts';
import type { ScenarioReport } from './report.cts';

const ORDERS = 10_000;
const REFUNDS = 200;

/** How many of each kind are made to differ. */
const MISSING_HERE = 7;
const MISSING_THERE = 5;
const DIFFERENT = 4;

/** A payment or a refund. */
interface Entry {
	order_no: string;
	refund_no: string | null;
	amount_fen: number;
}

/** Lets yesterday be the day on which all was paid, adds the orders of a whole day, spoils some, and compares. */
export async function reconcileADay(shop: PaymentShop, report: ScenarioReport): Promise<void> {
	const { fake, database } = shop;
	fake.letDaysPass(1);
	await database.query("UPDATE orders SET paid_at = paid_at - interval '1 day'");
	await database.query("UPDATE refunds SET refunded_at = refunded_at - interval '1 day'");
	const paidAt = fake.orders[0].success_time;
	openDay(fake, paidAt);
	const here = await keepDay(database, paidAt, entriesOf(fake).filter(isOfDay));

	const started = Date.now();
	report.check('the reconciliation', await shop.reconcile(), 'success');
	report.note(`the reconciliation: ${((Date.now() - started) / 1000).toFixed(1)} s`);
	const found = await reports(database);
	report.check('reports', found.length, 1);
	report.check('rows of the bill', found[0].in_bill, entriesOf(fake).length);
	report.check('rows of the shop', found[0].in_shop, here);
	report.check(
		'what differs',
		found[0].differences.map(({ number, what }) => `${number} ${what}`).sort(),
		await differences(fake, database),
	);
	report.check('alerts', shop.alerts.texts.length, 1);

	await mend(fake, database, paidAt);
	report.check('the reconciliation of what was mended', await shop.reconcile(), 'success');
	report.check('reports after it', await reports(database), [
		{ in_bill: entriesOf(fake).length, in_shop: entriesOf(fake).length, differences: [] },
	]);
	report.check('alerts after it', shop.alerts.texts.length, 1);
}

const isOfDay = ({ order_no: number }: Entry) => number.startsWith('DAY');

function openDay(fake: FakeWechatPay, paidAt: number): void {
	for (let index = 0; index < ORDERS; index += 1) {
		const number = `DAY${String(index).padStart(6, '0')}`;
		fake.addOrder({ out_trade_no: number, total: 100 + (index % 900), success_time: paidAt });
	}
	for (const { out_trade_no: number, total } of fake.orders.slice(-REFUNDS)) {
		const refund = Math.ceil(total / 2);
		fake.addRefund({
			out_trade_no: number,
			out_refund_no: `R-${number}`,
			refund,
			created_at: paidAt,
		});
	}
}

/** What WeChat Pay has on record. */
function entriesOf({ orders, refunds }: FakeWechatPay): Entry[] {
	return [
		...orders.filter(isPaid).map(({ out_trade_no, total }) => ({
			order_no: out_trade_no,
			refund_no: null,
			amount_fen: total,
		})),
		...refunds.map(({ order, out_refund_no, refund }) => ({
			order_no: order.out_trade_no,
			refund_no: out_refund_no,
			amount_fen: refund,
		})),
	];
}

/** The shop's own record of the day, which differs here and there. @returns how many rows the shop has of it */
async function keepDay(database: Database, paidAt: number, entries: Entry[]): Promise<number> {
	const payments = entries.filter(({ refund_no: refund }) => refund === null);
	const refunds = entries.filter(({ refund_no: refund }) => refund !== null);
	await insert(database, paidAt, [...spoiled(payments), ...spoiled(refunds)]);
	const [{ count }] = await database.query<{ count: number }>(
		`SELECT (SELECT count(*) FROM orders WHERE paid_at IS NOT NULL)::int
		 + (SELECT count(*) FROM refunds WHERE refunded_at IS NOT NULL)::int AS count`,
	);
	return count;
}

function spoiled(entries: Entry[]): Entry[] {
	const kept = entries.slice(MISSING_HERE).map((entry, index) => ({
		...entry,
		amount_fen: entry.amount_fen + (index < DIFFERENT ? 1 : 0),
	}));
	const foreign = kept.slice(0, MISSING_THERE).map(({ order_no, refund_no, amount_fen }) => ({
		order_no: refund_no === null ? `X${order_no}` : order_no,
		refund_no: refund_no === null ? null : `X${refund_no}`,
		amount_fen,
	}));
	return [...kept, ...foreign];
}

async function insert(database: Database, paidAt: number, entries: Entry[]): Promise<void> {
	const given =
		'json_to_recordset($1) AS given (order_no text, refund_no text, amount_fen integer)';
	const values = [JSON.stringify(entries), paidAt];
	await database.query(
		`INSERT INTO orders (order_no, amount_fen, status, paid_at)
		 SELECT order_no, amount_fen, 'paid', to_timestamp($2) FROM ${given} WHERE refund_no IS NULL`,
		values,
	);
	await database.query(
		`INSERT INTO refunds (order_no, refund_no, amount_fen, status, refunded_at)
		 SELECT order_no, refund_no, amount_fen, 'refunded', to_timestamp($2) FROM ${given} WHERE refund_no IS NOT NULL`,
		values,
	);
}

/** The shop books what it had missed. */
async function mend(fake: FakeWechatPay, database: Database, paidAt: number): Promise<void> {
	await database.query('DELETE FROM orders');
	await database.query('DELETE FROM refunds');
	await insert(database, paidAt, entriesOf(fake));
}

/** What the records of WeChat Pay and the tables of the shop say of each other. */
async function differences(fake: FakeWechatPay, database: Database): Promise<string[]> {
	const rows = await database.query<Entry>(
		`SELECT order_no, NULL AS refund_no, amount_fen FROM orders WHERE paid_at IS NOT NULL
		 UNION ALL SELECT order_no, refund_no, amount_fen FROM refunds WHERE refunded_at IS NOT NULL`,
	);
	const here = byNumber(rows);
	const there = byNumber(entriesOf(fake));
	const all = new Set([...here.keys(), ...there.keys()]);
	return [...all]
		.filter((number) => here.get(number) !== there.get(number))
		.map((number) => {
			if (!here.has(number)) return `${number} in the bill only`;
			return `${number} ${there.has(number) ? 'amounts differ' : 'in the shop only'}`;
		})
		.sort();
}

function byNumber(entries: Entry[]): Map<string, number> {
	return new Map(
		entries.map(({ order_no, refund_no, amount_fen }) => [
			refund_no === null ? `payment ${order_no}` : `refund ${refund_no}`,
			amount_fen,
		]),
	);
}

interface ReconciliationReport {
	in_bill: number;
	in_shop: number;
	differences: Array<{ number: string; what: string }>;
}

async function reports(database: Database): Promise<ReconciliationReport[]> {
	return await database.query('SELECT in_bill, in_shop, differences FROM reconciliations');
}
