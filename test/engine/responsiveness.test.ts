/** Thousands of items that are all bad wait for nothing; n8n must hear a cancel, and everything else, all the same. */
import { sleep } from 'n8n-workflow';

import type * as Reading from '../../nodes/action/request/readParameters';
import { ErrorItems } from '../../nodes/action/execution/errorItem';
import { systemClock } from '../../nodes/client/clock';
import { ERROR, runOperation, WECHAT } from '../support/engine/operation.cts';
import { CREDENTIAL } from '../support/fake/keys.cts';

/** What an item costs by the clock of this file, whatever the machine. */
const COST_MS = 10;
const COUNT = 1000;

let time = 0;
/** Items read, error items made, and how many of both came between two turns of the event loop at most. */
const seen = { read: 0, made: 0, sinceTurn: 0, most: 0 };

function work(kind: 'read' | 'made'): void {
	time += COST_MS;
	seen[kind] += 1;
	seen.sinceTurn += 1;
	seen.most = Math.max(seen.most, seen.sinceTurn);
}

jest.mock('../../nodes/action/request/readParameters', () => {
	const actual: typeof Reading = jest.requireActual('../../nodes/action/request/readParameters');
	return {
		...actual,
		readParameters: (...given: Parameters<typeof actual.readParameters>) => {
			work('read');
			return actual.readParameters(...given);
		},
	};
});

beforeEach(() => {
	Object.assign(seen, { read: 0, made: 0, sinceTurn: 0, most: 0 });
	jest.spyOn(systemClock, 'monotonic').mockImplementation(() => time);
	const { make } = ErrorItems.prototype;
	jest.spyOn(ErrorItems.prototype, 'make').mockImplementation(function (
		this: ErrorItems,
		...given
	) {
		work('made');
		return make.apply(this, given);
	});
});

afterEach(() => {
	jest.restoreAllMocks();
});

/** Runs bad items, while something else of the process wants its turn again and again. */
async function runBad(onTurn: (cancel: () => void) => void = () => {}) {
	let isOver = false;
	let cancel = () => {};
	const others = (async () => {
		while (!isOver) {
			await sleep(0);
			seen.sinceTurn = 0;
			onTurn(cancel);
		}
	})();
	const running = runOperation({
		resource: 'card',
		operation: 'get',
		parameters: { cardId: '[object Object]' },
		items: Array.from({ length: COUNT }, (_, id) => ({ json: { id } })),
		credential: CREDENTIAL,
		onStart: (stop) => {
			cancel = stop;
		},
	});
	return await running.finally(async () => {
		isOver = true;
		await others;
	});
}

it('lets the process turn every 50 ms, while items are read and while their errors are made', async () => {
	const execution = await runBad();
	expect(execution.json(WECHAT, ERROR)).toHaveLength(COUNT);
	expect(seen).toMatchObject({ read: COUNT, made: COUNT });
	// Two pauses may end before the other's timer is due.
	expect(seen.most).toBeLessThanOrEqual(2 * (50 / COST_MS));
});

it('hears a cancel', async () => {
	await runBad((cancel) => {
		if (seen.read >= 100) cancel();
	});
	expect(seen.read).toBeGreaterThanOrEqual(100);
	expect(seen.read).toBeLessThan(200);
});
