/** What the word for the state in a verified response means for the item. */
import { isPending, stateFailure } from '../../../../nodes/client/response/stateResult';
import type { Row } from '../../../../nodes/client/response/parseResponse';
import type { Request, ResponseShape } from '../../../../nodes/client/types';

const shape: ResponseShape = {
	requiredFields: ['state'],
	state: {
		field: 'state',
		pending: ['PROCESSING'],
		done: ['SUCCESS'],
		failed: { CLOSED: 'Take a new number.' },
	},
};

const request = {
	retryPolicy: { resendable: true, repeatable: true, checkFirst: 'Ask for it first.' },
} as Request;

const failureOf = (state: unknown, from = shape) => stateFailure({ state } as Row, from, request);

it.each(['SUCCESS', 'PROCESSING'])('%s is no failure', (word) => {
	expect(failureOf(word)).toBeUndefined();
});

it('a word for a failure is a refusal, with its own way out', () => {
	expect(failureOf('CLOSED')).toEqual({
		message: 'WeChat Pay took the request, and says that it failed (CLOSED). Take a new number.',
		outcome: 'refused',
		code: 'CLOSED',
		response: { state: 'CLOSED' },
		repeatable: false,
	});
});

it.each(['MOVED', 'constructor', 'success', ''])('the word %j leaves the outcome open', (word) => {
	expect(failureOf(word)).toMatchObject({
		message: expect.stringMatching(/does not know .*Ask for it first\.$/),
		outcome: 'unknown',
		repeatable: true,
	});
});

it.each([undefined, null, 7, ['SUCCESS']])(
	'%j instead of a word leaves the outcome open',
	(word) => {
		expect(failureOf(word)).toMatchObject({ outcome: 'unknown' });
	},
);

it('of what is only read, every word is data', () => {
	const state = { field: 'state', pending: ['PROCESSING'] };
	expect(failureOf('CLOSED', { ...shape, state })).toBeUndefined();
	expect(failureOf('CLOSED', { requiredFields: [] })).toBeUndefined();
});

it('is pending with a word for it alone', () => {
	expect(isPending({ state: 'PROCESSING' }, shape)).toBe(true);
	expect(isPending({ state: 'SUCCESS' }, shape)).toBe(false);
	expect(isPending({}, shape)).toBe(false);
	expect(isPending({ state: 'PROCESSING' }, { requiredFields: [] })).toBe(false);
});
