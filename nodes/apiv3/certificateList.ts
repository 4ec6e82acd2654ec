import type { KeyObject } from 'node:crypto';

import { attempt } from './attempt';
import type { EncryptedResource } from './cipher';
import { decryptResource } from './cipher';
import { readCertificates } from './keys';
import type { CredentialValues, MerchantKey } from './merchantConfig';
import { CredentialValueError, isOwnCertificate, LABEL, readApiV3Key } from './merchantConfig';

/**
 * Where WeChat Pay lists its platform certificates; those for SM2 are of no use here (docs/protocol.md, Platform
 * certificates).
 */
export const LIST_PATH = '/v3/certificates?algorithm_type=RSA';

/** A certificate that WeChat Pay signs with and that fields are encrypted for. */
export interface PlatformCertificate {
	/** In upper case, as it is named in Wechatpay-Serial. */
	serialNumber: string;
	publicKey: KeyObject;
	/** In ms. */
	validFrom: number;
	validTo: number;
}

/** @param now in ms */
export function isValid({ validFrom, validTo }: PlatformCertificate, now: number): boolean {
	return validFrom <= now && now < validTo;
}

/** A list that is not what WeChat Pay makes; the message tells what and the way out. */
export class CertificateListError extends Error {
	override readonly name = 'CertificateListError';

	constructor(what: string) {
		super(
			`WeChat Pay's list of platform certificates cannot be used: ${what}. Check the proxy and '${LABEL.baseUrl}', or paste the certificates into '${LABEL.platformCertificates}'`,
		);
	}
}

/**
 * The key that the listed certificates are encrypted with.
 *
 * @throws CredentialValueError when it is empty or can't be one
 * @see docs/protocol.md, Platform certificates and docs/protocol.md, Sensitive fields
 */
export function certificateSecret(credential: CredentialValues): string {
	const key = readApiV3Key(credential);
	if (key !== undefined) return key;
	throw new CredentialValueError(
		'apiV3Key',
		`is empty, and with '${LABEL.platformCertificates}' empty they are downloaded and decrypted with it: enter the 32 characters set under API security > APIv3 key in the merchant platform`,
	);
}

/** Far more than a list needs, which has two or three certificates. */
const MAX_LIST_BYTES = 1_000_000;

/**
 * Reads the list of platform certificates. Each is authenticated by the APIv3 key; whether the list itself is signed by
 * one of them is for the caller to check. One entry that is not as it must be spoils the list.
 *
 * @param body of the response, raw
 * @param own the merchant's, which is no certificate of WeChat Pay
 * @returns at least one certificate, the newest first
 * @throws CredentialValueError where the APIv3 key decrypts none of them, CertificateListError for all else
 * @see docs/protocol.md, Platform certificates
 */
export function readCertificateList(
	body: Buffer,
	apiV3Key: string,
	own: MerchantKey,
): PlatformCertificate[] {
	const entries = entriesOf(body);
	const texts = entries.map(({ encrypt_certificate: sealed }) =>
		attempt(() => decryptResource(sealed as EncryptedResource, apiV3Key)),
	);
	if (texts.every((text) => text === undefined)) {
		throw new CredentialValueError(
			'apiV3Key',
			"does not decrypt WeChat Pay's platform certificates: compare it with API security > APIv3 key in the merchant platform (the APIv2 key is another one)",
		);
	}
	return entries
		.map(({ serial_no: serial }, index) => certificateOf(String(serial), texts[index], own))
		.sort((a, b) => b.validFrom - a.validFrom);
}

type Entry = Record<string, unknown>;

function entriesOf(body: Buffer): Entry[] {
	if (body.length > MAX_LIST_BYTES) throw new CertificateListError(`it has ${body.length} bytes`);
	const list = attempt(() => JSON.parse(body.toString()) as { data?: unknown } | null)?.data;
	if (!Array.isArray(list) || !list.every((one) => typeof one === 'object' && one !== null)) {
		throw new CertificateListError('it has another form than documented');
	}
	if (list.length === 0) throw new CertificateListError('it is empty');
	return list as Entry[];
}

function certificateOf(
	serial: string,
	text: string | undefined,
	own: MerchantKey,
): PlatformCertificate {
	if (text === undefined) throw new CertificateListError('one certificate cannot be decrypted');
	const certificates = attempt(() => readCertificates(text)) ?? [];
	if (certificates.length !== 1) {
		throw new CertificateListError('what one entry holds is not one RSA certificate');
	}
	const [certificate] = certificates;
	const serialNumber = certificate.serialNumber.toUpperCase();
	if (serialNumber !== serial.toUpperCase()) {
		throw new CertificateListError('one certificate has another serial number than listed');
	}
	if (isOwnCertificate(certificate, own)) {
		throw new CertificateListError("it holds the merchant's own certificate");
	}
	return {
		serialNumber,
		publicKey: certificate.publicKey,
		validFrom: Date.parse(certificate.validFrom),
		validTo: Date.parse(certificate.validTo),
	};
}
