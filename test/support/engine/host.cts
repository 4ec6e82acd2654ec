/**
 * What n8n puts around a node: the workflow it stands in, the other node types, the credential, the URLs. Only the
 * database behind the credential and the nodes around ours are stand-ins.
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

import { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IConnections,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { WechatPayApi } from '../../../credentials/WechatPayApi.credentials.ts';
import { WechatPay } from '../../../nodes/WechatPay/WechatPay.node.ts';
import { WechatPayMemberCard } from '../../../nodes/WechatPayMemberCard/WechatPayMemberCard.node.ts';
import { WechatPayTrigger } from '../../../nodes/WechatPayTrigger/WechatPayTrigger.node.ts';

/** The type name that workflows save for our node. */
export const WECHAT_PAY = 'n8n-nodes-wechatpay.wechatPay';

/** That of our node for cards and members. */
export const WECHAT_PAY_MEMBER_CARD = 'n8n-nodes-wechatpay.wechatPayMemberCard';

/** That of our trigger. */
export const WECHAT_PAY_TRIGGER = 'n8n-nodes-wechatpay.wechatPayTrigger';

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
}

/** What a workflow runs in. */
export interface HostOptions {
	workflow: WorkflowJson;
	/** What the credential holds once decrypted, of an item where it has expressions, or how decrypting it ends. */
	credential: object | ((itemIndex: number) => object);
	/** Node types beside ours, by type name; anything unknown hands its items on. */
	standIns?: Record<string, INodeType>;
	/** Another node in the place of ours. */
	node?: INodeType;
	/** Another node in the place of ours for cards and members. */
	memberCardNode?: INodeType;
	/** Another trigger in the place of ours. */
	trigger?: INodeType;
	/** Default: that of a new execution. */
	executionId?: string;
}

/** @param staticData what n8n's database holds for the workflow */
export function loadWorkflow(
	options: Omit<HostOptions, 'credential'>,
	staticData: IDataObject = {},
): Workflow {
	const { id = 'test', name = 'test', nodes, connections } = options.workflow;
	return new Workflow({
		id,
		name,
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypes(options),
		settings: { executionOrder: 'v1' },
		staticData,
	});
}

/** n8n makes each of them once as well. */
const own = {
	node: new WechatPay(),
	memberCardNode: new WechatPayMemberCard(),
	trigger: new WechatPayTrigger(),
};

function nodeTypes({
	standIns = {},
	node = own.node,
	memberCardNode = own.memberCardNode,
	trigger = own.trigger,
}: Partial<HostOptions>): INodeTypes {
	const known: Record<string, INodeType> = {
		[WECHAT_PAY]: node,
		[`${WECHAT_PAY}Tool`]: node,
		[WECHAT_PAY_MEMBER_CARD]: memberCardNode,
		[`${WECHAT_PAY_MEMBER_CARD}Tool`]: memberCardNode,
		[WECHAT_PAY_TRIGGER]: trigger,
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

let executions = 0;

/** As n8n counts them: what is kept in mind of one execution says nothing about another. */
function newExecutionId(): string {
	executions += 1;
	return `test-${executions}`;
}

/** @param counter counts how often the credential is decrypted */
export function additionalData(
	{ credential, executionId = newExecutionId() }: Pick<HostOptions, 'credential' | 'executionId'>,
	counter = { decryptions: 0 },
): IWorkflowExecuteAdditionalData {
	const url = 'http://127.0.0.1/';
	const type = new WechatPayApi();
	return {
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: async (...given: unknown[]) => {
				counter.decryptions += 1;
				const { itemIndex = 0 } = (given[6] ?? {}) as { itemIndex?: number };
				return { ...(typeof credential === 'function' ? credential(itemIndex) : credential) };
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
