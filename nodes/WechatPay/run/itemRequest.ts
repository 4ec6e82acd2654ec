import type { FailureDetails } from '../../client/errors/requestError';
import { failureDetailsOf, RequestError } from '../../client/errors/requestError';
import type { Row } from '../../client/response/parseResponse';
import { readObject } from '../../client/response/parseResponse';
import { sendWithRetries } from '../../client/sendWithRetries';
import type { Request } from '../../client/types';
import type { Endpoint } from '../operations/types';
import type { Batch } from './batch';
import { readImage } from './image';
import { buildRequest, checkValues } from './request';
import type { Setting, Values } from './values';
import { isBlank } from './values';

/**
 * The request of one item. What it needs from elsewhere, a file or what WeChat Pay knows already, is fetched once the
 * values of the form have passed their checks.
 *
 * @throws ItemFailure
 */
export async function requestOf(batch: Batch, values: Values, index: number): Promise<Request> {
	const { operation, merchant } = batch;
	const spec = isBlank(values.subMchid) ? operation : (operation.partner ?? operation);
	const setting = settingOf(batch, index);
	const checked = checkValues(spec, values, setting, index);
	const number = checked.body.out_request_no;
	return buildRequest(spec, checked, merchant, index, {
		requestNumber: number && number === batch.requestNumber(index) ? String(number) : undefined,
		upload: operation.upload && (await readImage(batch.context, String(checked.form.file), index)),
		read: operation.reads && (await readFirst(batch, operation.reads, values, setting, index)),
	});
}

function settingOf({ merchant, timezone, requestNumber }: Batch, index: number): Setting {
	return {
		timezone,
		standIn: (kind) => (kind === 'requestNumber' ? requestNumber(index) : merchant[kind]),
	};
}

/** Nothing was changed by reading, however it ended. */
async function readFirst(
	batch: Batch,
	spec: Endpoint,
	values: Values,
	setting: Setting,
	index: number,
): Promise<Row> {
	const checked = checkValues(spec, values, setting, index);
	const request = buildRequest(spec, checked, batch.merchant, index);
	let facts: FailureDetails;
	try {
		return readObject(await sendWithRetries(batch, request, index), request, index);
	} catch (error) {
		facts = failureDetailsOf(error);
	}
	if (facts.outcome !== 'unknown') throw new RequestError(facts);
	throw new RequestError({ ...facts, outcome: 'not_sent', repeatable: true });
}
