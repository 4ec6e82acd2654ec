/** Bad nights, by a clock of their own: nothing gets through, for ever or for a while. Orders go the way of all items. */
import { MAX_CONCURRENCY } from '../../../nodes/client/adaptiveConcurrency';
import { systemClock } from '../../../nodes/client/clock';
import type { FailureDetails } from '../../../nodes/client/errors/requestError';
import { failureDetailsOf } from '../../../nodes/client/errors/requestError';
import { HostFailover } from '../../../nodes/client/http/hostFailover';
import { RequestDeadlines } from '../../../nodes/client/http/requestDeadlines';
import { RateLimiter } from '../../../nodes/client/rateLimiter';
import { sendWithRetries } from '../../../nodes/client/sendWithRetries';
import type { Session } from '../../../nodes/client/session';
import { sharedTraffic } from '../../../nodes/client/traffic';
import type { Request } from '../../../nodes/client/types';
import { inPool } from '../../../nodes/action/execution/pool';
import { VirtualClock } from '../../support/virtualClock.cts';

// What is signed is another test's matter, and takes real time.
jest.mock('../../../nodes/client/response/verifyResponse', () => ({ distrust: () => undefined }));

jest.setTimeout(60_000);

const BASE_URL = 'https://pay.example.com';
const MINUTE = 60_000;

/** How WeChat Pay takes a request. */
type Weather =
	| 'fine'
	| 'nobody'
	| 'black hole'
	| 'reset'
	| '500'
	| '429'
	| 'tls'
	| 'domain'
	| 'ssrf';

interface Night {
	orders?: number;
	/** By the seconds since the start. */
	weather: (time: number, order: number) => Weather;
	retries?: number;
	/** 0 for automatic. */
	concurrency?: number;
	timeout?: number;
	repeatable?: boolean;
	/** Sets the wall clock by so many ms, every ten seconds. */
	jump?: number;
	/** Cancels the execution after so many seconds. */
	cancelAfter?: number;
	/** Of a 429, in seconds. */
	retryAfter?: number;
	endpoint?: string;
}

interface Morning {
	/** In ms. */
	took: number;
	results: Array<FailureDetails | 'done'>;
	/** How many requests each order cost. */
	requests: number[];
	/** The orders whose request may have been processed. */
	arrived: Set<number>;
	count(outcome: string): number;
}

let clock: VirtualClock;

beforeEach(() => {
	clock = new VirtualClock();
	jest.spyOn(systemClock, 'now').mockImplementation(() => clock.now());
	jest.spyOn(systemClock, 'monotonic').mockImplementation(() => clock.monotonic());
	jest.spyOn(systemClock, 'sleep').mockImplementation(async (...how) => await clock.sleep(...how));
});

afterEach(() => {
	jest.restoreAllMocks();
});

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
function helperFor({ weather, retryAfter }: Night, morning: Morning) {
	const start = clock.elapsed;
	return async function (this: HelperThis, _: string, { url }: { url: string }): Promise<object> {
		const order = Number(url.split('/').pop());
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

function sessionFor(night: Night, morning: Morning, signal?: AbortSignal): Session {
	const { retries = 3, concurrency = 0, timeout = 10_000, endpoint } = night;
	const merchant = { keys: new Map(), baseUrl: BASE_URL };
	const traffic = endpoint ? sharedTraffic([endpoint]) : undefined;
	return {
		context: { helpers: { httpRequestWithAuthentication: helperFor(night, morning) } },
		credential: {},
		merchant,
		hosts: new HostFailover(merchant as never, {}, clock),
		options: { timeout, retries, concurrency, requestsPerSecond: 0 },
		rateLimiter: new RateLimiter({ clock: systemClock, cap: 0, concurrency, signal, traffic }),
		deadlines: new RequestDeadlines(signal, clock),
		signal,
		refreshKeys: async () => {},
	} as never;
}

async function spend(night: Night): Promise<Morning> {
	const { orders = 10_000, concurrency = 0, repeatable = true, cancelAfter } = night;
	const results: Morning['results'] = [];
	const count = (wanted: string) =>
		results.filter((one) => (one === 'done' ? 'done' : one.outcome) === wanted).length;
	const morning: Morning = { took: 0, results, requests: [], arrived: new Set(), count };
	const controller = new AbortController();
	if (cancelAfter) clock.in(cancelAfter * 1000, () => controller.abort());
	const session = sessionFor(night, morning, controller.signal);
	let isOver = false;
	const jump = () => {
		if (isOver || !night.jump) return;
		clock.jump(night.jump);
		clock.in(10_000, jump);
	};
	clock.in(10_000, jump);
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
	await clock.runUntil(inPool(concurrency || MAX_CONCURRENCY, orders, send, mayStart));
	isOver = true;
	morning.took = clock.elapsed - start;
	return morning;
}

/** No order without an outcome, and none with a wrong one. */
function expectTruth({ results, requests, arrived }: Morning, orders: number): void {
	expect(results).toHaveLength(orders);
	const wrong = results.filter((result, order) => {
		if (result === 'done') return !arrived.has(order);
		const isTrue = (result.outcome === 'unknown') === arrived.has(order);
		const isCounted = result.attempts === (requests[order] ?? 0);
		const isRepeatable = result.repeatable || result.outcome === 'unknown';
		return !isTrue || !isCounted || !isRepeatable || UNWANTED.test(result.message);
	});
	expect(wrong).toEqual([]);
}

const UNWANTED = /\b(error|problem|failure|mistake|undefined)\b/i;

const forEver: Array<[Weather, RegExp, number]> = [
	['nobody', /could not reach it \(ECONNREFUSED\)\. Check the network/, 250],
	['black hole', /was not answered \(ETIMEDOUT\)\. Run this item again later/, 100],
	['reset', /was not answered \(ECONNRESET\)/, 250],
	['500', /was answered 500\. Run this item again later/, 250],
	['429', /was answered 429\. Run this item again later/, 100],
];

describe.each(forEver)('%s for ever', (weather, says, most) => {
	it.each([
		['usual options', {}],
		['one at a time', { concurrency: 1 }],
		['no retries', { retries: 0 }],
		['requests that must not be repeated', { repeatable: false }],
		['pauses that are asked for', { retryAfter: 30 }],
	])('ends 10,000 orders within five minutes, each with its outcome: %s', async (_, options) => {
		const orders = 10_000;
		const morning = await spend({ orders, weather: () => weather, ...options });
		expect(morning.took).toBeLessThan(5 * MINUTE);
		expectTruth(morning, orders);
		const untried = morning.results.filter((one) => one !== 'done' && one.attempts === 0);
		expect(untried.length).toBeGreaterThan(9000);
		const told = new Set(untried.map((one) => (one as FailureDetails).message));
		expect(told.size).toBe(1);
		expect([...told][0]).toMatch(
			/^Not sent, because nothing gets through to WeChat Pay: the last request /,
		);
		expect([...told][0]).toMatch(says);
		expect(morning.count('not_sent')).toBeGreaterThanOrEqual(untried.length);
		if (!('retries' in options) && !('repeatable' in options)) {
			const sent = morning.requests.reduce((sum, one) => sum + one, 0);
			expect(sent).toBeLessThan(most);
		}
	});

	it.each([3_600_000, -3_600_000])(
		'ends as well with a clock that jumps by %d ms',
		async (jump) => {
			const morning = await spend({ orders: 500, weather: () => weather, jump });
			expect(morning.took).toBeGreaterThan(1.5 * MINUTE);
			expect(morning.took).toBeLessThan(5 * MINUTE);
			expectTruth(morning, 500);
		},
	);

	it('sends again as soon as somebody is there, and ends complete', async () => {
		const back = (time: number): Weather => (time > 5 && time < 110 ? weather : 'fine');
		const orders = 3000;
		const morning = await spend({ orders, weather: back });
		expect(morning.count('done')).toBe(orders);
		expect(morning.took).toBeLessThan(3 * MINUTE);
	});

	it('notices who is back when the two minutes are nearly over', async () => {
		const back = (time: number): Weather => (time < 119.5 ? weather : 'fine');
		const morning = await spend({ orders: 1000, weather: back });
		expect(morning.count('done')).toBeGreaterThanOrEqual(1000 - MAX_CONCURRENCY);
		expect(morning.count('not_sent')).toBe(0);
	});

	it('ends at once when it is cancelled', async () => {
		const morning = await spend({ orders: 500, weather: () => weather, cancelAfter: 60 });
		expect(morning.took).toBeLessThanOrEqual(MINUTE + 1);
		expect(morning.results.filter(Boolean).length).toBeGreaterThanOrEqual(MAX_CONCURRENCY);
	});

	it('is known to the next execution, until a probe gets through', async () => {
		const endpoint = `storm of ${weather}`;
		await spend({ orders: 1000, weather: () => weather, endpoint });
		const next = await spend({ orders: 1000, weather: () => weather, endpoint });
		expect(next.took).toBe(0);
		expect(next.requests).toEqual([]);
		expectTruth(next, 1000);
		await clock.advance(MINUTE / 2);
		const probing = await spend({ orders: 1000, weather: () => weather, endpoint });
		expect(probing.took).toBeLessThan(MINUTE / 2);
		expect(probing.requests.filter(Boolean)).toHaveLength(1);
		expectTruth(probing, 1000);
		await clock.advance(MINUTE / 2);
		const after = await spend({ orders: 1000, weather: () => 'fine', endpoint });
		expect(after.count('done')).toBe(1000);
		expect(after.took).toBeLessThan(30_000);
	});
});

describe('what stops every request alike', () => {
	it.each<[Weather, RegExp]>([
		[
			'tls',
			/^Not sent, because the TLS certificate of the host is not trusted.*NODE_EXTRA_CA_CERTS/,
		],
		['domain', /^Not sent, because the credential does not allow.*'Allowed HTTP Request Domains'/],
		['ssrf', /^Not sent, because n8n has blocked the host.*'Base URL'/],
	])('is tried once, and ends the batch: %s', async (weather, says) => {
		const morning = await spend({ weather: () => weather });
		expect(morning.took).toBeLessThan(1000);
		expect(morning.requests.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(4);
		expect(morning.count('not_sent')).toBe(10_000);
		expectTruth(morning, 10_000);
		const told = new Set((morning.results as FailureDetails[]).map(({ message }) => message));
		expect(told.size).toBe(1);
		expect([...told][0]).toMatch(says);
	});

	it('says nothing about the next execution', async () => {
		const endpoint = 'stopped';
		await spend({ orders: 100, weather: () => 'domain', endpoint });
		const fixed = await spend({ orders: 100, weather: () => 'fine', endpoint });
		expect(fixed.count('done')).toBe(100);
	});
});

describe('what is not a storm', () => {
	it('a few orders that are never answered do not stop the others', async () => {
		const weather = (_: number, order: number): Weather => (order % 100 < 6 ? '500' : 'fine');
		const morning = await spend({ orders: 3000, weather });
		expect(morning.count('done')).toBe(3000 * 0.94);
		expect(morning.count('unknown')).toBe(3000 * 0.06);
	});

	it.each([0.5, 0.8])('a share of %d that breaks down slows nothing down', async (share) => {
		let drawn = 0;
		const weather = (): Weather => ((drawn += 7919) % 100 < share * 100 ? 'reset' : 'fine');
		const morning = await spend({ orders: 3000, weather });
		expect(morning.count('not_sent')).toBe(0);
		expect(morning.took).toBeLessThan(10 * MINUTE);
	});

	it('a single order is tried as often as the user wants', async () => {
		const morning = await spend({ orders: 1, weather: () => 'nobody' });
		expect(morning.results).toMatchObject([{ outcome: 'not_sent', attempts: 4 }]);
		expect(morning.took).toBeLessThan(10_000);
	});
});
