/**
 * What the fake can be told to get wrong. A fault hits at one of four places:
 *
 * - edge: before anything is looked at; the call is not processed, no API answers;
 * - instead: after the signature was checked, instead of the endpoint; not processed;
 * - answer: the call is processed as always, then its answer is replaced or its signing changed;
 * - delivery: the call is processed as always, the ready answer is damaged or not delivered.
 */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import { refusalAnswer, type Outgoing } from './answer.cts';
import type { Answer } from './call.cts';
import { endless, promisingMore, readList, withoutData, type List } from './rules/lists.cts';
import { NUMBER, Refusal } from './rules/refusal.cts';
import type { ReceivedRequest } from './rules/request.cts';
import { unanswered } from './unanswered.cts';

export type FaultName =
	/** Processed. The signature is base64 of random bytes. */
	| 'bad-signature'
	/** Processed. No Wechatpay-* header at all. */
	| 'missing-signature'
	/** Processed. WECHATPAY/SIGNTEST/…, not even base64 (docs/protocol.md, Test signatures). */
	| 'test-signature'
	/** Processed. The signature is right, Wechatpay-Serial names a key nobody has. */
	| 'unknown-serial'
	/** Processed. Correctly signed, but an hour ago. */
	| 'skewed-clock'
	/** Processed. The body changes after signing; 204 turns into 200 with a body. */
	| 'tampered-body'
	/** Not processed. The connection breaks without an answer. */
	| 'reset-before'
	/** Processed. The connection breaks without an answer. */
	| 'reset-after'
	/** Not processed. No answer ever, the connection stays open. */
	| 'stall-before'
	/** Processed. No answer ever, the connection stays open. */
	| 'stall'
	/** Processed. 200, or `status`, with signed headers, then one byte every 200 ms, for ever. */
	| 'trickle'
	/** Not processed. 429, with Retry-After where `retryAfter` is given. */
	| 'rate-limit'
	/** Processed. 500 SYSTEM_ERROR instead of the success. */
	| 'system-error'
	/** Not processed. 500 SYSTEM_ERROR. */
	| 'system-error-before'
	/** Not processed. 503 SERVICE_UNAVAILABLE as JSON. */
	| 'service-unavailable'
	/** Not processed. 502, or `status`, with a page of HTML, unsigned. */
	| 'bad-gateway'
	/** Not processed. 200 with nothing in it and no Wechatpay-* header, as a portal or proxy answers. */
	| 'empty-body'
	/** Processed. Content-Length promises more than is sent; 204 turns into 200 for it. */
	| 'truncated-body'
	/** Not processed. 302 to `location`, by default another origin that does not exist. */
	| 'redirect'
	/** Not processed. 202, empty and signed: repeat with the same parameters. */
	| 'accepted'
	/** Not processed. 404 with a page of HTML, unsigned. */
	| 'html-404'
	/** Processed. 200, correctly signed, with 32 MiB of JSON (`bytes` changes it). */
	| 'huge-body'
	/** Processed. A list without `data` whose total_count is not 0. */
	| 'list-without-data'
	/** Processed. A list that always has a full page of rows never seen before and a total_count that grows. */
	| 'endless-list'
	/** Processed. A list that gives its first page whatever page is asked for, while total_count says more. */
	| 'repeating-list'
	/** Processed. 200, correctly signed, with the text OK. */
	| 'not-json'
	/** Processed. 200, correctly signed, with an empty JSON array. */
	| 'not-an-object'
	/** Not processed. 400 PARAM_ERROR with the `detail` given. */
	| 'refusal'
	/** Not processed. A signed refusal whose status was changed to 200. */
	| 'relabelled-status'
	/** Not processed. A signed notification as the response. */
	| 'notification-as-response'
	/** Not processed. An earlier success once more, byte for byte (`age`); without one the connection breaks. */
	| 'replayed-response'
	/** Processed. Correctly signed, but 200 s ago. */
	| 'stale-response'
	/** Processed. Correctly signed, but about another order, card or member; 204 stays. */
	| 'another-subject';

/** A fault with its particulars; the plain name stands for `{ name }`. */
export interface FaultDetails {
	name: FaultName;
	/** rate-limit: seconds for Retry-After. */
	retryAfter?: number;
	/** rate-limit: the code, default RATELIMIT_EXCEEDED. */
	code?: string;
	/** bad-gateway, trickle: the status. */
	status?: number;
	/** redirect: value of Location. */
	location?: string;
	/** refusal: what WeChat Pay says about it. */
	detail?: object;
	/** huge-body: size. */
	bytes?: number;
	/** replayed-response: how long ago the earlier one was delivered, in ms at least; default 0. */
	age?: number;
}

export type Fault = FaultName | FaultDetails;

export interface Rule {
	fault: Fault;
	/** How many requests it hits: default 1, Infinity allowed. */
	times?: number;
	/** Which requests it hits; default all. */
	when?: (request: ReceivedRequest) => boolean;
}

/** Tells the fault of each request, if any; asked once for each, in the order in which they arrive. */
export type Schedule = (request: ReceivedRequest) => Fault | undefined;

/** The rules in the order they were given; the first that fits hits, and is used up by `times`. */
export class Misbehaviour {
	private rules: Array<{ rule: Rule; left: number }> = [];

	private schedule?: Schedule;

	add(rule: Rule): void {
		this.rules.push({ rule, left: rule.times ?? 1 });
	}

	/** Requests that no rule hits are left to the schedule. */
	follow(schedule: Schedule): void {
		this.schedule = schedule;
	}

	clear(): void {
		this.rules = [];
		this.schedule = undefined;
	}

	/** The fault of this request, if any. */
	next(request: ReceivedRequest): FaultDetails | undefined {
		const fault = this.ruled(request) ?? this.schedule?.(request);
		return typeof fault === 'string' ? { name: fault } : fault;
	}

	private ruled(request: ReceivedRequest): Fault | undefined {
		const hit = this.rules.find(({ rule }) => rule.when?.(request) ?? true);
		if (!hit) return undefined;
		hit.left -= 1;
		if (hit.left <= 0) this.rules = this.rules.filter((entry) => entry !== hit);
		return hit.rule.fault;
	}
}

type Per<T> = Partial<Record<FaultName, T>>;

const EDGE: Per<(response: ServerResponse, fault: FaultDetails) => void> = {
	'reset-before': (response) => response.socket?.destroy(),
	'stall-before': unanswered,
	'bad-gateway': (response, { status = 502 }) => sendPage(response, status),
	'html-404': (response) => sendPage(response, 404),
	'empty-body': (response) => response.writeHead(200, { 'Content-Length': '0' }).end(),
	redirect: (response, { location = 'https://elsewhere.invalid/' }) =>
		response.writeHead(302, { Location: location, 'Content-Length': '0' }).end(),
};

const INSTEAD: Per<(fault: FaultDetails) => Answer> = {
	'rate-limit': ({ code, retryAfter }) => rateLimited(code, retryAfter),
	'system-error-before': () => systemError(),
	refusal: ({ detail }) =>
		refusalAnswer(new Refusal(400, 'PARAM_ERROR', '参数错误', NUMBER.parameter, detail)),
	'service-unavailable': () =>
		refusalAnswer(new Refusal(503, 'SERVICE_UNAVAILABLE', '服务不可用', NUMBER.business)),
	'relabelled-status': () =>
		answered(
			String(refusalAnswer(new Refusal(400, 'INVALID_REQUEST', '请求无效', NUMBER.business)).body),
		),
	'notification-as-response': () =>
		answered(JSON.stringify({ id: 'N', event_type: 'TRANSACTION.SUCCESS', resource: {} })),
	'replayed-response': () => ({ status: 204, body: '', number: NUMBER.success }),
	accepted: () => ({ status: 202, body: '', number: NUMBER.success }),
};

const ANSWER: Per<(fault: FaultDetails, answer: Answer, request: ReceivedRequest) => Answer> = {
	'system-error': () => systemError(),
	'huge-body': ({ bytes = 32 * 1024 * 1024 }) =>
		answered(JSON.stringify({ padding: 'x'.repeat(bytes) })),
	'list-without-data': withList(withoutData),
	'endless-list': withList(endless),
	'repeating-list': withList(promisingMore),
	'not-json': () => answered('OK'),
	'not-an-object': () => answered('[]'),
	'another-subject': (_fault, answer) => aboutAnother(answer),
};

const DAMAGE: Per<(outgoing: Outgoing) => Outgoing> = {
	'bad-signature': withSignature(() => randomBytes(256).toString('base64')),
	'test-signature': withSignature(
		// 19 + 340 characters: as with real ones, the length is not a multiple of 4.
		() => `WECHATPAY/SIGNTEST/${randomBytes(255).toString('base64')}`,
	),
	'missing-signature': (outgoing) => ({ ...outgoing, headers: withoutSignature(outgoing.headers) }),
	'unknown-serial': (outgoing) => ({
		...outgoing,
		headers: { ...outgoing.headers, 'Wechatpay-Serial': 'FFFF'.repeat(10) },
	}),
	'tampered-body': tampered,
};

const DELIVERY: Per<(response: ServerResponse, outgoing: Outgoing, fault: FaultDetails) => void> = {
	'reset-after': (response) => response.socket?.destroy(),
	stall: unanswered,
	trickle,
	'replayed-response': replay,
	'truncated-body': truncated,
};

/** Ends a request that the edge answers, or does not; true when the fault is one of the edge. */
export function hitAtEdge(response: ServerResponse, fault: FaultDetails): boolean {
	const hit = EDGE[fault.name];
	hit?.(response, fault);
	return hit !== undefined;
}

/** The answer in place of the endpoint's, where the fault keeps the call from being processed. */
export function hitInstead(fault: FaultDetails | undefined): Answer | undefined {
	return fault && INSTEAD[fault.name]?.(fault);
}

/** The answer after processing: replaced if the fault does that and the call succeeded. */
export function hitAnswer(
	answer: Answer,
	fault: FaultDetails | undefined,
	request: ReceivedRequest,
): Answer {
	if (!fault || answer.status >= 300) return answer;
	return ANSWER[fault.name]?.(fault, answer, request) ?? answer;
}

/** The request as the endpoint sees it: of a list that repeats itself always the first page. */
export function hitRequest(request: ReceivedRequest, fault?: FaultDetails): ReceivedRequest {
	if (fault?.name !== 'repeating-list') return request;
	return { ...request, url: request.url.replace(/([?&]offset=)\d+/, '$10') };
}

/** Seconds by which the time of the signature is off. */
export function clockError(fault: FaultDetails | undefined): number {
	if (fault?.name === 'stale-response') return -200;
	return fault?.name === 'skewed-clock' ? -3600 : 0;
}

/** Writes the answer, damaged or not at all where the fault says so. */
export function deliver(response: ServerResponse, outgoing: Outgoing, fault?: FaultDetails): void {
	const damaged = (fault && DAMAGE[fault.name]?.(outgoing)) ?? outgoing;
	if (!fault && outgoing.status < 300) keep(outgoing);
	const write = fault && DELIVERY[fault.name];
	if (write) write(response, damaged, fault);
	else send(response, damaged);
}

/** 429: too many requests, not processed. */
export function rateLimited(code = 'RATELIMIT_EXCEEDED', retryAfter?: number): Answer {
	const answer = refusalAnswer(new Refusal(429, code, '频率限制', NUMBER.rateLimit));
	return retryAfter === undefined
		? answer
		: { ...answer, headers: { 'Retry-After': String(retryAfter) } };
}

/** A page of the edge: HTML, unsigned, without Request-ID (docs/protocol.md, Which responses are signed). */
export function sendPage(response: ServerResponse, status: number): void {
	const titles: Record<number, string> = {
		403: 'Forbidden',
		404: 'Not Found',
		405: 'Not Allowed',
		502: 'Bad Gateway',
	};
	const title = `${status} ${titles[status]}`;
	const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
	response.writeHead(status, { 'Content-Type': 'text/html', 'Content-Length': page.length });
	response.end(page);
}

/** The latest successes of all fakes of this process, the oldest first. */
const delivered: Array<{ outgoing: Outgoing; at: number }> = [];

const MOST_KEPT = 1000;

function keep(outgoing: Outgoing): void {
	delivered.push({ outgoing, at: Date.now() });
	if (delivered.length > MOST_KEPT) delivered.shift();
}

/** A copy that overtakes the response itself would be believed in its place. */
function replay(response: ServerResponse, _outgoing: Outgoing, { age = 0 }: FaultDetails): void {
	const earlier = [...delivered].reverse().find(({ at }) => at <= Date.now() - age);
	if (earlier) send(response, earlier.outgoing);
	else response.socket?.destroy();
}

/** The same with other names of things. */
function aboutAnother(answer: Answer): Answer {
	const NAMES = /"(out_trade_no|transaction_id|card_id|code|activity_id)":"[^"]*"/g;
	return { ...answer, body: String(answer.body).replace(NAMES, '"$1":"another"') };
}

function send(response: ServerResponse, { status, headers, body }: Outgoing): void {
	response.writeHead(status, headers).end(body);
}

/** Another list in place of a list; other answers stay. */
function withList(change: (list: List, url: string) => object) {
	return (_fault: FaultDetails, answer: Answer, { url }: ReceivedRequest): Answer => {
		const list = readList(String(answer.body));
		return list ? answered(JSON.stringify(change(list, url))) : answer;
	};
}

function answered(body: string): Answer {
	return { status: 200, body, number: NUMBER.success };
}

function systemError(): Answer {
	const message = '系统异常，请稍后重试';
	return refusalAnswer(new Refusal(500, 'SYSTEM_ERROR', message, NUMBER.business));
}

/** Another signature on an answer that has one; an unsigned 401 stays unsigned. */
function withSignature(make: () => string): (outgoing: Outgoing) => Outgoing {
	return (outgoing) => {
		if (!('Wechatpay-Signature' in outgoing.headers)) return outgoing;
		return { ...outgoing, headers: { ...outgoing.headers, 'Wechatpay-Signature': make() } };
	};
}

function withoutSignature(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !name.startsWith('Wechatpay-')),
	);
}

function tampered({ status, headers, body }: Outgoing): Outgoing {
	const text = body.toString();
	const replaced = text.includes('"') ? text.replace('"', ' "') : `${text} `;
	const changed = body.length === 0 ? '{"tampered":true}' : replaced;
	return {
		status: status === 204 ? 200 : status,
		headers: jsonHeaders(headers, Buffer.byteLength(changed)),
		body: Buffer.from(changed),
	};
}

function trickle(
	response: ServerResponse,
	{ headers }: Outgoing,
	{ status = 200 }: FaultDetails,
): void {
	const { 'Content-Length': _length, ...open } = headers;
	response.writeHead(status, open);
	let written = 0;
	const timer = setInterval(() => {
		response.write(' ');
		written += 1;
		// The first byte alone would be no trickle.
		if (written === 2) unanswered();
	}, 200);
	response.on('close', () => clearInterval(timer));
}

function truncated(response: ServerResponse, { status, headers, body }: Outgoing): void {
	const whole = body.length === 0 ? Buffer.from('{"truncated":true}') : body;
	response.writeHead(status === 204 ? 200 : status, jsonHeaders(headers, whole.length));
	response.write(whole.subarray(0, whole.length / 2), () => response.socket?.end());
}

function jsonHeaders(headers: Record<string, string>, length: number): Record<string, string> {
	return { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(length) };
}
