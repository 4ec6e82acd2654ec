import { printable } from '../errors/printable';
import type { FailureDetails } from '../errors/requestError';
import type { Request, ResponseShape } from '../types';
import { retryAdvice } from './messages';
import type { Row } from './parseResponse';

type StateFailure = Pick<
	FailureDetails,
	'message' | 'outcome' | 'code' | 'response' | 'repeatable'
>;

/**
 * What a verified response says of a request that it took.
 *
 * @returns undefined where the request is done or WeChat Pay is working on it, and for what is only read
 */
export function stateFailure(
	object: Row,
	{ state }: ResponseShape,
	{ retryPolicy }: Request,
): StateFailure | undefined {
	if (!state?.done) return undefined;
	const word = wordOf(object, state.field);
	if (state.done.includes(word) || state.pending.includes(word)) return undefined;
	const advice = Object.hasOwn(state.failed ?? {}, word) ? state.failed?.[word] : undefined;
	const code = printable(word, 60);
	if (advice !== undefined) {
		return {
			message: `WeChat Pay took the request, and says that it failed (${code}). ${advice}`,
			outcome: 'refused',
			code,
			response: object,
			repeatable: false,
		};
	}
	return {
		message: `WeChat Pay took the request, but says of it what this version does not know (${code}). ${retryPolicy.checkFirst ?? `${retryAdvice(retryPolicy)}.`}`,
		outcome: 'unknown',
		code,
		response: object,
		repeatable: retryPolicy.repeatable,
	};
}

/** Whether WeChat Pay is still working on what a verified response is about. */
export function isPending(object: Row, { state }: ResponseShape): boolean {
	return state?.pending.includes(wordOf(object, state.field)) ?? false;
}

function wordOf(object: Row, field: string): string {
	const word = object[field];
	return typeof word === 'string' ? word : '';
}
