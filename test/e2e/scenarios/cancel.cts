/** Cancelling the nightly workflow in the middle of its orders. */
import { FakeWechatPay } from '../../support/fake/server.cts';
import { AlertSink } from '../alerts.cts';
import { Database } from '../database.cts';
import { installNightly, night } from '../nightlyWorkflow.cts';
import { pause, until } from '../progress.cts';
import type { ScenarioReport } from '../report.cts';
import { committed, disagreements, openShop, ordersOf, secondValues, tally } from '../shop.cts';
import type { Stage } from '../stage.cts';

const KINDS = { pending: 600, committed: 0, unknownMember: 0, unprepared: 0 };

export async function cancel({ n8n, postgresql }: Stage, report: ScenarioReport): Promise<void> {
	const fake = await FakeWechatPay.start({ tls: false, record: false, delay: 300 });
	const shop = await Database.create(postgresql, 'cancel');
	const alerts = await AlertSink.start();
	const surroundings = { n8n, fake, shop, alerts };
	try {
		await openShop(shop, fake, KINDS);
		const id = await installNightly(surroundings);
		const execution = await n8n.run(id, 'Every Night');
		await until('the first requests', 60, async () => fake.counts.received >= 100);
		await n8n.cancel(execution);
		await pause(2_000);
		const sent = fake.counts.received;
		await pause(3_000);
		report.check('requests later than two seconds after', fake.counts.received - sent, 0);
		report.check('the execution', (await n8n.execution(execution)).status, 'canceled');
		report.note(
			`${sent} of ${KINDS.pending} were sent, WeChat Pay holds ${committed(fake)} as committed`,
		);
		// n8n keeps no output of a node that it cancels: the table knows nothing of these commits.
		report.check('the table says', await tally(shop), { pending: KINDS.pending });

		report.check('the next night: the execution', await night(surroundings, id), 'success');
		report.check('the next night: the table', await tally(shop), { committed: KINDS.pending });
		const differing = disagreements(await ordersOf(shop), fake, new Set());
		report.check('rows that disagree with WeChat Pay', differing, []);
		report.check('committed with two values', secondValues(fake), 0);
	} finally {
		await alerts.stop();
		await fake.stop();
		await shop.drop();
	}
}
