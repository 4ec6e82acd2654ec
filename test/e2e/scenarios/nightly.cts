/** The shipped nightly workflow over a whole order table. */
import type { INode } from 'n8n-workflow';

import { CODE } from '../../support/fake/scene.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { AlertSink } from '../alerts.cts';
import { Database } from '../database.cts';
import { installNightly, night, type Surroundings } from '../nightlyWorkflow.cts';
import { until } from '../progress.cts';
import type { ScenarioReport } from '../report.cts';
import {
	committed,
	committedAgain,
	disagreements,
	openShop,
	ordersOf,
	prepare,
	tally,
	type Kinds,
	type OrderRow,
} from '../shop.cts';
import type { Stage } from '../stage.cts';

const KINDS = { pending: 9_000, committed: 600, unknownMember: 300, unprepared: 100 };

/** How many of the refused orders somebody mends manually. */
const MENDED = 15;

export async function nightly(stage: Stage, report: ScenarioReport): Promise<void> {
	await nightOver(stage, report, KINDS);
}

/** Four nights over so many orders, the last one started by the schedule. */
export async function nightOver(
	{ n8n, postgresql }: Stage,
	report: ScenarioReport,
	kinds: Kinds,
): Promise<void> {
	const fake = await FakeWechatPay.start({ tls: false, record: false });
	const shop = await Database.create(postgresql, 'shop');
	const alerts = await AlertSink.start();
	const surroundings = { n8n, fake, shop, alerts };
	try {
		await openShop(shop, fake, kinds);
		const before = new Set(
			(await ordersOf(shop)).filter(isCommitted).map(({ order_no: orderNo }) => orderNo),
		);
		const id = await installNightly(surroundings);
		const differing = async () => disagreements(await ordersOf(shop), fake, before);

		const started = Date.now();
		report.check('first night: the execution', await night(surroundings, id), 'success');
		report.note(`first night: ${((Date.now() - started) / 1000).toFixed(1)} s`);
		report.check('first night: the table', await tally(shop), {
			committed: kinds.pending + kinds.committed,
			'needs attention': kinds.unknownMember + kinds.unprepared,
		});
		report.check('first night: rows that disagree with WeChat Pay', await differing(), []);
		report.check('first night: committed at WeChat Pay', committed(fake), kinds.pending);
		report.check('first night: alerts', alerts.texts.length, 1);
		const unexplained = (await ordersOf(shop)).filter(lacksAdvice);
		report.check('first night: rows without code, advice or request ID', unexplained, []);

		await mend(shop, fake);
		const first = fake.counts.received;
		report.check('second night: the execution', await night(surroundings, id), 'success');
		report.check('second night: requests', fake.counts.received - first, MENDED);
		report.check('second night: committed at WeChat Pay', committed(fake), kinds.pending + MENDED);
		report.check('second night: committed again', committedAgain(fake), 0);
		report.check('second night: rows that disagree with WeChat Pay', await differing(), []);

		const second = fake.counts.received;
		report.check('third night: the execution', await night(surroundings, id), 'success');
		report.check('third night: requests', fake.counts.received - second, 0);

		await mend(shop, fake);
		await scheduledNight(surroundings);
		report.check('scheduled night: the table', await tally(shop), {
			committed: kinds.pending + kinds.committed + 2 * MENDED,
			'needs attention': kinds.unknownMember + kinds.unprepared - 2 * MENDED,
		});
		report.check('scheduled night: rows that disagree with WeChat Pay', await differing(), []);
	} finally {
		await alerts.stop();
		await fake.stop();
		await shop.drop();
	}
}

/** The workflow as n8n starts it, but every two seconds, until no order is pending. */
async function scheduledNight(surroundings: Surroundings): Promise<void> {
	const { n8n, shop } = surroundings;
	const id = await installNightly(surroundings, (workflow) => ({
		...workflow,
		nodes: workflow.nodes.map((node) => (node.name === 'Every Night' ? soon(node) : node)),
	}));
	await n8n.activate(id);
	await until('the scheduled night', 120, async () => (await tally(shop)).pending === undefined);
	await n8n.deactivate(id);
}

function soon(schedule: INode): INode {
	const rule = { interval: [{ field: 'seconds', secondsInterval: 2 }] };
	return { ...schedule, parameters: { rule } };
}

/** Somebody gives some of the refused orders the right code, and prepares them. */
async function mend(shop: Database, fake: FakeWechatPay): Promise<void> {
	const fixed = await shop.query<OrderRow>(
		`UPDATE orders SET bonus_status = 'pending', member_code = $1
		 WHERE order_no IN (SELECT order_no FROM orders WHERE member_code = 'nobody' ORDER BY 1 LIMIT ${MENDED})
		 RETURNING *`,
		[CODE],
	);
	for (const { order_no: orderNo, points } of fixed) prepare(fake, orderNo, points);
}

function isCommitted({ bonus_status: status }: OrderRow): boolean {
	return status === 'committed';
}

function lacksAdvice(row: OrderRow): boolean {
	const isExplained = row.bonus_code && row.bonus_advice && row.bonus_request_id;
	return row.bonus_status === 'needs attention' && !isExplained;
}
