/**
 * Where the names of hosts lead from this process. Only the name's resolution and the TCP connection are diverted; TLS,
 * HTTP and n8n's helpers above them are the real ones, and the certificate has to be the host's.
 *
 * A `.cts` file because it reaches into the network module.
 */
import type { AddressInfo, LookupFunction } from 'node:net';
import { createServer, Socket } from 'node:net';

import { unanswered } from '../fake/unanswered.cts';

/** A base URL of a fake, or what meets a request on its way to the host. */
export type Way =
	| (string & {})
	/** The name can't be resolved. */
	| 'unknown'
	/** Nobody listens. */
	| 'refused'
	/** Nothing ever comes back, as behind a firewall that drops packets. */
	| 'silent';

interface Target {
	host?: string;
	port?: number;
	lookup?: LookupFunction;
}

const ways = new Map<string, Way>();

const waiting = new Map<string, () => void>();

const connect = Socket.prototype.connect;

/** The host of every connection that was tried since the first diversion, in order. */
export const tried: string[] = [];

/** Resolves when a connection to the host is tried. */
export async function untilTried(host: string): Promise<void> {
	await new Promise<void>((resolve) => waiting.set(host, resolve));
}

/** Leads connections to a host another way; all others stay as they are. */
export function lead(host: string, way: Way): void {
	ways.set(host, way);
	Socket.prototype.connect = diverted as typeof connect;
}

/** Ends all of it. */
export function leadAsUsual(): void {
	ways.clear();
	waiting.clear();
	tried.length = 0;
	Socket.prototype.connect = connect;
}

function diverted(this: Socket, ...args: unknown[]): Socket {
	// Node's own callers hand their arguments on as one list.
	const [options, listener] = (Array.isArray(args[0]) ? args[0] : args) as [Target, unknown];
	const { host = '' } = options;
	tried.push(host);
	waiting.get(host)?.();
	const way = ways.get(host);
	if (way === undefined) return Reflect.apply(connect, this, args);
	return Reflect.apply(connect, this, [{ ...options, ...targetOf(way) }, listener]);
}

function targetOf(way: Way): Target {
	switch (way) {
		case 'unknown':
			return { lookup: (host, _options, done) => done(notFound(host), '') };
		case 'silent':
			return { lookup: unanswered };
		case 'refused':
			return { host: '127.0.0.1', port: 1 };
		default:
			return { host: '127.0.0.1', port: Number(new URL(way).port) };
	}
}

/** As Node says it. */
function notFound(hostname: string): NodeJS.ErrnoException {
	const facts = { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname };
	return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), facts);
}

/** @returns the origin of a server that ends every connection before TLS begins, and how to stop it */
export async function hangUp(): Promise<{ origin: string; stop: () => Promise<void> }> {
	const server = createServer((socket) => socket.resume().end());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const stop = async () => await new Promise<void>((resolve) => server.close(() => resolve()));
	return { origin: `https://127.0.0.1:${port}`, stop };
}
