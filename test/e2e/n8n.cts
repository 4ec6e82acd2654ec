/** A real n8n: its processes, its REST interface as the editor uses it. */
import { mkdtempSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { INode } from 'n8n-workflow';

import type { WorkflowJson } from '../support/engine/host.cts';
import type { Database } from './database.cts';
import type { Installed } from './machine.cts';
import { installPackage } from './package.cts';
import { start, type Running } from './processes.cts';
import { pause, step, until } from './progress.cts';

export const OWNER = { email: 'e2e@example.com', password: 'E2ePassw0rd!' };

/** How long n8n may answer that it is not ready, in ms. */
const MAX_UNREADY_MS = 30_000;

/** Quiet, offline, and with nothing to click away. */
const QUIET = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_PROTOCOL: 'http',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_ENCRYPTION_KEY: 'e2e-key-0123456789abcdef',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
	N8N_LOG_LEVEL: 'info',
};

export interface N8nSetting {
	n8n: Installed;
	/** The unpacked package. */
	unpacked: string;
	/** Where n8n keeps its own data. */
	database: Database;
	port: number;
	env?: Record<string, string>;
}

/** An execution as n8n records it. */
export interface ExecutionRecord {
	id: string;
	status: string;
	mode: string;
	finished: boolean;
}

export class N8nServer {
	private browserId = 'e2e';

	private constructor(
		private readonly setting: N8nSetting,
		private readonly main: Running,
		private readonly client: AxiosInstance,
	) {}

	/** Starts the main process and makes its owner. */
	static async start(setting: N8nSetting): Promise<N8nServer> {
		const { port, n8n } = setting;
		const main = launch(setting, `n8n-${n8n.version}-main-${port}`, port, 'start');
		const client = axios.create({
			// n8n closes idle connections, at times just when they are used again.
			httpAgent: new Agent({ keepAlive: false }),
			baseURL: `http://127.0.0.1:${port}`,
			validateStatus: () => true,
		});
		const server = new N8nServer(setting, main, client);
		await step(`Starting n8n ${n8n.version}`, async () => {
			await until('n8n answers', 120, async () => {
				if (!main.isRunning()) throw new Error(`n8n ended:\n${main.log().slice(-2000)}`);
				const { status, data } = await client
					.get('/rest/settings')
					.catch(() => ({ status: 0, data: {} }));
				return status === 200 && data.data !== undefined;
			});
			await server.signIn();
		});
		return server;
	}

	/** Starts a process that works off executions. */
	startWorker(number: number, concurrency: number): Running {
		const { port, n8n } = this.setting;
		const name = `n8n-${n8n.version}-worker-${number}`;
		return launch(this.setting, name, port + number * 10, 'worker', `--concurrency=${concurrency}`);
	}

	get url(): string {
		return `http://127.0.0.1:${this.setting.port}`;
	}

	/** What the main process has logged. */
	get log(): string {
		return this.main.log();
	}

	async stop(): Promise<void> {
		await this.main.stop();
	}

	/** @throws Error with n8n's answer where it is not a success */
	async api<T>(method: string, url: string, data?: object): Promise<T> {
		const answer = await this.answerTo(method, url, data);
		const [cookie] =
			answer.headers['set-cookie']?.filter((one) => one.startsWith('n8n-auth=')) ?? [];
		if (cookie) this.client.defaults.headers.common.cookie = cookie.split(';')[0];
		if (answer.status >= 400) {
			throw new Error(
				`${method} ${url}: ${answer.status} ${JSON.stringify(answer.data).slice(0, 500)}`,
			);
		}
		return (answer.data?.data ?? answer.data) as T;
	}

	/** On a busy machine n8n is now and then not ready (503); whoever only reads asks again. */
	private async answerTo(method: string, url: string, data?: object): Promise<AxiosResponse> {
		const end = Date.now() + MAX_UNREADY_MS;
		for (;;) {
			const headers = { 'browser-id': this.browserId };
			const answer = await this.client.request({ method, url, data, headers });
			if (method !== 'GET' || answer.status !== 503 || Date.now() > end) return answer;
			await pause(500);
		}
	}

	private async signIn(): Promise<void> {
		const owner = { ...OWNER, firstName: 'E', lastName: 'Two' };
		await until('the owner', 30, async () => {
			try {
				await this.api('POST', '/rest/owner/setup', owner);
			} catch {
				await this.api('POST', '/rest/login', {
					emailOrLdapLoginId: OWNER.email,
					password: OWNER.password,
				});
			}
			return true;
		});
	}

	async createCredential(name: string, type: string, data: object): Promise<string> {
		const { id } = await this.api<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return id;
	}

	/** What n8n's Test button says of a credential. */
	async testCredential(type: string, data: object): Promise<{ status: string; message: string }> {
		return await this.api('POST', '/rest/credentials/test', {
			credentials: { id: '', name: 'test', type, data },
		});
	}

	async createWorkflow(workflow: WorkflowJson): Promise<string> {
		const { name, nodes, connections } = workflow;
		const settings = { executionOrder: 'v1' };
		const made = { name, nodes, connections, settings, active: false };
		return (await this.api<{ id: string }>('POST', '/rest/workflows', made)).id;
	}

	async activate(id: string): Promise<void> {
		await this.setActive(id, true);
	}

	async deactivate(id: string): Promise<void> {
		await this.setActive(id, false);
	}

	/** n8n 2 publishes a version, n8n 1 turns the workflow on. */
	private async setActive(id: string, active: boolean): Promise<void> {
		const { versionId } = await this.api<{ versionId: string }>('GET', `/rest/workflows/${id}`);
		if (this.setting.n8n.version.startsWith('1.')) {
			await this.api('PATCH', `/rest/workflows/${id}`, { active, versionId });
		} else {
			const verb = active ? 'activate' : 'deactivate';
			await this.api('POST', `/rest/workflows/${id}/${verb}`, { versionId });
		}
	}

	/** Runs a workflow manually and returns the ID of the execution. */
	async run(id: string, trigger: string): Promise<string> {
		const workflowData = await this.api<object>('GET', `/rest/workflows/${id}`);
		const { executionId } = await this.api<{ executionId: string }>(
			'POST',
			`/rest/workflows/${id}/run`,
			{ workflowData, triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	async execution(id: string): Promise<ExecutionRecord> {
		return await this.api('GET', `/rest/executions/${id}`);
	}

	/** Waits for the end of an execution. */
	async ended(id: string, seconds = 300): Promise<ExecutionRecord> {
		return await until(`the end of execution ${id}`, seconds, async () => {
			const record = await this.execution(id);
			return ['running', 'new', 'waiting'].includes(record.status) ? undefined : record;
		});
	}

	/** How many executions n8n lists, up to 100. */
	async countExecutions(filter: { workflowId?: string; status: string[] }): Promise<number> {
		const text = encodeURIComponent(JSON.stringify(filter));
		const { results } = await this.api<{ results: unknown[] }>(
			'GET',
			`/rest/executions?limit=100&filter=${text}`,
		);
		return results.length;
	}

	async cancel(id: string): Promise<void> {
		await this.api('POST', `/rest/executions/${id}/stop`, {});
	}
}

function launch(setting: N8nSetting, name: string, port: number, ...command: string[]): Running {
	const { n8n, unpacked, database, env } = setting;
	const userFolder = mkdtempSync(path.join(tmpdir(), `e2e-${name}-`));
	installPackage(unpacked, userFolder);
	const ports = {
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(port + 1),
		QUEUE_HEALTH_CHECK_PORT: String(port + 2),
	};
	return start(
		name,
		[n8n.node, n8n.program, ...command],
		{ ...QUIET, ...n8n.env, ...database.env, ...ports, N8N_USER_FOLDER: userFolder, ...env },
		userFolder,
	);
}

/** Chooses credentials in a workflow, as a user does after importing it. */
export function withCredentials(
	workflow: WorkflowJson,
	credentials: Array<[type: RegExp, name: string, id: string]>,
): WorkflowJson {
	const chosen = ({ type }: INode) =>
		credentials
			.filter(([of]) => of.test(type))
			.map(([, name, id]) => [name, { id, name }] as const);
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => ({
			...node,
			credentials: Object.fromEntries(chosen(node)),
		})),
	};
}
