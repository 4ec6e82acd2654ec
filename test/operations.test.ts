/** What every operation of the catalogue has to keep; n8n's lint can't see specs, so this does. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { catalogue } from '../nodes/WechatPay/operations';
import { refusals } from '../nodes/WechatPay/operations/refusals';
import { properties } from '../nodes/WechatPay/run/description';
import { filesBelow, readText } from './files.cts';

const operations = catalogue.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}.${operation.value}`,
		resource,
		operation,
	})),
);

const camelCase = (wire: string) =>
	wire.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const isTitleCase = (label: string) =>
	label.split(/[\s-]/).every((word) => /^([A-Z0-9]|per$|of$|the$|and$|or$|to$|with$)/.test(word));

describe('the catalogue', () => {
	it('names resources and operations once, for ever', () => {
		expect(operations.map(({ key }) => key)).toEqual(['bonus.commit', 'bonus.prepare']);
	});

	it('has the operations of a resource in alphabetical order', () => {
		for (const { operations: group } of catalogue) {
			const names = group.map(({ name }) => name);
			expect(names).toEqual([...names].sort());
		}
	});

	it('has one file for each operation, named after it', () => {
		const files = filesBelow('nodes/WechatPay/operations').filter((file) =>
			/operations\/\w+\/\w+\.ts$/.test(file),
		);
		expect(files.sort()).toEqual(
			operations.map(({ key }) => `nodes/WechatPay/operations/${key.replace('.', '/')}.ts`).sort(),
		);
	});
});

describe.each(operations)('$key', ({ key, resource, operation }) => {
	const pathFields = operation.fields.filter((field) => field.in === 'path');
	const placeholders = [...operation.path.matchAll(/{(\w+)}/g)].map(([, wire]) => wire);

	it('has a required path field for every placeholder, and the other way round', () => {
		expect(pathFields.map(({ wire }) => wire)).toEqual(placeholders);
		expect(pathFields.every(({ property }) => property.required)).toBe(true);
	});

	it('names each field once, by the camelCase of its wire name', () => {
		const names = operation.fields.map(({ property }) => property.name);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual(operation.fields.map(({ wire }) => camelCase(wire)));
	});

	it('has labels in title case', () => {
		const labels = operation.fields.map(({ property }) => property.displayName);
		expect(labels.filter((label) => !isTitleCase(label))).toEqual([]);
	});

	it('has the wire name in descriptions, where a user can search for it', () => {
		for (const { wire, property } of operation.fields) {
			expect(property.description).toContain(`<code>${wire}</code>`);
		}
	});

	it('has placeholders that are examples', () => {
		const texts = operation.fields.flatMap(({ property }) => [
			property.placeholder,
			...(property.modes ?? []).map(({ placeholder }) => placeholder),
		]);
		for (const text of texts) expect(text ?? 'e.g. ').toMatch(/^e\.g\. /);
	});

	it('says what it does the way n8n does', () => {
		expect(isTitleCase(operation.name)).toBe(true);
		expect(operation.action).toMatch(/^[A-Z][a-z]+( [a-z]+)+$/);
		expect(operation.action.split(' ')[0]).toBe(operation.name);
		expect(operation.description).toMatch(/^[A-Z].*[^.]$/);
		expect(operation.notice).toMatch(/^[A-Z].*\.$/);
	});

	it("links WeChat Pay's page", () => {
		expect(operation.docs).toMatch(/^https:\/\/pay\.weixin\.qq\.com\/doc\/v3\/merchant\/\d{10}$/);
	});

	it('names its items by one of its fields', () => {
		expect(operation.fields.map(({ wire }) => wire)).toContain(operation.namedBy);
		expect(operation.done).toMatch(/^[a-z]+$/);
	});

	it('falls back to the merchant only in favour of a field it has', () => {
		const wires = operation.fields.map(({ wire }) => wire);
		for (const { merchantUnless } of operation.fields) {
			if (merchantUnless) expect(wires).toContain(merchantUnless);
		}
	});

	it('is in the form under its resource, with all its fields, the required ones first', () => {
		const names = (fits: (property: INodeProperties) => boolean) =>
			operation.fields
				.map(({ property }) => property)
				.filter(fits)
				.map(({ name }) => name);
		const shown = properties.filter(
			({ displayOptions }) =>
				displayOptions?.show?.resource?.includes(resource.value) &&
				displayOptions.show.operation?.includes(operation.value),
		);
		expect(shown.map(({ name }) => name)).toEqual([
			'notice',
			...names((property) => property.required === true),
			...names((property) => !property.required),
		]);
		const choice = properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(resource.value),
		);
		const values = (choice?.options as INodePropertyOptions[]).map(({ value }) => value);
		expect(values).toContain(operation.value);
	});

	it('has a golden file', () => {
		expect(filesBelow('test/golden')).toContain(`test/golden/${key}.json`);
	});

	it("has its row in the README's table", () => {
		expect(readText('README.md')).toContain(
			`| ${resource.name} | ${operation.name} | ${operation.description} | [page](${operation.docs}) |`,
		);
	});
});

describe('the notes that users get wrong', () => {
	const noticeOf = (value: string) =>
		operations.find(({ operation }) => operation.value === value)?.operation.notice;

	it('Commit says that it does not change the balance, and that Prepare comes first', () => {
		expect(noticeOf('commit')).toMatch(/does not change the member's points balance/);
		expect(noticeOf('commit')).toMatch(/Prepare comes first/);
	});

	it('Prepare says so, too', () => {
		expect(noticeOf('prepare')).toMatch(/Prepare comes first/);
		expect(noticeOf('prepare')).toMatch(/Neither changes the member's points balance/);
	});
});

describe('the known refusals', () => {
	it.each(refusals)(
		"$code: $meaning is in the README's table",
		({ status, code, meaning, advice }) => {
			expect(readText('README.md')).toContain(
				`| ${status} | \`${code}\` | ${meaning} | ${advice} |`,
			);
		},
	);

	it('end with one that needs no text, for every code', () => {
		const last = new Map(refusals.map((refusal) => [refusal.code, refusal]));
		for (const refusal of last.values()) expect(refusal.says).toBeUndefined();
	});
});

it('keeps to the words of n8n: no error, problem, failure or mistake', () => {
	const texts = [
		...refusals.flatMap(({ meaning, advice }) => [meaning, advice]),
		...operations.flatMap(({ operation }) => [operation.description, operation.notice]),
		JSON.stringify(properties),
	];
	for (const text of texts) expect(text).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
});
