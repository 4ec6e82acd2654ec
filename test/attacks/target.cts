/**
 * A WeChat Pay that takes every request, keeps what arrived as it came over the wire, and answers whatever a test wants.
 * A `.cts` file because it listens on the network.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { fits } from '../unit/credentials/verifying.cts';
import { signatureHeaders } from '../support/fake/answer.cts';
import { CREDENTIAL, PUBLIC_KEY } from '../support/fake/keys.cts';

/** A request as it came over the wire. */
export interface Arrived {
	method: string;
	/** The request target. */
	url: string;
	/** Names and values in turn. */
	rawHeaders: string[];
	body: Buffer;
	/** Whether the signature fits these bytes. */
	isVerified: boolean;
}

/** Answers a request. */
export type Answering = (response: ServerResponse, request: Arrived) => void;

/** The headers of a response with that body, signed by WeChat Pay just now. */
export function signed(body: Buffer | string): Record<string, string> {
	const now = Math.floor(Date.now() / 1000);
	return {
		...signatureHeaders(Buffer.from(body as string), PUBLIC_KEY, now),
		'Request-ID': '08F78BB5AF0610D302189E9AEB3A3A00-0',
		'Content-Type': 'application/json; charset=utf-8',
	};
}

/** A signed 200 with that JSON. */
export function answerWith(json: unknown): Answering {
	const body = Buffer.from(JSON.stringify(json));
	return (response) => response.writeHead(200, signed(body)).end(body);
}

export class Target {
	arrived: Arrived[] = [];

	answer: Answering = answerWith({});

	private readonly server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const { method = '', url = '', headers, rawHeaders } = incoming;
			const body = Buffer.concat(chunks);
			const isVerified = fits(headers.authorization ?? '', method, url, signedPartOf(body));
			const request = { method, url, rawHeaders, body, isVerified };
			this.arrived.push(request);
			this.answer(response, request);
		});
	});

	static async start(): Promise<Target> {
		const target = new Target();
		await new Promise<void>((resolve) => target.server.listen(0, '127.0.0.1', resolve));
		return target;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	get credential() {
		return {
			...CREDENTIAL,
			baseUrl: this.origin,
			brandId: '1004',
			appid: 'wxea9c30890f48d5ae',
		};
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

/** Of an upload, only the description is signed (docs/protocol.md, Body bytes). */
function signedPartOf(body: Buffer): Buffer {
	const meta = /^--\w+\r\n[^{]*?\r\n\r\n(\{[^\r]*\})\r\n/.exec(body.toString('latin1'))?.[1];
	return meta === undefined ? body : Buffer.from(meta, 'latin1');
}
