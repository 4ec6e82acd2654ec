/** The glossary of docs/zh-CN.md: every label of the forms beside WeChat Pay's Chinese term for it. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { WechatPayApi } from '../../../credentials/WechatPayApi.credentials.ts';
import { anchorOf, pageOf } from '../../../nodes/action/form/docsPage.ts';
import type { Field, Operation, Resource } from '../../../nodes/action/spec.ts';
import { WechatPayTrigger } from '../../../nodes/WechatPayTrigger/WechatPayTrigger.node.ts';
import { eventFacts, factsOf, pageFactsOf, type Fact } from '../../support/facts/facts.cts';
import type { ActionNode } from './catalogue.cts';
import { actionNodes } from './catalogue.cts';
import ourTerms from './chineseTerms.json';

/** A label of a form, WeChat Pay's term, and the name or value that is sent or saved. */
interface Row {
	label: string;
	term: string;
	name: string;
	/** A choice of the field above. */
	isChoice?: boolean;
}

type Terms = Record<string, string>;

const OPERATION_HEAD = '| 操作 | 微信支付的接口名称 |\n| --- | --- |';
const FIELD_HEAD = '| 界面标签 | 微信支付的名称 | 字段名或取值 |\n| --- | --- | --- |';
const FORM_HEAD = '| 界面标签 | 中文说明 | n8n 保存的名称 |\n| --- | --- | --- |';

/** @throws Error for a label without a Chinese term, in the facts or in chineseTerms.json */
export function glossary(): string {
	const { properties } = new WechatPayApi();
	return [
		'### 凭证 WeChat Pay API',
		table(FORM_HEAD, rowsOf(properties, ourTerms.credential)),
		'### 操作节点共用的标签',
		table(FORM_HEAD, sharedRows()),
		...actionNodes.flatMap(({ name, resources }) => [
			`### ${name} 节点`,
			...resources.flatMap(resourceSection),
		]),
		'### WeChat Pay Trigger 节点',
		table(FORM_HEAD, rowsOf(new WechatPayTrigger().description.properties, triggerTerms())),
	].join('\n\n');
}

/** WeChat Pay's own names of the events, and our terms for the rest of the trigger's form. */
function triggerTerms(): Terms {
	const events = eventFacts.flatMap(({ event_type: type, zh }) =>
		['events', 'moreEvents'].map((list) => [`${list}=${type}`, zh]),
	);
	return { ...Object.fromEntries(events), ...ourTerms.trigger } as Terms;
}

function resourceSection(resource: Resource): string[] {
	const operations = resource.operations.map(
		(operation) =>
			`| [${operation.name}](operations/${pageOf(resource)}#${anchorOf(operation)}) | ${operation.isFree ? '任意 APIv3 接口' : pageFactsOf(operation).zh} |`,
	);
	const rows = merged(resource.operations.flatMap(operationRows));
	return [
		`#### ${resource.name}：${termIn(ourTerms.resources, resource.value, resource.name)}`,
		[OPERATION_HEAD, ...operations].join('\n'),
		...(rows.length > 0 ? [table(FIELD_HEAD, rows)] : []),
	];
}

function operationRows(operation: Operation): Row[] {
	const documented = documentedFields(operation);
	return operation.fields.flatMap((field) => fieldRows(field, documented));
}

/** Nothing is documented of an endpoint that the user names. */
function documentedFields(operation: Operation): Fact[] {
	if (operation.isFree) return [];
	const { path_params: path, query_params: query, body_params: body } = factsOf(operation);
	return [...path, ...query, ...body];
}

function fieldRows(field: Field, documented: Fact[]): Row[] {
	const fact = documented.find(({ name }) => name === field.wireName);
	const parts = (field.fields ?? []).flatMap((part) =>
		fieldRows(part, fact?.fields ?? fact?.items?.fields ?? []),
	);
	const { property } = field;
	if (!property || property.type === 'hidden') return parts;
	const { displayName: label, name } = property;
	const term = fact?.zh ?? termIn(ourTerms.fields, name, label);
	const named = fact?.enum_zh ?? fact?.items?.enum_zh ?? {};
	const choices = choicesOf(property).map(({ name: choice, value }) => ({
		label: choice,
		term: named[String(value)] ?? termIn(ourTerms.fields, `${name}=${String(value)}`, choice),
		name: String(value),
		isChoice: true,
	}));
	return [{ label, term, name: fact ? field.wireName : name }, ...choices, ...parts];
}

/** One row for each label and name, with all terms that WeChat Pay's pages have for it. */
function merged(rows: Row[]): Row[] {
	const found = new Map<string, Row>();
	let parent = '';
	for (const row of rows) {
		const own = `${row.label} ${row.name}`;
		if (!row.isChoice) parent = own;
		const key = row.isChoice ? `${parent} ${own}` : own;
		const known = found.get(key);
		if (!known) found.set(key, { ...row });
		else if (!hasTerm(known, row.term)) known.term += `、${row.term}`;
	}
	return inOrder([...found.entries()]);
}

/** WeChat Pay writes the same word as "id" on one page and as "ID" on another. */
function hasTerm({ term }: Row, another: string): boolean {
	return term.toLowerCase().split('、').includes(another.toLowerCase());
}

/** A choice that only a later operation has goes below its field. */
function inOrder(entries: Array<[string, Row]>): Row[] {
	const fields = entries.filter(([, { isChoice }]) => !isChoice);
	return fields.flatMap(([key, row]) => [
		row,
		...entries
			.filter(([other, { isChoice }]) => isChoice && other.startsWith(`${key} `))
			.map(([, choice]) => choice),
	]);
}

/** What the forms have beside the fields of the operations. */
function sharedRows(): Row[] {
	const rows = actionNodes.flatMap(({ description, resources }) =>
		withParts(description.properties)
			.filter(({ name, type }) => type !== 'notice' && !namesIn(resources).has(name))
			.map(({ displayName: label, name }) => ({ label, name })),
	);
	const modes = [
		{ label: 'From List', name: 'list' },
		{ label: 'By ID', name: 'id' },
	];
	const unique = new Map([...rows, ...modes].map((row) => [row.name, row]));
	return [...unique.values()].map((row) => ({
		...row,
		term: termIn(ourTerms.form, row.name, row.label),
	}));
}

/** Names of all fields of all operations; both nodes' as long as one description holds them. */
function namesIn(resources: ActionNode['resources']): Set<string> {
	const all = new Set([...resources, ...actionNodes.flatMap((node) => node.resources)]);
	const names = (field: Field): string[] => [
		...(field.property ? [field.property.name] : []),
		...(field.fields ?? []).flatMap(names),
	];
	return new Set(
		[...all].flatMap(({ operations }) => operations.flatMap(({ fields }) => fields.flatMap(names))),
	);
}

/** Properties and those of collections in them; the groups of a fixed collection belong to a field. */
function withParts(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...(property.type === 'collection' ? withParts(property.options as INodeProperties[]) : []),
	]);
}

function rowsOf(properties: INodeProperties[], terms: Terms): Row[] {
	return properties
		.filter(({ type }) => type !== 'notice')
		.flatMap((property) => [
			{
				label: property.displayName,
				name: property.name,
				term: termIn(terms, property.name, property.displayName),
			},
			...choicesOf(property).map(({ name, value }) => ({
				label: name,
				name: String(value),
				term: termIn(terms, `${property.name}=${String(value)}`, name),
				isChoice: true,
			})),
		]);
}

function choicesOf({ type, options }: INodeProperties): INodePropertyOptions[] {
	return type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];
}

function termIn(terms: Terms, key: string, label: string): string {
	const term = terms[key];
	if (term) return term;
	throw new Error(
		`The label '${label}' has no Chinese term: add '${key}' to chineseTerms.json, or 'zh' to the facts`,
	);
}

function table(head: string, rows: Row[]): string {
	const lines = rows.map(
		({ label, term, name, isChoice }) =>
			`| ${isChoice ? '&emsp;' : ''}${label} | ${term} | \`${name}\` |`,
	);
	return [head, ...lines].join('\n');
}
