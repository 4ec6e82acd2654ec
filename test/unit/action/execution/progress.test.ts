/** What a batch tells while it runs, and at its end. */
import { Progress } from '../../../../nodes/action/execution/progress';
import type { Permit, RequestResult } from '../../../../nodes/client/permit';
import { RateLimiter } from '../../../../nodes/client/rateLimiter';
import type { Outcome } from '../../../../nodes/client/errors/requestError';
import { VirtualClock } from '../../../support/virtualClock.cts';

const MINUTE = 60_000;

let clock: VirtualClock;
let lines: string[];
let hints: string[];

beforeEach(() => {
	clock = new VirtualClock();
	lines = [];
	hints = [];
});

const context = {
	getNode: () => ({ name: 'Commit' }),
	getWorkflow: () => ({ id: 'w1' }),
	logger: { info: (line: string, facts: object) => lines.push(`${line} ${JSON.stringify(facts)}`) },
	addExecutionHints: ({ message }: { message: string }) => hints.push(message),
};

function start(total: number, options: object = {}) {
	const limiter = new RateLimiter({ clock, cap: 0, ...options });
	return { limiter, progress: new Progress(context as never, total, limiter) };
}

/** Sends requests one after the other for so many ms, each of which ends in the same way. */
async function send(limiter: RateLimiter, ms: number, kind: RequestResult['kind']): Promise<void> {
	const end = clock.elapsed + ms;
	const lane = async () => {
		while (clock.elapsed < end) {
			const permit: Permit = await limiter.acquire();
			await clock.sleep(100);
			limiter.release(permit, { kind });
		}
	};
	await clock.runUntil(Promise.all([lane(), lane(), lane(), lane(), lane()]));
}

const failed = (outcome: Outcome) => ({
	failure: { outcome, message: '', attempts: 1, repeatable: true },
});

it('tells in the log every thirty seconds how it is getting on', async () => {
	const { limiter, progress } = start(10, { cap: 2 });
	progress.record({ items: [] });
	progress.record({ items: [] });
	for (const outcome of ['refused', 'unknown', 'not_sent'] as const)
		progress.record(failed(outcome));
	await send(limiter, 25_000, 'ok');
	expect(lines).toEqual([]);
	await send(limiter, 36_000, 'ok');
	expect(lines).toEqual(
		Array(2).fill(
			`Commit: 2 done, 1 refused, 1 unknown, 1 not sent, 5 left; up to 2.0 requests/s; waiting for its turn ('Requests per Second') {"workflowId":"w1"}`,
		),
	);
	progress.record(failed('partial'));
	await send(limiter, 30_000, 'ok');
	expect(lines[2]).toContain('2 done, 1 partly done, 1 refused');
	progress.finish();
	expect(hints).toEqual([]);
});

it('tells as well while no item ends, and what it is waiting for', async () => {
	const { limiter, progress } = start(5);
	const sending = send(limiter, MINUTE, 'failed');
	await sending;
	expect(lines[0]).toMatch(
		/0 done.*5 left; no limit known; waiting for WeChat Pay, where nothing gets through now/,
	);
	await send(limiter, 1000, 'ok');
	progress.finish();
	expect(hints).toEqual([
		expect.stringMatching(
			/^Nothing got through to WeChat Pay for \d{2,3} seconds in all\. The batch waited/,
		),
	]);
});

it('tells at the end that nothing got through any more', async () => {
	const { limiter, progress } = start(5);
	await expect(send(limiter, 5 * MINUTE, 'failed')).rejects.toThrow('Nothing gets through');
	progress.record(failed('not_sent'));
	progress.finish();
	expect(hints).toEqual([
		'Nothing got through to WeChat Pay: 1 of 5 items were not sent. Run them again later.',
	]);
});

it('tells at the end that the limit slowed it down, if it did', async () => {
	const { limiter, progress } = start(5);
	const times: number[] = [];
	const end = clock.elapsed + 20_000;
	const lane = async () => {
		while (clock.elapsed < end) {
			const permit = await limiter.acquire();
			await clock.sleep(50);
			const isLimited = times.filter((time) => time > clock.elapsed - 1000).length >= 20;
			if (!isLimited) times.push(clock.elapsed);
			limiter.release(permit, { kind: isLimited ? 'limited' : 'ok' });
		}
	};
	await clock.runUntil(Promise.all(Array.from({ length: 10 }, lane)));
	progress.finish();
	expect(hints).toEqual([
		expect.stringMatching(
			/^WeChat Pay's limit slowed this batch down to about (1|2)\d requests per second; \d+ were/,
		),
	]);
});

it('says nothing of a short one', async () => {
	const { limiter, progress } = start(5);
	await send(limiter, 1000, 'ok');
	progress.finish();
	expect([...lines, ...hints]).toEqual([]);
});

it('works where n8n has no hints', () => {
	const limiter = new RateLimiter({ clock, cap: 0 });
	const old = { ...context, addExecutionHints: undefined };
	limiter.limitedCount = 1;
	expect(() => new Progress(old as never, 1, limiter).finish()).not.toThrow();
});

it('goes on where neither the log nor the hint is taken', async () => {
	const refuse = () => {
		throw new TypeError('not now');
	};
	const limiter = new RateLimiter({ clock, cap: 1 });
	const deaf = { ...context, logger: { info: refuse }, addExecutionHints: refuse };
	const progress = new Progress(deaf as never, 100, limiter);
	await send(limiter, 40_000, 'limited');
	progress.record({ items: [] });
	expect(() => progress.finish()).not.toThrow();
});
