/** Queue mode: a main process and two workers over Redis, one of which dies while WeChat Pay's responses get lost. */
import { FakeWechatPay } from '../../support/fake/server.cts';
import { AlertSink } from '../alerts.cts';
import { Batches } from '../batches.cts';
import { Database } from '../database.cts';
import { installNightly, night } from '../nightlyWorkflow.cts';
import { tell, until } from '../progress.cts';
import { startQueueMode, UNFINISHED } from '../queueMode.cts';
import type { ScenarioReport } from '../report.cts';
import { redis } from '../services.cts';
import { committed, disagreements, openShop, ordersOf, secondValues, tally } from '../shop.cts';
import type { Stage } from '../stage.cts';

const KINDS = { pending: 9_700, committed: 0, unknownMember: 200, unprepared: 100 };
const BATCHES = 20;
/** How long WeChat Pay's responses get lost, in ms: an outage ends by itself, however few requests are sent meanwhile. */
const LOST_FOR_MS = 15_000;

export async function queue(stage: Stage, report: ScenarioReport): Promise<void> {
	const service = await redis();
	const fake = await FakeWechatPay.start({ tls: false, record: false, delay: 20 });
	const shop = await Database.create(stage.postgresql, 'queue_shop');
	const database = await Database.create(stage.postgresql, 'queue_n8n');
	const alerts = await AlertSink.start();
	const n8n = await startQueueMode(stage, { database, redis: service });
	const workers = [n8n.startWorker(1, 2), n8n.startWorker(2, 2)];
	try {
		await openShop(shop, fake, KINDS);
		for (const worker of workers) {
			await until('a worker', 120, async () => /worker is now ready/i.test(worker.log()));
		}
		const surroundings = { n8n, fake, shop, alerts };
		const batches = await Batches.start(surroundings, BATCHES);
		const total = KINDS.pending + KINDS.unknownMember + KINDS.unprepared;
		for (let batch = 0; batch < BATCHES; batch += 1) await batches.run(batch);

		await until('a quarter of the orders', 300, async () => committed(fake) > total / 4);
		const before = { one: finished(workers[0].log()), two: finished(workers[1].log()) };
		await workers[0].kill();
		tell('a worker was killed');
		const lostUntil = Date.now() + LOST_FOR_MS;
		fake.misbehave({
			fault: 'reset-after',
			times: Infinity,
			when: () => Date.now() < lostUntil,
		});
		report.note(
			`when it was killed, ${committed(fake)} orders were committed (executions ended: ${JSON.stringify(before)})`,
		);

		await until(
			'the end of the batches',
			600,
			async () => (await n8n.countExecutions({ status: UNFINISHED })) === 0,
		);
		report.note(
			`after the batches: ${JSON.stringify(await tally(shop))}; WeChat Pay holds ${committed(fake)}`,
		);
		report.check(
			'told committed but not at WeChat Pay',
			(await ordersOf(shop)).filter(
				(row) =>
					row.bonus_status === 'committed' && fake.bonus(row.order_no)?.committed !== row.points,
			).length,
			0,
		);

		// The next night: the shipped workflow, as it is.
		const id = await installNightly(surroundings);
		report.check('the next night: the execution', await night(surroundings, id), 'success');
		report.check('the table', await tally(shop), {
			committed: KINDS.pending,
			'needs attention': KINDS.unknownMember + KINDS.unprepared,
		});
		report.check(
			'rows that disagree with WeChat Pay',
			disagreements(await ordersOf(shop), fake, new Set()),
			[],
		);
		report.check('WeChat Pay: committed', committed(fake), KINDS.pending);
		report.check('WeChat Pay: committed with two values', secondValues(fake), 0);
	} finally {
		for (const worker of workers) if (worker.isRunning()) await worker.stop();
		await n8n.stop();
		await alerts.stop();
		await fake.stop();
		await shop.drop();
		await database.drop();
		await service.stop();
	}
}

function finished(log: string): number {
	return (log.match(/finished execution/gi) ?? []).length;
}
