/**
 * n8n's webhooks in the test process: a real HTTP server that reads bodies, finds the webhook, calls our trigger in
 * n8n's own contexts, keeps the static data and starts the workflow as n8n 2.41.1 does. The order of work follows its
 * body parser, live-webhooks and webhook-helpers.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';

import express from 'express';
import type { Request, Response } from 'express';
import type {
	IDataObject,
	INodeType,
	IWebhookData,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import readRawBody from 'raw-body';

import type { Execution } from './engine.cts';
import { runWorkflow } from './engine.cts';
import type { HostOptions } from './host.cts';
import { additionalData, loadWorkflow, WECHAT_PAY_TRIGGER } from './host.cts';

// After the host, which sets what n8n-core reads when it is loaded.
import { HookContext, WebhookContext } from 'n8n-core';

/** A line that the node gave to n8n's log. */
export interface LogLine {
	level: 'info' | 'warn' | 'error';
	message: string;
	about: object;
}

/** Where n8n believes to be reachable from outside. */
const PUBLIC_URL = 'https://n8n.shop.example/webhook';

export interface N8nOptions extends HostOptions {
	trigger: INodeType;
	publicUrl?: string;
}

/** One n8n process with one workflow that our trigger starts. */
export class N8n {
	/** Every execution, in the order of their start. */
	readonly runs: Execution[] = [];

	readonly log: LogLine[] = [];

	/** The lines of n8n's debug log. */
	readonly debugLog: string[] = [];

	/** What n8n's database holds; other processes may share it. */
	database = { staticData: '{}' };

	private readonly running: Array<Promise<unknown>> = [];

	private constructor(
		private readonly options: N8nOptions,
		private readonly server: Server,
	) {}

	static async start(options: N8nOptions): Promise<N8n> {
		const app = express();
		const server = app.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const n8n = new N8n(options, server);
		app.all('/webhook/*path', async (req, res) => await n8n.handle(req, res, 'webhook'));
		app.all('/webhook-test/*path', async (req, res) => await n8n.handle(req, res, 'manual'));
		return n8n;
	}

	/** The Production URL, on this machine. */
	get url(): string {
		return `${this.origin}/webhook/${this.path}`;
	}

	/** What the editor listens to. */
	get testUrl(): string {
		return `${this.origin}/webhook-test/${this.path}`;
	}

	/** The Production URL, as n8n tells it to the node. */
	get publicUrl(): string {
		return `${this.options.publicUrl ?? PUBLIC_URL}/${this.path}`;
	}

	/** Waits for all executions to end. */
	async settled(): Promise<void> {
		await Promise.all(this.running);
	}

	async stop(): Promise<void> {
		await this.settled();
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** What n8n does when a workflow is activated, or somebody starts to listen. */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const exists = await this.lifecycle('checkExists', activation);
		if (!exists) await this.lifecycle('create', activation);
	}

	/** What n8n does when a workflow is deactivated, or nobody listens any more. */
	async deactivate(activation: WorkflowActivateMode = 'update'): Promise<void> {
		await this.lifecycle('delete', activation);
	}

	private get origin(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	private get node() {
		const { nodes } = this.options.workflow;
		const found = nodes.find(({ type }) => type === WECHAT_PAY_TRIGGER);
		if (!found) throw new Error('The workflow has no WeChat Pay Trigger');
		return found;
	}

	private get webhook() {
		const [description] = this.options.trigger.description.webhooks ?? [];
		return description;
	}

	private get path(): string {
		const { id = 'test' } = this.options.workflow;
		return NodeHelpers.getNodeWebhookPath(id, this.node, String(this.webhook.path), false);
	}

	private async lifecycle(
		method: 'checkExists' | 'create' | 'delete',
		activation: WorkflowActivateMode,
	) {
		const { workflow, data } = this.load(activation === 'manual' ? 'manual' : 'trigger');
		const context = new HookContext(
			workflow,
			this.node,
			data.workflowExecuteAdditionalData,
			activation === 'manual' ? 'manual' : 'trigger',
			activation,
			data,
		);
		const { trigger } = this.options;
		const done = await trigger.webhookMethods?.default?.[method].call(this.logged(context));
		await this.save(workflow.staticData);
		return done;
	}

	private async handle(req: Request, res: Response, mode: WorkflowExecuteMode): Promise<void> {
		const isKnown =
			decodeURI(req.path).endsWith(this.path) && req.method === this.webhook.httpMethod;
		if (!isKnown) {
			res.status(404).json({ code: 404, message: 'The requested webhook is not registered.' });
			return;
		}
		if (!(await readBody(req))) {
			res.status(422).json({ code: 422, message: 'Failed to parse request body' });
			return;
		}
		try {
			await this.execute(req, res, mode);
		} catch (error) {
			res.status(500).json({ code: 0, message: String(error) });
		}
	}

	private async execute(req: Request, res: Response, mode: WorkflowExecuteMode): Promise<void> {
		const { workflow, data } = this.load(mode);
		Object.assign(data.workflowExecuteAdditionalData, { httpRequest: req, httpResponse: res });
		const { trigger } = this.options;
		const context = new WebhookContext(
			workflow,
			this.node,
			data.workflowExecuteAdditionalData,
			mode,
			data,
			[],
			null,
		);
		const result = await trigger.webhook?.call(this.logged(context));
		if (result?.noWebhookResponse !== true) res.json({ message: 'Workflow was started' });
		const saved = mode === 'manual' ? undefined : this.save(workflow.staticData);
		if (result?.workflowData) this.run(result.workflowData[0]);
		await saved;
	}

	private run(items: IDataObject[] | undefined): void {
		const running = runWorkflow({
			...this.options,
			start: this.node.name,
			items: (items ?? []) as never,
		}).then((execution) => this.runs.push(execution));
		this.running.push(running);
	}

	/** n8n reads the workflow anew for every call. */
	private load(mode: WorkflowExecuteMode) {
		const staticData = JSON.parse(this.database.staticData) as IDataObject;
		const workflow = loadWorkflow(this.options, staticData);
		const workflowExecuteAdditionalData = additionalData(this.options);
		Object.assign(workflowExecuteAdditionalData, {
			webhookBaseUrl: this.options.publicUrl ?? PUBLIC_URL,
			webhookTestBaseUrl: `${this.origin}/webhook-test`,
		});
		const data: IWebhookData = {
			httpMethod: 'POST',
			node: this.node.name,
			path: this.path,
			webhookDescription: this.webhook,
			workflowId: workflow.id,
			workflowExecuteAdditionalData,
			isTest: mode === 'manual',
		};
		return { workflow, data };
	}

	private async save(staticData: IDataObject): Promise<void> {
		if (staticData.__dataChanged !== true) return;
		const text = JSON.stringify(staticData);
		await new Promise((resolve) => setImmediate(resolve));
		this.database.staticData = text;
	}

	/** The context with a log that the test can read. */
	private logged<T extends object>(context: T): T {
		const line = (level: LogLine['level']) => (message: string, about: object) =>
			this.log.push({ level, message, about });
		const debug = (message: string) => this.debugLog.push(message);
		const logger = { debug, info: line('info'), warn: line('warn'), error: line('error') };
		return Object.create(context, { logger: { value: logger } }) as T;
	}
}

/** n8n unpacks these two encodings, and takes the bytes of any other for the body. */
function unpacked(req: Request): Readable {
	switch (req.headers['content-encoding']) {
		case 'gzip':
			return req.pipe(createGunzip());
		case 'deflate':
			return req.pipe(createInflate());
		default:
			return req;
	}
}

/** n8n's body parser. @returns whether the body could be parsed */
async function readBody(req: Request): Promise<boolean> {
	const type = (req.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
	if (type.startsWith('multipart/')) return true;
	const rawBody = await readRawBody(unpacked(req), { limit: '16mb' });
	Object.assign(req, { rawBody, body: {} });
	if (type !== 'application/json' || rawBody.length === 0) return true;
	try {
		req.body = JSON.parse(rawBody.toString());
		return true;
	} catch {
		return false;
	}
}
