import type { FailureDetails } from '../../client/errors/requestError';
import { failureDetailsOf, RequestError } from '../../client/errors/requestError';
import { differentName } from '../../client/response/bindResponse';
import type { Row } from '../../client/response/parseResponse';
import type { Request } from '../../client/types';
import type { Endpoint, Operation } from '../spec';

/** What the item says instead of the failure, once it is known what WeChat Pay has. */
type Finding = Pick<FailureDetails, 'outcome' | 'repeatable'> & { words: string };

/**
 * Sends a request of an operation that moves money to a person. After every failure, even a refusal, WeChat Pay is
 * asked once what it has under this number, and the item says it: nobody shall have to guess whether another number
 * would pay twice.
 *
 * @param ask what WeChat Pay says of the item, asked once
 * @throws RequestError
 */
export async function askAfterFailure<T>(
	{ operation }: { operation: Operation },
	request: Request,
	ask: (endpoint: Endpoint) => Promise<Row>,
	send: () => Promise<T>,
): Promise<T> {
	const { askAfterFailure: endpoint } = operation;
	if (!endpoint) return await send();
	return await send().catch(async (reason: unknown) => {
		const details = failureDetailsOf(reason);
		// A verified response about this very number says more than a query could.
		if (details.outcome === 'not_sent' || details.response) throw reason;
		const found = await ask(endpoint).catch(nothingFound);
		throw new RequestError(
			typeof found === 'string'
				? withoutFinding(details, found)
				: withFinding(details, found, request, operation),
		);
	});
}

/** Whether WeChat Pay told what it has under the number of the item. */
export function wasLookedUp({ found }: FailureDetails): boolean {
	return typeof found === 'object';
}

function nothingFound(reason: unknown): 'not found' | 'not known' {
	const { outcome, http_status: status } = failureDetailsOf(reason);
	return outcome === 'refused' && status === 404 ? 'not found' : 'not known';
}

/** A query right after a failure that finds nothing proves nothing: the number stays the item's own. */
function withoutFinding(details: FailureDetails, found: 'not found' | 'not known'): FailureDetails {
	const isKnown = found === 'not found';
	const query = isKnown
		? 'A query right after it found nothing under this number yet.'
		: 'A query right after it was not answered.';
	return {
		...details,
		message: `${details.message} Keep the number.`,
		description: [details.description, query].filter(Boolean).join(' '),
		outcome: isKnown ? details.outcome : 'unknown',
		found,
	};
}

function withFinding(
	details: FailureDetails,
	found: Row,
	request: Request,
	operation: Operation,
): FailureDetails {
	const { words, ...finding } = findingOf(details, found, request, operation);
	const { simplifiedFields } = operation.askAfterFailure?.response ?? {};
	const shown = Object.entries(found).filter(([name]) => simplifiedFields?.includes(name) ?? true);
	return {
		...details,
		...finding,
		message: words,
		description: [details.message, details.description].filter(Boolean).join(' '),
		found: Object.fromEntries(shown),
	};
}

function findingOf(
	details: FailureDetails,
	found: Row,
	{ subject, retryPolicy }: Request,
	{ response }: Operation,
): Finding {
	const open = `Not confirmed${reasonOf(details)}`;
	const other = differentName(found, subject);
	if (other !== undefined) {
		return {
			words: `${open}: under this number WeChat Pay has one with another '${other}'. ${retryPolicy.numberUsed ?? 'Give this item a number of its own.'}`,
			outcome: 'unknown',
			repeatable: false,
		};
	}
	const { field = '', pending = [], done = [], failed = {} } = response?.state ?? {};
	const word = String(found[field]);
	if (Object.hasOwn(failed, word)) {
		const words = `Not done${reasonOf(details)}: a query says ${word}. ${failed[word]}`;
		return { words, outcome: 'refused', repeatable: false };
	}
	if (done.includes(word)) {
		const words = `${open}, but a query says that it is done (${word}): leave this item out.`;
		return { words, outcome: 'unknown', repeatable: false };
	}
	const { repeatable } = details;
	const wayOut = repeatable
		? 'Run this item again as it is, never under another number.'
		: (retryPolicy.checkFirst ?? 'Keep the number.');
	const state = pending.includes(word)
		? `: ${word}`
		: ', in a state that this version does not know';
	return {
		words: `${open}, but WeChat Pay has it under this number${state}. ${wayOut}`,
		outcome: 'unknown',
		repeatable,
	};
}

function reasonOf({ code, http_status: status }: FailureDetails): string {
	const reason = code ?? status;
	return reason === undefined ? '' : ` (${reason})`;
}
