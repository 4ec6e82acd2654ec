/**
 * A proxy as companies have them: n8n is told of it by the environment and asks it for tunnels.
 *
 * A `.cts` file because it sets the environment and listens on the network.
 */
import { createServer, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** Where a tunnel to a host leads: a base URL, the status of a refusal of the proxy, or an end as soon as it stands. */
export type Tunnel = (string & {}) | number | 'cut';

export interface Proxy {
	/** The tunnels that were asked for, such as `api.mch.weixin.qq.com:443`. */
	asked: string[];
	stop(): Promise<void>;
}

/** Makes n8n use a new proxy for https until it is stopped. */
export async function startProxy(tunnels: Record<string, Tunnel>): Promise<Proxy> {
	const asked: string[] = [];
	const server = createServer().on('connect', ({ url = '' }, socket: Duplex) => {
		asked.push(url);
		open(tunnels[url] ?? 502, socket);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	process.env.HTTPS_PROXY = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		asked,
		stop: async () => {
			delete process.env.HTTPS_PROXY;
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** What a proxy says about it, in the words of a web page. */
const REFUSAL = '<html><body>The proxy does not like this host.</body></html>';

function open(tunnel: Tunnel, socket: Duplex): void {
	socket.on('error', () => socket.destroy());
	if (typeof tunnel === 'number') {
		const head = `HTTP/1.1 ${tunnel} ${STATUS_CODES[tunnel]}\r\nContent-Length: ${REFUSAL.length}`;
		socket.resume().end(`${head}\r\nContent-Type: text/html\r\n\r\n${REFUSAL}`);
		return;
	}
	socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
	if (tunnel === 'cut') {
		socket.resume().end();
		return;
	}
	const far = connect(Number(new URL(tunnel).port), '127.0.0.1');
	far.on('error', () => socket.destroy());
	far.on('close', () => socket.destroy());
	socket.on('close', () => far.destroy());
	socket.pipe(far).pipe(socket);
}
