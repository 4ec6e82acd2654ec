import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { anchorOf } from '../../../nodes/action/form/docsPage.ts';
import type { Collection } from '../../../nodes/action/form/fieldLayout.ts';
import { flattenFields, formFields } from '../../../nodes/action/form/fieldLayout.ts';
import { COLLECTION_LABEL, JSON_LABEL } from '../../../nodes/action/form/labels.ts';
import type { Field, Operation, Parameter, Resource } from '../../../nodes/action/spec.ts';
import type { StatementColumn, StatementShape } from '../../../nodes/client/types.ts';
import type { ActionNode } from './catalogue.cts';
import { exampleOutput } from './exampleOutput.cts';

/**
 * docs/operations/<resource>.md: every operation of a resource with its fields, limits, an example of its output, and
 * WeChat Pay's page.
 */
export function resourcePage(node: Pick<ActionNode, 'name'>, resource: Resource): string {
	const contents = resource.operations.map(
		(operation) => `- [${operation.name}](#${anchorOf(operation)}): ${operation.description}`,
	);
	const sections = resource.operations.map((operation) => section(resource, operation));
	return `# ${resource.name}

${resource.description}. Resource \`${resource.value}\` of the **${node.name}** node.

"Name" is the name under which n8n saves the value, indented where it is part of a collection or a group; WeChat Pay's own name follows in brackets where it differs.
Written by \`npm run docs\`. [All operations](README.md)

${contents.join('\n')}

${sections.join('\n')}`;
}

function section(resource: Resource, operation: Operation): string {
	const { method, path, description, docs, partner } = operation;
	const link = docs ? ` ([WeChat Pay's page](${docs}))` : '';
	return [
		`## ${operation.name}`,
		`${description}.`,
		...noticeOf(operation),
		operation.isFree ? 'Method and path are those of the form.' : `\`${method} ${path}\`${link}`,
		...(partner
			? [`With 'Sub-Merchant ID' filled, \`${partner.method} ${partner.path}\` is called instead.`]
			: []),
		fieldsTable(operation),
		retries(operation),
		'An item that leaves by Success:',
		`\`\`\`json\n${JSON.stringify(exampleOutput(resource, operation), null, '\t')}\n\`\`\``,
		...(operation.file?.statement ? [columnsTable(operation.file.statement)] : []),
		'',
	]
		.filter((part) => part !== undefined)
		.join('\n\n');
}

/** What the headers of a file become; of several with one key, the last are older ones. */
function columnsTable(statement: StatementShape): string {
	const rows = (columns: StatementShape['columns']) =>
		Object.entries(columns).map(
			([header, { key, kind }]) => `| ${header} | \`${key}\` | ${KINDS[kind]} |`,
		);
	return [
		'| Column of the file | Key | Value |\n| --- | --- | --- |',
		...rows(statement.columns),
		'\n| Summary of the file | Key | Value |\n| --- | --- | --- |',
		...rows(statement.summary),
		`\nColumns that are not listed keep their header. A value that is empty, or stands for none, is left out.`,
	].join('\n');
}

const KINDS: Record<StatementColumn['kind'], string> = {
	text: 'text',
	goods: 'text, as the merchant gave it',
	number: 'text; left out where it is 0',
	amount: 'fen; a fee may have a fraction',
	time: 'time of China, with its offset',
	count: 'number',
};

/** What the form warns of, and what it leaves to this page. */
function noticeOf({ notice, noticeMore }: Operation): string[] {
	const text = [notice, noticeMore].filter(Boolean).join(' ');
	return text ? [`> ${text}`] : [];
}

function retries({ resendable, method, checkFirst, response, isFree }: Operation): string {
	if (isFree) {
		return "Retried automatically if it is a GET, or with 'Safe to Send Again'. Otherwise never, if the outcome is unknown.";
	}
	const list = response?.uniqueBy ? 'Returns one item for each entry, page by page. ' : '';
	const simple = response?.simplifiedFields
		? "With 'Simplify' off (Options), the item has all of WeChat Pay's fields. "
		: '';
	if (method === 'GET') return `${list}${simple}Retried automatically if no response arrived.`;
	if (resendable) {
		return `${list}${simple}Retried automatically, with the same content, if the outcome is unknown.`;
	}
	return `${list}${simple}Never retried automatically if the outcome is unknown. ${checkFirst}`;
}

/** The fields in the open, then each collection with what is in it, as the form has them. */
function fieldsTable(operation: Operation): string {
	const { fields, takesJson, optional = 'additionalFields' } = operation;
	const rows = (collection?: Collection, depth = 0) => [
		...formFields(operation)
			.filter((part) => part.collection === collection)
			.flatMap(({ field, property }) => rowsOf(field, property, depth)),
		...(takesJson && collection === optional ? [jsonRow(depth)] : []),
	];
	const groups = (['updateFields', 'additionalFields'] as const).flatMap((name) => {
		const content = rows(name, 1);
		const header = `| ${COLLECTION_LABEL[name]} | \`${name}\` | collection | | |`;
		return content.length > 0 ? [header, ...content] : [];
	});
	if (fields.length === 0) return 'This operation has no fields.';
	return [
		'| Field | Name | Type | Required | Limits and values |',
		'| --- | --- | --- | --- | --- |',
		...rows(),
		...groups,
	].join('\n');
}

const indent = (depth: number) => '&emsp;'.repeat(depth);

function jsonRow(depth: number): string {
	return `| ${indent(depth)}${JSON_LABEL} | \`additionalFieldsJson\` | JSON | | fields of WeChat Pay that the form does not have yet |`;
}

function rowsOf(field: Field, property: INodeProperties, depth: number): string[] {
	const name = property.name === field.wireName ? '' : ` (\`${field.wireName}\`)`;
	const cells = [
		`${indent(depth)}${property.displayName}`,
		`\`${property.name}\`${(field as Parameter).in === 'form' ? '' : name}`,
		typeOf(field, property),
		requiredText(field, property),
		limitsOf(field, property).join('; '),
	];
	const parts = flattenFields(field.fields ?? []);
	return [
		`| ${cells.join(' | ')} |`,
		...parts.flatMap((part) => rowsOf(part.field, part.property, depth + 1)),
	];
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
	if (defaultFrom === 'requestNumber') return 'generated if empty';
	if (defaultFrom) return requiredOnWire ? "yes, or the credential's" : "the credential's if empty";
	const [[, values] = []] = Object.entries(displayOptions?.show ?? {});
	if (required && values) return `for ${(values as string[]).join(', ')}`;
	return required || requiredOnWire ? 'yes' : '';
}

function limitsOf(field: Field, property: INodeProperties): string[] {
	const { maxLength, minLength, requiredWith, pattern, pastDay } = field;
	if (pastDay) return [`a day in China before today, at most ${pastDay.months} months ago`];
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
