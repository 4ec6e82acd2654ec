/** How an error item is traced to its input, by what n8n's own look-up would find; test/engine/lookUp has it in the engine. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { ErrorItems } from '../../../../nodes/action/execution/errorItem';
import type { FailureDetails } from '../../../../nodes/client/errors/requestError';

const FACTS: FailureDetails = {
	message: 'No.',
	outcome: 'refused',
	attempts: 1,
	repeatable: false,
	code: undefined,
};
const TOLD = { message: 'No.', outcome: 'refused', attempts: 1, repeatable: false };
const ITEMS = [{ json: { order: 1 } }, { json: { order: 2 } }];

/** The error item of the second input item. */
function made(lookUp: (index: number) => unknown, onError = 'continueErrorOutput') {
	const context = {
		getNode: () => ({ onError }),
		getInputSourceData: () => ({ previousNode: 'Orders' }),
		getWorkflowDataProxy: () => ({
			$getPairedItem: (from: string, _: unknown, { item }: { item: number }) => {
				expect(from).toBe('Orders');
				return lookUp(item);
			},
		}),
	};
	return new ErrorItems(context as unknown as IExecuteFunctions, ITEMS).make(FACTS, 1);
}

const traced = { json: { error: TOLD }, pairedItem: { item: 1 } };
const byItself = { json: { error: { ...TOLD, input: { order: 2 } } }, pairedItem: 1 };

it.each<[string, (index: number) => unknown]>([
	['the input item', (index) => ITEMS[index]],
	// Where n8n has put the execution aside and taken it up again.
	['an equal one', (index) => ({ json: { ...ITEMS[index].json } })],
])('is traced to its input where n8n finds %s', (_, lookUp) => {
	expect(made(lookUp)).toEqual(traced);
});

it.each<[string, (index: number) => unknown]>([
	['another item', () => ITEMS[0]],
	['nothing', () => null],
	[
		'no way',
		() => {
			throw new Error('no path');
		},
	],
])('has its input in it where n8n finds %s', (_, lookUp) => {
	expect(made(lookUp)).toEqual(byItself);
});

it('has its input in it where n8n cannot look at all', () => {
	const context = {
		getNode: () => ({ onError: 'continueErrorOutput' }),
		getInputSourceData: () => {
			throw new Error('no source');
		},
	};
	const items = new ErrorItems(context as unknown as IExecuteFunctions, ITEMS);
	expect(items.make(FACTS, 1)).toEqual(byItself);
});

it('is traced to its input where n8n does not look', () => {
	expect(made(() => null, 'continueRegularOutput')).toEqual(traced);
});

it.each([
	['traced to its input', 'continueRegularOutput'],
	['by itself', 'continueErrorOutput'],
])("keeps the input's file (%s)", (_, onError) => {
	const binary = { data: { data: 'eA==', mimeType: 'image/png' } };
	const context = {
		getNode: () => ({ onError }),
		getInputSourceData: () => {
			throw new Error('no source');
		},
	};
	const items = new ErrorItems(context as unknown as IExecuteFunctions, [{ json: {}, binary }]);
	expect(items.make(FACTS, 0).binary).toEqual(binary);
});

it('begins with outcome, code and message, which a table shows first, and leaves out what is absent', () => {
	const context = { getNode: () => ({ onError: 'continueRegularOutput' }) };
	const items = new ErrorItems(context as unknown as IExecuteFunctions, ITEMS);
	const keysOf = (details: FailureDetails) =>
		Object.keys(items.make(details, 1).json.error as object);
	expect(keysOf({ ...FACTS, description: 'd', code: 'C' })).toEqual([
		'outcome',
		'code',
		'message',
		'attempts',
		'repeatable',
		'description',
	]);
	expect(keysOf(FACTS)).toEqual(['outcome', 'message', 'attempts', 'repeatable']);
});
