/**
 * n8n's real engine (n8n-core) in the test process: our node and credential as they are, real HTTP, real routing of
 * items; only the database behind the credential and the nodes around ours are stand-ins.
 *
 * A `.cts` file because it sets the environment and touches the file system, which the lint keeps out of `.ts`.
 */
import 'reflect-metadata';

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// n8n-core writes its settings there as soon as it is loaded.
process.env.N8N_USER_FOLDER ??= mkdtempSync(path.join(tmpdir(), 'n8n-'));
process.env.N8N_LOG_LEVEL ??= 'silent';

import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IConnections,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';

import { WechatPayApi } from '../../credentials/WechatPayApi.credentials.ts';
import { WechatPay } from '../../nodes/WechatPay/WechatPay.node.ts';

/** The type name that workflows save for our node. */
export const WECHAT_PAY = 'n8n-nodes-wechatpay.wechatPay';

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
}

export interface EngineOptions {
	workflow: WorkflowJson;
	/** Default '1'. */
	executionId?: string;
	/** The node that the run starts at, and the items it gets. */
	start: string;
	items?: INodeExecutionData[];
	/** What the credential holds once decrypted, or how decrypting it ends. */
	credential: object | (() => object);
	/** Node types beside ours, by type name; anything unknown hands its items on. */
	standIns?: Record<string, INodeType>;
	/** Another node in the place of ours. */
	node?: INodeType;
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
	const workflow = loaded(options);
	const counter = { decryptions: 0 };
	const first = workflow.getNode(options.start);
	if (!first) throw new Error(`The workflow has no node '${options.start}'`);
	const main = [options.items ?? [{ json: {} }]];
	const runData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: first, data: { main }, source: null }],
		},
	} as never);
	const engine = new WorkflowExecute(additionalData(options, counter), 'trigger', runData);
	const running = engine.processRunExecutionData(workflow);
	options.onStart?.(() => running.cancel());
	return new Execution(await running, counter.decryptions);
}

function loaded(options: Pick<EngineOptions, 'workflow' | 'standIns' | 'node'>): Workflow {
	const { id = 'test', name = 'test', nodes, connections } = options.workflow;
	return new Workflow({
		id,
		name,
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypes(options),
		settings: { executionOrder: 'v1' },
	});
}

/** What the editor shows in the list of a resource locator of our node. */
export async function searchList(
	options: Pick<EngineOptions, 'workflow' | 'credential'> & { nodeName: string },
	method: keyof WechatPay['methods']['listSearch'],
	filter?: string,
): Promise<INodeListSearchResult> {
	const workflow = loaded(options);
	const node = workflow.getNode(options.nodeName) as INode;
	const context = new LoadOptionsContext(
		workflow,
		node,
		additionalData(options, { decryptions: 0 }),
		'parameters',
	);
	return await new WechatPay().methods.listSearch[method].call(context, filter);
}

function nodeTypes({ standIns = {}, node = new WechatPay() }: Partial<EngineOptions>): INodeTypes {
	const known: Record<string, INodeType> = {
		[WECHAT_PAY]: node,
		[`${WECHAT_PAY}Tool`]: node,
		...standIns,
	};
	const typeOf = (name: string) => known[name] ?? handOn(name);
	return {
		getByName: typeOf,
		getByNameAndVersion: typeOf,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
}

/** A node that hands its items on, in the place of any node of n8n. */
export function handOn(name: string): INodeType {
	return standIn(name, async (context) => context.getInputData());
}

/**
 * A node type made of one function.
 *
 * @param parameters the parameters it reads; n8n hides all others from a node
 */
export function standIn(
	name: string,
	execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>,
	parameters: INodeProperties[] = [],
): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: [1, 1.1, 1.2, 1.3, 2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6],
			description: '',
			defaults: { name },
			inputs: ['main'],
			outputs: ['main'],
			properties: parameters,
		},
		async execute() {
			return [await execute(this)];
		},
	};
}

function additionalData(
	{ credential, executionId = '1' }: Pick<EngineOptions, 'credential' | 'executionId'>,
	counter: { decryptions: number },
): IWorkflowExecuteAdditionalData {
	const url = 'http://127.0.0.1/';
	const type = new WechatPayApi();
	return {
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: async () => {
				counter.decryptions += 1;
				return { ...(typeof credential === 'function' ? credential() : credential) };
			},
			authenticate: async (
				data: ICredentialDataDecryptedObject,
				_type: string,
				request: IHttpRequestOptions,
			) => await type.authenticate(data, request),
			preAuthentication: async () => undefined,
		},
		hooks: new ExecutionLifecycleHooks('trigger', '1', { id: 'test', name: 'test' } as never),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		externalSecretsProxy: {},
		setExecutionStatus: () => {},
		// handleNodeErrorOutput fails on anything but valid URLs, and all items would leave by Success.
		restApiUrl: url,
		instanceBaseUrl: url,
		formWaitingBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
	} as unknown as IWorkflowExecuteAdditionalData;
}
