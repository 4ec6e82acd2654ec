/** Small workflows that scenarios are made of. */
import type { INode } from 'n8n-workflow';

import { WECHAT_PAY, WECHAT_PAY_TRIGGER, type WorkflowJson } from '../support/engine/host.cts';

/** Nodes one after the other. */
export function inARow(name: string, ...nodes: INode[]): WorkflowJson {
	const links = nodes
		.slice(1)
		.map((next, index) => [
			nodes[index].name,
			{ main: [[{ node: next.name, type: 'main' as const, index: 0 }]] },
		]);
	return { name, nodes, connections: Object.fromEntries(links) };
}

let nodes = 0;

export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INode['parameters'] = {},
	more: Partial<INode> = {},
): INode {
	nodes += 1;
	return {
		id: `node-${nodes}`,
		name,
		type,
		typeVersion,
		position: [nodes * 220, 0],
		parameters,
		...more,
	};
}

export const byHand = (): INode => node('By Hand', 'n8n-nodes-base.manualTrigger', 1);

export const wechatPay = (parameters: INode['parameters'], more: Partial<INode> = {}): INode =>
	node('Commit Bonus', WECHAT_PAY, 1, parameters, more);

export const trigger = (parameters: INode['parameters']): INode =>
	node('WeChat Pay Trigger', WECHAT_PAY_TRIGGER, 1, parameters, {
		webhookId: crypto.randomUUID(),
	});

/** Items of one node, made in n8n itself. */
export const items = (code: string): INode =>
	node('Orders', 'n8n-nodes-base.code', 2, { jsCode: code });
