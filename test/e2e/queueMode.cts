/** n8n in queue mode: a main process, workers that get their executions over Redis, and a shop that has a night with it. */
import { FakeWechatPay } from '../support/fake/server.cts';
import { AlertSink } from './alerts.cts';
import { Database } from './database.cts';
import { N8nServer } from './n8n.cts';
import type { Surroundings } from './nightlyWorkflow.cts';
import type { Running } from './processes.cts';
import { until } from './progress.cts';
import { redis, type Service } from './services.cts';
import { openShop } from './shop.cts';
import type { Stage } from './stage.cts';

/** The states of executions that have not ended. */
export const UNFINISHED = ['new', 'running', 'waiting'];

interface QueueMode {
	/** Names its databases. */
	name: string;
	/** What WeChat Pay is like. */
	wechatPay: Parameters<typeof FakeWechatPay.start>[0];
	/** The orders of the shop. */
	kinds: Parameters<typeof openShop>[2];
	/** How many executions each of the two workers takes at once. */
	concurrency: number;
}

/** Runs something in queue mode, once both workers are ready; whatever comes of it, nothing is left behind. */
export async function inQueueMode(
	stage: Stage,
	{ name, wechatPay, kinds, concurrency }: QueueMode,
	work: (surroundings: Surroundings, workers: Running[]) => Promise<void>,
): Promise<void> {
	const service = await redis();
	const fake = await FakeWechatPay.start(wechatPay);
	const shop = await Database.create(stage.postgresql, `${name}_shop`);
	const database = await Database.create(stage.postgresql, `${name}_n8n`);
	const alerts = await AlertSink.start();
	const n8n = await startMain(stage, database, service);
	const workers = [n8n.startWorker(1, concurrency), n8n.startWorker(2, concurrency)];
	try {
		await openShop(shop, fake, kinds);
		for (const worker of workers) {
			await until('a worker', 120, async () => /worker is now ready/i.test(worker.log()));
		}
		await work({ n8n, fake, shop, alerts }, workers);
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

async function startMain(stage: Stage, database: Database, { port }: Service): Promise<N8nServer> {
	return await N8nServer.start({
		...stage.setting,
		database,
		port: stage.port + 50,
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(port),
			// Keys of an earlier run must not be found, its webhooks among them.
			QUEUE_BULL_PREFIX: `e2e-${process.pid}`,
			N8N_REDIS_KEY_PREFIX: `e2e-${process.pid}`,
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		},
	});
}
