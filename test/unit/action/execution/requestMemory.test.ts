/** What an attempt came to decides whether its request stays in mind. */
import { keptInMind, recall, sentRequests } from '../../../../nodes/action/execution/requestMemory';
import type { Outcome } from '../../../../nodes/client/errors/requestError';
import { RequestError } from '../../../../nodes/client/errors/requestError';
import type { Request } from '../../../../nodes/client/types';

const POLICY = { method: 'POST', resendable: true, repeatable: true } as const;
const REQUEST = { body: Buffer.from('{}'), retryPolicy: POLICY } as Request;
const PLACE = { key: 'k', fingerprint: 'f', number: 'n' };

beforeEach(() => {
	sentRequests.clear();
});

const ends = async (outcome: Outcome) =>
	await keptInMind(
		PLACE,
		REQUEST,
		async () =>
			await Promise.reject(
				new RequestError({ message: 'No.', outcome, attempts: 1, repeatable: false }),
			),
	).catch(({ details }: RequestError) => details.outcome);

it.each<[Outcome, boolean]>([
	['unknown', true],
	['partial', true],
	['refused', false],
	['not_sent', false],
])('%s: kept in mind %s', async (outcome, isKept) => {
	expect(await ends(outcome)).toBe(outcome);
	expect(recall(PLACE, POLICY)?.mayBeDone).toBe(isKept ? true : undefined);
});

it.each<Outcome>(['refused', 'not_sent', 'unknown', 'partial'])(
	'what may be done is not undone by a repeat that is %s',
	async (outcome) => {
		await ends('partial');
		expect(await ends(outcome)).toBe(outcome === 'partial' ? 'partial' : 'unknown');
		expect(recall(PLACE, POLICY)).toMatchObject({ request: REQUEST, mayBeDone: true });
	},
);

it.each<Outcome>(['unknown', 'partial'])(
	'what must not be sent twice is not, after %s',
	async (outcome) => {
		await ends(outcome);
		const place = { key: 'k', fingerprint: 'f' };
		expect(() => recall(place, { ...POLICY, checkFirst: 'Look first.' })).toThrow(
			'Not sent again: this execution sent it before. Look first.',
		);
	},
);
