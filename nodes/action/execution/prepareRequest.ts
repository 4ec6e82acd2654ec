import { rethrow } from '../../apiv3/attempt';
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
	const context = serializeContext(execution, index);
	const validated = checkValues(spec, values, context);
	const number = validated.body.out_request_no;
	return buildRequest(spec, validated, merchant, {
		requestNumber: number && number === execution.requestNumber(index) ? String(number) : undefined,
		upload:
			operation.upload &&
			(await readImageFile(execution.context, String(validated.form.file), index)),
		read: operation.readFirst && (await readFirst(execution, operation.readFirst, values, context)),
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
