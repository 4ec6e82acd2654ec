/** n8n in queue mode: a main process, and workers that get their executions over Redis. */
import type { Database } from './database.cts';
import { N8nServer } from './n8n.cts';
import type { Service } from './services.cts';
import type { Stage } from './stage.cts';

/** The states of executions that have not ended. */
export const UNFINISHED = ['new', 'running', 'waiting'];

/** Starts the main process; its workers are the caller's matter. */
export async function startQueueMode(
	stage: Stage,
	{ database, redis }: { database: Database; redis: Service },
): Promise<N8nServer> {
	return await N8nServer.start({
		...stage.setting,
		database,
		port: stage.port + 50,
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			// Keys of an earlier run must not be found, its webhooks among them.
			QUEUE_BULL_PREFIX: `e2e-${process.pid}`,
			N8N_REDIS_KEY_PREFIX: `e2e-${process.pid}`,
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		},
	});
}
