import { rethrow } from '../../apiv3/attempt';
import { failureDetailsOf, RequestError } from '../../client/errors/requestError';
import type { Row } from '../../client/response/parseResponse';
import { readObject } from '../../client/response/parseResponse';
import { sendWithRetries } from '../../client/sendWithRetries';
import type { Request, RetryPolicy } from '../../client/types';
import { apiEndpoint, buildApiRequest } from '../request/apiRequest';
import { formFields } from '../form/fieldLayout';
import type { ValidatedValues } from '../request/buildRequest';
import { buildRequest, checkValues } from '../request/buildRequest';
import { readImageFile } from '../request/imageFile';
import type { SerializeContext, Values } from '../request/serialize';
import { isBlank } from '../request/serialize';
import type { Endpoint, Field, Operation } from '../spec';
import { isCalledByAgent } from './calledByAgent';
import type { ExecutionContext } from './executionContext';
import type { MemoryPlace } from './requestMemory';
import { memoryPlace, recall } from './requestMemory';

/** The values of an item that have passed their checks. */
export interface CheckedItem {
	/** The endpoint that they are for. */
	spec: Endpoint & RetryPolicy;
	validated: ValidatedValues;
	/** Where its request is kept in mind, if it has to be. */
	place?: MemoryPlace;
}

/** @throws RequestError (`not_sent`) for values that break a rule */
export function checkItem(execution: ExecutionContext, values: Values, index: number): CheckedItem {
	const { operation } = execution;
	const spec = isBlank(values.subMchid) ? operation : partnerOf(operation);
	const validated = checkValues(spec, values, serializeContext(execution, index));
	const called = operation.isFree ? apiEndpoint(spec, validated.form) : spec;
	return { spec: called, validated, place: memoryPlace(execution, called, validated) };
}

/**
 * The request of one item: the one that was sent for it before, or a new one. What that needs from elsewhere, a file or
 * what WeChat Pay knows already, is fetched now that the values of the form have passed their checks.
 *
 * @throws RequestError
 */
export async function prepareRequest(
	execution: ExecutionContext,
	{ spec, validated, place }: CheckedItem,
	values: Values,
	index: number,
): Promise<Request> {
	const { operation, merchant } = execution;
	const sent = place && recall(place, spec);
	if (sent) return sent.request;
	if (operation.isFree) {
		return buildApiRequest(spec, validated.form, merchant, isCalledByAgent(execution.context));
	}
	const number = place?.number;
	return buildRequest(spec, validated, merchant, {
		requestNumber: number === execution.requestNumber(index) ? number : undefined,
		upload:
			operation.upload &&
			(await readImageFile(execution.context, String(validated.form.file), index)),
		read: await readFirst(execution, values, index),
	});
}

/**
 * What WeChat Pay answers to another endpoint for the values of an item.
 *
 * @throws RequestError
 */
export async function readEndpoint(
	execution: ExecutionContext,
	spec: Endpoint,
	values: Values,
	index: number,
): Promise<Row> {
	const validated = checkValues(spec, values, serializeContext(execution, index));
	const request = buildRequest(spec, validated, execution.merchant);
	return readObject(await sendWithRetries(execution, request), request);
}

/** The same execution for a request that is sent once. */
export function withoutRetries(execution: ExecutionContext): ExecutionContext {
	return { ...execution, options: { ...execution.options, retries: 0 } };
}

/**
 * Once more what the operation reads first, without retries.
 *
 * @throws RequestError
 */
export async function readAgain(
	execution: ExecutionContext,
	values: Values,
	index: number,
): Promise<Row> {
	return (await readFirst(withoutRetries(execution), values, index)) ?? {};
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
 * @returns undefined where nothing is read first
 * @throws RequestError (`not_sent`) for values that break a rule
 */
export function mutexKey(
	execution: ExecutionContext,
	values: Values,
	index: number,
): string | undefined {
	const { operation, merchant } = execution;
	const spec = readingOf(operation, values);
	if (!spec) return undefined;
	const checked = checkValues(spec, values, serializeContext(execution, index));
	return `${merchant.mchid} ${buildRequest(spec, checked, merchant).url}`;
}

/** What the form takes and what is advised are the same for both endpoints. */
function partnerOf(operation: Operation): Endpoint & RetryPolicy {
	return { ...operation, ...operation.partner };
}

/** What an item has to read first: the endpoint whose path it fills. */
function readingOf(
	{ readFirst: reading, fields }: Operation,
	values: Values,
): Endpoint | undefined {
	if (!reading) return undefined;
	const isFilled = ({ property }: Field) => !isBlank(values[property?.name ?? '']);
	if (
		formFields({ fields }).some(({ field }) => field.wireName === reading.unless && isFilled(field))
	) {
		return undefined;
	}
	const found = reading.endpoints.find((endpoint) =>
		endpoint.fields.every((field) => field.in !== 'path' || isFilled(field)),
	);
	return isBlank(values.subMchid) ? found : (found?.partner ?? found);
}

/** Nothing was changed by reading, however it ended. */
async function readFirst(
	execution: ExecutionContext,
	values: Values,
	index: number,
): Promise<Row | undefined> {
	const spec = readingOf(execution.operation, values);
	if (!spec) return undefined;
	return await rethrow(
		async () => await readEndpoint(execution, spec, values, index),
		(reason) => {
			const details = failureDetailsOf(reason);
			const isOpen = details.outcome === 'unknown';
			return new RequestError(
				isOpen ? { ...details, outcome: 'not_sent', repeatable: true } : details,
			);
		},
	);
}
