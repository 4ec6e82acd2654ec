/**
 * A batch of orders against a WeChat Pay that has a bad night, on a virtual clock. Orders go the way of all items; only
 * signatures are another matter, and whoever uses this replaces `distrust`.
 */
import { inPool } from '../../nodes/action/execution/pool.ts';
import { systemClock } from '../../nodes/client/clock.ts';
import type { FailureDetails } from '../../nodes/client/errors/requestError.ts';
import { failureDetailsOf } from '../../nodes/client/errors/requestError.ts';
import { HostFailover } from '../../nodes/client/http/hostFailover.ts';
import { RequestDeadlines } from '../../nodes/client/http/requestDeadlines.ts';
import { RateLimiter } from '../../nodes/client/rateLimiter.ts';
import { sendWithRetries } from '../../nodes/client/sendWithRetries.ts';
import type { Session } from '../../nodes/client/session.ts';
import { sharedTraffic } from '../../nodes/client/traffic.ts';
import type { Request } from '../../nodes/client/types.ts';
import type { VirtualClock } from './virtualClock.cts';

const BASE_URL = 'https://pay.example.com';
/** How WeChat Pay takes a request. */
export type Weather =
	| 'fine'
	| 'nobody'
	| 'black hole'
	| 'reset'
	| '500'
	| '429'
	| 'tls'
	| 'domain'
	| 'ssrf';

export interface Night {
	orders?: number;
	/** By the seconds since the start. */
	weather: (time: number, order: number) => Weather;
	retries?: number;
	/** 0 for automatic. */
	concurrency?: number;
	timeout?: number;
	/** Requests per second. */
	cap?: number;
	repeatable?: boolean;
	/** Sets the wall clock by so many ms, every ten seconds. */
	jump?: number;
	/** Sets the wall clock, by so many ms after so many ms. */
	jumps?: Array<{ after: number; by: number }>;
	/** Cancels the execution after so many seconds. */
	cancelAfter?: number;
	/** Of a 429, in seconds. */
	retryAfter?: number;
	endpoint?: string;
}

export interface Morning {
	/** In ms. */
	took: number;
	results: Array<FailureDetails | 'done'>;
	/** How many requests each order cost. */
	requests: number[];
	/** The orders whose request may have been processed. */
	arrived: Set<number>;
	/** When each request was sent, in ms. */
	starts: number[];
	count(outcome: string): number;
}

const thrown = (text: string, code?: string) => Object.assign(new Error(text), { code });

const THROWN: Partial<Record<Weather, Error>> = {
	nobody: thrown('connect ECONNREFUSED 127.0.0.1:443', 'ECONNREFUSED'),
	reset: thrown('socket hang up', 'ECONNRESET'),
	tls: thrown('unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
	domain: thrown('Domain not allowed: This credential is restricted'),
	ssrf: Object.assign(
		thrown('The request was blocked because it resolves to a restricted IP address'),
		{ name: 'SsrfBlockedIpError' },
	),
};

const ANSWERS = {
	fine: { statusCode: 204, body: '' },
	'500': { statusCode: 500, body: '{"code":"SYSTEM_ERROR"}' },
	'429': { statusCode: 429, body: '{"code":"RATELIMIT_EXCEEDED"}' },
} as const;

async function* streamOf(body: string): AsyncGenerator<Buffer> {
	yield await Promise.resolve(Buffer.from(body));
}

interface HelperThis {
	getExecutionCancelSignal(): AbortSignal;
}

/** n8n's helper, with WeChat Pay behind it. */
function helperFor(clock: VirtualClock, { weather, retryAfter }: Night, morning: Morning) {
	const start = clock.elapsed;
	return async function (this: HelperThis, _: string, { url }: { url: string }): Promise<object> {
		const order = Number(url.split('/').pop());
		morning.starts.push(clock.elapsed);
		morning.requests[order] = (morning.requests[order] ?? 0) + 1;
		const now = weather((clock.elapsed - start) / 1000, order);
		if (now === 'black hole') {
			morning.arrived.add(order);
			const signal = this.getExecutionCancelSignal();
			await new Promise((resolve) => signal.addEventListener('abort', resolve));
			throw thrown('canceled', 'ERR_CANCELED');
		}
		await clock.sleep(now === 'nobody' ? 1 : 50);
		const exception = THROWN[now];
		if (now === 'reset') morning.arrived.add(order);
		if (exception) throw exception;
		const { statusCode, body } = ANSWERS[now as keyof typeof ANSWERS];
		if (statusCode !== 429) morning.arrived.add(order);
		const headers = { 'retry-after': retryAfter?.toString() };
		return { statusCode, headers, body: streamOf(body) };
	};
}

function sessionFor(
	clock: VirtualClock,
	night: Night,
	morning: Morning,
	signal: AbortSignal,
): Session {
	const { retries = 3, concurrency = 0, timeout = 10_000, cap = 0, endpoint } = night;
	const merchant = { keys: new Map(), baseUrl: BASE_URL };
	const traffic = endpoint ? sharedTraffic([endpoint]) : undefined;
	return {
		context: { helpers: { httpRequestWithAuthentication: helperFor(clock, night, morning) } },
		credential: {},
		merchant,
		hosts: new HostFailover(merchant as never, {}, clock),
		options: { timeout, retries, concurrency, requestsPerSecond: cap },
		rateLimiter: new RateLimiter({ clock: systemClock, cap, concurrency, signal, traffic }),
		deadlines: new RequestDeadlines(signal, clock),
		signal,
		refreshKeys: async () => {},
	} as never;
}

/** Sends the orders of a night, as the nodes do, by a clock that `systemClock` shows as well. */
export async function spendNight(clock: VirtualClock, night: Night): Promise<Morning> {
	const { orders = 10_000, repeatable = true, cancelAfter } = night;
	const results: Morning['results'] = [];
	const count = (wanted: string) =>
		results.filter((one) => (one === 'done' ? 'done' : one.outcome) === wanted).length;
	const morning: Morning = {
		took: 0,
		results,
		requests: [],
		arrived: new Set(),
		starts: [],
		count,
	};
	const controller = new AbortController();
	if (cancelAfter) clock.in(cancelAfter * 1000, () => controller.abort());
	const session = sessionFor(clock, night, morning, controller.signal);
	let isOver = false;
	const jump = () => {
		if (isOver || !night.jump) return;
		clock.jump(night.jump);
		clock.in(10_000, jump);
	};
	clock.in(10_000, jump);
	for (const { after, by } of night.jumps ?? []) clock.in(after, () => clock.jump(by));
	const start = clock.elapsed;
	const send = async (order: number) => {
		const retryPolicy = { method: 'POST', resendable: repeatable, repeatable };
		const request = { method: 'POST', url: `${BASE_URL}/v3/${order}`, retryPolicy } as Request;
		results[order] = await sendWithRetries(session, request).then(
			() => 'done' as const,
			(error: unknown) => failureDetailsOf(error),
		);
	};
	const mayStart = () => !controller.signal.aborted;
	await clock.runUntil(inPool(session.rateLimiter, orders, send, mayStart));
	isOver = true;
	morning.took = clock.elapsed - start;
	return morning;
}

/** Has the package go by a clock. @returns what takes that back */
export function goBy(clock: VirtualClock): () => void {
	const real = { ...systemClock };
	Object.assign(systemClock, {
		now: () => clock.now(),
		monotonic: () => clock.monotonic(),
		sleep: async (ms: number, signal?: AbortSignal) => await clock.sleep(ms, signal),
	});
	return () => Object.assign(systemClock, real);
}
