/** The shipped nightly workflow in n8n's engine; the order database around it is a stand-in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

import type { Execution } from '../../support/engine/engine.cts';
import type { WorkflowJson } from '../../support/engine/host.cts';
import { runWorkflow } from '../../support/engine/engine.cts';
import { handOn, standIn, WECHAT_PAY } from '../../support/engine/host.cts';
import type { FakeWechatPay } from '../../support/fake/server.cts';
import type { DemoOrder } from './orders.cts';

const WORKFLOW = path.join(__dirname, '..', '..', '..', 'examples', 'commit-bonus-nightly.json');

/** The values that a query of the workflow was given, as PostgreSQL would have got them. */
type QueryValues = unknown[];

export interface Night {
	execution: Execution;
	/** Values of each update in the Success branch: order number, Request-ID. */
	markedCommitted: QueryValues[];
	/** Values of each update in the Error branch: order number, repeatable, code, advice, Request-ID. */
	keptReasons: QueryValues[];
	/** The texts of the alerts raised. */
	alerts: string[];
}

/** Runs the shipped workflow over the orders. */
export async function runNight(wechatPay: FakeWechatPay, orders: DemoOrder[]): Promise<Night> {
	const queries: Record<string, QueryValues[]> = {};
	const alerts: string[] = [];
	const execution = await runWorkflow({
		workflow: withCredential(JSON.parse(readFileSync(WORKFLOW, 'utf8'))),
		start: 'Every Night',
		credential: wechatPay.credential(),
		standIns: {
			'n8n-nodes-base.scheduleTrigger': handOn('scheduleTrigger'),
			'n8n-nodes-base.stickyNote': handOn('stickyNote'),
			'n8n-nodes-base.postgres': database(orders, queries),
			'n8n-nodes-base.httpRequest': alarm(alerts),
		},
	});
	return {
		execution,
		markedCommitted: queries['Mark Committed'] ?? [],
		keptReasons: queries['Keep the Reason'] ?? [],
		alerts,
	};
}

function withCredential(workflow: WorkflowJson): WorkflowJson {
	for (const node of workflow.nodes) {
		if (node.type === WECHAT_PAY) {
			node.credentials = { wechatPayApi: { id: '1', name: 'Fake WeChat Pay' } };
		}
	}
	return workflow;
}

/** Answers the query without values with the orders, and keeps the values of all others. */
function database(orders: DemoOrder[], queries: Record<string, QueryValues[]>): INodeType {
	const execute = async (context: IExecuteFunctions) => {
		const { name } = context.getNode();
		return context.getInputData().flatMap((item, index) => {
			const { queryReplacement: values } = context.getNodeParameter('options', index) as {
				queryReplacement?: QueryValues;
			};
			if (values === undefined) return orders.map(toItem);
			(queries[name] ??= []).push(values);
			return [{ ...item, pairedItem: { item: index } }];
		});
	};
	return standIn('postgres', execute, [
		parameter('query'),
		{ ...parameter('options'), type: 'json' },
	]);
}

function toItem({ scenario: _scenario, ...order }: DemoOrder): INodeExecutionData {
	return { json: order, pairedItem: { item: 0 } };
}

function alarm(alerts: string[]): INodeType {
	const execute = async (context: IExecuteFunctions) => {
		alerts.push(String(context.getNodeParameter('jsonBody', 0)));
		return context.getInputData();
	};
	return standIn('httpRequest', execute, [parameter('jsonBody')]);
}

function parameter(name: string): INodeProperties {
	return { displayName: name, name, type: 'string', default: '' };
}
