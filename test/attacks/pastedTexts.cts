/** What may end up in the key fields of a credential: keys of every kind, and what copying makes of them. */
import fc, { type Arbitrary } from 'fast-check';

import { CERTIFICATE_REQUEST, EC_CERTIFICATE } from '../unit/apiv3/pasted.ts';
import { readJson } from '../support/files.cts';
import { MERCHANT, PLATFORM_A, pem, PUBLIC_KEY } from '../support/fake/keys.cts';
import { anyText } from './madeUp.cts';

/** A text by what it is. */
export type Text = [name: string, text: string];

/** Whole keys and the like, right and wrong ones. */
export const wholeTexts: Text[] = [
	...[
		'merchant-key.pem',
		'merchant-key-pkcs1.pem',
		'merchant-key-encrypted.pem',
		'merchant-cert.pem',
		'platform-a-cert.pem',
		'wechatpay-public-key.pem',
		'wechatpay-public-key-pkcs1.pem',
		'ec-key.pem',
	].map((file): Text => [file, pem(file)]),
	['an EC certificate', EC_CERTIFICATE],
	['a certificate request', CERTIFICATE_REQUEST],
	...Object.entries(readJson<Record<string, string>>('test/attacks/otherKeys.json')),
	['an APIv3 key', MERCHANT.apiV3Key],
	['a serial number', MERCHANT.serialNo],
	['a public key ID', PUBLIC_KEY.serial],
	['two certificates', PLATFORM_A.certificatePem + pem('platform-b-cert.pem')],
	[
		'bytes',
		Buffer.from(pem('merchant-key.pem').replace(/-----.*-----/g, ''), 'base64').toString('latin1'),
	],
	['nothing', ''],
];

const UNITS: Text[] = [
	['dashes', '-'],
	['blanks', ' '],
	['quotes', '"'],
	['line ends', '\n'],
	['zeros', '0'],
	['letters', 'A'],
	['beginnings', '-----BEGIN A-----'],
	['beginnings without dashes', 'BEGIN A'],
	['ends', '-----END A-----'],
	['empty blocks', '-----BEGIN A----------END A-----'],
	['short blocks', '-----BEGIN A-----\nMIIBUg==\n-----END A-----\n'],
	['certificates', PLATFORM_A.certificatePem],
	['keys', MERCHANT.privateKeyPem],
	['encrypted keys', '-----BEGIN A-----Proc-Type:-----END A-----'],
	['dashes and blanks', '- '],
];

/** Texts of so many characters, each of which a careless pattern would chew on for hours. */
export function heavyTexts(size: number): Text[] {
	return UNITS.flatMap(([name, unit]): Text[] => {
		const many = unit.repeat(size / unit.length);
		return [
			[`${name} within a text`, `x${many}x`],
			[`${name} after a beginning`, `-----BEGIN A${many}`],
			[`${name} in a key`, `-----BEGIN A-----${many}-----END A-----`],
		];
	});
}

const INVISIBLE = ['\uFEFF', '\u200B', '\u200E', '\u202E', '\u2028', '\u00A0', '\u00AD', '\0'];
const FOREIGN = ['😀', '\uD83D', '键', '<b>', '%0A', '\\u000a', '\\', '"', '=', '-----'];

/** A text that copying and pasting made of a whole one. */
export const pastedText: Arbitrary<string> = fc
	.tuple(
		fc.constantFrom(...wholeTexts.map(([, text]) => text)),
		fc.array(damage(), { maxLength: 3 }),
	)
	.map(([text, damages]) => damages.reduce((sofar, change) => change(sofar), text));

type Damage = (text: string) => string;

function damage(): Arbitrary<Damage> {
	const place = fc.double({ min: 0, max: 1, noNaN: true });
	const other = fc.constantFrom(...wholeTexts.map(([, text]) => text));
	const junk = fc.oneof(fc.constantFrom(...INVISIBLE, ...FOREIGN), anyText());
	return fc.oneof(
		fc.tuple(place, place).map(
			([from, to]): Damage =>
				(text) =>
					part(text, from, to),
		),
		fc.tuple(place, place).map(
			([from, to]): Damage =>
				(text) =>
					text + part(text, from, to),
		),
		fc.tuple(place, junk).map(
			([at, what]): Damage =>
				(text) =>
					part(text, 0, at) + what + part(text, at, 1),
		),
		junk.map(
			(what): Damage =>
				(text) =>
					[...text].join(what),
		),
		fc.constantFrom('\r\n', '\\n', '\\r\\n', ' ', '', '\u2028', '\n\n').map(
			(end): Damage =>
				(text) =>
					text.split('\n').join(end),
		),
		fc.constantFrom('–', '—', '−', '--', '').map(
			(dash): Damage =>
				(text) =>
					text.replaceAll('-', dash),
		),
		other.map(
			(one): Damage =>
				(text) =>
					text + one,
		),
		other.map(
			(one): Damage =>
				(text) =>
					interleaved(text, one),
		),
		fc.constantFrom<Damage>(
			(text) => text.toLowerCase(),
			(text) => JSON.stringify({ key: text }),
			(text) => Buffer.from(text).toString('base64'),
			(text) => text.replace(/-----[^-]*-----/g, ''),
			(text) => [...text].reverse().join(''),
		),
	);
}

function part(text: string, from: number, to: number): string {
	const [start, end] = [from, to].sort((a, b) => a - b);
	return text.slice(Math.floor(start * text.length), Math.floor(end * text.length));
}

function interleaved(one: string, other: string): string {
	const others = other.split('\n');
	return one
		.split('\n')
		.flatMap((line, at) => [line, others[at] ?? ''])
		.join('\n');
}
