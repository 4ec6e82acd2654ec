/** The shipped nightly workflow, cut into batches that a webhook starts, so that several run at the same time. */
import type { WorkflowJson } from '../support/engine/host.cts';
import { post } from '../support/fake/notification.cts';
import { installNightly, type Surroundings } from './nightlyWorkflow.cts';
import { until } from './progress.cts';
import { node } from './workflows.cts';

export class Batches {
	private constructor(private readonly url: string) {}

	/** @param count into how many batches the pending orders are divided */
	static async start(surroundings: Surroundings, count: number): Promise<Batches> {
		const { n8n } = surroundings;
		const path = `batch-${crypto.randomUUID()}`;
		const id = await installNightly(surroundings, (workflow) => inBatches(workflow, path, count));
		await n8n.activate(id);
		const batches = new Batches(`${n8n.url}/webhook/${path}`);
		await until('the webhook', 30, async () => (await batches.run(-1)) === 200);
		return batches;
	}

	/** Starts an execution. @returns the status that the webhook answers at once */
	async run(batch: number): Promise<number> {
		const body = Buffer.from(JSON.stringify({ batch }));
		const headers = { 'Content-Type': 'application/json' };
		return (await post(this.url, { headers, body })).status;
	}
}

function inBatches(workflow: WorkflowJson, path: string, count: number): WorkflowJson {
	const webhook = node(
		'Every Night',
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, options: {} },
		{ webhookId: crypto.randomUUID() },
	);
	const nodes = workflow.nodes.map((one) => {
		if (one.name === 'Every Night') return webhook;
		return one.name === 'Pending Orders' ? { ...one, parameters: oneBatch(count) } : one;
	});
	return { ...workflow, name: 'Batches', nodes };
}

const oneBatch = (count: number) => ({
	operation: 'executeQuery',
	query: `SELECT order_no, card_id, member_code, sub_mchid, points
FROM orders
WHERE bonus_status = 'pending' AND substr(order_no, 2)::int % ${count} = $1
ORDER BY order_no`,
	options: { queryReplacement: '={{ [$json.body.batch] }}' },
});
