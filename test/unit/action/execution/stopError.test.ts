/** The exception that stops the workflow: which item it is about, and what it tells of the others. */
import type { FailureDetails } from '../../../../nodes/client/errors/requestError';
import type { ItemResult } from '../../../../nodes/action/execution/stopError';
import { stopError, stopped } from '../../../../nodes/action/execution/stopError';

import { explain } from '../../../../nodes/client/response/messages';
import { knownErrors } from '../../../support/catalogue.cts';

const NODE = {
	id: '1',
	name: 'Commit',
	type: 'x',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const CONTEXT = { getNode: () => NODE } as never;
const COMMIT = { pastTense: 'committed', method: 'POST' } as const;

const done = (name?: string): ItemResult => ({ items: [], label: name });
const failed = (
	outcome: FailureDetails['outcome'],
	more: Partial<FailureDetails> = {},
): ItemResult => ({
	failure: { message: `It was ${outcome}.`, outcome, attempts: 1, repeatable: false, ...more },
});
const halted: ItemResult = { failure: stopped };
/** How to get two branches; it ends the description of every item that was tried. */
const BRANCHES =
	"To go on with the other items, and get those that did not succeed in a branch of their own, set 'On Error' to 'Continue (using error output)' in the Settings tab.";

const thrown = (results: ItemResult[], operation: Parameters<typeof stopError>[2] = COMMIT) =>
	stopError(CONTEXT, results, operation);

it('is about the lowest item that failed itself', () => {
	const { message, context } = thrown([done('a'), halted, failed('unknown'), failed('refused')]);
	expect(message).toBe('It was unknown');
	expect(context.itemIndex).toBe(2);
});

it.each([
	['refused', 'NodeApiError'],
	['unknown', 'NodeApiError'],
	['not_sent', 'NodeOperationError'],
] as const)('%s is a %s', (outcome, name) => {
	expect(thrown([failed(outcome)])).toMatchObject({ name, message: `It was ${outcome}` });
});

it('keeps its own words for the codes of connections, and the status as n8n shows it', () => {
	const of = (more: Partial<FailureDetails>) => thrown([failed('unknown', more)]);
	expect(of({ code: 'ECONNREFUSED' })).toMatchObject({
		message: 'It was unknown',
		httpCode: 'ECONNREFUSED',
	});
	expect(of({ http_status: 500 })).toMatchObject({ message: 'It was unknown', httpCode: '500' });
});

it('has the description of the item alone where there is only one', () => {
	expect(thrown([failed('refused', { description: 'Request-ID r.' })]).description).toBe(
		`Request-ID r. ${BRANCHES}`,
	);
});

describe('what stands in red, and what below it', () => {
	const parts = (message: string) => {
		const shown = thrown([failed('refused', { message })]);
		return [shown.message, String(shown.description).replace(` ${BRANCHES}`, '')];
	};

	it.each<[string, string, string, string]>([
		[
			'are what happened, and the way out',
			"WeChat Pay refused: the card is not there (RESOURCE_NOT_EXISTS). Check 'Card ID'. Ask. [item 3]",
			'WeChat Pay refused: the card is not there (RESOURCE_NOT_EXISTS) [item 3]',
			"Check 'Card ID'. Ask.",
		],
		[
			'are divided behind no abbreviation',
			"'Bonus Value' must be a positive whole number, e.g. 'A' or 30; it is 0 [item 0]",
			"'Bonus Value' must be a positive whole number, e.g. 'A' or 30; it is 0 [item 0]",
			BRANCHES,
		],
		[
			'are divided at the colon of a long sentence',
			'The response reports success, but its signature could not be verified: it has no signature at all. Look. [item 0]',
			'The response reports success, but its signature could not be verified [item 0]',
			'It has no signature at all. Look.',
		],
		[
			'leave the code of a long sentence to what is below, and not what follows an early colon',
			`WeChat Pay refused: ${'a meaning '.repeat(9)}(CODE). Look.`,
			`WeChat Pay refused: ${'a meaning '.repeat(9)}`.trim(),
			'(CODE). Look.',
		],
	])('%s', (_, message, title, rest) => {
		expect(parts(message)).toEqual([title, rest]);
	});

	it('are short for all known refusals', () => {
		const long = knownErrors.flatMap((known) => {
			const error = { code: known.code, message: known.messageIncludes?.[0] };
			const { what, wayOut } = explain(known.status, error, { knownErrors: [known] });
			const [title] = parts(`${what}. ${wayOut}`);
			return title.length > 90 ? [title] : [];
		});
		expect(long).toEqual([]);
	});
});

it('tells nothing of branches where no item was tried', () => {
	expect(stopError(CONTEXT, [failed('not_sent')]).description).toBeFalsy();
});

it('counts what became of all', () => {
	const results = [
		failed('refused', { description: 'Request-ID r.' }),
		failed('unknown'),
		failed('unknown'),
		halted,
		done('a'),
	];
	expect(thrown(results).description).toBe(
		`Request-ID r. In all: 1 committed, 1 refused, 2 unknown, 1 not sent. Already committed, do not repeat: a (items 4). ${BRANCHES}`,
	);
	expect(thrown([failed('refused'), failed('refused')]).description).toBe(
		`In all: 2 refused. ${BRANCHES}`,
	);
});

it('does not warn of repeating what was only read, or of an operation that is not known', () => {
	const results = [done('a'), failed('refused')];
	expect(thrown(results, { pastTense: 'read', method: 'GET' }).description).toBe(
		`In all: 1 read, 1 refused. ${BRANCHES}`,
	);
	expect(stopError(CONTEXT, results).description).toBe('In all: 1 done, 1 refused.');
});

describe('what is done already', () => {
	const told = (results: ItemResult[]) =>
		/do not repeat: (.+)\. To go on/.exec(
			String(thrown([...results, failed('refused')]).description),
		)?.[1];

	it('goes by name and number, neighbours drawn together', () => {
		const results = [
			done('a'),
			done('b'),
			done('c'),
			failed('refused'),
			done('d'),
			halted,
			done('e'),
			done('f'),
		];
		expect(told(results)).toBe('a, b, c, d, e, f (items 0-2, 4, 6-7)');
	});

	it('goes by number alone without names', () => {
		expect(told([done(), done(), failed('unknown'), done()])).toBe('items 0-1, 3');
		expect(told([done(), done('b')])).toBe('b (items 0-1)');
	});

	it('has no more than fifty names', () => {
		const named = (count: number) => Array.from({ length: count }, (_, index) => done(`n${index}`));
		expect(told(named(50))).toMatch(/, n49 \(items 0-49\)$/);
		expect(told(named(53))).toMatch(/, n49 and 3 more \(items 0-52\)$/);
	});
});
