/** Queue mode: two workers commit at the same time under one limit of WeChat Pay's that neither of them knows. */
import type { FakeWechatPay } from '../../support/fake/server.cts';
import { Batches } from '../batches.cts';
import { pause, until } from '../progress.cts';
import { inQueueMode, UNFINISHED } from '../queueMode.cts';
import type { ScenarioReport } from '../report.cts';
import { committed, committedAgain, disagreements, ordersOf, tally } from '../shop.cts';
import type { Stage } from '../stage.cts';

const ORDERS = 4000;
/** Requests per second that WeChat Pay accepts, from both workers together. */
const LIMIT = 50;
/** Of the limit, in the steady part. */
const WANTED = 0.85;
/** The steady part: both have begun, and neither has ended. As shares of the orders. */
const STEADY = { from: 0.2, to: 0.8 };

export async function workers(stage: Stage, report: ScenarioReport): Promise<void> {
	const rateLimit = { perSecond: LIMIT };
	const wechatPay = { tls: false, record: false, delay: 40, rateLimit };
	const kinds = { pending: ORDERS, committed: 0, unknownMember: 0, unprepared: 0 };
	// One execution at a time, so that each takes one of the two.
	const mode = { name: 'workers', wechatPay, kinds, concurrency: 1 };
	await inQueueMode(stage, mode, async (surroundings, both) => {
		const { n8n, fake, shop } = surroundings;
		const batches = await Batches.start(surroundings, both.length);
		const ended = () => both.map((worker) => executions(worker.log(), 'finished'));
		await until('the first execution', 60, async () => sum(ended()) === 1);
		const begun = both.map((worker) => executions(worker.log(), 'started'));
		for (const batch of both.keys()) await batches.run(batch);

		const rate = await steadyRate(fake);
		report.check(
			'executions under way, by worker',
			both.map((worker, index) => executions(worker.log(), 'started') - begun[index]),
			[1, 1],
		);
		report.check(`at least ${WANTED} of the limit`, rate >= WANTED * LIMIT, true);
		const { limited } = fake.counts;
		report.note(`${rate.toFixed(1)} of ${LIMIT} per second, ${limited} answered 429`);
		await until(
			'the end of both',
			300,
			async () => (await n8n.countExecutions({ status: UNFINISHED })) === 0,
		);
		report.check('the table', await tally(shop), { committed: ORDERS });
		const differing = disagreements(await ordersOf(shop), fake, new Set());
		report.check('rows that disagree with WeChat Pay', differing, []);
		report.check('committed', committed(fake), ORDERS);
		report.check('committed more than once', committedAgain(fake), 0);
	});
}

/** Waits for the steady part. @returns its commits per second */
async function steadyRate(fake: FakeWechatPay): Promise<number> {
	const reached = async (share: number) => {
		const count = await until(`${share} of the orders`, 300, async () => {
			await pause(20);
			return committed(fake) >= share * ORDERS ? committed(fake) : undefined;
		});
		return { count, at: performance.now() };
	};
	const from = await reached(STEADY.from);
	const to = await reached(STEADY.to);
	return ((to.count - from.count) * 1000) / (to.at - from.at);
}

function executions(log: string, what: 'started' | 'finished'): number {
	return (log.match(new RegExp(`${what} execution`, 'gi')) ?? []).length;
}

function sum(numbers: number[]): number {
	return numbers.reduce((total, one) => total + one, 0);
}
