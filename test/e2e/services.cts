/** PostgreSQL and Redis: those that run, or some of our own. */
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Client } from 'pg';

import { debian, listens } from './machine.cts';
import { run, start, type Running } from './processes.cts';
import { until } from './progress.cts';

/** A server that this run may use. */
export interface Service {
	port: number;
	/** The role to connect as; no password is asked for. */
	user: string;
	stop(): Promise<void>;
}

const OWN_PORTS = { postgresql: 55_432, redis: 56_379 };

/** A PostgreSQL that lets us make databases without a password. */
export async function postgresql(): Promise<Service> {
	for (const user of ['root', 'postgres']) {
		if (await letsIn(5432, user)) return { port: 5432, user, stop: async () => {} };
	}
	if (!existsSync('/usr/lib/postgresql')) await debian('PostgreSQL', 'postgresql');
	return await ownPostgresql();
}

async function letsIn(port: number, user: string): Promise<boolean> {
	if (!(await listens(port))) return false;
	const client = new Client({ host: '127.0.0.1', port, user, database: 'postgres' });
	try {
		await client.connect();
		await client.end();
		return true;
	} catch {
		return false;
	}
}

/** PostgreSQL refuses to run as root. */
async function ownPostgresql(): Promise<Service> {
	const [version] = readdirSync('/usr/lib/postgresql').sort().reverse();
	const bin = path.join('/usr/lib/postgresql', version, 'bin');
	const data = mkdtempSync(path.join(tmpdir(), 'e2e-postgresql-'));
	run(['chown', 'postgres', data]);
	const as = ['runuser', '-u', 'postgres', '--'];
	run([...as, path.join(bin, 'initdb'), '-D', data, '-A', 'trust', '-U', 'postgres']);
	const port = OWN_PORTS.postgresql;
	const server = start(
		'postgresql',
		[
			...as,
			path.join(bin, 'postgres'),
			...['-D', data, '-p', String(port), '-k', data, '-c', 'max_connections=200'],
		],
		{},
		data,
	);
	await until('PostgreSQL', 30, async () => await letsIn(port, 'postgres'));
	return { port, user: 'postgres', stop: async () => await server.stop() };
}

/** A Redis; n8n keeps its keys apart by a prefix. */
export async function redis(): Promise<Service> {
	if (await listens(6379)) return { port: 6379, user: '', stop: async () => {} };
	if (!existsSync('/usr/bin/redis-server')) await debian('Redis', 'redis-server');
	const port = OWN_PORTS.redis;
	const server: Running = start('redis', [
		'redis-server',
		...['--port', String(port), '--save', '', '--appendonly', 'no', '--dir', tmpdir()],
	]);
	await until('Redis', 30, async () => await listens(port));
	return { port, user: '', stop: async () => await server.stop() };
}
