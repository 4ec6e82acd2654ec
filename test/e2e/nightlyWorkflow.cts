/** The shipped nightly workflow in a real n8n, with this run's credentials and alerts. */
import { readExample } from '../examples/files.cts';
import type { WorkflowJson } from '../support/engine/host.cts';
import type { FakeWechatPay } from '../support/fake/server.cts';
import type { AlertSink } from './alerts.cts';
import type { Database } from './database.cts';
import { withCredentials, type N8nServer } from './n8n.cts';

export interface Surroundings {
	n8n: N8nServer;
	fake: FakeWechatPay;
	shop: Database;
	alerts: AlertSink;
}

/**
 * Creates the workflow.
 *
 * @param change what differs from the shipped one
 * @returns its ID
 */
export async function installNightly(
	{ n8n, fake, shop, alerts }: Surroundings,
	change: (workflow: WorkflowJson) => WorkflowJson = (workflow) => workflow,
): Promise<string> {
	const merchant = await n8n.createCredential('Merchant', 'wechatPayApi', fake.credential());
	const orders = await n8n.createCredential('Orders', 'postgres', shop.credential);
	const workflow = withCredentials(change(readExample('commit-bonus-nightly.json')), [
		[/wechatPay$/, 'wechatPayApi', merchant],
		[/postgres$/, 'postgres', orders],
	]);
	for (const node of workflow.nodes) {
		if (node.name === 'Raise Alert') node.parameters.url = alerts.url;
	}
	return await n8n.createWorkflow(workflow);
}

/** Runs it as one night would. @returns how the execution ended */
export async function night({ n8n }: Surroundings, id: string): Promise<string> {
	return (await n8n.ended(await n8n.run(id, 'Every Night'), 900)).status;
}
