/** What happens to one request: faults, checks, the endpoint, the signed answer, and the counts. */
import type { ServerResponse } from 'node:http';

import {
	answerKey,
	checkSerial,
	plainHeaders,
	refusalAnswer,
	signatureHeaders,
} from './answer.cts';
import type { Outgoing } from './answer.cts';
import { authorize, checkClientHeaders } from './memberCard/authorization.cts';
import type { Answer } from './call.cts';
import { noCounts, type Counts } from './rules/counts.cts';
import type { SigningKey } from './keys.cts';
import { USUAL_KEYS, type KeysInUse } from './keysInUse.cts';
import {
	clockError,
	deliver,
	hitAnswer,
	hitAtEdge,
	hitInstead,
	hitRequest,
	Misbehaviour,
	rateLimited,
	sendPage,
	type FaultDetails,
} from './misbehaviour.cts';
import { NonceMemory } from './rules/nonces.cts';
import type { FakeOptions } from './options.cts';
import { SlidingWindow } from './rules/rateLimit.cts';
import { Refusal } from './rules/refusal.cts';
import type { ReceivedRequest } from './rules/request.cts';
import { decodePath, route, type Endpoint } from './routes.cts';
import { State } from './state.cts';

interface Target {
	endpoint: Endpoint;
	rawPath: Record<string, string>;
}

/** An answer, and whether the caller's signature was verified: only then may an error be signed. */
interface Decision {
	answer: Answer;
	verified: boolean;
}

export class Gateway {
	state = new State();

	keys: KeysInUse;

	counts: Counts = noCounts();

	readonly misbehaviour = new Misbehaviour();

	private readonly nonces = new NonceMemory();

	private readonly limit?: SlidingWindow;

	constructor(private readonly options: FakeOptions) {
		this.keys = { ...USUAL_KEYS, signs: options.signs };
		if (options.rateLimit) this.limit = new SlidingWindow(options.rateLimit.perSecond);
	}

	/** Processes the request before it returns; the answer may come later, damaged or never. */
	handle(request: ReceivedRequest, response: ServerResponse): void {
		this.counts.received += 1;
		const fault = this.misbehaviour.next(request);
		if (fault) this.noteFault(request, fault);
		if (fault && hitAtEdge(response, fault)) return noteStatus(request, response);
		const target = route(request.method, request.url);
		if ('edgeStatus' in target) return this.answerAtEdge(request, response, target.edgeStatus);
		const { answer, verified } = this.decide(request, target, fault);
		const outgoing = this.seal(hitAnswer(answer, fault, request), verified, request, fault);
		this.afterDelay(response, () => {
			deliver(response, outgoing, fault);
			noteStatus(request, response);
		});
	}

	private answerAtEdge(
		request: ReceivedRequest,
		response: ServerResponse,
		status: 404 | 405,
	): void {
		this.counts.refused += 1;
		sendPage(response, status);
		noteStatus(request, response);
	}

	private noteFault(request: ReceivedRequest, { name }: FaultDetails): void {
		request.fault = name;
		this.counts.faults[name] = (this.counts.faults[name] ?? 0) + 1;
	}

	private decide(request: ReceivedRequest, target: Target, fault?: FaultDetails): Decision {
		let verified = false;
		try {
			checkClientHeaders(request);
			const mchid = authorize(request, this.now(), this.nonces);
			verified = true;
			checkSerial(serialOf(request), this.keys);
			const answer = this.holdBack(fault) ?? this.process(request, target, mchid, fault);
			return { answer, verified };
		} catch (refusal) {
			if (!(refusal instanceof Refusal)) throw refusal;
			this.counts.refused += 1;
			return { answer: refusalAnswer(refusal), verified };
		}
	}

	/** The answer to a call that is not processed although it is in order. */
	private holdBack(fault?: FaultDetails): Answer | undefined {
		const answer = hitInstead(fault) ?? this.holdToRateLimit();
		if (answer?.status === 429) this.counts.limited += 1;
		return answer;
	}

	private holdToRateLimit(): Answer | undefined {
		const wait = this.limit?.wait() ?? 0;
		if (wait === 0) return undefined;
		const { code, retryAfter } = this.options.rateLimit ?? {};
		return rateLimited(code, retryAfter ? Math.ceil(wait / 1000) : undefined);
	}

	private process(
		request: ReceivedRequest,
		{ endpoint, rawPath }: Target,
		mchid: string,
		fault?: FaultDetails,
	): Answer {
		const answer = endpoint({
			request: hitRequest(request, fault),
			mchid,
			path: decodePath(rawPath),
			state: this.state,
			answerKey: this.answerKey(request),
			keys: this.keys,
			selfTest: this.options.selfTest ?? true,
			now: this.now(),
			origin: `${(this.options.tls ?? true) ? 'https' : 'http'}://${request.headers.host}`,
			offsetCounts: this.options.offsetCounts ?? 'pages',
		});
		this.counts.accepted += 1;
		return answer;
	}

	private seal(
		answer: Answer,
		verified: boolean,
		request: ReceivedRequest,
		fault?: FaultDetails,
	): Outgoing {
		const { status } = answer;
		const body = Buffer.from(answer.body as string);
		const now = this.now();
		const headers = plainHeaders(answer, now);
		if (!verified || answer.isUnsigned) return { status, headers, body };
		const signed = signatureHeaders(body, this.answerKey(request), now + clockError(fault));
		return { status, headers: { ...headers, ...signed }, body };
	}

	private answerKey(request: ReceivedRequest): SigningKey {
		return answerKey(serialOf(request), this.keys);
	}

	/** WeChat Pay's clock in Unix seconds. */
	now(): number {
		return Math.floor(this.options.now?.() ?? Date.now() / 1000);
	}

	private afterDelay(response: ServerResponse, write: () => void): void {
		if (!this.options.delay) return write();
		const timer = setTimeout(write, this.options.delay);
		response.on('close', () => clearTimeout(timer));
	}
}

function serialOf({ headers }: ReceivedRequest): string | undefined {
	return headers['wechatpay-serial'] as string | undefined;
}

/** What was sent is only known afterwards: a fault may have changed it, or sent nothing. */
function noteStatus(request: ReceivedRequest, response: ServerResponse): void {
	if (response.headersSent) request.status = response.statusCode;
}
