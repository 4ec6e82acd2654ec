/**
 * The tests' own client: signs with node:crypto, sends with node:http and can get every part wrong.
 * It knows nothing of the package under test.
 */
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { Agent, request as httpsRequest } from 'node:https';
import {
	Agent as HttpAgent,
	request as httpRequest,
	type ClientRequest,
	type IncomingHttpHeaders,
} from 'node:http';

import { MERCHANT, pem, PUBLIC_KEY } from './keys.cts';

/** What of the Authorization can be wrong; `signed…` replaces one of the signed lines. */
export interface Signing {
	mchid?: string;
	serialNo?: string;
	timestamp?: number | string;
	nonce?: string;
	privateKey?: string;
	signature?: string;
	scheme?: string;
	order?: string[];
	separator?: string;
	signedUrl?: string;
	signedBody?: string | Buffer;
	signedMethod?: string;
}

export interface Sent {
	method?: string;
	/** The raw request target. */
	url: string;
	/** Objects are sent as JSON. */
	body?: string | Buffer | object;
	/** Added to the usual ones; undefined leaves one out. */
	headers?: Record<string, string | undefined>;
	signing?: Signing;
	/** Milliseconds after sending until the client gives up, with 'no answer' and what it got so far. */
	patience?: number;
	agent?: Agent;
}

export interface Got {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

const TLS_CA = pem('tls-ca.pem');

/** A new connection for each request takes longer than all the rest. */
const usualAgent = new Agent({ keepAlive: true, ca: TLS_CA });
const usualHttpAgent = new HttpAgent({ keepAlive: true });

let nonces = 0;

/** Sends one request, signed by the merchant as the fake expects it, with the wanted faults. */
export async function send(baseUrl: string, sent: Sent): Promise<Got> {
	const body = bytesOf(sent.body);
	const headers = { ...usualHeaders(sent, body), ...sent.headers };
	const options = {
		method: sent.method ?? 'POST',
		path: sent.url,
		headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
		agent: sent.agent ?? (baseUrl.startsWith('https') ? usualAgent : usualHttpAgent),
	};
	return await exchange(baseUrl, options, body, sent.patience);
}

/** The Authorization of a request. */
export function authorizationOf(sent: Sent, body: Buffer): string {
	const { signing = {} } = sent;
	const timestamp = String(signing.timestamp ?? Math.floor(Date.now() / 1000));
	const nonce = signing.nonce ?? `NONCE${String((nonces += 1)).padStart(27, '0')}`;
	const lines = [
		signing.signedMethod ?? sent.method ?? 'POST',
		signing.signedUrl ?? sent.url,
		timestamp,
		nonce,
	];
	const signedBody = signing.signedBody === undefined ? body : bytesOf(signing.signedBody);
	const message = Buffer.concat([Buffer.from(`${lines.join('\n')}\n`), signedBody, LINE_FEED]);
	const items: Record<string, string> = {
		mchid: signing.mchid ?? MERCHANT.mchid,
		nonce_str: nonce,
		signature:
			signing.signature ??
			sign('sha256', message, parsed(signing.privateKey ?? MERCHANT.privateKeyPem)).toString(
				'base64',
			),
		timestamp,
		serial_no: signing.serialNo ?? MERCHANT.serialNo,
	};
	const order = signing.order ?? Object.keys(items);
	const separator = signing.separator ?? ',';
	const list = order.map((name) => `${name}="${items[name]}"`).join(separator);
	return `${signing.scheme ?? 'WECHATPAY2-SHA256-RSA2048'} ${list}`;
}

const keys = new Map<string, KeyObject>();

/** Reading a key takes longer than signing with it. */
function parsed(privateKeyPem: string): KeyObject {
	const key = keys.get(privateKeyPem) ?? createPrivateKey(privateKeyPem);
	keys.set(privateKeyPem, key);
	return key;
}

const LINE_FEED = Buffer.from('\n');

function usualHeaders(sent: Sent, body: Buffer): Record<string, string | undefined> {
	return {
		Accept: 'application/json',
		'User-Agent': 'fake-client/1.0',
		'Content-Type': body.length > 0 ? 'application/json' : undefined,
		'Content-Length': body.length > 0 ? String(body.length) : undefined,
		'Wechatpay-Serial': PUBLIC_KEY.serial,
		Authorization: authorizationOf(sent, body),
	};
}

function bytesOf(body: Sent['body']): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (typeof body === 'object') return Buffer.from(JSON.stringify(body));
	return Buffer.from(body ?? '');
}

/** Sends one request as it is, and returns what came back. */
export async function exchange(
	baseUrl: string,
	options: object,
	body: Buffer,
	patience?: number,
): Promise<Got> {
	const request = baseUrl.startsWith('https') ? httpsRequest : httpRequest;
	return await new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let answer: Omit<Got, 'body'> | undefined;
		const fail = (error: Error) => {
			const got = answer && { ...answer, body: Buffer.concat(chunks) };
			reject(Object.assign(error, { got }));
		};
		const outgoing = request(baseUrl, { ...options, ca: TLS_CA }, (incoming) => {
			const { statusCode: status = 0, headers } = incoming;
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('end', () => resolve({ status, headers, body: Buffer.concat(chunks) }));
			incoming.on('error', fail);
			answer = { status, headers };
		});
		outgoing.on('error', fail);
		if (patience !== undefined) giveUpAfter(outgoing, patience);
		outgoing.end(body);
	});
}

function giveUpAfter(outgoing: ClientRequest, patience: number): void {
	outgoing.on('finish', () => {
		const timer = setTimeout(() => outgoing.destroy(new Error('no answer')), patience);
		outgoing.on('close', () => clearTimeout(timer));
	});
}

/** An agent that keeps its connections alive. */
export function keepAliveAgent(): Agent {
	return new Agent({ keepAlive: true, maxSockets: 1, ca: TLS_CA });
}
