/** Finds the secrets of a run in whatever it left, in every way they may be written. */
import { createPrivateKey, X509Certificate } from 'node:crypto';

import { everythingIn } from '../support/secrets.cts';
import { MERCHANT, pem } from '../support/fake/keys.cts';

/** So many characters in a row of a secret are a leak; less may be chance. */
const TELLING = 16;

/** Secrets by what they are called. */
export class Secrets {
	/** The name of the secret by every piece of its writings. */
	private readonly pieces = new Map<string, string>();

	private readonly lengths: number[];

	/** Whether a piece may begin with three such characters: cheap to see, where slices of a long text are not. */
	private readonly beginnings = new Uint8Array(2 ** 21);

	/**
	 * @param secrets texts or bytes of at least three characters, by name
	 * @param known what everybody may see; what a secret has in common with it is none
	 */
	constructor(secrets: Record<string, string | Buffer>, known: Array<string | Buffer> = []) {
		const common = new Set(known.flatMap(writings).flatMap((text) => piecesOf(text, TELLING)));
		for (const [name, secret] of Object.entries(secrets)) {
			for (const writing of writings(secret)) {
				const length = Math.min(TELLING, secret.length);
				for (const piece of piecesOf(writing, length)) {
					if (!common.has(piece)) this.pieces.set(piece, name);
				}
			}
		}
		for (const piece of this.pieces.keys()) this.beginnings[beginning(piece, 0)] = 1;
		this.lengths = [...new Set([...this.pieces.keys()].map(({ length }) => length))];
	}

	/** The names of the secrets that hang on a value: its hidden parts, causes and stacks, and its JSON. */
	in(value: unknown): string[] {
		const told = typeof value === 'string' ? value : everythingIn(value);
		const found = new Set<string>();
		for (let at = 0; at < told.length; at += 1) {
			if (this.beginnings[beginning(told, at)] === 0) continue;
			for (const length of this.lengths) {
				const name = this.pieces.get(told.slice(at, at + length));
				if (name !== undefined) found.add(name);
			}
		}
		return [...found];
	}
}

/** Seven bits of each of three characters; others may have the same. */
function beginning(text: string, at: number): number {
	const seven = (offset: number) => text.charCodeAt(at + offset) & 127;
	return (seven(0) << 14) | (seven(1) << 7) | seven(2);
}

function piecesOf(text: string, length: number): string[] {
	return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) =>
		text.slice(at, at + length),
	);
}

function writings(secret: string | Buffer): string[] {
	const bytes = Buffer.from(secret as string);
	return [
		...(typeof secret === 'string' ? inText(secret) : []),
		...inBase64(bytes),
		...inDigits(bytes),
	];
}

function inText(secret: string): string[] {
	const escaped = encodeURIComponent(secret);
	const inLowerCase = escaped.replace(/%../g, (escape) => escape.toLowerCase());
	return [secret, JSON.stringify(secret).slice(1, -1), escaped, inLowerCase];
}

/** Base64 looks different by where in the encoded text the secret begins; its first and last characters may be others. */
function inBase64(bytes: Buffer): string[] {
	return [0, 1, 2].flatMap((before) => {
		const text = Buffer.concat([Buffer.alloc(before, ' '), bytes]).toString('base64');
		const own = text.slice(
			Math.ceil((before * 4) / 3),
			Math.floor(((before + bytes.length) * 4) / 3),
		);
		return [own, own.replace(/\+/g, '-').replace(/\//g, '_')];
	});
}

/** Also as Node shows a Buffer, and as JSON holds one. */
function inDigits(bytes: Buffer): string[] {
	const hex = bytes.toString('hex');
	return [hex, hex.toUpperCase(), hex.replace(/..(?=.)/g, '$& '), [...bytes].join(',')];
}

/** A private key as it is pasted, line by line, as its bytes, and its numbers as a JWK has them. */
function partsOf(privateKeyPem: string): Array<string | Buffer> {
	const key = createPrivateKey(privateKeyPem);
	const { d, p, q, dp, dq, qi } = key.export({ format: 'jwk' });
	const lines = privateKeyPem.split('\n').filter((line) => line !== '' && !line.includes('-----'));
	const numbers = [d, p, q, dp, dq, qi].map(String);
	return [
		privateKeyPem,
		...lines,
		Buffer.from(lines.join(''), 'base64'),
		...numbers,
		...numbers.map((number) => Buffer.from(number, 'base64url')),
	];
}

/** The header that every request is signed with must be in nothing that a run leaves. */
const SCHEME = 'WECHATPAY2-SHA256-RSA2048';

/** @param others secrets of the run beside those of the merchant, such as phone numbers */
export function secretsOfRun(others: Record<string, string> = {}): Secrets {
	const parts = partsOf(MERCHANT.privateKeyPem);
	return new Secrets(
		{
			...Object.fromEntries(parts.map((part, at) => [`private key (${at})`, part])),
			'APIv3 key': MERCHANT.apiV3Key,
			Authorization: SCHEME,
			...others,
		},
		// The one tells what all keys have in common, the other holds the public half of the merchant's.
		[...partsOf(pem('other-merchant-key.pem')), new X509Certificate(pem('merchant-cert.pem')).raw],
	);
}
