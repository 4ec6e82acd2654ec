/** The judge of the storms tells lies from truth. */
import { judge } from './storms.cts';

const storm = { name: 'storm', outcomes: ['done', 'not_sent'] };
const done = (order: string) => ({ out_trade_no: order });
const failed = (order: string, outcome: string) => ({ order_no: order, error: { outcome } });
const committed =
	(...orders: string[]) =>
	(order: string) =>
		orders.includes(order);

it('takes the truth for the truth', () => {
	const left = [[done('a')], [failed('b', 'not_sent')]] as never;
	expect(judge(storm, ['a', 'b'], left, committed('a'), 130)).toEqual({
		name: 'storm',
		seconds: 130,
		counts: { done: 1, not_sent: 1 },
		wrong: [],
	});
});

it.each([
	[
		'a success that WeChat Pay does not know',
		[[done('a')], []],
		committed(),
		1,
		'a: done is not the truth',
	],
	[
		'a commit that is said not to be sent',
		[[], [failed('a', 'not_sent')]],
		committed('a'),
		1,
		'a: not_sent is not the truth',
	],
	[
		'an outcome that the storm does not explain',
		[[], [failed('a', 'unknown')]],
		committed(),
		1,
		'a: unknown',
	],
	['an order without an item', [[], []], committed(), 1, '0 items for 1 orders'],
	['an order with two', [[done('a'), done('a')], []], committed('a'), 1, '2 items for 1 orders'],
	['a night that does not end', [[done('a')], []], committed('a'), 301, 'took 301 s'],
])('notices %s', (_, left, isCommitted, seconds, says) => {
	expect(judge(storm, ['a'], left as never, isCommitted, seconds).wrong).toContain(says);
});
