/** A request until its response is clear, by a clock of its own: what is repeated, when, and what is told in the end. */
import { memberCardErrors } from '../../../nodes/WechatPayMemberCard/operations/knownErrors';
import type { Session } from '../../../nodes/client/session';
import { HostFailover } from '../../../nodes/client/http/hostFailover';
import { RequestDeadlines } from '../../../nodes/client/http/requestDeadlines';
import type { FailureDetails } from '../../../nodes/client/errors/requestError';
import { RequestError } from '../../../nodes/client/errors/requestError';
import { RateLimiter } from '../../../nodes/client/rateLimiter';
import type { Request, VerifiedResponse } from '../../../nodes/client/types';
import { sendWithRetries as sendInRealTime } from '../../../nodes/client/sendWithRetries';
import { signatureHeaders } from '../../support/fake/answer.cts';
import { PUBLIC_KEY } from '../../support/fake/keys.cts';
import { VirtualClock } from '../../support/virtualClock.cts';

let clock: VirtualClock;

/** No request takes long. */
const stopped = {
	now: () => clock.now(),
	monotonic: () => clock.monotonic(),
	sleep: async () => await new Promise<void>(() => {}),
};

beforeEach(() => {
	clock = new VirtualClock();
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now());
	jest.spyOn(performance, 'now').mockImplementation(() => clock.monotonic());
	jest.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(() => {
	jest.restoreAllMocks();
});

const MAIN = 'https://api.mch.weixin.qq.com';
const BACKUP = 'https://api2.mch.weixin.qq.com';

const REQUEST = {
	method: 'POST',
	url: `${MAIN}/v3/x`,
	retryPolicy: { method: 'POST', resendable: true, repeatable: true },
} as Request;
const ONCE_ONLY = {
	...REQUEST,
	retryPolicy: { method: 'POST', resendable: false, repeatable: false },
} as Request;

type Came = { statusCode: number; headers?: object; body?: string } | Error;

/** A response that WeChat Pay signed. */
function done(): Came {
	const now = Math.floor(clock.now() / 1000);
	return { statusCode: 204, headers: signatureHeaders(Buffer.from(''), PUBLIC_KEY, now) };
}

const limited = (retryAfter?: string): Came => ({
	statusCode: 429,
	headers: { 'retry-after': retryAfter },
	body: '{"code":"FREQUENCY_LIMITED"}',
});
const unreached = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
const cancelled = Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' });
const untrusted = Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' });
const lost = Object.assign(new Error('read'), { code: 'ECONNRESET' });
const broken: Came = { statusCode: 500, body: '{"code":"SYSTEM_ERROR","message":"忙"}' };

async function* streamOf(body = ''): AsyncGenerator<Buffer> {
	yield await Promise.resolve(Buffer.from(body));
}

/**
 * A line on which these come, one for each request, and signed answers from then on.
 *
 * @param asked takes the URLs that were asked for
 */
function lineWith(
	came: Came[],
	signal?: AbortSignal,
	{ backupUrl, asked = [] }: { backupUrl?: string; asked?: string[] } = {},
): Session {
	const left = [...came];
	const httpRequestWithAuthentication = async (_: unknown, { url }: { url: string }) => {
		asked.push(url);
		const next = left.shift() ?? done();
		return next instanceof Error
			? await Promise.reject(next)
			: { statusCode: next.statusCode, headers: next.headers ?? {}, body: streamOf(next.body) };
	};
	const keys = new Map([[PUBLIC_KEY.serial, PUBLIC_KEY.publicKeyPem]]);
	const merchant = { keys, baseUrl: MAIN, backupUrl };
	return {
		context: { helpers: { httpRequestWithAuthentication } },
		credential: {},
		merchant,
		hosts: new HostFailover(merchant, {}, clock),
		options: { timeout: 1000, retries: 2 },
		rateLimiter: new RateLimiter({ clock, cap: 0, signal }),
		signal,
		deadlines: new RequestDeadlines(undefined, stopped),
		refreshKeys: async () => {},
	} as never;
}

async function sendWithRetries(session: Session, request: Request): Promise<VerifiedResponse> {
	return await clock.runUntil(sendInRealTime(session, request));
}

/** The facts of a request that did not succeed. */
async function failureOf(session: Session, request = REQUEST): Promise<FailureDetails> {
	let thrown: unknown = 'it succeeded';
	try {
		thrown = await sendWithRetries(session, request);
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(RequestError);
	return (thrown as RequestError).details;
}

describe('is repeated', () => {
	it.each([
		['what WeChat Pay never got', unreached],
		['what came too fast', limited()],
	])('whatever it is, because nothing was processed: %s', async (_, came) => {
		expect(await sendWithRetries(lineWith([came]), ONCE_ONLY)).toMatchObject({
			status: 204,
			attempts: 2,
		});
	});

	it.each([
		['no response', lost],
		['a breakdown', broken],
	])('only what may be, after %s', async (_, came) => {
		expect(await sendWithRetries(lineWith([came]), REQUEST)).toMatchObject({
			status: 204,
			attempts: 2,
		});
		expect(await failureOf(lineWith([came]), ONCE_ONLY)).toMatchObject({
			outcome: 'unknown',
			attempts: 1,
			repeatable: false,
		});
	});

	it('as often as the user allows', async () => {
		expect(await sendWithRetries(lineWith([lost, broken]), REQUEST)).toHaveProperty('attempts', 3);
		expect(await failureOf(lineWith([lost, lost, lost]))).toMatchObject({ attempts: 3 });
	});

	it('once where the response cannot be trusted', async () => {
		const unsigned: Came = { statusCode: 200 };
		expect(await sendWithRetries(lineWith([unsigned]), REQUEST)).toHaveProperty('attempts', 2);
		expect(await failureOf(lineWith([unsigned, unsigned]))).toMatchObject({
			code: 'MISSING_HEADER',
			attempts: 2,
		});
	});
});

describe('goes on', () => {
	const overdue = Object.assign(new Error('timeout'), { code: 'ECONNABORTED' });

	async function hostsFor(came: Came[]): Promise<{ hosts: string[]; message?: string }> {
		const asked: string[] = [];
		const session = lineWith(came, undefined, { backupUrl: BACKUP, asked });
		// What an earlier test left in the memory of the process.
		session.hosts.recordResult({ host: MAIN, end: 'response' });
		let message: string | undefined;
		try {
			await sendWithRetries(session, REQUEST);
		} catch (error) {
			message = (error as Error).message;
		}
		expect(asked.every((url) => url.endsWith('/v3/x'))).toBe(true);
		return { hosts: asked.map((url) => new URL(url).origin), message };
	}

	it('at the other host after a connection that failed', async () => {
		expect(await hostsFor([lost])).toEqual({ hosts: [MAIN, BACKUP] });
		expect(await hostsFor([unreached, unreached])).toEqual({ hosts: [MAIN, BACKUP, MAIN] });
	});

	it.each([
		['a response', broken],
		['a silence that has other reasons', overdue],
	])('at the same host after %s', async (_, came) => {
		expect(await hostsFor([came, came])).toEqual({ hosts: [MAIN, MAIN, MAIN] });
		expect(await hostsFor([lost, came])).toEqual({ hosts: [MAIN, BACKUP, BACKUP] });
	});

	it('and tells where it tried, if in more than one place and in vain', async () => {
		const both = 'Tried api.mch.weixin.qq.com and api2.mch.weixin.qq.com. ';
		expect((await hostsFor([lost, lost, lost])).message).toContain(both);
		expect((await hostsFor([lost, broken, broken])).message).not.toContain('Tried');
		expect((await hostsFor([overdue, overdue, overdue])).message).not.toContain('Tried');
	});

	it('with what each attempt tells of its host', async () => {
		const session = lineWith([lost, overdue, broken], undefined, { backupUrl: BACKUP });
		session.hosts.recordResult({ host: MAIN, end: 'response' });
		const learn = jest.spyOn(session.hosts, 'recordResult');
		await failureOf(session);
		expect(learn.mock.calls.map(([visit]) => visit)).toEqual([
			{ host: MAIN, end: 'no connection' },
			{ host: BACKUP, end: 'other' },
			{ host: BACKUP, end: 'response' },
		]);
	});

	it('with the key that a response names, and with nothing for a silence', async () => {
		const session = lineWith([lost, broken]);
		const learn = jest.spyOn(session, 'refreshKeys');
		await sendWithRetries(session, REQUEST);
		expect(learn.mock.calls.map(([{ status }]) => status)).toEqual([500, 204]);
	});
});

describe('the speed of all', () => {
	it('waits as long as a 429 asks for', async () => {
		await sendWithRetries(lineWith([limited('7')]), REQUEST);
		expect(clock.elapsed).toBe(7000);
	});

	it.each<[string, () => Came, object]>([
		['a success', done, { kind: 'ok' }],
		['a refusal', () => ({ statusCode: 400, body: '{"code":"PARAM_ERROR"}' }), { kind: 'ok' }],
		[
			'a 429',
			() => limited('7'),
			{ kind: 'limited', retryAfter: 7000, reason: 'was answered 429' },
		],
		[
			'a 429 of a proxy',
			() => ({ statusCode: 429 }),
			{ kind: 'limited', reason: 'was answered 429' },
		],
		['a breakdown', () => broken, { kind: 'failed', reason: 'was answered 500' }],
		['no response', () => lost, { kind: 'failed', reason: 'was not answered (ECONNRESET)' }],
		[
			'no connection',
			() => unreached,
			{ kind: 'failed', reason: 'could not reach it (ECONNREFUSED)' },
		],
		['a cancelled request', () => cancelled, { kind: 'untold' }],
		['a host that is not trusted', () => untrusted, { kind: 'untold' }],
	])('is learned from %s', async (_, came, report) => {
		const session = lineWith([came()]);
		const release = jest.spyOn(session.rateLimiter, 'release');
		await sendWithRetries(session, REQUEST).catch(() => undefined);
		expect(release.mock.calls[0][1]).toEqual(report);
	});

	/** A request that is answered 429 so many times, while others get through or none does. */
	async function limitedTimes(times: number, retries: number, others: boolean): Promise<Session> {
		const session = lineWith([]);
		let left = times;
		session.options.retries = retries;
		session.context.helpers.httpRequestWithAuthentication = async (_: unknown, options: object) => {
			const isOther = String((options as { url: string }).url).endsWith('/other');
			const { statusCode, headers, body } = (isOther || left <= 0 ? done() : limited()) as never;
			if (!isOther) left -= 1;
			return { statusCode, headers, body: streamOf(body) };
		};
		const other = { ...REQUEST, url: `${MAIN}/v3/other` };
		for (let second = 0; others && second < 100; second += 1) {
			clock.in(1000 * second, () => void sendInRealTime(session, other));
		}
		return session;
	}

	it.each([1, 2])(
		'a 429 does not count against %d retries while others get through',
		async (retries) => {
			const session = await limitedTimes(9, retries, true);
			await clock.advance(10);
			expect(await sendWithRetries(session, REQUEST)).toHaveProperty('attempts', 10);
		},
	);

	it.each([0, 2])('a 429 counts against %d retries where nothing gets through', async (retries) => {
		const session = await limitedTimes(9, retries, false);
		expect(await failureOf(session)).toMatchObject({ outcome: 'refused', attempts: retries + 1 });
	});

	it('nothing is sent twice without retries', async () => {
		const session = await limitedTimes(9, 0, true);
		await clock.advance(10);
		expect(await failureOf(session)).toMatchObject({ outcome: 'refused', attempts: 1 });
	});

	it('a request that is answered 429 alone, however fast others are, is given up in the end', async () => {
		const session = await limitedTimes(Infinity, 2, true);
		await clock.advance(10);
		expect((await failureOf(session)).attempts).toBeLessThanOrEqual(33);
	});
});

describe('in the end', () => {
	it('an open outcome stays open, whatever the repeats came to', async () => {
		expect(await failureOf(lineWith([lost, limited(), limited()]))).toMatchObject({
			message: expect.stringMatching(
				/^No response from WeChat Pay \(ECONNRESET\), so it may have been done or not; a retry did not settle it: WeChat Pay refused: .*$/,
			),
			outcome: 'unknown',
			code: 'FREQUENCY_LIMITED',
			attempts: 3,
			repeatable: true,
		});
	});

	it.each([
		[unreached, 'not_sent', true],
		[limited(), 'refused', true],
	] as const)('nothing was processed where it never was', async (came, outcome, repeatable) => {
		expect(await failureOf(lineWith([came, came, came]))).toMatchObject({ outcome, repeatable });
	});

	it('what is too large is not tried again, and not to be run again as it is', async () => {
		const large: Came = { statusCode: 413, body: '<html>' };
		expect(await failureOf(lineWith([large, large]))).toMatchObject({
			outcome: 'unknown',
			attempts: 1,
			repeatable: false,
			message: expect.stringContaining('too large') as unknown,
		});
	});

	it('what WeChat Pay said is told once, with the number for its support', async () => {
		const headers = { 'request-id': 'r-1' };
		const retryPolicy = { ...REQUEST.retryPolicy, knownErrors: memberCardErrors };
		const ofMemberCards = { ...REQUEST, retryPolicy };
		const said = (code: string): Came => ({
			statusCode: 400,
			headers,
			body: JSON.stringify({ code, message: '会员卡ID无效' }),
		});
		expect(await failureOf(lineWith([said('INVALID_REQUEST')]), ofMemberCards)).toMatchObject({
			description: "WeChat Pay's words: 会员卡ID无效. Request-ID for WeChat Pay's support: r-1.",
			outcome: 'refused',
			repeatable: false,
		});
		expect(await failureOf(lineWith([said('NEVER_SEEN')]))).toMatchObject({
			description: "WeChat Pay's words: 会员卡ID无效. Request-ID for WeChat Pay's support: r-1.",
		});
		const unnumbered = { ...said('NEVER_SEEN'), headers: {} } as Came;
		expect(await failureOf(lineWith([unnumbered]))).toMatchObject({
			description: "WeChat Pay's words: 会员卡ID无效.",
		});
		expect(await failureOf(lineWith([broken, broken, broken]))).toHaveProperty(
			'description',
			"WeChat Pay's words: 忙.",
		);
	});

	it.each([403, 404, 408, 429])(
		"%d without WeChat Pay's code is open: what a proxy forwarded may have been processed",
		async (statusCode) => {
			const foreign: Came = { statusCode, headers: { 'request-id': 'r-1' } };
			const failure = await failureOf(lineWith([foreign, foreign, foreign]));
			expect(failure).toMatchObject({
				outcome: 'unknown',
				http_status: statusCode,
				repeatable: true,
				description: "Request-ID for WeChat Pay's support: r-1.",
			});
			expect(await failureOf(lineWith([foreign]), ONCE_ONLY)).toMatchObject({
				outcome: 'unknown',
				attempts: 1,
				repeatable: false,
			});
		},
	);
});

describe('a cancelled execution', () => {
	it('sends nothing', async () => {
		expect(await failureOf(lineWith([], AbortSignal.abort()))).toEqual({
			message: 'Not sent, because the execution was cancelled before. Run this item again.',
			outcome: 'not_sent',
			attempts: 0,
			repeatable: true,
		});
	});

	it('repeats nothing', async () => {
		const controller = new AbortController();
		const session = lineWith([lost], controller.signal);
		const { helpers } = session.context;
		const { httpRequestWithAuthentication: request } = helpers;
		helpers.httpRequestWithAuthentication = async (...given) => {
			controller.abort();
			return await (request as (...all: unknown[]) => Promise<unknown>)(...given);
		};
		expect(await failureOf(session)).toMatchObject({ outcome: 'unknown', attempts: 1 });
	});

	it('while a repeat is waited for tells what is known by then', async () => {
		const controller = new AbortController();
		const session = lineWith([lost], controller.signal);
		jest.spyOn(Math, 'random').mockImplementation(() => {
			controller.abort();
			return 0;
		});
		expect(await failureOf(session)).toMatchObject({
			outcome: 'unknown',
			code: 'ECONNRESET',
			attempts: 1,
		});
	});
});

describe('three facts of an endpoint, kept apart', () => {
	const fails = async (policy: object, came: Came[]) =>
		await failureOf(lineWith(came), {
			...REQUEST,
			retryPolicy: { ...REQUEST.retryPolicy, ...policy },
		});

	it('what must not be sent again now may yet be run again later', async () => {
		expect(await fails({ resendable: false, repeatable: true }, [lost])).toMatchObject({
			outcome: 'unknown',
			attempts: 1,
			repeatable: true,
		});
	});

	it('what is sent again now may yet not be run again later', async () => {
		expect(await fails({ resendable: true, repeatable: false }, [lost, lost, lost])).toMatchObject({
			outcome: 'unknown',
			attempts: 3,
			repeatable: false,
		});
	});

	it('a 429 that leaves the outcome open is unknown, and sent again only where that is safe', async () => {
		const open = { on429: 'unknown', repeatable: false };
		const always = Array.from({ length: 9 }, () => limited());
		expect(await fails({ ...open, resendable: false }, always)).toMatchObject({
			outcome: 'unknown',
			attempts: 1,
			repeatable: false,
		});
		expect(await fails({ ...open, resendable: true }, always)).toMatchObject({
			outcome: 'unknown',
			attempts: 3,
			http_status: 429,
		});
	});
});
