/** Whether what WeChat Pay signed belongs to the request, for every endpoint as it is documented. */
import { mismatch } from '../../../../nodes/client/response/bindResponse';
import { resources } from '../../../support/catalogue.cts';
import { exampleOf } from '../../../support/facts/exampleOf.cts';
import { factsOf } from '../../../support/facts/facts.cts';

const endpoints = resources
	.flatMap(({ operations }) => operations)
	.filter(({ isFree }) => !isFree)
	.flatMap((operation) => [operation, operation.partner, ...(operation.readFirst?.endpoints ?? [])])
	.filter((endpoint) => endpoint !== undefined);

const withObject = endpoints.flatMap(({ method, path, response }) =>
	response ? [{ method, path, response }] : [],
);

type Json = Record<string, unknown>;

describe.each(withObject)('$method $path', ({ method, path, response }) => {
	const example = exampleOf(factsOf({ method, path }).response_fields);
	const row = response.listField ? (example[response.listField] as Json[])[0] : example;
	const found = (json: unknown) =>
		mismatch(Buffer.from(JSON.stringify(json)), { response, subject: {} } as never);
	const withRow = (changed: Json) =>
		response.listField ? { ...example, [response.listField]: [row, changed] } : changed;

	it('is what WeChat Pay documents', () => {
		expect(found(example)).toBeUndefined();
	});

	it.each(response.requiredFields)('has %s', (names) => {
		for (const absent of [undefined, null, '']) {
			const changed = {
				...row,
				...Object.fromEntries(names.split('|').map((one) => [one, absent])),
			};
			expect(found(withRow(changed))).toBe(`has no '${names.replaceAll('|', "', '")}'`);
		}
	});

	it('needs nothing that WeChat Pay calls optional', () => {
		const needed = new Set(response.requiredFields.map((names) => names.split('|')[0]));
		const least = Object.fromEntries(Object.entries(row).filter(([name]) => needed.has(name)));
		expect(found(withRow(least))).toBeUndefined();
	});
});

const bind = (json: object, subject: Json, repeats?: Record<string, string>) =>
	mismatch(Buffer.from(JSON.stringify(json)), {
		response: { requiredFields: [], repeats },
		subject,
	} as never);

it.each<[string, Json, Json]>([
	['a number for a text', { mchid: 1900000001 }, { mchid: '1900000001' }],
	['what it does not repeat', {}, { card_id: 'a' }],
	['null', { card_id: null }, { card_id: 'a' }],
	['an empty text', { card_id: '' }, { card_id: 'a' }],
	['one of a list', { code: 'b' }, { code: ['a', 'b'] }],
	['an object in part', { brand: { brand_id: '1' } }, { brand: { brand_id: '1', name: 'x' } }],
	['an object in another form', { brand: 'x' }, { brand: { brand_id: '1' } }],
	['what was not asked for', { card_id: 'a' }, {}],
	["a member's code in capital letters", { code: 'VIP2026' }, { code: 'VIP2026' }],
])('a response may have %s', (_, json, subject) => {
	expect(bind(json, subject)).toBeUndefined();
});

it.each<[string, Json, Json, string]>([
	['another text', { card_id: 'b' }, { card_id: 'a' }, "is about another 'card_id'"],
	['another spelling', { card_id: 'A' }, { card_id: 'a' }, "is about another 'card_id'"],
	['none of a list', { code: 'c' }, { code: ['a', 'b'] }, "is about another 'code'"],
	[
		'another part of an object',
		{ brand: { brand_id: '2' } },
		{ brand: { brand_id: '1' } },
		"is about another 'brand_id'",
	],
])('a response must not have %s', (_, json, subject, reason) => {
	expect(bind(json, subject)).toBe(reason);
});

it('a value may be repeated at another place', () => {
	const repeats = { card_id: 'card.id' };
	expect(bind({ card: { id: 'a' } }, { card_id: 'a' }, repeats)).toBeUndefined();
	expect(bind({ card: { id: 'b' } }, { card_id: 'a' }, repeats)).toContain("another 'card_id'");
	expect(bind({ card: 'b' }, { card_id: 'a' }, repeats)).toBeUndefined();
	expect(bind({}, { card_id: 'a' }, repeats)).toBeUndefined();
});

it.each([
	{ code: 'PARAM_ERROR', message: '' },
	{ code: 'SIGN_ERROR', message: 'x', detail: {} },
	{ code: 'ORDERPAID', message: null },
	{ code: 'RESOURCE_NOT_EXISTS' },
])('a refusal is none: %j', (json) => {
	expect(bind(json, {})).toBe('is a refusal under the status of a success');
});

it('what is no JSON object is left to whoever reads it', () => {
	for (const text of ['OK', '[]', 'null', '{']) {
		const request = { response: { requiredFields: ['a'] }, subject: {} } as never;
		expect(mismatch(Buffer.from(text), request)).toBeUndefined();
	}
});
