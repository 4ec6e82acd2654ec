/** What may be posted to the trigger: by strangers, by other merchants, by whoever recorded what WeChat Pay once sent. */
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';

import fc, { type Arbitrary } from 'fast-check';

import { PLATFORM_A, PUBLIC_KEY } from '../support/fake/keys.cts';
import {
	notification,
	type Contents,
	type Posted,
	type Signing,
} from '../support/fake/notification.cts';
import { deepJson, RUNS } from './hostileAnswers.cts';
import { anyText } from './madeUp.cts';

const OTHER_API_V3_KEY = 'AnotherMerchantsApiV3KeyForTests';

const SIGNED = ['timestamp', 'nonce', 'signature', 'serial'].map(
	(name) => `Wechatpay-${name[0].toUpperCase()}${name.slice(1)}`,
);

/** Posts that come neither from WeChat Pay nor for this merchant, or not as they were sent. */
export const strangersPost: Arbitrary<Posted> = fc.oneof(
	// Another merchant's: WeChat Pay's other key, or its own key pair under WeChat Pay's name.
	fc.constant(0).map(() => notification({}, { key: PLATFORM_A, serial: PUBLIC_KEY.serial })),
	// The headers of one genuine notification on another one.
	fc.constantFrom(...subsets(SIGNED)).map((names) => {
		const [one, other] = [notification(), notification()];
		// Two made in the same second have the same timestamp.
		const swapped = names.map((name) => [name, `${other.headers[name]}`]);
		return { ...one, headers: { ...one.headers, ...Object.fromEntries(swapped) } };
	}),
	// Its body changed, anywhere.
	fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, change]) => {
		const { headers, body } = notification();
		const changed = Buffer.from(body);
		changed[at % body.length] ^= change;
		return { headers, body: changed };
	}),
	// Cut, or with something behind it.
	fc.double({ min: 0, max: 0.999, noNaN: true }).map((part) => {
		const { headers, body } = notification();
		return { headers, body: body.subarray(0, Math.floor(body.length * part)) };
	}),
	anyText({ minLength: 1 }).map((text) => {
		const { headers, body } = notification();
		return { headers, body: Buffer.concat([body, Buffer.from(text)]) };
	}),
	// Anything at all, under headers that look right.
	fc
		.uint8Array({ maxLength: 300 })
		.map((bytes) => ({ ...notification(), body: Buffer.from(bytes) })),
	fc.json().map((text) => ({ ...notification(), body: Buffer.from(text) })),
	// Headers that are none of WeChat Pay's.
	fc
		.tuple(
			fc.constantFrom(...SIGNED, 'Wechatpay-Signature-Type'),
			fc.constantFrom(
				'',
				' ',
				'x'.repeat(4000),
				'\u00ff',
				'__proto__',
				'-1',
				'0',
				'1e9',
				'NaN',
				'WECHATPAY/SIGNTEST/AAAA',
			),
		)
		.map(([name, value]) => notification({}, { headers: { [name]: value } })),
	// Hours old.
	fc
		.integer({ min: 301, max: 90_000 })
		.map((age) => notification({}, { timestamp: Math.floor(Date.now() / 1000) - age })),
);

/** Genuine ones whose content type something on the way changed: the signature counts. */
export const otherContentTypes = fc
	.constantFrom('', ' ', 'x'.repeat(4000), '\u00ff', '__proto__', 'NaN', 'text/plain', 'text/xml')
	.map((type) => notification({}, { headers: { 'Content-Type': type } }));

/** WeChat Pay signed it, but what is in it can't be used. */
export const signedNonsense: Arbitrary<Posted> = fc.oneof(
	fc.json().map((text) => notification({}, { body: Buffer.from(text) })),
	fc
		.dictionary(
			fc.constantFrom('id', 'event_type', 'resource', '__proto__'),
			fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)),
			{ minKeys: 1 },
		)
		.filter((envelope) => isNonsense(envelope))
		.map((envelope) => notification({ envelope })),
	fc
		.dictionary(
			fc.constantFrom('ciphertext', 'nonce', 'algorithm'),
			fc.oneof(
				fc.constantFrom<unknown>(
					null,
					1,
					true,
					'',
					'x',
					'=',
					'!',
					[],
					{},
					'A'.repeat(40_000),
					'\ud83c',
				),
				anyText(),
			),
			{ minKeys: 1 },
		)
		.map((change) => withResource(change)),
	// Nothing and null are both empty.
	fc.constantFrom<unknown>(1, true, 'x', {}, '\ud83c').map((associated_data) => {
		return withResource({ associated_data });
	}),
	fc.constantFrom('', 'null', '[]', '1', '"text"', '{', '\ufeff{}', '\0').map((text) => {
		return notification({ resource: text });
	}),
	fc.constant(0).map(() => notification({ apiV3Key: OTHER_API_V3_KEY })),
);

/** An envelope without an ID, a type, or anything encrypted. */
function isNonsense(envelope: Record<string, unknown>): boolean {
	const { id, event_type: type } = envelope;
	return (
		('id' in envelope && typeof id !== 'string') ||
		('event_type' in envelope && typeof type !== 'string') ||
		'resource' in envelope
	);
}

function withResource(change: object): Posted {
	const { resource } = JSON.parse(notification().body.toString()) as { resource: object };
	return notification({ envelope: { resource: { ...resource, ...change } } });
}

const MEGABYTE = 1024 * 1024;
/** The best quality takes seconds, and gets hardly further with one character over and over. */
const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const spaces = (bytes: number) => Buffer.alloc(bytes, ' ');
const blankJson = (megabytes: number) => Buffer.from(`{}${' '.repeat(megabytes * MEGABYTE)}`);

/** Larger than any notification, packed or not, with the responses that n8n or the trigger may give. */
export const heavyPosts: Array<[name: string, posted: Posted, statuses: number[]]> = [
	['2 MB', signedBody(blankJson(2)), [413]],
	['15 MB of JSON', signedBody(Buffer.from(`"${'x'.repeat(15 * MEGABYTE)}"`)), [413]],
	['more than n8n takes', signedBody(spaces(17 * MEGABYTE)), [413]],
	['deep JSON', signedBody(Buffer.from(deepJson())), [400]],
	['15 MB packed', packed(gzipSync(blankJson(15), RUNS), 'gzip'), [413]],
	['200 MB packed', packed(gzipSync(spaces(200 * MEGABYTE), RUNS), 'gzip'), [413]],
	['200 MB deflated', packed(deflateSync(spaces(200 * MEGABYTE), RUNS), 'deflate'), [413]],
	[
		'200 MB packed as n8n cannot',
		packed(brotliCompressSync(spaces(200 * MEGABYTE), QUICKLY), 'br'),
		[401, 422],
	],
	['packed, but not really', packed(Buffer.from('{}'), 'gzip'), [400, 401, 422, 500]],
];

function signedBody(body: Buffer): Posted {
	return notification({}, { body });
}

function packed(body: Buffer, encoding: string): Posted {
	const { headers } = notification();
	return { headers: { ...headers, 'Content-Encoding': encoding }, body };
}

/** A genuine notification, packed by a proxy on the way. */
export function genuinePacked(contents: Contents = {}, signing: Signing = {}): Posted {
	const { headers, body } = notification(contents, signing);
	return { headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(body) };
}

function subsets(names: string[]): string[][] {
	// The timestamp alone may well be the same.
	return [
		['Wechatpay-Nonce'],
		['Wechatpay-Signature'],
		names,
		names.slice(0, 2),
		names.slice(1, 3),
	];
}
