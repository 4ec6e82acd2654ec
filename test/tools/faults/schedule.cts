/** What a run does: orders in executions, and the fault that each attempt of each order will meet. */
import { createHash } from 'node:crypto';

import { COMMIT_FAULTS, isSlow, type CommitFault } from './commitFaults.cts';
import { Draw } from './draw.cts';

/**
 * due – prepared, to be committed; unknown member – the card's code is nobody's; committed before – with this value, in
 * an earlier night; other value before – with another one.
 */
export type Kind = 'due' | 'unknown member' | 'committed before' | 'other value before';

export interface PlannedOrder {
	order_no: string;
	kind: Kind;
	points: number;
	/** By attempt, the first first; null and beyond the end: nothing unusual. */
	faults: Array<CommitFault | null>;
}

export type Part =
	| 'alone at 1 %'
	| 'alone at 20 %'
	| 'alone, in a burst'
	| 'pairs at 20 %, and in a burst'
	| 'all together, each at 1 %'
	| 'killed in mid-batch, run again';

/** A batch of the node. */
export interface PlannedExecution {
	part: Part;
	faults: CommitFault[];
	options: { concurrency: number; timeout: number; retries: number };
	orders: PlannedOrder[];
	/** Killed when so many requests have arrived, then run again. */
	killAt?: number;
}

export const FEWEST_ORDERS = 2000;

const PAIRS = COMMIT_FAULTS.flatMap((one, index) =>
	COMMIT_FAULTS.slice(index + 1).map((other) => [one, other]),
);
const RARE = 0.01;
const OFTEN = 0.2;
/** How much of a batch has arrived when the process is killed. */
const KILLS = [0.1, 0.5, 0.9];
const UNUSUAL: Array<[Kind, number]> = [
	['unknown member', 0.03],
	['committed before', 0.03],
	['other value before', 0.02],
];

/**
 * @param seed a whole number; it decides everything
 * @param total how many orders there are, at least FEWEST_ORDERS
 */
export function scheduleOf(seed: number, total: number): PlannedExecution[] {
	return new Planner(seed).plan(total);
}

/** Tells schedules apart. */
export function fingerprint(schedule: PlannedExecution[]): string {
	return createHash('sha256').update(JSON.stringify(schedule)).digest('hex').slice(0, 16);
}

type FaultRow = Array<CommitFault | null>;

class Planner {
	private readonly draw: Draw;

	private orders = 0;

	constructor(seed: number) {
		this.draw = new Draw(seed);
	}

	plan(total: number): PlannedExecution[] {
		const each = (share: number, parts: number) => Math.floor((total * share) / parts);
		const alone = (share: number) => each(share, COMMIT_FAULTS.length);
		const planned = [
			...COMMIT_FAULTS.map((fault) => this.scattered('alone at 1 %', [fault], alone(0.28), RARE)),
			...COMMIT_FAULTS.map((fault) => this.scattered('alone at 20 %', [fault], alone(0.12), OFTEN)),
			...COMMIT_FAULTS.map((fault) => this.burst('alone, in a burst', [fault], alone(0.06), 0)),
			...PAIRS.map((pair) =>
				this.burst('pairs at 20 %, and in a burst', pair, each(0.45, PAIRS.length), OFTEN),
			),
			...KILLS.map((share) => this.killed(each(0.045, KILLS.length), share)),
		];
		const share = RARE * COMMIT_FAULTS.length;
		const rest = total - this.orders;
		// The longest batch begins first.
		return [this.scattered('all together, each at 1 %', COMMIT_FAULTS, rest, share), ...planned];
	}

	/** Faults here and there. */
	private scattered(part: Part, faults: CommitFault[], count: number, share: number) {
		return this.execution(part, faults, (attempts) => this.scatter(faults, count, share, attempts));
	}

	/** In the middle everything fails; around it faults come here and there. */
	private burst(part: Part, faults: CommitFault[], count: number, share: number) {
		const length = Math.max(faults.length, Math.floor(count / (share > 0 ? 4 : 2)));
		const before = Math.floor((count - length) / 2);
		return this.execution(part, faults, (attempts) => [
			...this.scatter(faults, before, share, attempts),
			...this.outage(faults, length, attempts),
			...this.scatter(faults, count - length - before, share, attempts),
		]);
	}

	private killed(count: number, share: number): PlannedExecution {
		const part = 'killed in mid-batch, run again';
		return {
			...this.scattered(part, COMMIT_FAULTS, count, OFTEN),
			killAt: Math.ceil(count * share),
		};
	}

	private execution(
		part: Part,
		faults: CommitFault[],
		rowsFor: (attempts: number) => FaultRow[],
	): PlannedExecution {
		const slow = faults.some(isSlow);
		const options = {
			// The node's most for the largest batch, else as usual.
			concurrency: part === 'all together, each at 1 %' ? 50 : 10,
			// What never answers takes long enough; but a response on a busy machine must not be late.
			timeout: slow ? 8000 : 10_000,
			retries: slow ? 2 : 3,
		};
		const orders = rowsFor(options.retries + 1).map((row) => this.order(row));
		return { part, faults, options, orders };
	}

	/** Exactly so large a share of first attempts, each fault in its turn; of later attempts by chance. */
	private scatter(
		faults: CommitFault[],
		count: number,
		share: number,
		attempts: number,
	): FaultRow[] {
		const rows: FaultRow[] = Array.from({ length: count }, () => [
			null,
			...Array.from({ length: attempts - 1 }, () =>
				this.draw.happens(share) ? this.draw.oneOf(faults) : null,
			),
		]);
		const hits = share === 0 ? 0 : Math.max(Math.round(count * share), Math.min(count, 1));
		this.draw.places(hits, count).forEach((place, index) => {
			rows[place][0] = faults[index % faults.length];
		});
		return rows;
	}

	/** Every order fails once or more often, for some until the node gives up; of a pair, one after the other. */
	private outage(faults: CommitFault[], count: number, attempts: number): FaultRow[] {
		return Array.from({ length: count }, (_, index) => {
			const failing = Math.max(faults.length, 1 + this.draw.below(attempts));
			return Array.from({ length: failing }, (_none, attempt) =>
				attempt < faults.length
					? faults[(index + attempt) % faults.length]
					: this.draw.oneOf(faults),
			);
		});
	}

	private order(faults: FaultRow): PlannedOrder {
		this.orders += 1;
		return {
			order_no: `F${String(this.orders).padStart(6, '0')}`,
			kind: UNUSUAL.find(([, share]) => this.draw.happens(share))?.[0] ?? 'due',
			points: 1 + this.draw.below(500),
			faults,
		};
	}
}
