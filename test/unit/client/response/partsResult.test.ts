/** Every part that was asked for has a result. */
import { partsFailure } from '../../../../nodes/client/response/partsResult';
import { depositCodes } from '../../../../nodes/WechatPayMemberCard/operations/card/depositCodes';

const result = (rows: object[]) =>
	partsFailure(
		rows as never,
		depositCodes.response as never,
		{ subject: { code: ['a', 'b'] } } as never,
	);

it.each([
	[
		'all in',
		[
			{ code: 'a', result: 'SUCCESS' },
			{ code: 'b', result: 'DUPLICATE' },
		],
		undefined,
	],
	[
		'part of them',
		[
			{ code: 'a', result: 'SUCCESS' },
			{ code: 'b', result: 'FAIL' },
		],
		{ outcome: 'partial', done: ['a'], not_done: ['b'] },
	],
	[
		'none',
		[
			{ code: 'a', result: 'FAIL' },
			{ code: 'b', result: 'FAIL' },
		],
		{ outcome: 'refused', done: [], not_done: ['a', 'b'] },
	],
	[
		'one left out',
		[{ code: 'a', result: 'SUCCESS' }],
		{ outcome: 'unknown', done: ['a'], not_known: ['b'] },
	],
	[
		'another word',
		[
			{ code: 'a', result: 'SUCCESS' },
			{ code: 'b', result: 'LATER' },
		],
		{ outcome: 'unknown', done: ['a'], not_known: ['b'] },
	],
	['nothing', [], { outcome: 'unknown', done: [], not_known: ['a', 'b'] }],
])('%s', (_, rows, expected) => {
	if (expected) expect(result(rows)).toMatchObject(expected);
	else expect(result(rows)).toBeUndefined();
});
