/** When nothing gets through: what each mode of n8n makes of it, over real HTTP. Waits are skipped. */
import { COMMIT, COMMITTED, NOT_COMMITTED, runBonus } from '../support/engine/bonusWorkflow.cts';
import type { BonusRun } from '../support/engine/bonusWorkflow.cts';
import type { Execution } from '../support/engine/engine.cts';
import { committedAt, openShop, type Shop } from '../support/engine/shop.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';

skipWaits();

const MINUTE = 60_000;
const ORDERS = 120;

let shop: Shop;
let credential: Record<string, string>;

beforeEach(async () => {
	shop = await openShop(ORDERS);
	credential = shop.wechatPay.credential() as Record<string, string>;
});

afterEach(async () => {
	await shop.wechatPay.stop();
});

const run = async (more: Partial<BonusRun> = {}) =>
	await runBonus({ orders: shop.orders, credential, onError: 'continueErrorOutput', ...more });

interface Told {
	outcome: string;
	message: string;
	attempts: number;
	repeatable: boolean;
}

const told = (items: object[]) => items.map((item) => (item as { error: Told }).error);

/** What the user reads at the node's output. */
function hintsOf(execution: Execution): string {
	const [{ hints }] = execution.run.data.resultData.runData[COMMIT];
	return (hints ?? []).map(({ message }) => message).join();
}

/** All of them are answered so, up to a time. */
function storm(fault: 'rate-limit' | 'system-error' | 'reset-after', until = Infinity): void {
	shop.wechatPay.misbehave({ fault, times: Infinity, when: () => Date.now() < until });
}

it.each(['rate-limit', 'system-error', 'reset-after'] as const)(
	'%s for all: no order without a true outcome, within five minutes',
	async (fault) => {
		storm(fault);
		const start = Date.now();
		const execution = await run();
		expect(Date.now() - start).toBeLessThan(5 * MINUTE);
		expect(execution.json(COMMITTED)).toEqual([]);
		expect(hintsOf(execution)).toMatch(/^Nothing got through to WeChat Pay: \d+ of 120 items/);
		const items = execution.json(NOT_COMMITTED);
		expect(items).toHaveLength(ORDERS);
		const untried = told(items).filter(({ attempts }) => attempts === 0);
		expect(untried.length).toBeGreaterThanOrEqual(ORDERS - 50);
		for (const { outcome, repeatable, message } of untried) {
			expect({ outcome, repeatable }).toEqual({ outcome: 'not_sent', repeatable: true });
			expect(message).toMatch(
				/nothing gets through to WeChat Pay.*run this item again.*\[item \d+\]$/i,
			);
		}
		const committed = committedAt(shop.wechatPay);
		items.forEach(({ order_no, error }) => {
			const { outcome } = error as Told;
			if (String(order_no) in committed) expect(outcome).toBe('unknown');
			expect(outcome).not.toBe(fault === 'rate-limit' ? 'unknown' : 'refused');
		});
	},
	20_000,
);

it.each(['rate-limit', 'system-error', 'reset-after'] as const)(
	'%s for a while: the batch goes on and ends complete',
	async (fault) => {
		storm(fault, Date.now() + 1.5 * MINUTE);
		const execution = await run();
		expect(execution.json(COMMITTED)).toHaveLength(ORDERS);
		expect(hintsOf(execution)).toMatch(/^Nothing got through to WeChat Pay for \d+ seconds in all/);
	},
	20_000,
);

it('nobody listens: a regular output has all of them as well', async () => {
	await shop.wechatPay.stop();
	const execution = await run({ onError: 'continueRegularOutput' });
	const items = told(execution.json(COMMIT));
	expect(items).toHaveLength(ORDERS);
	for (const { outcome, repeatable } of items) {
		expect({ outcome, repeatable }).toEqual({ outcome: 'not_sent', repeatable: true });
	}
}, 20_000);

it('nobody listens: Stop mode stops with one message, which says how many were not sent', async () => {
	await shop.wechatPay.stop();
	const start = Date.now();
	const execution = await run({ onError: 'stopWorkflow' });
	expect(Date.now() - start).toBeLessThan(5 * MINUTE);
	expect(execution.error?.message).toMatch(/ECONNREFUSED/);
	expect(execution.error?.description).toMatch(
		new RegExp(`^Check the network.*In all: ${ORDERS} not sent`),
	);
}, 20_000);

it('nobody listens: an agent hears it within the retries', async () => {
	await shop.wechatPay.stop();
	const start = Date.now();
	const execution = await run({
		orders: shop.orders.slice(0, 1),
		type: 'n8n-nodes-wechatpay.wechatPayTool',
		onError: undefined,
	});
	expect(Date.now() - start).toBeLessThan(MINUTE / 2);
	const [{ outcome, message }] = told(execution.json(COMMIT));
	expect(outcome).toBe('not_sent');
	expect(message).toMatch(/could not be reached \(ECONNREFUSED\)\. Check the network/);
});

it('nobody listens: certificates are asked for a few times, however many items wait for them', async () => {
	const { wechatPay } = shop;
	const downloading = {
		...credential,
		verification: 'platformCertificate',
		platformCertificate: '',
	};
	storm('system-error');
	const start = Date.now();
	const execution = await run({ credential: downloading });
	expect(Date.now() - start).toBeLessThan(MINUTE);
	const items = told(execution.json(NOT_COMMITTED));
	expect(items).toHaveLength(ORDERS);
	for (const { outcome, repeatable } of items) {
		expect({ outcome, repeatable }).toEqual({ outcome: 'not_sent', repeatable: true });
	}
	expect(wechatPay.counts.received).toBeLessThanOrEqual(4);
});
