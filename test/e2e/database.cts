/** Databases of a run, made for it and dropped after it. */
import { Client, Pool } from 'pg';

import type { Service } from './services.cts';

export class Database {
	private constructor(
		private readonly service: Service,
		readonly name: string,
		private readonly pool: Pool,
	) {}

	/** @param purpose part of its name */
	static async create(service: Service, purpose: string): Promise<Database> {
		const name = `wechatpay_e2e_${purpose}_${process.pid}`;
		await asOwner(
			service,
			`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`,
			`CREATE DATABASE ${name}`,
		);
		const { port, user } = service;
		const pool = new Pool({ host: '127.0.0.1', port, user, database: name });
		// A connection that n8n or the end of the run cuts off.
		pool.on('error', () => {});
		return new Database(service, name, pool);
	}

	async query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]> {
		return (await this.pool.query(text, values)).rows as Row[];
	}

	async drop(): Promise<void> {
		await this.pool.end();
		await asOwner(this.service, `DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`);
	}

	/** What n8n's Postgres nodes need. */
	get credential(): object {
		const { port, user } = this.service;
		return {
			host: '127.0.0.1',
			port,
			user,
			database: this.name,
			password: 'none',
			ssl: 'disable',
			maxConnections: 20,
			allowUnauthorizedCerts: false,
			sshTunnel: false,
		};
	}

	/** What n8n itself needs to keep its data here. */
	get env(): Record<string, string> {
		const { port, user } = this.service;
		return {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: user,
			DB_POSTGRESDB_PASSWORD: 'none',
			DB_POSTGRESDB_DATABASE: this.name,
		};
	}
}

async function asOwner({ port, user }: Service, ...statements: string[]): Promise<void> {
	const client = new Client({ host: '127.0.0.1', port, user, database: 'postgres' });
	await client.connect();
	for (const statement of statements) await client.query(statement);
	await client.end();
}
