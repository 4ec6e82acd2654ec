import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { resources } from '../catalogue.cts';
import type { Field, Operation, Parameter, Resource } from '../../nodes/action/spec.ts';
import { exampleOutput } from './exampleOutput.cts';
import { anchorOf } from './operationsTable.cts';

/** docs/operations.md: every operation with its fields, limits, an example of its output, and WeChat Pay's page. */
export function operationsPage(): string {
	const contents = resources.map(
		(resource) =>
			`- **${resource.name}**: ${resource.operations.map((operation) => `[${operation.name}](#${anchorOf(resource.name, operation)})`).join(', ')}`,
	);
	const sections = resources.flatMap((resource) =>
		resource.operations.map((operation) => section(resource, operation)),
	);
	return `# Operations

All ${sections.length} operations of the WeChat Pay node. "Name" is what a workflow saves; WeChat Pay's own name stands in
brackets where it is another. Written by \`npm run docs\` from the specs in \`nodes/WechatPay/operations\`.

${contents.join('\n')}

${sections.join('\n')}`;
}

function section(resource: Resource, operation: Operation): string {
	const { method, path, description, notice, docs, partner } = operation;
	const link = docs ? ` ([WeChat Pay's page](${docs}))` : '';
	return [
		`## ${resource.name}: ${operation.name}`,
		`${description}.`,
		...(notice ? [`> ${notice}`] : []),
		`\`${method} ${path}\`${link}`,
		...(partner
			? [`With 'Sub-Merchant ID' filled, \`${partner.method} ${partner.path}\` is called instead.`]
			: []),
		fieldsTable(operation),
		repeats(operation),
		'An item that leaves by Success:',
		`\`\`\`json\n${JSON.stringify(exampleOutput(resource, operation), null, '\t')}\n\`\`\``,
		'',
	]
		.filter((part) => part !== undefined)
		.join('\n\n');
}

function repeats({ repeatable, method, checkFirst, response }: Operation): string {
	const list = response?.uniqueBy ? 'One item for each entry, page by page. ' : '';
	const simple = response?.simplifiedFields
		? "With 'Simplify' off, all of WeChat Pay's fields are there. "
		: '';
	if (method === 'GET') return `${list}${simple}Repeated by itself where no answer came.`;
	if (repeatable) {
		return `${list}${simple}Repeated by itself with the same content where the outcome is open.`;
	}
	return `${list}${simple}Never repeated by itself where the outcome is open. ${checkFirst}`;
}

function fieldsTable(operation: Operation): string {
	const rows = operation.fields.flatMap((field) => rowsOf(field, operation, 0));
	const json = operation.takesJson
		? [
				'| Additional Fields (JSON) | `additionalFieldsJson` | JSON | | fields that the form does not have yet |',
			]
		: [];
	if (rows.length + json.length === 0) return 'It has no fields.';
	return [
		'| Field | Name | Type | Required | Limits and values |',
		'| --- | --- | --- | --- | --- |',
		...rows,
		...json,
	].join('\n');
}

function rowsOf(field: Field, operation: Operation, depth: number): string[] {
	const { property, fields = [] } = field;
	if (!property) return fields.flatMap((part) => rowsOf(part, operation, depth));
	const indent = '&emsp;'.repeat(depth);
	const name = property.name === field.wireName ? '' : ` (\`${field.wireName}\`)`;
	const cells = [
		`${indent}${property.displayName}`,
		`\`${property.name}\`${(field as Parameter).in === 'form' ? '' : name}`,
		typeOf(field, property),
		requiredText(field, property),
		limitsOf(field, property).join('; '),
	];
	const row = `| ${cells.join(' | ')} |`;
	return [row, ...fields.flatMap((part) => rowsOf(part, operation, depth + 1))];
}

function typeOf({ list, fields, sensitive }: Field, property: INodeProperties): string {
	if (sensitive) return 'text, encrypted before it is sent';
	if (fields) return property.typeOptions?.multipleValues ? 'list' : 'group';
	if (list) return 'list of texts';
	const types: Record<string, string> = {
		number: 'whole number',
		boolean: 'yes or no',
		dateTime: 'date and time',
		options: 'choice',
		multiOptions: 'choices',
	};
	return types[property.type] ?? 'text';
}

function requiredText(
	{ defaultFrom, requiredOnWire }: Field,
	{ required, displayOptions }: INodeProperties,
) {
	if (defaultFrom === 'requestNumber') return 'made for you if empty';
	if (defaultFrom) return requiredOnWire ? "yes, or the credential's" : "the credential's if empty";
	const [[, values] = []] = Object.entries(displayOptions?.show ?? {});
	if (required && values) return `for ${(values as string[]).join(', ')}`;
	return required ? 'yes' : '';
}

function limitsOf(field: Field, property: INodeProperties): string[] {
	const { maxLength, minLength, requiredWith, pattern } = field;
	const { minValue, maxValue } = property.typeOptions ?? {};
	const choices = ['options', 'multiOptions'].includes(property.type)
		? (property.options as INodePropertyOptions[]).map(
				({ name, value }) => `\`${String(value)}\` ${name}`,
			)
		: [];
	return [
		...(minLength !== undefined && minLength > 1 ? [`at least ${minLength} characters`] : []),
		...(maxLength !== undefined ? [`at most ${maxLength} characters`] : []),
		...(pattern
			? [pattern.must.replace(/^must (be |consist of )?/, '').replace(/\|/g, '\\|')]
			: []),
		...(minValue !== undefined ? [`from ${minValue}`] : []),
		...(maxValue !== undefined ? [`up to ${maxValue}`] : []),
		...(requiredWith ? [`goes with \`${requiredWith}\``] : []),
		...(choices.length > 0 ? [choices.join(', ')] : []),
	];
}
