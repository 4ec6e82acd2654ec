import { liesOf, type Account, type LeftItem, type Lie } from './account.cts';
import type { Kind, PlannedExecution } from './schedule.cts';
import type { Met } from './shop.cts';
import { isTrue, notInjected, tallyOf } from './tally.cts';

const POINTS = 30;

const done = (json: object = {}): LeftItem => ({
	by: 'Success',
	json: { success: true, out_trade_no: 'F1', bonus_value: POINTS, ...json },
});
const failed = (outcome: string): LeftItem => ({
	by: 'Error',
	json: { order_no: 'F1', points: POINTS, error: { outcome } },
});

interface Story {
	kind?: Kind;
	met: Met[];
	items: LeftItem[];
	/** What WeChat Pay holds before and after: value and number of commits. */
	before?: [value: number | undefined, commits: number];
	after?: [value: number | undefined, commits: number];
}

const NOTHING: [undefined, number] = [undefined, 0];
const ONCE: [number, number] = [POINTS, 1];

function account({ kind = 'due', met, items, before = NOTHING, after = before }: Story): Account {
	const record = ([committed, commits]: [number | undefined, number]) => ({
		...{ merchant: '1', card_id: 'card', code: 'code', out_trade_no: 'F1' },
		prepared: POINTS,
		committed,
		commits,
	});
	return {
		order: { order_no: 'F1', kind, points: POINTS, faults: [] },
		before: record(before),
		after: record(after),
		met,
		items,
	};
}

const lies: Array<[string, Lie[], Story]> = [
	['done, never committed', ['false success'], { met: [undefined], items: [done()] }],
	[
		'done, the response could not be verified',
		['false success'],
		{ met: ['bad-signature'], items: [done()], after: ONCE },
	],
	[
		'done, the verified response has a body where none is due',
		['false success'],
		{ met: ['not-json'], items: [done()], after: ONCE },
	],
	[
		'done by a response that was served before',
		['false success'],
		{ met: ['replayed-response'], items: [done()] },
	],
	[
		'refused by a proxy, which may have forwarded it before',
		['unexplained'],
		{ met: ['html-404'], items: [failed('refused')] },
	],
	[
		'done with another value in the item',
		['false success'],
		{ met: [undefined], items: [done({ bonus_value: 31 })], after: ONCE },
	],
	[
		'the input item left by Success',
		['false success'],
		{
			met: [undefined],
			items: [{ by: 'Success', json: { order_no: 'F1', points: POINTS } }],
			after: ONCE,
		},
	],
	['no item', ['lost'], { met: [undefined], items: [], after: ONCE }],
	['two items', ['lost'], { met: [undefined], items: [done(), failed('unknown')], after: ONCE }],
	[
		'another value at WeChat Pay',
		['second value', 'false success'],
		{ met: [undefined], items: [done()], after: [31, 1] },
	],
	[
		'the value of an earlier night overwritten',
		['second value'],
		{
			kind: 'other value before',
			met: ['stall'],
			items: [failed('unknown')],
			before: [31, 1],
			after: [POINTS, 2],
		},
	],
	[
		'refused, yet committed',
		['false refusal'],
		{ met: ['reset-after', 'rate-limit'], items: [failed('refused')], after: ONCE },
	],
	[
		'not sent, yet committed',
		['false refusal'],
		{ met: ['stall'], items: [failed('not_sent')], after: ONCE },
	],
	[
		'refused while an attempt may have been processed',
		['unexplained'],
		{ met: ['reset-before', 'rate-limit'], items: [failed('refused')] },
	],
	['refused without a reason', ['unexplained'], { met: [undefined], items: [failed('refused')] }],
	[
		'unknown although nothing happened',
		['unexplained'],
		{ met: [undefined], items: [failed('unknown')], after: ONCE },
	],
	[
		'unknown although it was not processed',
		['unexplained'],
		{ met: ['rate-limit', 'rate-limit'], items: [failed('unknown')] },
	],
	[
		'unknown although the repeat was confirmed',
		['unexplained'],
		{ met: ['stall', undefined], items: [failed('unknown')], after: [POINTS, 2] },
	],
	[
		'unknown although the refusal was clear',
		['unexplained'],
		{ kind: 'unknown member', met: ['bad-signature'], items: [failed('unknown')] },
	],
	[
		'not sent, though it was',
		['unexplained'],
		{ met: ['stall-before'], items: [failed('not_sent')] },
	],
	[
		'an item without an outcome',
		['unexplained'],
		{ met: [undefined], items: [{ by: 'Error', json: {} }] },
	],
];

it.each(lies)('counts a lie: %s', (_name, expected, story) => {
	expect(liesOf(account(story))).toEqual(expected);
	expect(isTrue(tallyOf([account(story)]))).toBe(false);
});

const truths: Array<[string, Story]> = [
	['done', { met: [undefined], items: [done()], after: ONCE }],
	['done by a repeat', { met: ['reset-after', undefined], items: [done()], after: [POINTS, 2] }],
	[
		'done again after an earlier night',
		{
			kind: 'committed before',
			met: [undefined],
			items: [done()],
			before: ONCE,
			after: [POINTS, 2],
		},
	],
	[
		'unknown, the verified response has a body where none is due',
		{ met: ['not-json'], items: [failed('unknown')], after: ONCE },
	],
	['unknown and committed', { met: ['reset-after'], items: [failed('unknown')], after: ONCE }],
	['unknown and not committed', { met: ['reset-before'], items: [failed('unknown')] }],
	['refused as too fast', { met: ['rate-limit'], items: [failed('refused')] }],
	[
		'refused, the code is nobody’s',
		{ kind: 'unknown member', met: [undefined], items: [failed('refused')] },
	],
	[
		'refused, another value was committed in an earlier night',
		{ kind: 'other value before', met: [undefined], items: [failed('refused')], before: [31, 1] },
	],
];

it.each(truths)('takes the truth for the truth: %s', (_name, story) => {
	expect(liesOf(account(story))).toEqual([]);
});

it('sums up', () => {
	const accounts = [
		account({ met: ['reset-after', undefined], items: [done()], after: [POINTS, 2] }),
		account({ met: ['stall', 'stall', 'rate-limit'], items: [failed('unknown')], after: ONCE }),
		account({ met: ['rate-limit'], items: [failed('refused')] }),
		account({ met: [undefined], items: [], after: [31, 1] }),
	];
	expect(tallyOf(accounts)).toEqual({
		orders: 4,
		injected: 5,
		done: 1,
		refused: 1,
		unknown: 1,
		repeats: 3,
		'false success': 0,
		lost: 1,
		'second value': 1,
		'false refusal': 0,
		unexplained: 0,
	});
});

it('notices a fault that never came', () => {
	const execution: PlannedExecution = {
		part: 'pairs at 20 %, and in a burst',
		faults: ['stall', 'rate-limit'],
		options: { concurrency: 1, timeout: 100, retries: 0 },
		orders: [],
	};
	const half = [account({ met: ['stall', undefined], items: [done()], after: [POINTS, 2] })];
	const both = [...half, account({ met: ['rate-limit'], items: [failed('refused')] })];
	expect(notInjected([{ execution, accounts: both }])).toEqual([]);
	expect(notInjected([{ execution, accounts: half }])).toEqual([
		'stall and rate-limit, pairs at 20 %, and in a burst',
	]);
});
