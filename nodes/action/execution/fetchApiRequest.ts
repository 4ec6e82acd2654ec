import { decryptField } from '../../apiv3/cipher';
import { asReadable } from '../../client/download/asReadable';
import { downloadFile } from '../../client/download/downloadFile';
import { findEndpoint } from '../../client/endpoints/knownEndpoints';
import { printable } from '../../client/errors/printable';
import { notSent, RequestError } from '../../client/errors/requestError';
import { readObject } from '../../client/response/parseResponse';
import { sendWithRetries } from '../../client/sendWithRetries';
import type { Request } from '../../client/types';
import { changeFields } from '../request/dottedFields';
import { addHint } from './addHint';
import type { ExecutionContext } from './executionContext';
import type { FetchedResponse } from './fetchResponse';

/** Checked values of the form. */
type Form = Record<string, unknown>;

/**
 * Sends a request to an endpoint that the user named.
 *
 * @throws RequestError
 */
export async function fetchApiRequest(
	execution: ExecutionContext,
	request: Request,
	form: Form,
	index: number,
): Promise<FetchedResponse> {
	await hintIfUnknown(execution, request, index);
	if (form.output_as === 'file') return await fetchOneFile(execution, request, form);
	const confirmed = await sendWithRetries(execution, request);
	const { requestId, body } = confirmed;
	if (body.length === 0) return { object: {}, requestId };
	const object = readObject(confirmed, request);
	const names = (form.decrypt ?? []) as string[];
	const { privateKey } = execution.merchant;
	const decrypted = changeFields(
		object,
		names,
		(text, name) => opened(text, name, privateKey),
		(name) =>
			addHint(
				execution.context,
				`The response has no text '${printable(name)}' to decrypt [item ${index}].`,
			),
	);
	return { object: decrypted as typeof object, requestId };

	function opened(text: string, name: string, key: typeof privateKey): string {
		try {
			return decryptField(text, key);
		} catch {
			addHint(
				execution.context,
				`'${printable(name)}' could not be decrypted and is left as it came [item ${index}].`,
			);
			return text;
		}
	}
}

async function fetchOneFile(
	{ context, ...session }: ExecutionContext,
	{ url, method, retryPolicy }: Request,
	form: Form,
): Promise<FetchedResponse> {
	const [algorithm, digits] =
		form.hash_type === 'SHA256' ? (['sha256', 64] as const) : (['sha1', 40] as const);
	const digest = String(form.hash_value);
	if (method !== 'GET') throw notSent("'Output' can be a file of GET only", { field: 'method' });
	if (digest.length !== digits) {
		throw notSent(`'Hash' must have ${digits} digits for this 'Hash Type'`, {
			field: 'hash_value',
		});
	}
	const data = await downloadFile(
		{ ...session, context },
		{ url, proof: { algorithm, digest } },
		retryPolicy,
		async (chunks, stream) =>
			await context.helpers.prepareBinaryData(
				asReadable(chunks, stream),
				'file',
				'application/octet-stream',
			),
	);
	return {
		object: { hash_type: form.hash_type as string, hash_value: digest },
		binary: { [String(form.binary_property_name)]: data },
	};
}

/** A path that is not on record may be new, or mistyped; WeChat Pay says which. */
async function hintIfUnknown(
	{ context, merchant }: ExecutionContext,
	{ method, url }: Request,
	index: number,
): Promise<void> {
	const [path] = url.slice(merchant.baseUrl.length).split('?');
	const known = await findEndpoint(method, path);
	if (known?.takesFile) {
		throw new RequestError({
			...notSent(
				'This endpoint takes a file, which is signed in a way of its own: use Image: Upload for images of cards.',
				{ field: 'path' },
			).details,
		});
	}
	if (known || path === '/v3/billdownload/file') return;
	const isBrand = path.startsWith('/brand/');
	addHint(
		context,
		isBrand
			? `${method} ${printable(path, 120)} is an API of brands, which are signed with a key of the brand and not of the merchant [item ${index}].`
			: `${method} ${printable(path, 120)} is not among the endpoints that this package knows. It was sent all the same [item ${index}].`,
	);
}
