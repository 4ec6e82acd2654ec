/** The wall clock is set, as often as may be: repeats of a notification are known, and what is new is not refused. */
import fc from 'fast-check';

import { SentRequests } from '../../../nodes/action/execution/sentRequests';
import { NotificationDeduplicator } from '../../../nodes/WechatPayTrigger/deduplicator';
import { verifyHeaders } from '../../../nodes/apiv3/verification';
import type { Request } from '../../../nodes/client/types';
import { goBy } from '../../support/night.cts';
import { VirtualClock } from '../../support/virtualClock.cts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const by = fc.constantFrom(...[SECOND, MINUTE, HOUR, DAY].flatMap((ms) => [ms, -ms]));
const jumps = fc.array(fc.record({ after: fc.integer({ min: 0, max: DAY }), by }), {
	minLength: 1,
	maxLength: 12,
});

let clock: VirtualClock;
let goByOwn: () => void;

beforeEach(() => {
	clock = new VirtualClock();
	goByOwn = goBy(clock);
});

afterEach(() => goByOwn());

async function afterJumps(
	ms: number,
	property: (later: () => Promise<void>, run: number) => Promise<void>,
): Promise<void> {
	let run = 0;
	await fc.assert(
		fc.asyncProperty(jumps, async (planned) => {
			run += 1;
			await property(async () => {
				for (const one of planned) clock.in(Math.min(one.after, ms), () => clock.jump(one.by));
				await clock.advance(ms);
			}, run);
		}),
		{ numRuns: 50, seed: 15 },
	);
}

const contextOf = (id: string, staticData: object = {}) =>
	({
		getWorkflow: () => ({ id }),
		getNode: () => ({ id: 'node', name: 'Trigger' }),
		getWorkflowStaticData: () => staticData,
	}) as never;

it('a notification is known for as long as WeChat Pay may repeat it, and not for ever', async () => {
	await afterJumps(DAY + 4 * MINUTE, async (later, run) => {
		const staticData = {};
		const deduplicator = () => new NotificationDeduplicator(contextOf(`jumps ${run}`, staticData));
		deduplicator().add('one');
		await later();
		expect(deduplicator().has('one')).toBe(true);
		expect(deduplicator().has('another')).toBe(false);
		deduplicator().add('another');
		// Static data may be read by a process whose clock was set since, and are only as good as that.
		await clock.advance(25 * HOUR);
		deduplicator().add('third');
		await clock.advance(25 * HOUR);
		expect(deduplicator().has('one')).toBe(false);
		expect(deduplicator().has('another')).toBe(false);
	});
});

it('what was sent is kept in mind for three days, and no longer', async () => {
	await afterJumps(3 * DAY, async (later) => {
		const memory = new SentRequests();
		memory.remember('key', { body: Buffer.alloc(1) } as Request, 'f');
		await later();
		expect(memory.find('key')).toBeDefined();
		await clock.advance(1);
		expect(memory.find('key')).toBeUndefined();
	});
});

it('a genuine notification is believed as soon as the clock is right, give or take five minutes', () => {
	const start = clock.now();
	const off = () => clock.now() - clock.elapsed - start;
	fc.assert(
		fc.property(fc.array(by, { minLength: 1, maxLength: 12 }), (all) => {
			for (const jump of all) {
				clock.jump(jump);
				const signedAt = Math.floor((start + clock.elapsed) / SECOND);
				const headers = {
					'wechatpay-timestamp': String(signedAt),
					'wechatpay-nonce': 'n',
					'wechatpay-signature': 's',
					'wechatpay-serial': 'A1',
				};
				const { ok } = verifyHeaders({ headers, now: clock.now() });
				if (Math.abs(off()) <= 5 * MINUTE - SECOND) expect(ok).toBe(true);
				if (Math.abs(off()) > 5 * MINUTE + SECOND) expect(ok).toBe(false);
			}
			clock.jump(-off());
		}),
		{ numRuns: 200, seed: 15 },
	);
});
