import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';

import { attempt } from './attempt';

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
	const pasted = detectPem(pem);
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

// Word processors and chat programs turn the five hyphens into other dashes.
const DASH = '[-\u2010-\u2015\u2212]';
// The dashes are only looked at: where the line breaks are lost, closing ones touch those of the next block. All is
// bounded, so that no text, however it is made, takes longer than its length.
const LIMIT = new RegExp(
	`(?<=${DASH}\\s{0,9})(BEGIN|END) ([A-Z0-9 ]{1,40}?)\\s{0,9}(?=${DASH})`,
	'g',
);

/** Names every key in a pasted text; at least one entry, never throws. */
export function detectPem(text: unknown): [PemContent, ...PemContent[]] {
	if (typeof text === 'string' && text.length > MAX_LENGTH) return [NO_KEY];
	const plain = unescapeLineBreaks(typeof text === 'string' ? text : '');
	const { blocks, rest } = blocksOf(plain);
	const [first, ...others] = blocks
		.filter(({ label }) => !label.endsWith('PARAMETERS'))
		.map(({ label, body }) => fromPem(label, body));
	if (!first) return [withoutMarkers(plain)];
	return [first, ...others, ...(MARKER.test(rest) ? [DAMAGED] : [])];
}

const MARKER = /BEGIN [A-Z]|END [A-Z]/;
const DAMAGED = { found: 'a key that is cut off or damaged' } as const;
const NO_KEY = { found: 'text that is not a key' } as const;

/** What stands between BEGIN and END. */
interface Block {
	label: string;
	body: string;
}

/** The blocks of a text, and what is around them. */
function blocksOf(text: string): { blocks: Block[]; rest: string } {
	const blocks: Block[] = [];
	let begin: RegExpExecArray | undefined;
	let rest = '';
	let end = 0;
	for (const limit of text.matchAll(LIMIT)) {
		const [whole, kind, label] = limit;
		if (kind === 'BEGIN') begin = limit;
		if (kind === 'BEGIN' || begin?.[2] !== label) continue;
		blocks.push({ label, body: text.slice(begin.index + begin[0].length, limit.index) });
		rest += text.slice(end, begin.index);
		end = limit.index + whole.length;
		begin = undefined;
	}
	return { blocks, rest: rest + text.slice(end) };
}

function unescapeLineBreaks(text: string): string {
	return text
		.replace(/\\r|\\n/g, '\n')
		.replace(/[^\S\r\n]/g, ' ')
		.replace(/^[\s"'`]+|(?<![\s"'`])[\s"'`]+$/g, '');
}

/** The smallest of all keys has more bytes. */
const MIN_BYTES = 32;

function fromPem(label: string, body: string): PemContent {
	// Of PKCS#1; nothing but a password makes it necessary.
	if (label === 'ENCRYPTED PRIVATE KEY' || body.includes('Proc-Type:')) {
		return { found: 'a password-protected private key' };
	}
	if (label.endsWith('CERTIFICATE REQUEST')) return { found: 'a certificate request' };
	const der = Buffer.from(body.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64');
	return fromDer(der) ?? DAMAGED;
}

function fromDer(der: Buffer): PemContent | undefined {
	if (der.length < MIN_BYTES) return undefined;
	const privateKey =
		attempt(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })) ??
		attempt(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' })) ??
		attempt(() => createPrivateKey({ key: der, format: 'der', type: 'sec1' }));
	if (privateKey) {
		return weakness(privateKey, 'a private key') ?? { found: 'a private key', privateKey };
	}
	const certificate = attempt(() => new X509Certificate(der));
	if (certificate) {
		// Node can't read every kind of key, SM2 for one.
		const key = attempt(() => certificate.publicKey);
		return weakness(key, 'a certificate') ?? { found: 'a certificate', certificate };
	}
	const publicKey =
		attempt(() => createPublicKey({ key: der, format: 'der', type: 'spki' })) ??
		attempt(() => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }));
	if (!publicKey) return undefined;
	return weakness(publicKey, 'a public key') ?? { found: 'a public key', publicKey };
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

/** A text without BEGIN and END: bare base64, or one of the other values that are pasted into key fields. */
function withoutMarkers(text: string): PemContent {
	if (text === '') return { found: 'nothing' };
	if (/^PUB_KEY_ID_/i.test(text)) return { found: 'a public key ID' };
	if (/^[0-9A-Za-z]{32}$/.test(text))
		return { found: 'a 32-character API key (APIv2 or APIv3 key)' };
	if (/^[0-9A-Fa-f: ]{32,60}$/.test(text)) return { found: 'a certificate serial number' };
	if (MARKER.test(text)) return DAMAGED;
	if (/\.(pem|p12|cer|crt|key)$/i.test(text)) return { found: 'the name of a file' };
	const base64 = text.replace(/\s/g, '');
	if (/^[A-Za-z0-9+/]+=*$/.test(base64)) {
		const key = fromDer(Buffer.from(base64, 'base64'));
		if (key) return key;
		if (base64.startsWith('MII')) return DAMAGED;
	}
	return NO_KEY;
}
