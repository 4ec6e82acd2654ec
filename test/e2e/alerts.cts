/** The group robot that the shipped workflow raises its alert at. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class AlertSink {
	readonly texts: string[] = [];

	private constructor(private readonly server: Server) {}

	static async start(): Promise<AlertSink> {
		const server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk) => (body += chunk));
			request.on('end', () => {
				sink.texts.push(body);
				response.setHeader('Content-Type', 'application/json').end('{"errcode":0}');
			});
		});
		const sink = new AlertSink(server);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return sink;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/robot`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
