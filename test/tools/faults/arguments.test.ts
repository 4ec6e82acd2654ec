import { readArguments } from './arguments.cts';

it.each([
	[[], { seed: 1, orders: 20_000, stormsOnly: false }],
	[['--storms'], { seed: 1, orders: 20_000, stormsOnly: true }],
	[['--quick'], { seed: 1, orders: 2000, stormsOnly: false }],
	[['--seed', '7', '--orders=5000'], { seed: 7, orders: 5000, stormsOnly: false }],
	[['--quick', '--orders', '3000'], { seed: 1, orders: 3000, stormsOnly: false }],
])('reads %j', (args, expected) => {
	expect(readArguments(args)).toEqual(expected);
});

it.each([
	[['--fast'], /--fast/],
	[['quick'], /quick/],
	[['--seed'], /--seed/],
	[['--seed', 'x'], /--seed must be a whole number from 0 to 2147483647, not 'x'/],
	[['--seed', '4294967296'], /--seed must be/],
	[['--orders', '100'], /--orders must be a whole number from 2000 to/],
	[['--orders', ''], /--orders must be/],
])('tells how to use it on %j', (args, reason) => {
	expect(() => readArguments(args)).toThrow(reason);
	expect(() => readArguments(args)).toThrow('npm run faults -- [--quick] [--seed N] [--orders N]');
});
