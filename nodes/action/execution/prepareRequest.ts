import { rethrow } from '../../apiv3/attempt';
import { failureDetailsOf, notSent, RequestError } from '../../client/errors/requestError';
import type { Row } from '../../client/response/parseResponse';
import { readObject } from '../../client/response/parseResponse';
import { sendWithRetries } from '../../client/sendWithRetries';
import type { Request, RetryPolicy } from '../../client/types';
import type { ValidatedValues } from '../request/buildRequest';
import { buildRequest, checkValues } from '../request/buildRequest';
import { fingerprint } from '../request/fingerprint';
import { readImageFile } from '../request/imageFile';
import type { SerializeContext, Values } from '../request/serialize';
import { isBlank } from '../request/serialize';
import type { Endpoint, Operation } from '../spec';
import type { ExecutionContext } from './executionContext';
import type { SentRequest } from './sentRequests';
import { SentRequests } from './sentRequests';

/** The memory of all nodes of this process. */
export const sentRequests = new SentRequests();

/** Under what a request is kept in mind, and what is there already. */
export interface RequestMemory {
	key: string;
	fingerprint: string;
	sent?: SentRequest;
}

/** A request, and where it is kept in mind if it has to be. */
export interface PreparedRequest {
	request: Request;
	memory?: RequestMemory;
}

/**
 * The request of one item. What it needs from elsewhere, a file or what WeChat Pay knows already, is fetched once the
 * values of the form have passed their checks.
 *
 * @throws RequestError
 */
export async function prepareRequest(
	execution: ExecutionContext,
	values: Values,
	index: number,
): Promise<PreparedRequest> {
	const { operation, merchant } = execution;
	const spec = isBlank(values.subMchid) ? operation : partnerOf(operation);
	const context = serializeContext(execution, index);
	const validated = checkValues(spec, values, context);
	const number = validated.body.out_request_no;
	const memory = recall(execution, spec, validated);
	if (memory?.sent) return { request: memory.sent.request, memory };
	const request = buildRequest(spec, validated, merchant, {
		requestNumber: number && number === execution.requestNumber(index) ? String(number) : undefined,
		upload:
			operation.upload &&
			(await readImageFile(execution.context, String(validated.form.file), index)),
		read: operation.readFirst && (await readFirst(execution, operation.readFirst, values, context)),
	});
	return { request, memory };
}

/**
 * Looks for what was sent for the same item before.
 *
 * @returns undefined for a request that needs no memory: it has no number, and may be repeated
 * @throws RequestError (`not_sent`) where other values were sent under the number
 */
function recall(
	{ merchant, operation, requestNumber }: ExecutionContext,
	spec: Endpoint,
	checked: ValidatedValues,
): RequestMemory | undefined {
	const number = checked.body.out_request_no;
	if (number === undefined && operation.repeatable) return undefined;
	const endpoint = [merchant.baseUrl, merchant.mchid, spec.method, spec.path];
	const hash = fingerprint(checked);
	if (number === undefined) {
		// An execution of its own is how a user says that an open outcome was looked up.
		const key = JSON.stringify([...endpoint, 'execution', requestNumber(0), hash]);
		const sent = sentRequests.find(key);
		if (sent?.mayBeDone) throw sentBefore(operation);
		return { key, fingerprint: hash };
	}
	const key = JSON.stringify([...endpoint, number]);
	const sent = sentRequests.find(key);
	if (sent && sent.fingerprint !== hash) throw usedBefore(String(number));
	return { key, fingerprint: hash, sent };
}

function usedBefore(number: string): RequestError {
	return notSent(
		`'Request Number' ${number} was used for a request with other values before: give the values of then, or another 'Request Number'`,
		{ field: 'out_request_no' },
	);
}

/** It may have been done: `not_sent` would be read as "not done". */
function sentBefore({ checkFirst }: RetryPolicy): RequestError {
	return new RequestError({
		message: `Not sent again: this execution sent it before, and whether it was done is open. ${checkFirst ?? 'Look whether it was done before you run this item again.'}`,
		outcome: 'unknown',
		attempts: 0,
		repeatable: false,
	});
}

function serializeContext(
	{ merchant, timezone, requestNumber }: ExecutionContext,
	index: number,
): SerializeContext {
	return {
		timezone,
		defaultValue: (kind) => (kind === 'requestNumber' ? requestNumber(index) : merchant[kind]),
	};
}

/**
 * What is read first and changed then, as it goes on the wire: two spellings of one member are one member.
 *
 * @returns undefined for an operation that reads nothing first
 * @throws RequestError (`not_sent`) for values that break a rule
 */
export function mutexKey(
	execution: ExecutionContext,
	values: Values,
	index: number,
): string | undefined {
	const { operation, merchant } = execution;
	if (!operation.readFirst) return undefined;
	const checked = checkValues(operation.readFirst, values, serializeContext(execution, index));
	return `${merchant.mchid} ${buildRequest(operation.readFirst, checked, merchant).url}`;
}

/** What is advised is the same for both endpoints. */
function partnerOf(operation: Operation): Endpoint & RetryPolicy {
	const { partner, knownErrors, rejectionHint, checkFirst } = operation;
	return partner ? { ...partner, knownErrors, rejectionHint, checkFirst } : operation;
}

/** Nothing was changed by reading, however it ended. */
async function readFirst(
	execution: ExecutionContext,
	spec: Endpoint,
	values: Values,
	context: SerializeContext,
): Promise<Row> {
	const validated = checkValues(spec, values, context);
	const request = buildRequest(spec, validated, execution.merchant);
	return await rethrow(
		async () => readObject(await sendWithRetries(execution, request), request),
		(reason) => {
			const details = failureDetailsOf(reason);
			const isOpen = details.outcome === 'unknown';
			return new RequestError(
				isOpen ? { ...details, outcome: 'not_sent', repeatable: true } : details,
			);
		},
	);
}
