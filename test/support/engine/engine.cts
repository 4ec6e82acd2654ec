/**
 * n8n's real engine (n8n-core) in the test process: our nodes and credential as they are, real HTTP, real routing of
 * items.
 */
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	IRun,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';

import { WechatPayMemberCard } from '../../../nodes/WechatPayMemberCard/WechatPayMemberCard.node.ts';
import type { HostOptions } from './host.cts';
import { additionalData, loadWorkflow } from './host.cts';

// After the host, which sets what n8n-core reads when it is loaded.
import { LoadOptionsContext, WorkflowExecute } from 'n8n-core';

export interface EngineOptions extends HostOptions {
	/** The node that the run starts at, and the items it gets. */
	start: string;
	items?: INodeExecutionData[];
	/** Default: as a trigger starts it. */
	mode?: WorkflowExecuteMode;
	/** Called with the way to cancel the execution, once it runs. */
	onStart?: (cancel: () => void) => void;
}

/** An execution that has ended. */
export class Execution {
	constructor(
		readonly run: IRun,
		/** How often the credential was decrypted. */
		readonly decryptions: number,
	) {}

	/** The items that left a node by an output; 0 is Success, 1 is Error. */
	items(node: string, output = 0): INodeExecutionData[] {
		return this.run.data.resultData.runData[node]?.[0]?.data?.main?.[output] ?? [];
	}

	/** The JSON of those items. */
	json(node: string, output = 0): IDataObject[] {
		return this.items(node, output).map((item) => item.json);
	}

	/** What stopped the execution, if anything did. */
	get error() {
		return this.run.data.resultData.error;
	}
}

/** Runs a workflow in n8n's engine. */
export async function runWorkflow(options: EngineOptions): Promise<Execution> {
	const workflow = loadWorkflow(options);
	const counter = { decryptions: 0 };
	const first = workflow.getNode(options.start);
	if (!first) throw new Error(`The workflow has no node '${options.start}'`);
	const main = [options.items ?? [{ json: {} }]];
	const runData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: first, data: { main }, source: null }],
		},
	} as never);
	const engine = new WorkflowExecute(
		additionalData(options, counter),
		options.mode ?? 'trigger',
		runData,
	);
	const running = engine.processRunExecutionData(workflow);
	options.onStart?.(() => running.cancel());
	return new Execution(await running, counter.decryptions);
}

/** What the editor shows in the list of a resource locator of our nodes. */
export async function searchList(
	options: Pick<EngineOptions, 'workflow' | 'credential'> & { nodeName: string },
	method: keyof WechatPayMemberCard['methods']['listSearch'],
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const workflow = loadWorkflow(options);
	const node = workflow.getNode(options.nodeName) as INode;
	const context = new LoadOptionsContext(workflow, node, additionalData(options), 'parameters');
	return await new WechatPayMemberCard().methods.listSearch[method].call(
		context,
		filter,
		paginationToken,
	);
}
