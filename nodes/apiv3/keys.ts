import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from 'node:crypto';

import { attempt } from './attempt';
import { unescapeText } from './pastedText';

/** What a pasted text turned out to be, in words that fit "found …". */
export type PemContent =
	| { found: 'a private key'; privateKey: KeyObject }
	| { found: 'a public key'; publicKey: KeyObject }
	| { found: 'a certificate'; certificate: X509Certificate }
	| { found: Unusable };

type Unusable =
	| 'nothing'
	| 'a password-protected private key'
	| 'a private key that is not RSA'
	| 'a public key that is not RSA'
	| 'a certificate that is not RSA'
	| 'an RSA key of fewer than 2048 bits'
	| 'a certificate request'
	| 'a key that is cut off or damaged'
	| 'a 32-character API key (APIv2 or APIv3 key)'
	| 'a public key ID'
	| 'a certificate serial number'
	| 'the name of a file'
	| 'a PKCS#12 file (.p12)'
	| 'a JSON Web Key (JWK)'
	| 'an OpenSSH private key'
	| 'an OpenSSH public key'
	| 'a PGP key'
	| 'text that is not a key';

/** A text in a key field that is not the key expected there. The pasted text itself is never part of it. */
export class KeyFormatError extends Error {
	override readonly name = 'KeyFormatError';

	constructor(
		/** What the field is for, such as "a private key". */
		readonly expected: string,
		/** What was pasted instead. */
		readonly found: PemContent['found'],
	) {
		super(`Expected ${expected}, found ${found}`);
	}
}

/**
 * Reads the merchant's private key (`apiclient_key.pem`) the way people paste it: PKCS#8 or PKCS#1, with its
 * line breaks, in one line with blanks or `\n` for them, with CRLF, or as bare base64.
 *
 * @param pem the pasted text
 * @returns the RSA private key
 * @throws KeyFormatError whose `found` names what was pasted instead
 * @see docs/protocol.md, Merchant key
 */
export function readPrivateKey(pem: string): KeyObject {
	return privateKeyAmong(detectPem(pem));
}

/** @throws KeyFormatError as `readPrivateKey`, for what was detected before */
export function privateKeyAmong(pasted: [PemContent, ...PemContent[]]): KeyObject {
	for (const one of pasted) if ('privateKey' in one) return one.privateKey;
	throw new KeyFormatError('a private key', pasted[0].found);
}

/**
 * Reads the WeChat Pay public key (`pub_key.pem`), as leniently as `readPrivateKey`.
 *
 * @param pem the pasted text
 * @returns the RSA public key
 * @throws KeyFormatError whose `found` names what was pasted instead; a certificate counts as something else
 * @see docs/protocol.md, Public key and platform certificates
 */
export function readPublicKey(pem: string): KeyObject {
	const pasted = detectPem(pem);
	for (const one of pasted) if ('publicKey' in one) return one.publicKey;
	throw new KeyFormatError('a public key', pasted[0].found);
}

/**
 * Reads every certificate of a pasted text.
 *
 * @param pem one certificate or several, one after the other
 * @returns the certificates in the order of the text, at least one
 * @throws KeyFormatError as soon as one part of the text is something else
 */
export function readCertificates(pem: string): X509Certificate[] {
	return detectPem(pem).map((one) => {
		if ('certificate' in one) return one.certificate;
		throw new KeyFormatError('a certificate', one.found);
	});
}

/**
 * @param pem a certificate, as leniently read as a key
 * @returns its serial number as WeChat Pay prints it: upper-case hex, two digits a byte
 * @throws KeyFormatError when the text is not a certificate
 * @see docs/protocol.md, Merchant key
 */
export function certificateSerial(pem: string): string {
	return readCertificates(pem)[0].serialNumber.toUpperCase();
}

/**
 * @param key a parsed key, or the PEM of a public key or a certificate
 * @returns the RSA public key that verifies and encrypts
 * @throws KeyFormatError when the text is neither
 */
export function verificationKey(key: KeyObject | string): KeyObject {
	if (typeof key !== 'string') return key;
	const pasted = detectPem(key);
	for (const one of pasted) {
		if ('publicKey' in one) return one.publicKey;
		if ('certificate' in one) return one.certificate.publicKey;
	}
	throw new KeyFormatError('a public key or a certificate', pasted[0].found);
}

/** Far more than all platform certificates together; a longer text is none that somebody copied on purpose. */
const MAX_LENGTH = 64 * 1024;

// Between the words and around them blanks may be lost or added. Every part is bounded and has one way to match, so that
// no text, however it is made, takes longer than its length.
const LIMIT =
	/(BEGIN|END)\s{0,9}((?:(?:ENCRYPTED|RSA|EC|DSA|OPENSSH|NEW|TRUSTED|X509|ANY|PGP)\s{0,9})?(?:PRIVATE\s{0,9}KEY|PUBLIC\s{0,9}KEY|CERTIFICATE(?:\s{0,9}REQUEST)?|PARAMETERS))/g;

const MARKER = /BEGIN [A-Z]|END [A-Z]|-BEGIN|-END/;
const DAMAGED = { found: 'a key that is cut off or damaged' } as const;
const NO_KEY = { found: 'text that is not a key' } as const;

/** Base64 of base64 of a file is the most that anybody has seen. */
const MAX_DEPTH = 3;

/** Names every key in a pasted text; at least one entry, never throws. */
export function detectPem(text: unknown): [PemContent, ...PemContent[]] {
	if (typeof text === 'string' && text.length > MAX_LENGTH) return [NO_KEY];
	return detect(typeof text === 'string' ? text : '', 1);
}

function detect(text: string, depth: number): [PemContent, ...PemContent[]] {
	const plain = unescapeText(text).replace(/^[\s"'`]+|(?<![\s"'`])[\s"'`]+$/g, '');
	const [first, ...others] = blocksOf(plain).map(({ label, body, isClosed }) =>
		fromPem(label, body, isClosed, depth),
	);
	return first ? [first, ...others] : withoutMarkers(plain, depth);
}

/** What stands between BEGIN and END, or beside the one of them that is there. */
interface Block {
	label: string;
	body: string;
	/** Whether both of them are there. */
	isClosed: boolean;
}

function blocksOf(text: string): Block[] {
	const blocks: Block[] = [];
	const limits = [...text.matchAll(LIMIT)].map(({ 0: whole, 1: kind, 2: label, index }) => ({
		isBegin: kind === 'BEGIN',
		label: label.replace(/\s+/g, ''),
		start: index,
		end: index + whole.length,
	}));
	limits.forEach(({ isBegin, label, start, end }, at) => {
		const [before, after] = [limits[at - 1], limits[at + 1]];
		if (label.endsWith('PARAMETERS')) return;
		if (isBegin) {
			const isClosed = after?.isBegin === false && after.label === label;
			blocks.push({ label, body: text.slice(end, after?.start), isClosed });
		} else if (!before?.isBegin) {
			blocks.push({ label, body: text.slice(before?.end ?? 0, start), isClosed: false });
		}
	});
	return blocks;
}

/** The smallest of all keys has more bytes. */
const MIN_BYTES = 32;

function fromPem(label: string, body: string, isClosed: boolean, depth: number): PemContent {
	// Of PKCS#1; nothing but a password makes it necessary.
	if (label === 'ENCRYPTEDPRIVATEKEY' || body.includes('Proc-Type:')) {
		return { found: 'a password-protected private key' };
	}
	if (label === 'OPENSSHPRIVATEKEY') return { found: 'an OpenSSH private key' };
	if (label.startsWith('PGP')) return { found: 'a PGP key' };
	if (label.endsWith('CERTIFICATEREQUEST')) return { found: 'a certificate request' };
	return fromText(body, isClosed, depth)?.[0] ?? DAMAGED;
}

/** How lines look that have a number, a comment sign or a sign of a comparison before them. */
const LINE_NUMBER = /(^|\s)\d{1,4}[:.|)]?(?=\s)|(^|\n)\s{0,9}\d{1,4}[:.|)]/g;
const LINE_MARK = /(^|\s)(?:\/\/\s{0,9}|\+(?=\S))/g;

/** The ways to read the base64 in a text, the likeliest first. */
function viewsOf(text: string): string[] {
	return [
		text,
		text.replace(LINE_NUMBER, '$1$2'),
		text.replace(LINE_MARK, '$1'),
		// Words with base64 behind them: `export KEY=`, `key: `, `{"key":"`.
		...text.split(/[^A-Za-z0-9+/=\s]|=(?=[A-Za-z0-9+/])/).filter(isLong),
		// The alphabet of URLs.
		text
			.replace(/^[-\s]+|(?<![-\s])[-\s]+$/g, '')
			.replace(/-/g, '+')
			.replace(/_/g, '/'),
	].slice(0, MAX_VIEWS);
}

const MAX_VIEWS = 12;

function isLong(text: string): boolean {
	return text.length >= MIN_BYTES;
}

function fromText(
	text: string,
	isClosed: boolean,
	depth: number,
): [PemContent, ...PemContent[]] | undefined {
	for (const view of new Set(viewsOf(text))) {
		for (const start of startsOf(view)) {
			const base64 = view.slice(start).replace(/[^A-Za-z0-9+/=]/g, '');
			const found = fromBase64(base64, isClosed, depth);
			if (found) return found;
		}
	}
	return undefined;
}

/**
 * Where DER (a sequence of more than 255 bytes), or the base64 of PEM or of DER, may begin: never within base64, where a
 * damaged certificate has its public key.
 */
function startsOf(view: string): number[] {
	const starts = [...view.matchAll(/(?<![A-Za-z0-9+/=])(?:MII|LS0t|TUlJ)/g)];
	return [...new Set([0, ...starts.slice(0, 4).map(({ index }) => index)])];
}

function fromBase64(
	base64: string,
	isClosed: boolean,
	depth: number,
): [PemContent, ...PemContent[]] | undefined {
	const bytes = Buffer.from(base64, 'base64');
	const content = fromDer(isClosed ? bytes : withoutTail(bytes));
	if (content) return [content];
	const text = bytes.toString('latin1').replace(/\0/g, '');
	if (depth >= MAX_DEPTH || !isLong(text) || !/^\xEF?\xBB?\xBF?[\t\r\n -~]*$/.test(text)) {
		return undefined;
	}
	const nested = detect(text, depth + 1);
	return nested[0].found === NO_KEY.found ? undefined : nested;
}

/** Without what follows the DER: its length stands in its first bytes. */
function withoutTail(bytes: Buffer): Buffer {
	if (bytes.length < MIN_BYTES || bytes[0] !== 0x30 || bytes[1] !== 0x82) return bytes;
	return bytes.subarray(0, 4 + bytes.readUInt16BE(2));
}

function fromDer(der: Buffer): PemContent | undefined {
	// Everything here is a sequence (docs/protocol.md, Merchant key).
	if (der.length < MIN_BYTES || der[0] !== 0x30) return undefined;
	const content = der.subarray(der[1] < 0x80 ? 2 : 2 + (der[1] & 0x7f));
	// A sequence that begins with the version 3.
	if (content.subarray(0, 3).equals(PKCS12_VERSION)) return { found: 'a PKCS#12 file (.p12)' };
	return content[0] === INTEGER && content[1] === 1
		? privateKeyOf(der, PRIVATE_FORMATS[content[3]])
		: (certificateOf(der) ?? publicKeyOf(der, content[0] === INTEGER ? 'pkcs1' : 'spki'));
}

/** A tag of DER. */
const INTEGER = 0x02;

/**
 * What follows the version of a private key: a sequence, an integer, an octet string. To read a key as what it is not
 * takes longer than to sign with it.
 */
const PRIVATE_FORMATS: Partial<Record<number, 'pkcs8' | 'pkcs1' | 'sec1'>> = {
	0x30: 'pkcs8',
	[INTEGER]: 'pkcs1',
	0x04: 'sec1',
};

function privateKeyOf(
	key: Buffer,
	type: 'pkcs8' | 'pkcs1' | 'sec1' | undefined,
): PemContent | undefined {
	const privateKey = type && attempt(() => createPrivateKey({ key, format: 'der', type }));
	return privateKey && (weakness(privateKey, 'a private key') ?? whole(privateKey));
}

function certificateOf(der: Buffer): PemContent | undefined {
	const certificate = attempt(() => new X509Certificate(der));
	if (!certificate) return undefined;
	// Node can't read every kind of key, SM2 for one.
	const key = attempt(() => certificate.publicKey);
	return weakness(key, 'a certificate') ?? { found: 'a certificate', certificate };
}

function publicKeyOf(key: Buffer, type: 'spki' | 'pkcs1'): PemContent | undefined {
	const publicKey = attempt(() => createPublicKey({ key, format: 'der', type }));
	return publicKey && (weakness(publicKey, 'a public key') ?? { found: 'a public key', publicKey });
}

/**
 * Of WeChat Pay's keys and of the merchant's (docs/protocol.md, Merchant key); what a shorter one signs, others may
 * sign as well.
 */
const MIN_BITS = 2048;

/** What keeps a key from being used; undefined where nothing does. */
function weakness<Kind extends 'a private key' | 'a public key' | 'a certificate'>(
	key: KeyObject | undefined,
	kind: Kind,
) {
	if (key?.asymmetricKeyType !== 'rsa') return { found: `${kind} that is not RSA` } as const;
	const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
	if (modulusLength >= MIN_BITS) return undefined;
	return { found: `an RSA key of fewer than ${MIN_BITS} bits` } as const;
}

const PKCS12_VERSION = Buffer.from([2, 1, 3]);

/** A key whose parts do not belong together, as after a changed character, signs what its public key does not verify. */
function whole(privateKey: KeyObject): PemContent {
	const message = Buffer.from('whole');
	const isWhole = attempt(() =>
		verify('sha256', message, createPublicKey(privateKey), sign('sha256', message, privateKey)),
	);
	return isWhole ? { found: 'a private key', privateKey } : DAMAGED;
}

/** A text without BEGIN and END: bare base64, or one of the other values that are pasted into key fields. */
function withoutMarkers(text: string, depth: number): [PemContent, ...PemContent[]] {
	const named = nameOf(text);
	if (named) return [{ found: named }];
	if (MARKER.test(text)) return [DAMAGED];
	const key = fromText(text, false, depth);
	if (key) return key;
	return [/(^|[^A-Za-z0-9+/])(MII|LS0tLS1C)/.test(text) ? DAMAGED : NO_KEY];
}

function nameOf(text: string): Unusable | undefined {
	if (text === '') return 'nothing';
	if (/^PUB_KEY_ID_/i.test(text)) return 'a public key ID';
	if (/^[0-9A-Za-z]{32}$/.test(text)) return 'a 32-character API key (APIv2 or APIv3 key)';
	if (/^[0-9A-Fa-f: ]{32,60}$/.test(text)) return 'a certificate serial number';
	if (/["']?kty["']?\s{0,9}:/.test(text)) return 'a JSON Web Key (JWK)';
	if (/^ssh-(rsa|dss|ed25519) /.test(text)) return 'an OpenSSH public key';
	if (/\.(pem|p12|pfx|cer|crt|key|der)[\s"'`,;.]{0,9}$/i.test(text)) return 'the name of a file';
	return undefined;
}
