/** The order system of a shop, and what WeChat Pay holds of the same orders. */
import type { FakeWechatPay } from '../support/fake/server.cts';
import { CARD, CODE } from '../support/fake/scene.cts';
import type { Database } from './database.cts';

/** How many orders of each kind. */
export interface Kinds {
	/** Prepared, booked, to be committed. */
	pending: number;
	/** Committed in an earlier night. */
	committed: number;
	/** Booked, but WeChat Pay will refuse them: the code is nobody's. */
	unknownMember: number;
	/** Booked, but nobody prepared them. */
	unprepared: number;
}

const SAME = { card_id: CARD, code: CODE };

export interface OrderRow {
	order_no: string;
	points: number;
	bonus_status: string;
	bonus_code: string | null;
	bonus_advice: string | null;
	bonus_request_id: string | null;
}

/** Has WeChat Pay show the points of an order, as the shop does before the payment. */
export function prepare(fake: FakeWechatPay, orderNo: string, points: number): void {
	fake.prepareBonus({ ...SAME, out_trade_no: orderNo, bonus_value: points });
}

/** Fills table and fake with the same orders, in a mixed order. */
export async function openShop(
	database: Database,
	fake: FakeWechatPay,
	kinds: Kinds,
): Promise<void> {
	await database.query(
		`CREATE TABLE orders (order_no text PRIMARY KEY, card_id text NOT NULL, member_code text NOT NULL, sub_mchid text,
		 points integer NOT NULL, bonus_status text, bonus_code text, bonus_advice text, bonus_request_id text)`,
	);
	fake.addCard({ card_id: CARD });
	fake.addMember(SAME);
	const rows = Object.entries(kinds).flatMap(([kind, count]) =>
		Array.from({ length: count }, (_, index) => ({ kind, index })),
	);
	const total = rows.length;
	const orders = rows.map(({ kind, index }, place) => ({
		// Kinds stand between each other: a number prime to all counts spreads them.
		order_no: `O${String((place * 7919) % total).padStart(6, '0')}`,
		member_code: kind === 'unknownMember' ? 'nobody' : CODE,
		points: 1 + (index % 500),
		bonus_status: kind === 'committed' ? 'committed' : 'pending',
		kind,
	}));
	for (const { kind, order_no, points } of orders) {
		if (kind === 'pending' || kind === 'committed') {
			prepare(fake, order_no, points);
		}
	}
	await database.query(
		`INSERT INTO orders (order_no, card_id, member_code, points, bonus_status)
		 SELECT order_no, $1, member_code, points, bonus_status
		 FROM json_to_recordset($2) AS given (order_no text, member_code text, points integer, bonus_status text)`,
		[CARD, JSON.stringify(orders)],
	);
}

export async function ordersOf(database: Database): Promise<OrderRow[]> {
	return await database.query<OrderRow>('SELECT * FROM orders ORDER BY order_no');
}

/** How many orders have each status. */
export async function tally(database: Database): Promise<Record<string, number>> {
	const rows = await database.query<{ status: string; count: string }>(
		`SELECT coalesce(bonus_status, 'none') AS status, count(*) AS count FROM orders GROUP BY 1 ORDER BY 1`,
	);
	return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
}

/** Row by row: what the table says against what WeChat Pay holds. @returns the rows that disagree */
export function disagreements(
	rows: OrderRow[],
	fake: FakeWechatPay,
	before: Set<string>,
): string[] {
	return rows.flatMap((row) => {
		const { committed, commits = 0 } = fake.bonus(row.order_no) ?? {};
		const says = row.bonus_status === 'committed' && !before.has(row.order_no);
		const where = `${row.order_no} is ${row.bonus_status}, WeChat Pay holds ${committed ?? 'nothing'}`;
		if (says && committed !== row.points) return [where];
		if (!says && committed !== undefined) return [where];
		if (commits > 1 && committed !== row.points) return [`${where} after ${commits} commits`];
		return [];
	});
}

/** How many orders WeChat Pay holds as committed. */
export function committed({ bonuses }: FakeWechatPay): number {
	return bonuses.filter(({ committed: value }) => value !== undefined).length;
}

/** How many were committed again, the same or another value. */
export function committedAgain({ bonuses }: FakeWechatPay): number {
	return bonuses.filter(({ commits }) => commits > 1).length;
}

/** How many have another value than was prepared. */
export function secondValues({ bonuses }: FakeWechatPay): number {
	return bonuses.filter(
		({ prepared, committed: value }) => value !== undefined && value !== prepared,
	).length;
}
