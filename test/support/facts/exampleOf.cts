import type { Fact } from './facts.cts';

/** An object with the examples that WeChat Pay's page gives for its fields. */
export function exampleOf(fields: Fact[]): Record<string, unknown> {
	return Object.fromEntries(fields.map((field) => [field.name, exampleValue(field)]));
}

function exampleValue({ type, example, fields, items, enum: values }: Fact): unknown {
	if (fields) return exampleOf(fields);
	if (items?.fields) return [exampleOf(items.fields)];
	if (example !== undefined) return example;
	if (type === 'array') return [items?.enum?.[0] ?? '…'];
	const usual: Record<string, unknown> = { integer: 1, boolean: true, string: '…' };
	return values?.[0] ?? usual[type];
}
