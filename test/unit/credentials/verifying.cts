/**
 * A server that knows one thing: whether a request's signature fits the raw bytes that arrived. It says so without
 * the package under test. A `.cts` file because it listens on the network.
 */
import { verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MERCHANT } from '../../support/fake/keys.cts';

/** A request as it came over the wire. */
export interface Arrived {
	isVerified: boolean;
	method: string;
	/** The request target. */
	url: string;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

export class VerifyingServer {
	readonly arrived: Arrived[] = [];

	private readonly server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const { method = '', url = '', headers } = incoming;
			const body = Buffer.concat(chunks);
			const isVerified = fits(headers.authorization ?? '', method, url, body);
			this.arrived.push({ isVerified, method, url, headers, body: body.toString() });
			if (url.startsWith('/redirect')) {
				response.writeHead(302, { location: '/v3/elsewhere' }).end();
			} else {
				response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
			}
		});
	});

	get origin(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

/** Whether a signature of the merchant fits what arrived, and was made just now. */
export function fits(authorization: string, method: string, url: string, body: Buffer): boolean {
	const item = (name: string) => new RegExp(`[ ,]${name}="([^"]*)"`).exec(authorization)?.[1] ?? '';
	const head = `${method}\n${url}\n${item('timestamp')}\n${item('nonce_str')}\n`;
	const message = Buffer.concat([Buffer.from(head), body, Buffer.from('\n')]);
	const isFresh = Math.abs(Number(item('timestamp')) - Date.now() / 1000) < 300;
	const isOurs = item('mchid') === MERCHANT.mchid && item('serial_no') === MERCHANT.serialNo;
	const signature = Buffer.from(item('signature'), 'base64');
	return isFresh && isOurs && verify('sha256', message, MERCHANT.publicKey, signature);
}
