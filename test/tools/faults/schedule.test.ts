import { COMMIT_FAULTS } from './commitFaults.cts';
import { FEWEST_ORDERS, fingerprint, scheduleOf, type PlannedExecution } from './schedule.cts';

const schedule = scheduleOf(1, FEWEST_ORDERS);

const ofPart = (part: string) => schedule.filter((execution) => execution.part.startsWith(part));
/** What the first attempts meet, which are made whatever the node does. */
const first = ({ orders }: PlannedExecution) =>
	new Set(orders.map(({ faults: [fault] }) => fault).filter(Boolean));

it('is the same for the same seed', () => {
	expect(scheduleOf(1, FEWEST_ORDERS)).toEqual(schedule);
	expect(fingerprint(scheduleOf(1, FEWEST_ORDERS))).toBe(fingerprint(schedule));
});

it('is another one for another seed', () => {
	const other = scheduleOf(2, FEWEST_ORDERS);
	expect(fingerprint(other)).not.toBe(fingerprint(schedule));
	expect(other.map(({ orders }) => orders.map(({ faults }) => faults))).not.toEqual(
		schedule.map(({ orders }) => orders.map(({ faults }) => faults)),
	);
});

it.each([FEWEST_ORDERS, 20_000])('plans exactly %s orders, each once', (total) => {
	const orders = scheduleOf(1, total).flatMap((execution) => execution.orders);
	expect(new Set(orders.map(({ order_no }) => order_no)).size).toBe(total);
	expect(orders).toHaveLength(total);
});

it.each(['alone at 1 %', 'alone at 20 %', 'alone, in a burst'])(
	'injects every fault %s',
	(part) => {
		expect(ofPart(part).map(first)).toEqual(COMMIT_FAULTS.map((fault) => new Set([fault])));
	},
);

it('injects both faults of every pair', () => {
	const pairs = ofPart('pairs');
	expect(pairs).toHaveLength((COMMIT_FAULTS.length * (COMMIT_FAULTS.length - 1)) / 2);
	for (const pair of pairs) expect(first(pair)).toEqual(new Set(pair.faults));
});

it('keeps to the shares', () => {
	const large = scheduleOf(1, 20_000);
	const share = (part: string) => {
		const orders = large.filter((one) => one.part === part).flatMap((one) => one.orders);
		return orders.filter(({ faults: [fault] }) => fault).length / orders.length;
	};
	expect(share('alone at 1 %')).toBe(0.01);
	expect(share('alone at 20 %')).toBe(0.2);
	expect(share('all together, each at 1 %')).toBeCloseTo(COMMIT_FAULTS.length / 100, 2);
});

it('has all of a burst fail, between orders that may not', () => {
	for (const { orders } of ofPart('alone, in a burst')) {
		const failing = orders.map(({ faults: [fault] }) => Boolean(fault));
		expect(failing).toEqual([false, true, true, false]);
	}
});
