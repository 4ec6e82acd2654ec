import { rethrow } from '../../apiv3/attempt';
import { decryptBytes } from '../../apiv3/cipher';
import { readFileKey } from '../../apiv3/fileCipher';
import type { Merchant } from '../../apiv3/merchant';
import { reasonSentence } from '../errors/reason';
import { RequestError } from '../errors/requestError';
import type { Row } from '../response/parseResponse';
import { readObject, readRows } from '../response/parseResponse';
import type { Request, VerifiedResponse } from '../types';
import type { PromisedFile } from './downloadFile';
import type { DigestName } from './fileCheck';

/**
 * The files that a verified response names, in the order in which they belong together.
 *
 * @returns none where WeChat Pay says that there is nothing
 * @throws RequestError for a response whose files could not be checked
 */
export function filesOf(
	confirmed: VerifiedResponse,
	request: Request,
	merchant: Pick<Merchant, 'privateKey'>,
): PromisedFile[] {
	// A refusal that is a result (`emptyCode`).
	if (confirmed.status >= 400) return [];
	const body = readObject(confirmed, request);
	if (!request.response?.listField) return [fileOf(body, confirmed, merchant)];
	if (body.download_bill_count === 0) return [];
	const rows = readRows(body, request.response, confirmed, request);
	if (rows.length !== body.download_bill_count) {
		throw unusable('names another number of files than it counts', confirmed);
	}
	return [...rows]
		.sort((a, b) => Number(a.bill_sequence) - Number(b.bill_sequence))
		.map((row) => fileOf(row, confirmed, merchant));
}

function fileOf(
	{ hash_type: type, hash_value: digest, download_url: url, encrypt_key: key, nonce }: Row,
	confirmed: VerifiedResponse,
	{ privateKey }: Pick<Merchant, 'privateKey'>,
): PromisedFile {
	if (typeof url !== 'string') throw unusable('names no address of the file', confirmed);
	const algorithm = algorithmOf(type, digest);
	if (!algorithm) throw unusable('has no digest to check the file by', confirmed);
	const proof = { algorithm, digest: String(digest) };
	if (key === undefined) return { url, proof };
	const cipher = rethrow(
		() => ({ key: readFileKey(decryptBytes(String(key), privateKey)), nonce: String(nonce) }),
		(reason) => unusable(`has a key that cannot be read: ${reasonSentence(reason)}`, confirmed),
	);
	return { url, proof: { ...proof, cipher } };
}

/** Name of Node's for a digest that may be one, by its length in hex. */
function algorithmOf(type: unknown, digest: unknown): DigestName | undefined {
	const [algorithm, length] = ALGORITHMS.get(type) ?? [];
	const isDigest = /^[0-9a-f]+$/i.test(String(digest)) && String(digest).length === length;
	return isDigest ? algorithm : undefined;
}

const ALGORITHMS = new Map<unknown, [algorithm: DigestName, length: number]>([
	['SHA1', ['sha1', 40]],
	['SHA256', ['sha256', 64]],
	['SM3', ['sm3', 64]],
]);

function unusable(what: string, { status, requestId, attempts }: VerifiedResponse): RequestError {
	return new RequestError({
		message: `WeChat Pay's response ${what.replace(/\.$/, '')}. Run this item again; if that does not help, ask WeChat Pay's support with the Request-ID.`,
		outcome: 'unknown',
		http_status: status,
		request_id: requestId,
		attempts,
		repeatable: true,
	});
}
