/** A workflow that our trigger starts, in n8n. */
import type { INode } from 'n8n-workflow';

import { WechatPayTrigger } from '../../../nodes/WechatPayTrigger/WechatPayTrigger.node.ts';
import { WECHAT_PAY_TRIGGER, type WorkflowJson } from '../../support/engine/host.cts';
import { N8n, type N8nOptions } from '../../support/engine/webhook.cts';
import type { Got } from '../../support/fake/client.cts';
import { CREDENTIAL } from '../../support/fake/keys.cts';
import { post, type Posted } from '../../support/fake/notification.cts';

export const TRIGGER = 'WeChat Pay Trigger';

/** A workflow of the trigger alone. */
export function triggerWorkflow(parameters: INode['parameters'] = {}, id = 'test'): WorkflowJson {
	return {
		id,
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: WECHAT_PAY_TRIGGER,
				typeVersion: 1,
				position: [0, 0],
				webhookId: '6f1de7b4-2c3c-4a51-9a3c-0e0f7a1c0300',
				parameters: { events: ['*'], ...parameters },
				credentials: { wechatPayApi: { id: '1', name: 'Merchant' } },
			},
		],
		connections: {},
	};
}

let workflows = 0;

/** n8n with such a workflow, which no other test has seen. */
export async function openTrigger(
	parameters: INode['parameters'] = {},
	options: Partial<N8nOptions> = {},
): Promise<N8n> {
	workflows += 1;
	return await N8n.start({
		workflow: triggerWorkflow(parameters, `workflow-${workflows}`),
		credential: CREDENTIAL,
		trigger: new WechatPayTrigger(),
		...options,
	});
}

/** Posts to the Production URL and waits for what that starts. */
export async function notify(n8n: N8n, posted: Posted): Promise<Got> {
	const got = await post(n8n.url, posted);
	await n8n.settled();
	return got;
}

/** What the runs started with. */
export function started(n8n: N8n): unknown[] {
	return n8n.runs.flatMap((run) => run.json(TRIGGER));
}
