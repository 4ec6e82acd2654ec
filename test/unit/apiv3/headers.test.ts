import { headerOf, headerValues, type HttpHeaders } from '../../../nodes/apiv3/headers';
import { verifyHttp } from '../../../nodes/apiv3/verification';
import { MERCHANT, PUBLIC_KEY } from '../../support/fake/keys.cts';
import { notification } from '../../support/fake/notification.cts';

const keys = { [PUBLIC_KEY.serial]: PUBLIC_KEY.publicKeyPem };
const { headers: signed, body } = notification({ apiV3Key: MERCHANT.apiV3Key });
const pairs = Object.entries(signed);
const lowerCase = Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
const OTHER = 'QUJD';

const verified = (headers: unknown) => verifyHttp({ headers: headers as HttpHeaders, body, keys });

/** A class with `entries()` alone, as some HTTP libraries have. */
class OnlyEntries {
	constructor(private readonly list: Array<[string, unknown]>) {}

	entries() {
		return this.list.values();
	}
}

/** Every form in which a program may have the headers of a message. */
const FORMS: Array<[string, (list: Array<[string, string]>) => unknown]> = [
	['a plain object', (list) => Object.fromEntries(list)],
	['Fetch Headers', (list) => new Headers(list)],
	['a Map', (list) => new Map(list)],
	['[name, value] pairs', (list) => list],
	["Node's rawHeaders", (list) => list.flat()],
	["Node's headersDistinct", (list) => Object.fromEntries(list.map(([key, one]) => [key, [one]]))],
	['an object with entries()', (list) => new OnlyEntries(list)],
	['an iterator', (list) => list.values()],
];

describe.each(FORMS)('headers as %s', (_, form) => {
	it('verify in any case of the names', () => {
		expect(verified(form(pairs))).toEqual({ ok: true });
		expect(verified(form(Object.entries(lowerCase)))).toEqual({ ok: true });
	});

	it.each(['timestamp', 'nonce', 'signature', 'serial'])('are refused without %s', (name) => {
		const rest = pairs.filter(([key]) => key.toLowerCase() !== `wechatpay-${name}`);
		expect(rest).toHaveLength(pairs.length - 1);
		expect(verified(form(rest))).toEqual({ ok: false, reason: 'missing-header' });
	});

	it('are refused with another signature', () => {
		const changed = pairs.map(([name, value]): [string, string] => [
			name,
			name === 'Wechatpay-Signature' ? OTHER : value,
		]);
		expect(verified(form(changed))).toEqual({ ok: false, reason: 'bad-signature' });
	});
});

/** The forms that can hold a name twice; a plain object and a Map can, in another case. */
const TWICE: Array<[string, (name: string, value: string, first: boolean) => unknown]> = [
	[
		'a plain object, in another case',
		(name, value, first) => joined(name.toLowerCase(), value, first),
	],
	[
		'a Map, in another case',
		(name, value, first) => new Map(Object.entries(joined(name.toLowerCase(), value, first))),
	],
	[
		'pairs',
		(name, value, first) => (first ? [[name, value], ...pairs] : [...pairs, [name, value]]),
	],
	[
		'rawHeaders',
		(name, value, first) =>
			first ? [name, value, ...pairs.flat()] : [...pairs.flat(), name, value],
	],
	[
		'Fetch Headers, which join them',
		(name, value, first) =>
			new Headers(first ? [[name, value], ...pairs] : [...pairs, [name, value]]),
	],
	[
		"Node's headers, which join them",
		(name, value, first) => ({
			...lowerCase,
			[name.toLowerCase()]: first ? `${value}, ${signed[name]}` : `${signed[name]}, ${value}`,
		}),
	],
	[
		"Node's headersDistinct",
		(name, value, first) => ({
			...lowerCase,
			[name.toLowerCase()]: first ? [value, signed[name]] : [signed[name], value],
		}),
	],
];

function joined(name: string, value: string, first: boolean): Record<string, string> {
	return first ? { [name]: value, ...signed } : { ...signed, [name]: value };
}

describe.each(TWICE)('a header twice, in %s', (_, form) => {
	it.each([
		['Wechatpay-Signature', OTHER],
		['Wechatpay-Serial', 'PUB_KEY_ID_2'],
		['Wechatpay-Nonce', 'other'],
		['Wechatpay-Timestamp', '1'],
	])('%s is refused, whichever comes first and though it be the same', (name, other) => {
		for (const value of [other, signed[name]]) {
			for (const first of [true, false]) {
				expect(verified(form(name, value, first))).toEqual({
					ok: false,
					reason: 'duplicate-header',
				});
			}
		}
	});

	it('the type of the signature is refused as one that is not known', () => {
		const again = form('Wechatpay-Signature-Type', signed['Wechatpay-Signature-Type'], false);
		expect(verified(again)).toEqual({ ok: false, reason: 'unsupported-type' });
	});

	it('any other does not matter', () => {
		expect(verified(form('User-Agent', 'another', false))).toEqual({ ok: true });
	});
});

describe('a list', () => {
	it('of names and values may have the name of a header for a value', () => {
		const list = ['X-Removed', 'Wechatpay-Signature', 'X-Next', 'x', ...pairs.flat()];
		expect(verified(list)).toEqual({ ok: true });
	});

	it('of pairs may have something else among them', () => {
		expect(verified(['x', ...pairs, undefined])).toEqual({ ok: true });
	});
});

describe('what are no headers', () => {
	it.each([
		['undefined', undefined],
		['null', null],
		['a text', 'Wechatpay-Signature: x'],
		['a number', 7],
		['a function', () => pairs],
		['nothing', {}],
		['an empty list', []],
		['a list that ends with a name', ['Wechatpay-Signature']],
		['a list of numbers', [1, 2, 3, 4]],
		['pairs without names', [[undefined, 'x'], [7, 'y'], [], 'z']],
		[
			'a Map with other keys',
			new Map<unknown, unknown>([
				[Symbol('x'), 'y'],
				[{}, 'z'],
			]),
		],
		[
			'entries() that fails',
			{
				entries: () => {
					throw new Error('closed');
				},
			},
		],
		['entries() that lists nothing', { entries: () => undefined }],
		[
			'an iterator that fails',
			{
				[Symbol.iterator]: () => {
					throw new Error('closed');
				},
			},
		],
		['an iterator that is none', { [Symbol.iterator]: 7 }],
	])('%s: refused without an exception', (_, headers) => {
		expect(verified(headers)).toEqual({ ok: false, reason: 'missing-header' });
		expect(headerValues(headers as HttpHeaders, 'wechatpay-signature')).toEqual([]);
	});
});

describe('headerOf', () => {
	it('finds one text, in any case of the name, and passes over undefined', () => {
		expect(headerOf({ 'Retry-After': '3' }, 'retry-after')).toBe('3');
		expect(headerOf({ 'retry-after': undefined, 'Retry-After': '3' }, 'retry-after')).toBe('3');
		expect(headerOf({ 'Retry-After': '' }, 'retry-after')).toBe('');
		expect(headerOf({ entries: 'text', 'x-y': 'z' }, 'entries')).toBe('text');
	});

	it('gives nothing for what is absent, no text, or there twice', () => {
		expect(headerOf({ 'retry-after': '3' }, 'retry')).toBeUndefined();
		expect(headerOf({ 'retry-after': 3 }, 'retry-after')).toBeUndefined();
		expect(headerOf({ 'retry-after': null }, 'retry-after')).toBeUndefined();
		expect(headerOf({ 'retry-after': ['3', '4'] }, 'retry-after')).toBeUndefined();
		expect(headerOf({ 'retry-after': '3', 'Retry-After': '3' }, 'retry-after')).toBeUndefined();
	});
});
