import { readArguments } from './arguments.cts';

it.each([
	[[], { seed: 1, orders: 20_000, transfers: 5000, only: undefined }],
	[['--storms'], { seed: 1, orders: 20_000, transfers: 5000, only: 'storms' }],
	[['--quick'], { seed: 1, orders: 2000, transfers: 500, only: undefined }],
	[['--seed', '7', '--orders=5000'], { seed: 7, orders: 5000, transfers: 1250, only: undefined }],
	[['--quick', '--orders', '3000'], { seed: 1, orders: 3000, transfers: 750, only: undefined }],
	[['--transfers', '300'], { seed: 1, orders: 20_000, transfers: 300, only: 'transfers' }],
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
	[['--transfers', '99'], /--transfers must be a whole number from 100 to/],
])('tells how to use it on %j', (args, reason) => {
	expect(() => readArguments(args)).toThrow(reason);
	expect(() => readArguments(args)).toThrow('npm run faults -- [--quick] [--seed N] [--orders N]');
});
