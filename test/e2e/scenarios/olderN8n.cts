/** The newest n8n 1, on the Node of this machine: the engine tests, and a night and a notification in the whole of it. */
import path from 'node:path';

import { Database } from '../database.cts';
import { engine1, n8n1 } from '../machine.cts';
import { N8nServer } from '../n8n.cts';
import { run } from '../processes.cts';
import { step } from '../progress.cts';
import type { ScenarioReport } from '../report.cts';
import type { Stage } from '../stage.cts';
import { chooseByHand } from './httpRequest.cts';
import { nightOver } from './nightly.cts';
import { notifications } from './notifications.cts';

const ROOT = path.join(__dirname, '..', '..', '..');
const KINDS = { pending: 900, committed: 60, unknownMember: 30, unprepared: 10 };

/** Everything that runs in n8n's engine. */
const ENGINE_TESTS = [
	'test/engine',
	'test/unit/WechatPayTrigger',
	'test/unit/credentials',
	'test/examples',
	'test/golden',
];

export async function olderN8n(stage: Stage, report: ScenarioReport): Promise<void> {
	report.check('the engine tests on n8n-core 1.122.48', await engineTests(), 'passed');
	const database = await Database.create(stage.postgresql, 'n8n1');
	const installed = await n8n1();
	const n8n = await N8nServer.start({
		...stage.setting,
		n8n: installed,
		database,
		port: stage.port + 100,
	});
	const older = { ...stage, n8n };
	try {
		// First, while there is one credential to choose.
		await chooseByHand(older, report);
		await nightOver(older, report, KINDS);
		await notifications(older, report);
	} finally {
		await n8n.stop();
		await database.drop();
	}
}

/** @returns 'passed', or the end of what jest said */
async function engineTests(): Promise<string> {
	const folder = await engine1();
	return await step('Engine tests', async () => {
		try {
			run(
				[process.execPath, 'node_modules/jest/bin/jest.js', '--ci', '--forceExit', ...ENGINE_TESTS],
				{
					cwd: ROOT,
					env: { N8N_ENGINE: path.join(folder, 'node_modules') },
				},
			);
			return 'passed';
		} catch (error) {
			return String(error);
		}
	});
}
