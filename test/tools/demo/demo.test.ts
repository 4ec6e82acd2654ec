import { skipWaits } from '../../support/engine/skipWaits.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { runNight, type Night } from './nightly.cts';
import { OrdersFileError, readOrders, SHIPPED } from './orders.cts';
import { runDemo, temporaryFile } from './process.cts';
import { foundAll, reconcile, reconciliationReport } from './reconciliation.cts';
import { agrees } from './report.cts';
import { setTheScene } from './scenarios.cts';

skipWaits();

describe('the shipped nightly workflow over the shipped orders', () => {
	const { orders } = readOrders(SHIPPED);
	let wechatPay: FakeWechatPay;
	let night: Night;

	beforeAll(async () => {
		wechatPay = await FakeWechatPay.start();
		setTheScene(wechatPay, orders);
		night = await runNight(wechatPay, orders);
	}, 60_000);

	afterAll(async () => {
		await wechatPay.stop();
	});

	const items = (output: number) => night.execution.json('Commit Bonus', output);

	it('ends without an exception, with one outcome for each order', () => {
		expect(night.execution.error).toBeUndefined();
		const numbers = [
			...items(0).map((json) => json.out_trade_no),
			...items(1).map((json) => json.order_no),
		];
		expect(numbers.sort()).toEqual(orders.map((order) => order.order_no).sort());
	});

	const expected: Record<string, string> = {
		'card unknown': 'refused',
		'card of another merchant': 'refused',
		'points not turned on': 'refused',
		'card not upgraded': 'refused',
		'merchant not valid': 'refused',
		'merchant not in the brand': 'refused',
		'code unknown': 'refused',
		'card deleted by the member': 'refused',
		'not prepared': 'refused',
		'another value prepared': 'refused',
		'answer lost': 'unknown',
		'system busy': 'unknown',
		'answer not verifiable': 'unknown',
	};

	it('sends each order to the branch where it belongs', () => {
		const failed = new Map(
			items(1).map(({ order_no, error }) => [order_no, (error as { outcome: string }).outcome]),
		);
		const isFit = (order: (typeof orders)[number]) =>
			/^[1-9]\d*$/.test(order.points) && order.member_code !== '' && order.order_no.length <= 32;
		for (const order of orders) {
			const outcome = isFit(order) ? expected[order.scenario ?? ''] : 'not_sent';
			expect([order.order_no, failed.get(order.order_no)]).toEqual([order.order_no, outcome]);
		}
	});

	it('is followed by a reconciliation that finds what differs', async () => {
		const morning = await reconcile(wechatPay, orders);
		expect(morning.planted).toHaveLength(4);
		expect(foundAll(morning)).toBe(true);
		expect(foundAll({ ...morning, found: morning.found.slice(1) })).toBe(false);
		expect(reconciliationReport(morning)).toContain('in the shop only');
	}, 20_000);

	it('agrees with what WeChat Pay holds', () => {
		expect(agrees(items(0), items(1), wechatPay)).toBe(true);
	});

	it('marks exactly the committed orders in the database', () => {
		expect(night.markedCommitted.map(([order]) => order)).toEqual(
			items(0).map((json) => json.out_trade_no),
		);
		for (const [, requestId] of night.markedCommitted) expect(requestId).toMatch(/-0$/);
	});

	it('keeps the reason of every other order, and whether it is tried again', () => {
		expect(night.keptReasons).toEqual(
			items(1).map(({ order_no, error }) => {
				const facts = error as Record<string, unknown>;
				return [
					order_no,
					String(facts.repeatable),
					facts.code ?? facts.outcome,
					facts.message,
					facts.request_id ?? null,
				];
			}),
		);
		const triedAgain = night.keptReasons.filter(([, repeatable]) => repeatable === 'true');
		// Three of unknown outcome, four for which something around the order has to be fixed.
		expect(triedAgain).toHaveLength(7);
	});

	it('raises one alert', () => {
		expect(night.alerts).toHaveLength(1);
		expect(JSON.parse(night.alerts[0])).toMatchObject({
			msgtype: 'text',
			text: { content: expect.stringMatching(/^17 orders were not committed to WeChat Pay\./) },
		});
	});
});

describe('an orders file that cannot be used', () => {
	const files: Array<[string, string, RegExp]> = [
		['is empty', '', /has no orders: it needs a header line/],
		['has a header only', 'order_no,card_id,member_code,points\n', /has no orders/],
		[
			'lacks columns',
			'reference,points\n1,2\n',
			/has no column order_no, card_id, member_code\. Its first line must name order_no, card_id, member_code, points .*it names reference, points/,
		],
		['is not CSV', 'order_no,card_id,member_code,points\n"1,2,3\n', /is not a CSV file/],
	];

	it.each(files)('because it %s', (_name, text, message) => {
		const file = temporaryFile(text);
		expect(() => readOrders(file)).toThrow(OrdersFileError);
		expect(() => readOrders(file)).toThrow(message);
	});

	it('because it is not there', () => {
		expect(() => readOrders('no-such-file.csv')).toThrow(
			/no-such-file\.csv can't be read: there is no such file/,
		);
	});

	it('because it is a folder', () => {
		expect(() => readOrders('.')).toThrow(/can't be read: EISDIR/);
	});
});

describe('npm run demo', () => {
	it('takes an orders file of one’s own and ends with the two tables', async () => {
		const { code, output } = await runDemo(
			temporaryFile(
				'order_no,card_id,member_code,points\nmine-1,card,code-1,30\nmine-2,card,code-2,0\n',
			),
		);

		expect(output).toMatch(
			/Success: 1 orders[\s\S]*mine-1[\s\S]*Error: 1 orders[\s\S]*mine-2[\s\S]*not_sent/,
		);
		expect(output).toContain('They agree, order by order and value by value.');
		expect(code).toBe(0);
	}, 30_000);

	it('ends with 1 and one clear line for a file it cannot use', async () => {
		const { code, output } = await runDemo('no-such-file.csv');

		expect(output.trim()).toMatch(/^\S*no-such-file\.csv can't be read: there is no such file\.$/);
		expect(code).toBe(1);
	}, 30_000);

	it('names the scenarios when one is unknown', async () => {
		const { code, output } = await runDemo(
			temporaryFile('order_no,card_id,member_code,points,scenario\n1,c,m,3,fly me to the moon\n'),
		);

		expect(output).toMatch(
			/Order 1 has the unknown scenario 'fly me to the moon'\. .*answer lost once/,
		);
		expect(code).toBe(1);
	}, 30_000);
});
