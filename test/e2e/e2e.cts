/**
 * `npm run e2e [-- scenario …]`: the packed package in a real n8n, with what a shop has around it.
 *
 * The first run installs what it needs (minutes, and gigabytes in the cache); later ones start within a minute.
 */
import { Database } from './database.cts';
import { n8n2 } from './machine.cts';
import { N8nServer } from './n8n.cts';
import { packed } from './package.cts';
import { step, tell } from './progress.cts';
import { Report, REPORT, type ScenarioReport } from './report.cts';
import { agent } from './scenarios/agent.cts';
import { cancel } from './scenarios/cancel.cts';
import { editor } from './scenarios/editor.cts';
import { httpRequest } from './scenarios/httpRequest.cts';
import { nightly } from './scenarios/nightly.cts';
import { notifications } from './scenarios/notifications.cts';
import { queue } from './scenarios/queue.cts';
import { olderN8n } from './scenarios/olderN8n.cts';
import { payments } from './scenarios/payments.cts';
import { payouts } from './scenarios/payouts.cts';
import { workers } from './scenarios/workers.cts';
import { postgresql } from './services.cts';
import type { Stage } from './stage.cts';

const SCENARIOS: Record<string, (stage: Stage, report: ScenarioReport) => Promise<void>> = {
	// First, as for somebody who has no credential yet.
	editor,
	nightly,
	cancel,
	httpRequest,
	notifications,
	payments,
	payouts,
	queue,
	workers,
	olderN8n,
	agent,
};

/** Another run at the same time needs another one, 200 away. */
const PORT = Number(process.env.E2E_PORT ?? 5720);

async function main(wanted: string[]): Promise<void> {
	const names = wanted.length > 0 ? wanted : Object.keys(SCENARIOS);
	const unknown = names.find((name) => !(name in SCENARIOS));
	if (unknown)
		throw new Error(`There is no scenario '${unknown}': ${Object.keys(SCENARIOS).join(', ')}`);

	const service = await step('PostgreSQL', postgresql);
	const installed = await step('n8n 2', n8n2);
	const unpacked = await step('Packing the package', async () => packed());
	const database = await Database.create(service, 'n8n');
	const n8n = await N8nServer.start({ n8n: installed, unpacked, database, port: PORT });
	const report = new Report();
	for (const name of names) {
		tell(name);
		await report.scenario(
			name,
			async (section) =>
				await SCENARIOS[name](
					{ n8n, setting: { n8n: installed, unpacked }, postgresql: service, port: PORT },
					section,
				),
		);
	}
	await n8n.stop();
	await database.drop();
	await service.stop();
	console.log(`\n${report.summary()}\n\nThe whole report: ${REPORT}/report.md`);
	process.exitCode = report.passed ? 0 : 1;
}

main(process.argv.slice(2)).then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
