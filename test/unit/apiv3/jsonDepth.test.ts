import { isNestedTooDeep } from '../../../nodes/apiv3/jsonDepth';

/** Lists in lists; the innermost one is empty. */
function nested(depth: number): unknown {
	let value: unknown = [];
	for (let level = 1; level < depth; level += 1) value = [value];
	return value;
}

it.each<[string, unknown]>([
	['a text', 'x'.repeat(1000)],
	['null', null],
	['an object', { a: 1, b: null }],
	['a list of a thousand objects', Array.from({ length: 1000 }, () => ({ a: [1] }))],
	['a hundred levels', nested(100)],
	['a hundred levels beside others', { a: 1, b: { c: nested(98) }, d: [] }],
])('%s may be', (_, value) => {
	expect(isNestedTooDeep(value)).toBe(false);
});

it.each<[string, unknown]>([
	['a hundred and one levels', nested(101)],
	['so many beside others', { a: 1, b: { c: nested(99) }, d: [] }],
])('%s are too deep', (_, value) => {
	expect(isNestedTooDeep(value)).toBe(true);
});
