import type { KeyObject, X509Certificate } from 'node:crypto';
import { createPublicKey } from 'node:crypto';

import { rethrow } from './attempt';
import type { PemContent } from './keys';
import { unescapeText } from './pastedText';
import { readBoolean } from './readBoolean';
import { trimText } from './trimText';
import {
	detectPem,
	KeyFormatError,
	privateKeyAmong,
	readCertificates,
	readPublicKey,
} from './keys';

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

/**
 * The ways to write WeChat Pay's main host as the base URL. With any other the form hides the switch for the backup.
 */
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

/** What stands in a field, without what cannot be seen around it; an object, such as an expression may give, is no text. */
export function textOf(value: unknown): string {
	return typeof value === 'object' ? '' : trimText(String(value ?? ''));
}

/** @throws CredentialValueError unless it is a merchant number */
export function readMchid(value: unknown): string {
	const mchid = textOf(value);
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
 * The merchant's private key and the serial number of its certificate. A certificate that was pasted in the place of the
 * number, or beside the key, names it.
 *
 * @throws CredentialValueError for a value that cannot be read, and for a key and a certificate that do not belong together
 */
export function readMerchantPair(credential: CredentialValues): MerchantKey {
	const written = textOf(credential.serialNo);
	const inPlace = certificatesIn(written);
	const given = written === '' || inPlace.length > 0 ? undefined : readSerialNo(written);
	const text = textOf(credential.privateKey);
	if (text === '' && written === '') readSerialNo(written);
	const pasted = detectPem(text);
	const privateKey = keyOf('privateKey', () => privateKeyAmong(pasted));
	const isOwn = (one: X509Certificate) => one.checkPrivateKey(privateKey);
	const beside = certificatesAmong(pasted);
	checkBelongs('serialNo', inPlace, isOwn);
	checkBelongs('privateKey', beside, isOwn);
	const elsewhere = () =>
		[credential.platformCertificates, credential.publicKey].flatMap(certificatesIn);
	const own = [...inPlace, ...beside, ...(given ? [] : elsewhere())].find(isOwn)?.serialNumber;
	if (given !== undefined && own !== undefined && BigInt(`0x${given}`) !== BigInt(`0x${own}`)) {
		throw new CredentialValueError(
			'serialNo',
			`is not the one of the certificate in '${LABEL.privateKey}': enter ${own.toUpperCase()}`,
		);
	}
	return { serialNo: given ?? own?.toUpperCase() ?? readSerialNo(''), privateKey };
}

function certificatesIn(value: unknown): X509Certificate[] {
	return certificatesAmong(detectPem(textOf(value)));
}

function certificatesAmong(pasted: PemContent[]): X509Certificate[] {
	return pasted.flatMap((one) => ('certificate' in one ? [one.certificate] : []));
}

/** A chain has the certificates of others as well. */
function checkBelongs(
	field: 'serialNo' | 'privateKey',
	certificates: X509Certificate[],
	isOwn: (one: X509Certificate) => boolean,
): void {
	if (certificates.length === 0 || certificates.some(isOwn)) return;
	throw new CredentialValueError(
		field,
		`holds a certificate that does not belong to the private key in '${LABEL.privateKey}': take apiclient_cert.pem and apiclient_key.pem from the same ZIP file`,
	);
}

const SERIAL_WAY_OUT =
	'copy it from API security > merchant API certificate in the merchant platform';

/**
 * @returns the merchant certificate's serial number in upper-case hex, as openssl, a JDK, JSON or a page has it
 * @throws CredentialValueError for anything else
 */
function readSerialNo(written: string): string {
	if (written === '') throw new CredentialValueError('serialNo', `is empty: ${SERIAL_WAY_OUT}`);
	const digits = serialDigits(written);
	// A JDK leaves leading zeros out.
	if (/^[0-9A-F]{2,40}$/.test(digits)) return digits.length % 2 ? `0${digits}` : digits;
	if (/^\d{41,}$/.test(digits)) {
		throw new CredentialValueError(
			'serialNo',
			'looks like the decimal form: enter the hexadecimal form, 40 characters of 0-9 and A-F',
		);
	}
	const [{ found }] = detectPem(written);
	const isSerial = SERIAL_LABEL.test(written) || /^[0-9A-FO]{30,60}$/.test(digits);
	throw new CredentialValueError(
		'serialNo',
		found === 'text that is not a key' && isSerial
			? `holds a serial number that cannot be read, it has up to 40 characters of 0-9 and A-F: ${SERIAL_WAY_OUT}`
			: `holds ${found}: ${SERIAL_WAY_OUT}`,
	);
}

const SERIAL_LABEL = /serial|序列号|编号/i;

/** Without the label, and without what stands between the digits and around them. */
function serialDigits(written: string): string {
	const plain = unescapeText(written.slice(0, MAX_WRITTEN_LENGTH)).slice(0, MAX_SERIAL_LENGTH);
	const [, inBrackets] = /\(0x([0-9a-f]{2,40})\)/i.exec(plain) ?? [];
	if (inBrackets) return inBrackets.toUpperCase();
	return plain
		.replace(/^[^:=\n]{0,40}(?:serial|序列号|编号)[^:=\n]{0,20}[:=]?/i, '')
		.replace(/[\s:"'`.,;、。「」“”‘’[\](){}-]/g, '')
		.replace(/^0x/i, '')
		.toUpperCase();
}

/** With its label and blanks; what is longer is none. */
const MAX_SERIAL_LENGTH = 500;

/** Ten characters for one is more than any escape has; of what is longer, the rest is not looked at. */
const MAX_WRITTEN_LENGTH = 10 * MAX_SERIAL_LENGTH;

/** The merchant's certificate number and private key. */
export interface MerchantKey {
	serialNo: string;
	privateKey: KeyObject;
}

/** Whether WeChat Pay's platform certificates are to be downloaded: they are used, and none was pasted. */
export function downloadsCertificates(credential: CredentialValues): boolean {
	return usesCertificates(credential) && pastedCertificates(credential) === '';
}

function usesCertificates({ verification }: CredentialValues): boolean {
	return verification === 'platformCertificate' || verification === 'both';
}

function pastedCertificates({ platformCertificates }: CredentialValues): string {
	return textOf(platformCertificates);
}

/** A key of WeChat Pay, and from when to when it is valid, in ms; a public key always is. */
export interface VerificationKey {
	key: KeyObject;
	validFrom: number;
	validTo: number;
}

/** WeChat Pay's keys that the credential itself has, by public key ID or serial number, the one to be named first. */
export type OwnKeys = ReadonlyMap<string, VerificationKey>;

/**
 * The keys of the chosen mode that the credential itself has. None where certificates are to be downloaded and no public
 * key is used.
 *
 * @param own the merchant's, to name those that were pasted for WeChat Pay's; without them no key is taken for one
 * @throws CredentialValueError for a key that is missing, is another kind of key, or is the merchant's own
 */
export function readVerificationKeys(credential: CredentialValues, own?: MerchantKey): OwnKeys {
	const { verification: mode = 'publicKey' } = credential;
	const usesPublicKey = mode === 'publicKey' || mode === 'both';
	if (!usesPublicKey && !usesCertificates(credential)) {
		throw new CredentialValueError('verification', 'must be one of the choices of the form');
	}
	const keys = new Map<string, VerificationKey>();
	if (usesPublicKey) {
		const key = readWechatPayKey(credential, own);
		const always = { validFrom: -Infinity, validTo: Infinity };
		keys.set(readPublicKeyId(credential.publicKeyId), { key, ...always });
	}
	if (usesCertificates(credential) && !downloadsCertificates(credential)) {
		for (const certificate of readPlatformCertificates(credential, own)) {
			const { serialNumber, publicKey: key, validFrom, validTo } = certificate;
			const validity = { validFrom: Date.parse(validFrom), validTo: Date.parse(validTo) };
			keys.set(serialNumber.toUpperCase(), { key, ...validity });
		}
	}
	return keys;
}

/** Those that are valid now: a signature by an expired certificate is not WeChat Pay's. @param now in ms */
export function validKeys(keys: OwnKeys, now: number): Map<string, KeyObject> {
	return new Map(
		[...keys]
			.filter(([, { validFrom, validTo }]) => validFrom <= now && now < validTo)
			.map(([name, { key }]) => [name, key]),
	);
}

/**
 * @param now in ms
 * @throws CredentialValueError where certificates were pasted and none of the keys is valid any more, or yet
 */
export function checkValidity(keys: OwnKeys, now: number): void {
	if (keys.size === 0 || validKeys(keys, now).size > 0) return;
	const [{ validFrom, validTo }] = [...keys.values()].sort((a, b) => b.validTo - a.validTo);
	throw new CredentialValueError(
		'platformCertificates',
		validTo <= now
			? expiredCertificate(validTo)
			: `is not valid before ${dayOf(validFrom)}: set the clock of the machine that runs n8n (NTP), or paste the present one`,
	);
}

/** What happened to a pasted certificate, and the way out; without its full stop. */
export function expiredCertificate(validTo: number): string {
	return `expired on ${dayOf(validTo)}: paste the new one or leave the field empty`;
}

function dayOf(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

function readPublicKeyId(value: unknown): string {
	const id = textOf(value);
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

/**
 * The last day of the newest pasted platform certificate.
 *
 * @returns its end in ms and its serial number; undefined where none was pasted or is used
 */
export function pastedCertificateEnd(
	credential: CredentialValues,
): { serialNumber: string; validTo: number } | undefined {
	if (!usesCertificates(credential) || downloadsCertificates(credential)) return undefined;
	const [last] = readPlatformCertificates(credential)
		.map(({ serialNumber, validTo }) => ({ serialNumber, validTo: Date.parse(validTo) }))
		.sort((a, b) => b.validTo - a.validTo);
	return last;
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

/** Reads a key field; what was pasted instead is reported with the name of the field. */
function keyOf<T>(field: 'privateKey' | 'publicKey' | 'platformCertificates', read: () => T): T {
	return rethrow(read, (reason) => {
		const found = reason instanceof KeyFormatError ? reason.found : 'text that is not a key';
		return new CredentialValueError(
			field,
			`${describe(found)}: ${HELP[found] ?? ''}${PASTE[field]}`,
		);
	});
}

const PASTE = {
	privateKey: 'paste the whole content of apiclient_key.pem',
	publicKey: "paste the whole content of WeChat Pay's pub_key.pem",
	platformCertificates: "paste WeChat Pay's platform certificate, from BEGIN to END",
};

/** What helps with what was pasted instead, before the text to paste. */
const HELP: Partial<Record<PemContent['found'], string>> = {
	'a PKCS#12 file (.p12)':
		'write its key with "openssl pkcs12 -in apiclient_cert.p12 -nocerts -nodes" (the password is the merchant ID), or ',
	'an OpenSSH private key': 'convert it with "ssh-keygen -p -m PEM -f" and its file name, or ',
	'a password-protected private key': 'remove the password with "openssl pkey", or ',
	'the name of a file': 'open the file in a text editor and ',
};

function describe(found: PemContent['found']): string {
	return found === 'nothing' ? 'is empty' : `holds ${found}`;
}

/**
 * @returns the origin of the base URL
 * @throws CredentialValueError unless it is https (http only for this machine) and has neither path nor query
 */
export function readBaseUrl(value: unknown): string {
	const text = textOf(value) || DEFAULT_BASE_URL;
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
	return isMain && readBoolean(backupHost) !== false ? BACKUP_URL : undefined;
}

const BASE_URL = `enter ${DEFAULT_BASE_URL}, or the address of your own proxy`;

/** Whether a host name, as `URL` spells it, is this machine. */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

const APIV3_KEY_LENGTH = 32;

/**
 * @returns the APIv3 key, or undefined when the field was left empty
 * @throws CredentialValueError when it can't be an APIv3 key
 */
export function readApiV3Key(credential: CredentialValues): string | undefined {
	const key = textOf(credential.apiV3Key);
	if (key === '') return undefined;
	const [content] = detectPem(key);
	if ('certificate' in content || 'privateKey' in content || 'publicKey' in content) {
		throw new CredentialValueError('apiV3Key', `holds ${content.found}: ${APIV3_KEY}`);
	}
	const [foreign] = /[^\x21-\x7e]/u.exec(key) ?? [];
	if (foreign !== undefined) {
		throw new CredentialValueError('apiV3Key', `contains ${nameOf(foreign)}: ${APIV3_KEY}`);
	}
	if (key.length === APIV3_KEY_LENGTH) return key;
	throw new CredentialValueError('apiV3Key', `has ${key.length} characters: ${APIV3_KEY}`);
}

/** A character that is no letter, digit or sign of ASCII; what it is, not the secret around it. */
function nameOf(character: string): string {
	const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
	if (/\p{Cf}/u.test(character)) return `a character that cannot be seen (${code})`;
	if (/[\s\p{C}]/u.test(character)) return `a blank or line break (${code})`;
	return `a character that is no half-width letter or digit (${code})`;
}

const APIV3_KEY = `enter the ${APIV3_KEY_LENGTH} characters set under API security > APIv3 key (the APIv2 key is another one)`;
