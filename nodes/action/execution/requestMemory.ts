import { rethrow } from '../../apiv3/attempt';
import { systemClock } from '../../client/clock';
import type { FailureDetails, Outcome } from '../../client/errors/requestError';
import { failureDetailsOf, notSent, RequestError } from '../../client/errors/requestError';
import type { Request, RetryPolicy } from '../../client/types';
import type { ValidatedValues } from '../request/buildRequest';
import { fingerprint } from '../request/fingerprint';
import { namingField } from '../request/requestNumber';
import type { Endpoint, Parameter } from '../spec';
import type { ExecutionContext } from './executionContext';
import type { SentRequest } from './sentRequests';
import { SentRequests } from './sentRequests';
import { wasLookedUp } from './askAfterFailure';
import { stopped } from './stopError';

/** The memory of all nodes of this process. */
export const sentRequests = new SentRequests();

/** Where a request is kept in mind. */
export interface MemoryPlace {
	key: string;
	/** Of the item's own values. */
	fingerprint: string;
	/** Its request number; absent for what is kept in mind because it must not be sent twice. */
	number?: string;
	/** Where the number stands. */
	field?: Parameter;
}

/** @returns undefined for a request that needs no memory: it has no number, and may be sent again */
export function memoryPlace(
	{ merchant, requestNumber }: ExecutionContext,
	{ method, path, fields, resendable }: Endpoint,
	checked: ValidatedValues,
): MemoryPlace | undefined {
	const field = namingField(fields);
	const number = field && checked.body[field.wireName];
	if (number === undefined && resendable) return undefined;
	const endpoint = [merchant.baseUrl, merchant.mchid, method, path];
	const hash = fingerprint(telling(checked, fields));
	if (number !== undefined) {
		return {
			key: JSON.stringify([...endpoint, number]),
			fingerprint: hash,
			number: String(number),
			field,
		};
	}
	// An execution of its own is how a user says that an open outcome was looked up.
	const key = JSON.stringify([...endpoint, 'execution', requestNumber(0), hash]);
	return { key, fingerprint: hash };
}

/** The values that make one request another than before. */
function telling(checked: ValidatedValues, fields: Parameter[]): unknown {
	const differing = fields.flatMap(({ wireName, mayDiffer }) => (mayDiffer ? [wireName] : []));
	return Object.values(checked).map((values) =>
		Object.entries(values).filter(([name]) => !differing.includes(name)),
	);
}

/**
 * Looks for what was sent for the same item before.
 *
 * @throws RequestError where other values were sent under the number (`not_sent`), or where it must not be sent twice
 */
export function recall(place: MemoryPlace, policy: RetryPolicy): SentRequest | undefined {
	const sent = sentRequests.find(place.key);
	if (!sent) return undefined;
	if (place.number === undefined) {
		if (sent.mayBeDone) throw sentBefore(policy);
		return undefined;
	}
	if (sent.fingerprint !== place.fingerprint) throw usedBefore(place, policy);
	return sent;
}

function usedBefore({ number, field }: MemoryPlace, { numberUsed }: RetryPolicy): RequestError {
	const label = field?.property?.displayName;
	const wayOut = numberUsed ?? `Give the values of then, or another '${label}'.`;
	return notSent(
		`'${label}' ${number} was used for a request with other values before. ${wayOut}`,
		{
			field: field?.wireName,
		},
	);
}

/** It may have been done: `not_sent` would be read as "not done". */
function sentBefore({ checkFirst }: RetryPolicy): RequestError {
	return new RequestError({
		message: `Not sent again: this execution sent it before. ${checkFirst ?? 'Look whether it was done before you run this item again.'}`,
		outcome: 'unknown',
		attempts: 0,
		repeatable: false,
	});
}

/** @returns when this process first sent it, in ms since 1970; now, for what is not kept in mind */
export function firstSentAt(place: MemoryPlace | undefined): number {
	const sent = place && sentRequests.find(place.key);
	// Its age is counted by a clock that does not jump.
	const age = sent ? systemClock.monotonic() - sent.at : 0;
	return systemClock.now() - age;
}

/** What may have been done stays in mind; what was certainly not done leaves its number free. */
export async function keptInMind<T>(
	place: MemoryPlace | undefined,
	request: Request,
	send: () => Promise<T>,
): Promise<T> {
	if (!place) return await send();
	const { key } = place;
	if (!sentRequests.find(key)) sentRequests.remember(key, request, place.fingerprint);
	const mayBeDone = sentRequests.find(key)?.mayBeDone === true;
	return await rethrow(
		async () => {
			const answered = await send();
			sentRequests.markMayBeDone(key);
			return answered;
		},
		(reason) => {
			const details = failureDetailsOf(reason);
			if (MAY_BE_DONE.includes(details.outcome)) sentRequests.markMayBeDone(key);
			else if (!mayBeDone || wasLookedUp(details)) sentRequests.forget(key);
			else if (details !== stopped) return stillOpen(details, request);
			return reason as Error;
		},
	);
}

const MAY_BE_DONE: Outcome[] = ['unknown', 'partial'];

/** What became of a repeat says nothing about what was sent before. */
function stillOpen(details: FailureDetails, { retryPolicy }: Request): RequestError {
	return new RequestError({
		...details,
		message: `An earlier attempt with the same request number may have been processed; a repeat did not settle it: ${details.message}`,
		outcome: 'unknown',
		repeatable: retryPolicy.repeatable,
	});
}
