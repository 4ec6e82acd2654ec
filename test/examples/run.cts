/** A shipped example in n8n's engine: our node as it is, the other nodes as stand-ins that act like n8n's own. */
import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import type { Execution } from '../support/engine/engine.cts';
import type { WorkflowJson } from '../support/engine/host.cts';
import { runWorkflow } from '../support/engine/engine.cts';
import { WECHAT_PAY, WECHAT_PAY_MEMBER_CARD, WECHAT_PAY_TRIGGER } from '../support/engine/host.cts';
import type { FakeWechatPay } from '../support/fake/server.cts';
import { readExample } from './files.cts';
import { flowNodes } from './flowNodes.cts';
import { Outside } from './outside.cts';
import { outsideNodes } from './outsideNodes.cts';

export interface ExampleRun {
	file: string;
	/** The name of the trigger that starts it. */
	start: string;
	/** What the trigger gives. */
	json?: IDataObject;
	wechatPay: FakeWechatPay;
	/** What the user filled into the credential besides what every call needs. */
	credential?: Record<string, string>;
	outside?: Outside;
}

/** Runs an example from one of its triggers. */
export async function runExample({
	file,
	start,
	json = {},
	wechatPay,
	credential,
	outside = new Outside(),
}: ExampleRun): Promise<Execution> {
	return await runWorkflow({
		workflow: withCredential(readExample(file)),
		start,
		items: [{ json }],
		credential: wechatPay.credential(credential),
		standIns: standIns(outside),
	});
}

/** Every node of n8n that an example may use. */
export function standIns(outside: Outside): Record<string, INodeType> {
	return { ...flowNodes, ...outsideNodes(outside) };
}

/** The WeChat Pay nodes of a workflow. */
export function ourNodes({ nodes }: WorkflowJson): INode[] {
	return nodes.filter(({ type }) => [WECHAT_PAY, WECHAT_PAY_MEMBER_CARD].includes(type));
}

/** The WeChat Pay Triggers of a workflow. */
export function ourTriggers({ nodes }: WorkflowJson): INode[] {
	return nodes.filter(({ type }) => type === WECHAT_PAY_TRIGGER);
}

/** What the user does after importing a workflow. */
export function withCredential(workflow: WorkflowJson): WorkflowJson {
	for (const node of [...ourNodes(workflow), ...ourTriggers(workflow)]) {
		node.credentials = { wechatPayApi: { id: '1', name: 'Fake WeChat Pay' } };
	}
	return workflow;
}
