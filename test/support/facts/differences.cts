/** Where a spec differs from WeChat Pay's words. */
import type { INodePropertyOptions } from 'n8n-workflow';

import type { Endpoint, Field, Operation, Parameter } from '../../../nodes/action/spec.ts';
import { pageFactsOf, type Fact, type OperationFacts } from './facts.cts';

type Spec = Endpoint & Partial<Operation>;

/** @returns one line for each difference, e.g. "card.update body.code_mode required: spec false, facts true" */
export function differences(spec: Spec, facts: OperationFacts): string[] {
	const places: Array<[Parameter['in'], Fact[]]> = [
		['path', facts.path_params],
		['query', facts.query_params],
		['body', facts.body_params],
	];
	const inRequest = places.flatMap(([place, documented]) =>
		compare(
			`${facts.id} ${place}`,
			spec.fields.filter((field) => field.in === place),
			documented,
		),
	);
	return [...inRequest, ...inAnswer(spec, facts)];
}

function inAnswer(spec: Spec, facts: OperationFacts): string[] {
	const { response, resendable, repeatable, docs } = spec;
	const top = facts.response_fields.map(({ name }) => name ?? '');
	const rows = facts.response_fields.find(({ name }) => name === response?.listField)?.items
		?.fields;
	const names = rows?.map(({ name }) => name ?? '') ?? top;
	const pages = pageFactsOf(spec).docs;
	const page = docs && ![pages.merchant, pages.partner].includes(docs) ? docs : undefined;
	return [
		...unequal(`${facts.id} answer`, response !== undefined, facts.success.has_body),
		...unequal(`${facts.id} resendable`, resendable, facts.retry.safe === 'yes'),
		...unequal(`${facts.id} repeatable`, repeatable, facts.retry.safe === 'yes'),
		...unequal(`${facts.id} simplify`, response?.simplifiedFields !== undefined, names.length > 10),
		...(response?.simplifiedFields ?? [])
			.filter((name) => !names.includes(name))
			.map((name) => `${facts.id} simplify: ${name} is not in the answer`),
		...(response?.uniqueBy ?? [])
			.filter((name) => !names.includes(name))
			.map((name) => `${facts.id} pages: ${name} is not in the answer`),
		...(response?.listField && !rows
			? [`${facts.id} answer: there is no list ${response.listField}`]
			: []),
		...(page ? [`${facts.id} docs: ${page}`] : []),
	];
}

function compare(at: string, fields: Field[], documented: Fact[]): string[] {
	const names = documented.map(({ name }) => name ?? '');
	const wires = fields.map(({ wireName }) => wireName);
	const common = wires.filter((wire) => names.includes(wire));
	const order = names.filter((name) => wires.includes(name));
	return [
		...names.filter((name) => !wires.includes(name)).map((name) => `${at}.${name} missing`),
		...wires.filter((wire) => !names.includes(wire)).map((wire) => `${at}.${wire} undocumented`),
		...(order.join() === common.join() ? [] : [`${at} order: ${common.join()}`]),
		...fields.flatMap((field) => {
			const fact = documented.find(({ name }) => name === field.wireName);
			return fact ? compareOne(`${at}.${field.wireName}`, field, fact) : [];
		}),
	];
}

function compareOne(at: string, field: Field, fact: Fact): string[] {
	const { property } = field;
	const isText = fact.type === 'string' && !fact.enum && !fact.format;
	const entries = fact.items ?? {};
	return [
		...unequal(`${at} type`, typeOf(field), factType(fact)),
		...unequal(`${at} required`, isRequired(field), fact.required === true),
		...(isText ? unequal(`${at} max_length`, field.maxLength, fact.max_length) : []),
		...unequal(`${at} min_length`, field.minLength, fact.min_length),
		// Where WeChat Pay names no minimum, ours is what the word means: no negative days, no hour 24.
		...(fact.minimum === undefined
			? []
			: unequal(`${at} minimum`, property?.typeOptions?.minValue, fact.minimum)),
		...unequal(`${at} encrypted`, field.sensitive === true, fact.encrypted === true),
		...unequal(`${at} enum`, valuesOf(field)?.sort().join(), enumOf(fact)?.sort().join()),
		...compare(at, field.fields ?? [], fact.fields ?? (entries as Fact).fields ?? []),
	];
}

function unequal(what: string, spec: unknown, documented: unknown): string[] {
	return spec === documented ? [] : [`${what}: spec ${String(spec)}, facts ${String(documented)}`];
}

function isRequired({ property, requiredOnWire }: Field): boolean {
	if (!property) return true;
	return requiredOnWire === true || (property.required === true && !property.displayOptions);
}

function typeOf({ property, list, fields }: Field): string {
	if (!property) return 'object';
	if (fields) return property.typeOptions?.multipleValues ? 'list of object' : 'object';
	if (list || property.type === 'multiOptions') return 'list of string';
	const types: Record<string, string> = {
		number: 'integer',
		boolean: 'boolean',
		dateTime: 'time',
	};
	return types[property.type] ?? 'string';
}

function factType({ type, format, items }: Fact): string {
	if (type === 'array') return `list of ${items?.type}`;
	return format === 'rfc3339' ? 'time' : type;
}

function valuesOf({ property }: Field): string[] | undefined {
	if (property?.type !== 'options' && property?.type !== 'multiOptions') return undefined;
	return (property.options as INodePropertyOptions[]).map(({ value }) => String(value));
}

function enumOf(fact: Fact): string[] | undefined {
	const list = fact.enum ?? fact.items?.enum;
	return list && [...list];
}
