import type { FailureDetails } from '../../client/errors/requestError';
import { failureDetailsOf, RequestError } from '../../client/errors/requestError';
import type { Row } from '../../client/response/parseResponse';
import { readObject } from '../../client/response/parseResponse';
import { sendWithRetries } from '../../client/sendWithRetries';
import type { Request, RetryPolicy } from '../../client/types';
import { buildRequest, checkValues } from '../request/buildRequest';
import { readImageFile } from '../request/imageFile';
import type { SerializeContext, Values } from '../request/serialize';
import { isBlank } from '../request/serialize';
import type { Endpoint, Operation } from '../spec';
import type { ExecutionContext } from './executionContext';

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
): Promise<Request> {
	const { operation, merchant } = execution;
	const spec = isBlank(values.subMchid) ? operation : partnerOf(operation);
	const setting = serializeContext(execution, index);
	const checked = checkValues(spec, values, setting);
	const number = checked.body.out_request_no;
	return buildRequest(spec, checked, merchant, {
		requestNumber: number && number === execution.requestNumber(index) ? String(number) : undefined,
		upload:
			operation.upload &&
			(await readImageFile(execution.context, String(checked.form.file), index)),
		read: operation.readFirst && (await readFirst(execution, operation.readFirst, values, setting)),
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
	setting: SerializeContext,
): Promise<Row> {
	const checked = checkValues(spec, values, setting);
	const request = buildRequest(spec, checked, execution.merchant);
	let facts: FailureDetails;
	try {
		return readObject(await sendWithRetries(execution, request), request);
	} catch (error) {
		facts = failureDetailsOf(error);
	}
	if (facts.outcome !== 'unknown') throw new RequestError(facts);
	throw new RequestError({ ...facts, outcome: 'not_sent', repeatable: true });
}
