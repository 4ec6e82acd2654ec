/** The service that draws QR codes: its pictures are their texts. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Pictures {
	private constructor(private readonly server: Server) {}

	static async start(): Promise<Pictures> {
		const server = createServer(({ url = '' }, response) => {
			const text = new URL(url, 'http://localhost').searchParams.get('text');
			response.setHeader('Content-Type', 'image/png').end(text);
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new Pictures(server);
	}

	/** Where it draws, instead of the address that an example has. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/qr`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
