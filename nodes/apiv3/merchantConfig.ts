import type { KeyObject, X509Certificate } from 'node:crypto';
import { createPublicKey } from 'node:crypto';

import type { PemContent } from './keys';
import { detectPem, KeyFormatError, readCertificates, readPrivateKey, readPublicKey } from './keys';

/** What the credential form holds, as n8n hands it over after decryption. */
export interface CredentialValues {
	mchid?: unknown;
	serialNo?: unknown;
	privateKey?: unknown;
	verification?: unknown;
	publicKeyId?: unknown;
	publicKey?: unknown;
	platformCertificates?: unknown;
	apiV3Key?: unknown;
	brandId?: unknown;
	appid?: unknown;
	baseUrl?: unknown;
	backupHost?: unknown;
}

/** The labels of the credential form, which the messages about it use as well. */
export const LABEL = {
	mchid: 'Merchant ID',
	serialNo: 'Merchant Certificate Serial Number',
	privateKey: 'Merchant Private Key',
	verification: 'Verify Responses With',
	publicKeyId: 'WeChat Pay Public Key ID',
	publicKey: 'WeChat Pay Public Key',
	platformCertificates: 'Platform Certificates',
	apiV3Key: 'APIv3 Key',
	brandId: 'Brand ID',
	appid: 'AppID',
	baseUrl: 'Base URL',
	backupHost: 'Use Backup Host',
} as const;

export const DEFAULT_BASE_URL = 'https://api.mch.weixin.qq.com';

/** The ways to write WeChat Pay's main host as the base URL. With any other the form hides the switch for the backup. */
export const MAIN_BASE_URLS = [DEFAULT_BASE_URL, `${DEFAULT_BASE_URL}/`, ''];

/** WeChat Pay's host in another place (docs/protocol.md, Hosts). */
export const BACKUP_URL = 'https://api2.mch.weixin.qq.com';

/** A value of the credential that can't be used; the message names its label, never its content. */
export class CredentialValueError extends Error {
	override readonly name = 'CredentialValueError';

	constructor(field: keyof typeof LABEL, whatAndWayOut: string) {
		super(`'${LABEL[field]}' in the WeChat Pay credential ${whatAndWayOut}`);
	}
}

/** What stands in a field; an object, such as an expression may give, is no text. */
export function textOf(value: unknown): string {
	return typeof value === 'object' ? '' : String(value ?? '');
}

/** @throws CredentialValueError unless it is a merchant number */
export function readMchid(value: unknown): string {
	const mchid = textOf(value).trim();
	if (mchid === '') throw new CredentialValueError('mchid', 'is empty: enter the merchant number');
	if (!/^\d{6,32}$/.test(mchid)) {
		throw new CredentialValueError(
			'mchid',
			'must have 6 to 32 digits and nothing else, e.g. 1900000109',
		);
	}
	return mchid;
}

/**
 * @returns the merchant certificate's serial number in upper-case hex, however it was written
 * @throws CredentialValueError for anything else; a pasted certificate is answered with its serial number
 */
export function readSerialNo(value: unknown): string {
	const pasted = textOf(value);
	const serial = pasted
		.replace(/[\s:"']/g, '')
		.replace(/^(serial=|0x)/i, '')
		.toUpperCase();
	const wayOut = 'copy it from API security > merchant API certificate in the merchant platform';
	if (serial === '') throw new CredentialValueError('serialNo', `is empty: ${wayOut}`);
	if (/^[0-9A-F]{2,40}$/.test(serial)) return serial;
	if (/^\d{41,}$/.test(serial)) {
		throw new CredentialValueError(
			'serialNo',
			'looks like the decimal form: enter the hexadecimal form, 40 characters of 0-9 and A-F',
		);
	}
	const [content] = detectPem(pasted);
	if ('certificate' in content) {
		const { serialNumber } = content.certificate;
		throw new CredentialValueError(
			'serialNo',
			`holds a certificate: enter its serial number, which is ${serialNumber}`,
		);
	}
	throw new CredentialValueError('serialNo', `holds ${content.found}: ${wayOut}`);
}

/** @throws CredentialValueError when the private key is not one; it names what was pasted instead */
export function readMerchantKey(value: unknown): KeyObject {
	return keyOf('privateKey', () => readPrivateKey(textOf(value)));
}

/** The merchant's certificate number and private key. */
export interface MerchantKey {
	serialNo: string;
	privateKey: KeyObject;
}

/** Whether WeChat Pay's platform certificates are to be downloaded: they are used, and none was pasted. */
export function downloadsCertificates(credential: CredentialValues): boolean {
	return usesCertificates(credential) && pastedCertificates(credential).trim() === '';
}

function usesCertificates({ verification }: CredentialValues): boolean {
	return verification === 'platformCertificate' || verification === 'both';
}

function pastedCertificates({ platformCertificates }: CredentialValues): string {
	return textOf(platformCertificates);
}

/**
 * The keys of the chosen mode that the credential itself has, by public key ID or serial number; the one to be named in
 * requests comes first. None where certificates are to be downloaded and no public key is used.
 *
 * @param own the merchant's, to name those that were pasted for WeChat Pay's; without them no key is taken for one
 * @throws CredentialValueError for a key that is missing, is another kind of key, or is the merchant's own
 */
export function readVerificationKeys(
	credential: CredentialValues,
	own?: MerchantKey,
): Map<string, KeyObject> {
	const { verification: mode = 'publicKey' } = credential;
	const usesPublicKey = mode === 'publicKey' || mode === 'both';
	if (!usesPublicKey && !usesCertificates(credential)) {
		throw new CredentialValueError('verification', 'must be one of the choices of the form');
	}
	const keys = new Map<string, KeyObject>();
	if (usesPublicKey) {
		keys.set(readPublicKeyId(credential.publicKeyId), readWechatPayKey(credential, own));
	}
	if (usesCertificates(credential) && !downloadsCertificates(credential)) {
		for (const { serialNumber, publicKey } of readPlatformCertificates(credential, own)) {
			keys.set(serialNumber.toUpperCase(), publicKey);
		}
	}
	return keys;
}

function readPublicKeyId(value: unknown): string {
	const id = textOf(value).trim();
	if (/^PUB_KEY_ID_\d+$/i.test(id)) return id.toUpperCase();
	throw new CredentialValueError(
		'publicKeyId',
		id === ''
			? 'is empty: it stands beside the public key under API security in the merchant platform'
			: 'must start with PUB_KEY_ID_ and end with digits: copy it from API security in the merchant platform',
	);
}

function readWechatPayKey(credential: CredentialValues, own?: MerchantKey): KeyObject {
	const key = keyOf('publicKey', () => readPublicKey(textOf(credential.publicKey)));
	if (own && key.equals(createPublicKey(own.privateKey))) {
		throw new CredentialValueError(
			'publicKey',
			"holds the merchant's own public key: download WeChat Pay's public key (pub_key.pem) under API security",
		);
	}
	return key;
}

/** Newest first: that one encrypts and is the one named in requests (docs/protocol.md, Platform certificates). */
function readPlatformCertificates(
	credential: CredentialValues,
	own?: MerchantKey,
): X509Certificate[] {
	const text = pastedCertificates(credential);
	const certificates = keyOf('platformCertificates', () => readCertificates(text));
	if (own && certificates.some((one) => isOwnCertificate(one, own))) {
		throw new CredentialValueError(
			'platformCertificates',
			"holds the merchant's own certificate: paste WeChat Pay's platform certificate",
		);
	}
	return certificates.sort((a, b) => Date.parse(b.validFrom) - Date.parse(a.validFrom));
}

/** Whether a certificate is not WeChat Pay's but the merchant's. */
export function isOwnCertificate(
	certificate: X509Certificate,
	{ serialNo, privateKey }: MerchantKey,
): boolean {
	return (
		certificate.serialNumber.toUpperCase() === serialNo || certificate.checkPrivateKey(privateKey)
	);
}

/** Reads a key field; what was pasted instead is told with the name of the field. */
function keyOf<T>(field: 'privateKey' | 'publicKey' | 'platformCertificates', read: () => T): T {
	let found: PemContent['found'];
	try {
		return read();
	} catch (error) {
		found = error instanceof KeyFormatError ? error.found : 'text that is not a key';
	}
	throw new CredentialValueError(field, `${describe(found)}: ${PASTE[field]}`);
}

const PASTE = {
	privateKey: 'paste the whole content of apiclient_key.pem',
	publicKey: "paste the whole content of WeChat Pay's pub_key.pem",
	platformCertificates: "paste WeChat Pay's platform certificate, from BEGIN to END",
};

function describe(found: PemContent['found']): string {
	return found === 'nothing' ? 'is empty' : `holds ${found}`;
}

/**
 * @returns the origin of the base URL
 * @throws CredentialValueError unless it is https (http only for this machine) and has neither path nor query
 */
export function readBaseUrl(value: unknown): string {
	const text = textOf(value).trim() || DEFAULT_BASE_URL;
	if (!URL.canParse(text)) throw new CredentialValueError('baseUrl', `is not a URL: ${BASE_URL}`);
	const url = new URL(text);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
		throw new CredentialValueError('baseUrl', `must start with https://: ${BASE_URL}`);
	}
	if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
		throw new CredentialValueError('baseUrl', `must end after the host name: ${BASE_URL}`);
	}
	return url.origin;
}

/**
 * @returns the origin of the backup host, unless the base URL is one of the merchant's own or the switch is off; a
 *   credential that was saved before there was the switch has it on
 */
export function readBackupUrl({ baseUrl, backupHost }: CredentialValues): string | undefined {
	const isMain = MAIN_BASE_URLS.includes(textOf(baseUrl));
	return isMain && backupHost !== false ? BACKUP_URL : undefined;
}

const BASE_URL = `enter ${DEFAULT_BASE_URL}, or the address of your own proxy`;

/** Whether a host name, as `URL` spells it, is this machine. */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

const APIV3_KEY_BYTES = 32;

/**
 * @returns the APIv3 key, or undefined when the field was left empty
 * @throws CredentialValueError when it can't be an APIv3 key
 */
export function readApiV3Key(credential: CredentialValues): string | undefined {
	const key = textOf(credential.apiV3Key).trim();
	if (key === '') return undefined;
	const size = Buffer.byteLength(key);
	if (size === APIV3_KEY_BYTES) return key;
	const [content] = detectPem(key);
	if ('certificate' in content || 'privateKey' in content || 'publicKey' in content) {
		throw new CredentialValueError('apiV3Key', `holds ${content.found}: ${APIV3_KEY}`);
	}
	throw new CredentialValueError('apiV3Key', `has ${size} characters: ${APIV3_KEY}`);
}

const APIV3_KEY = `enter the ${APIV3_KEY_BYTES} characters set under API security > APIv3 key (the APIv2 key is another one)`;
