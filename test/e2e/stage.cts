import type { N8nServer, N8nSetting } from './n8n.cts';
import type { Service } from './services.cts';

/** What all scenarios share. */
export interface Stage {
	n8n: N8nServer;
	/** What another n8n is started with, beside a database and a port of its own. */
	setting: Pick<N8nSetting, 'n8n' | 'unpacked'>;
	postgresql: Service;
	/** The first of 200 ports for it. */
	port: number;
}
