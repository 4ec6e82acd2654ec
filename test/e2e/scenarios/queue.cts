/** Queue mode: a main process and two workers over Redis, one of which dies while WeChat Pay's responses get lost. */
import { Batches } from '../batches.cts';
import { installNightly, night } from '../nightlyWorkflow.cts';
import { tell, until } from '../progress.cts';
import { inQueueMode, UNFINISHED } from '../queueMode.cts';
import type { ScenarioReport } from '../report.cts';
import { committed, disagreements, ordersOf, secondValues, tally } from '../shop.cts';
import type { Stage } from '../stage.cts';

const KINDS = { pending: 9_700, committed: 0, unknownMember: 200, unprepared: 100 };
const BATCHES = 20;
/** How long WeChat Pay's responses get lost, in ms: an outage ends by itself, however few requests are sent meanwhile. */
const LOST_FOR_MS = 15_000;

export async function queue(stage: Stage, report: ScenarioReport): Promise<void> {
	const wechatPay = { tls: false, record: false, delay: 20 };
	const mode = { name: 'queue', wechatPay, kinds: KINDS, concurrency: 2 };
	await inQueueMode(stage, mode, async (surroundings, workers) => {
		const { n8n, fake, shop } = surroundings;
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
	});
}

function finished(log: string): number {
	return (log.match(/finished execution/gi) ?? []).length;
}
