import type { IExecuteFunctions, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { FailureDetails, Outcome } from '../../client/errors/requestError';
import type { Operation } from '../spec';
import type { ItemSuccess } from './toItems';

/** What became of one input item. */
export type ItemResult = ItemSuccess | { failure: FailureDetails };

/** The failure of all items that were not started because an earlier one had failed. */
export const stopped: FailureDetails = {
	message: 'Not sent, because another item stopped the workflow. Run this item again.',
	outcome: 'not_sent',
	attempts: 0,
	repeatable: true,
};

type SummaryWords = Pick<Operation, 'pastTense' | 'method'>;

/** More names than this make a message nobody reads; the item numbers still tell all of them. */
const MAX_NAMES = 50;

/**
 * The exception that stops the workflow: it reports the lowest failing item, and what became of all the others, so that
 * nobody repeats in the dark.
 *
 * @param results one for each input item, at least one of them a failure
 */
export function stopError(
	context: IExecuteFunctions,
	results: ItemResult[],
	operation?: SummaryWords,
): NodeApiError | NodeOperationError {
	// Items that were stopped because another one failed are not the reason.
	const index = results.findIndex((result) => 'failure' in result && result.failure !== stopped);
	const { failure } = results[index] as { failure: FailureDetails };
	const [message, wayOut] = titleOf(failure.message);
	const description = [
		wayOut,
		failure.description,
		tally(results, operation),
		operation && TWO_BRANCHES,
	]
		.filter(Boolean)
		.join(' ');
	const shown = { description, itemIndex: index };
	const thrown =
		failure.outcome === 'not_sent'
			? new NodeOperationError(context.getNode(), message, shown)
			: new NodeApiError(context.getNode(), responseOf(failure), { ...shown, message });
	// For the codes of connections n8n has words of its own, which tell less and advise to send every item again.
	thrown.message = message;
	return thrown;
}

/** For everybody whose run stops here for the first time, which is what n8n's default does. */
const TWO_BRANCHES =
	"To go on with the other items, and get those that did not succeed in a branch of their own, set 'On Error' to 'Continue (using error output)' in the Settings tab.";

/** Longer titles n8n wraps over many lines. */
const MAX_TITLE_LENGTH = 90;

/** A sentence that long tells enough without what follows its colon or semicolon. */
const MIN_TITLE_LENGTH = 30;

/**
 * Divides a message into what n8n shows as the title, in red, and what follows below it: its first sentence, or, where
 * that is long, what stands before its colon, semicolon or code. Nothing of it is lost.
 */
function titleOf(message: string): [title: string, rest: string] {
	const [, text, item = ''] = /^([\s\S]*?)( \[item \d+\])?$/.exec(message) as unknown as string[];
	const sentence = /^.*?(?<!e\.g)\.(?= ['"\p{Lu}])/u.exec(text)?.[0] ?? text;
	const title = shortened(sentence.replace(/\.$/, ''));
	const rest = text.slice(title.length).replace(/^[:;.]? ?/, '');
	return [title + item, rest.charAt(0).toUpperCase() + rest.slice(1)];
}

function shortened(sentence: string): string {
	if (sentence.length <= MAX_TITLE_LENGTH) return sentence;
	const start = sentence.slice(MIN_TITLE_LENGTH).search(/[:;] /);
	if (start >= 0) return sentence.slice(0, MIN_TITLE_LENGTH + start);
	return sentence.replace(/ \([\w.-]+\)$/, '');
}

/** What n8n shows as coming from WeChat Pay. */
function responseOf({ message, code, outcome, http_status }: FailureDetails): JsonObject {
	const httpCode = http_status === undefined ? null : String(http_status);
	return { message, code: code ?? outcome, httpCode };
}

function tally(results: ItemResult[], operation?: SummaryWords): string {
	if (results.length === 1) return '';
	const done = results.flatMap((result, index) => ('items' in result ? [index] : []));
	const count = (outcome: Outcome) =>
		results.filter((result) => 'failure' in result && result.failure.outcome === outcome).length;
	const verb = operation?.pastTense ?? 'done';
	const counts = [
		[done.length, verb],
		[count('partial'), 'partly done'],
		[count('refused'), 'refused'],
		[count('unknown'), 'unknown'],
		[count('not_sent'), 'not sent'],
	] as const;
	const total = counts
		.filter(([number]) => number > 0)
		.map(([number, word]) => `${number} ${word}`);
	const summary = `In all: ${total.join(', ')}.`;
	// What was only read may be read again.
	if (done.length === 0 || !operation || operation.method === 'GET') return summary;
	return `${summary} Already ${verb}, do not repeat: ${names(results, done)}.`;
}

function names(results: ItemResult[], done: number[]): string {
	const listed = done.slice(0, MAX_NAMES).flatMap((index) => {
		const result = results[index];
		return 'label' in result && result.label !== undefined ? [result.label] : [];
	});
	if (listed.length === 0) return `items ${ranges(done)}`;
	const more = done.length > MAX_NAMES ? ` and ${done.length - MAX_NAMES} more` : '';
	return `${listed.join(', ')}${more} (items ${ranges(done)})`;
}

/** "0-4, 7": ascending numbers, neighbours drawn together. */
function ranges(numbers: number[]): string {
	const runs: Array<[number, number]> = [];
	for (const number of numbers) {
		const run = runs[runs.length - 1];
		if (run && run[1] === number - 1) run[1] = number;
		else runs.push([number, number]);
	}
	return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
