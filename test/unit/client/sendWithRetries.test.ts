/** A request until its response is clear, by a clock of its own: what is repeated, when, and what is told in the end. */
import { memberCardErrors } from '../../../nodes/WechatPayMemberCard/operations/knownErrors';
import type { Session } from '../../../nodes/client/session';
import { HostFailover } from '../../../nodes/client/http/hostFailover';
import { RequestDeadlines } from '../../../nodes/client/http/requestDeadlines';
import type { FailureDetails } from '../../../nodes/client/errors/requestError';
import { RequestError } from '../../../nodes/client/errors/requestError';
import { RateLimiter } from '../../../nodes/client/rateLimiter';
import type { Request } from '../../../nodes/client/types';
import { sendWithRetries } from '../../../nodes/client/sendWithRetries';
import { AnswerSigner } from '../../support/fake/answer.cts';
import { PUBLIC_KEY } from '../../support/fake/keys.cts';

/** Passes while the rate limiter waits. */
const clock = {
	time: 0,
	now: () => clock.time,
	sleep: async (ms: number) => {
		clock.time += ms;
	},
};

/** No request takes long. */
const stopped = { now: clock.now, sleep: async () => await new Promise<void>(() => {}) };

const START = 1_800_000_000_000;

beforeEach(() => {
	clock.time = START;
	jest.spyOn(Date, 'now').mockImplementation(clock.now);
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
	retryPolicy: { method: 'POST', repeatable: true },
} as Request;
const ONCE_ONLY = { ...REQUEST, retryPolicy: { method: 'POST', repeatable: false } } as Request;

type Came = { statusCode: number; headers?: object; body?: string } | Error;

const signer = new AnswerSigner(false);

/** A response that WeChat Pay signed. */
function done(): Came {
	const now = Math.floor(clock.time / 1000);
	return { statusCode: 204, headers: signer.headers(Buffer.from(''), PUBLIC_KEY, now) };
}

const limited = (retryAfter?: string): Came => ({
	statusCode: 429,
	headers: { 'retry-after': retryAfter },
	body: '{"code":"FREQUENCY_LIMITED"}',
});
const unreached = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
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
		rateLimiter: new RateLimiter(0, signal, clock),
		deadlines: new RequestDeadlines(undefined, stopped),
		refreshKeys: async () => {},
	} as never;
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

/** How far apart two requests then start, in ms, once the time that may be made up is over. */
async function gapOn(session: Session): Promise<number> {
	await sendWithRetries(session, REQUEST);
	await sendWithRetries(session, REQUEST);
	const before = clock.time;
	await sendWithRetries(session, REQUEST);
	return clock.time - before;
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
		expect(clock.time - START).toBe(7000);
	});

	it('is learned from what was answered before a 429', async () => {
		const session = lineWith([...Array.from({ length: 20 }, done), limited()]);
		for (let request = 0; request < 20; request += 1) await sendWithRetries(session, REQUEST);
		expect(await gapOn(session)).toBeCloseTo(1000 / 19.4, 0);
	});

	it('is not learned from what was not answered', async () => {
		const session = lineWith([...Array.from({ length: 20 }, () => lost), limited()]);
		for (let request = 0; request < 20; request += 1) await failureOf(session, ONCE_ONLY);
		expect(await gapOn(session)).toBeCloseTo(2000, 0);
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
		const silent: Came = { statusCode: 404, headers };
		expect(await failureOf(lineWith([silent, silent]))).toMatchObject({
			description: "Request-ID for WeChat Pay's support: r-1.",
		});
		expect(await failureOf(lineWith([{ statusCode: 404 }, { statusCode: 404 }]))).toHaveProperty(
			'description',
			undefined,
		);
	});
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
