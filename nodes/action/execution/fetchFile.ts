import type { IBinaryKeyData } from 'n8n-workflow';

import { asReadable } from '../../client/download/asReadable';
import type { PromisedFile } from '../../client/download/downloadFile';
import { downloadFile } from '../../client/download/downloadFile';
import { filesOf } from '../../client/download/promisedFiles';
import { RequestError } from '../../client/errors/requestError';
import type { Row } from '../../client/response/parseResponse';
import { readObject } from '../../client/response/parseResponse';
import { isPending, stateFailure } from '../../client/response/stateResult';
import { sendWithRetries } from '../../client/sendWithRetries';
import { emptySummary, readStatement } from '../../client/statement/readStatement';
import type { Request, VerifiedResponse } from '../../client/types';
import type { FileShape } from '../spec';
import { addHint } from './addHint';
import type { ExecutionContext } from './executionContext';
import type { FetchedResponse } from './fetchResponse';
import { rejectFailed } from './fetchResponse';

/** Checked values of the form. */
type Form = Record<string, unknown>;

/**
 * Asks for files, downloads them, and makes items or binary data of them. Where the address has expired, as
 * after a pause, another one is asked for once.
 *
 * @throws RequestError
 */
export async function fetchFile(
	execution: ExecutionContext,
	shape: FileShape,
	request: Request,
	form: Form,
	index: number,
): Promise<FetchedResponse> {
	const ask = async () => await askAndDownload(execution, shape, request, form, index);
	return await ask().catch(async (reason: unknown) => {
		if (reason instanceof AddressExpired) return await ask();
		throw reason;
	});
}

/** A refusal of the download. */
class AddressExpired extends RequestError {}

async function askAndDownload(
	execution: ExecutionContext,
	shape: FileShape,
	request: Request,
	form: Form,
	index: number,
): Promise<FetchedResponse> {
	const confirmed = await sendWithRetries(execution, request);
	const { requestId } = confirmed;
	rejectNotReady(shape, request, confirmed);
	const files = filesOf(confirmed, request, execution.merchant);
	const { statement } = shape;
	if (files.length === 0) {
		hintEmpty(execution, request, index);
		const rows = statement ? summaryRow(request, emptySummary(statement), form) : [];
		return { rows, isComplete: true, requestId };
	}
	const download = async <T>(work: () => Promise<T>) =>
		await work().catch((reason: unknown) => {
			const isExpired = reason instanceof RequestError && reason.details.http_status === 400;
			throw isExpired ? new AddressExpired(reason.details) : reason;
		});
	if (!statement || form.output_as === 'file') {
		const binary = await download(
			async () => await storeFiles(execution, shape, files, request, form),
		);
		return { object: {}, binary, requestId };
	}
	const { rows, summary } = await download(
		async () =>
			await readStatement(execution, files, statement, request.identity as Row, shape.endpoint),
	);
	rows.push(...summaryRow(request, summary, form));
	return { rows, isComplete: true, requestId };
}

/** @throws RequestError where a verified response says that there is no file, or none yet */
function rejectNotReady(
	{ notReady }: FileShape,
	request: Request,
	confirmed: VerifiedResponse,
): void {
	const { response } = request;
	if (notReady === undefined || !response?.state) return;
	const object = readObject(confirmed, request);
	rejectFailed(stateFailure(object, response, request), confirmed);
	if (!isPending(object, response)) return;
	const failure = {
		message: `WeChat Pay is still making the file. ${notReady}`,
		outcome: 'refused' as const,
		code: String(object[response.state.field]),
		response: object,
		repeatable: true,
	};
	rejectFailed(failure, confirmed);
}

function summaryRow(
	{ identity }: Request,
	summary: Row,
	{ include_summary: isWanted }: Form,
): Row[] {
	return isWanted === true ? [{ ...(identity as Row), summary }] : [];
}

/** No item says that there was nothing; the next node must not take it for a row. */
function hintEmpty({ context }: ExecutionContext, { identity }: Request, index: number): void {
	const day = Object.values(identity).join(', ');
	addHint(
		context,
		`WeChat Pay has no bill of ${day}: nothing happened on that day [item ${index}].`,
	);
}

async function storeFiles(
	{ context, ...session }: ExecutionContext,
	{ endpoint, type, name }: FileShape,
	files: PromisedFile[],
	request: Request,
	form: Form,
): Promise<IBinaryKeyData> {
	const binary: IBinaryKeyData = {};
	for (const [part, file] of files.entries()) {
		const suffix = part === 0 ? '' : `_${part + 1}`;
		binary[`${String(form.binary_property_name)}${suffix}`] = await downloadFile(
			{ ...session, context },
			file,
			endpoint,
			async (chunks, stream) =>
				await context.helpers.prepareBinaryData(
					asReadable(chunks, stream),
					`${nameOf(request, name)}${suffix}.${type.extension}`,
					type.mimeType,
				),
		);
	}
	return binary;
}

/** Such as "tradebill-2026-11-27-ALL". */
function nameOf({ url, identity }: Request, name?: string): string {
	const [, kind] = /\/([\w-]+)(?:\?|$)/.exec(url) ?? [];
	return [name ?? kind, ...Object.values(identity)].join('-');
}
