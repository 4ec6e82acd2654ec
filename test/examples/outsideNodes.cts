/** Stand-ins for the nodes of n8n that speak with the world outside: database, sheet, HTTP, webhook answers. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { standIn } from '../support/engine/host.cts';
import { parameter } from './flowNodes.cts';
import type { Outside } from './outside.cts';

type Work = (context: IExecuteFunctions, outside: Outside) => INodeExecutionData[];

/** By type name. */
export function outsideNodes(outside: Outside): Record<string, INodeType> {
	const node = (name: string, work: Work, parameters: Parameters<typeof standIn>[2]) =>
		standIn(name, async (context) => work(context, outside), parameters);
	const options = parameter('options', 'json');
	return {
		'n8n-nodes-base.postgres': node('postgres', database, [parameter('query'), options]),
		'n8n-nodes-base.googleSheets': node('googleSheets', sheet, [
			parameter('operation'),
			{ ...parameter('columns', 'resourceMapper'), typeOptions: SHEET_COLUMNS },
		]),
		'n8n-nodes-base.httpRequest': node('httpRequest', http, [
			parameter('url'),
			parameter('jsonBody'),
			options,
		]),
		'n8n-nodes-base.emailSend': node('emailSend', askForApproval, [
			parameter('operation'),
			parameter('subject'),
		]),
		'n8n-nodes-base.respondToWebhook': node('respondToWebhook', respond, [
			parameter('respondWith'),
			parameter('responseBody', 'json'),
			options,
		]),
	};
}

const SHEET_COLUMNS = {
	resourceMapper: { mode: 'update', resourceMapperMethod: '' },
} as never;

/** Finds the rows of a query without values or with a response in `found`, and keeps the values of all others. */
function database(context: IExecuteFunctions, outside: Outside): INodeExecutionData[] {
	return context.getInputData().flatMap((_, index) => {
		const pairedItem = { item: index };
		const { queryReplacement: values } = context.getNodeParameter('options', index) as {
			queryReplacement?: unknown[];
		};
		if (values === undefined) return outside.rows.map((json) => ({ json, pairedItem }));
		checkValues(context, String(context.getNodeParameter('query', index)), values);
		const { name } = context.getNode();
		if (name in outside.found) {
			return outside.found[name](values).map((json) => ({ json, pairedItem }));
		}
		(outside.queries[name] ??= []).push(values);
		return [{ json: { success: true }, pairedItem }];
	});
}

/** PostgreSQL wants as many values as the query names, and n8n has none for what is undefined. */
function checkValues(context: IExecuteFunctions, query: string, values: unknown[]): void {
	const named = new Set(query.match(/\$\d+/g)).size;
	if (named === values.length && !values.includes(undefined)) return;
	throw new NodeOperationError(
		context.getNode(),
		`The query names ${named} values, it got ${JSON.stringify(values)}`,
	);
}

function sheet(context: IExecuteFunctions, outside: Outside): INodeExecutionData[] {
	if (context.getNodeParameter('operation', 0) === 'read') {
		return outside.sheet.map((row, index) => ({
			// The header is row 1.
			json: { row_number: index + 2, ...row },
			pairedItem: { item: 0 },
		}));
	}
	return context.getInputData().map((_, index) => {
		const values = { ...(context.getNodeParameter('columns.value', index) as IDataObject) };
		updateRow(context, outside, values);
		(outside.written[context.getNode().name] ??= []).push(values);
		return { json: values, pairedItem: { item: index } };
	});
}

function updateRow(
	context: IExecuteFunctions,
	{ sheet: rows }: Outside,
	{ row_number: number, ...values }: IDataObject,
): void {
	const row = rows[Number(number) - 2];
	const stranger = Object.keys(values).find((name) => !(name in (row ?? {})));
	if (row && stranger === undefined) {
		Object.assign(row, values);
		return;
	}
	throw new NodeOperationError(
		context.getNode(),
		row ? `The sheet has no column ${stranger}` : `The sheet has no row ${String(number)}`,
	);
}

/** Downloads a file, or posts JSON. */
function http(context: IExecuteFunctions, outside: Outside): INodeExecutionData[] {
	return context.getInputData().map((_, index) => {
		const pairedItem = { item: index };
		const { response } = context.getNodeParameter('options', index) as {
			response?: { response: { responseFormat: string } };
		};
		if (response?.response.responseFormat === 'file') {
			return { json: {}, binary: { data: download(context, outside, index) }, pairedItem };
		}
		outside.posted.push(JSON.parse(String(context.getNodeParameter('jsonBody', index))));
		return { json: {}, pairedItem };
	});
}

function download(context: IExecuteFunctions, { files }: Outside, index: number) {
	const url = String(context.getNodeParameter('url', index));
	if (!(url in files)) throw new NodeOperationError(context.getNode(), `404: ${url}`);
	return {
		data: files[url].toString('base64'),
		fileName: url.split('/').pop(),
		mimeType: 'image/png',
	};
}

function respond(context: IExecuteFunctions, outside: Outside): INodeExecutionData[] {
	const items = context.getInputData();
	const { responseCode = 200 } = context.getNodeParameter('options', 0) as {
		responseCode?: number;
	};
	outside.responses.push({ status: responseCode, body: responseBody(context, items) });
	return items;
}

function responseBody(context: IExecuteFunctions, items: INodeExecutionData[]): unknown {
	const respondWith = context.getNodeParameter('respondWith', 0);
	if (respondWith === 'allIncomingItems') return items.map(({ json }) => json);
	if (respondWith === 'binary') return items[0].binary?.data.mimeType;
	return JSON.parse(String(context.getNodeParameter('responseBody', 0)));
}

/** Send and Wait for Response: somebody answers at once. */
function askForApproval(context: IExecuteFunctions, outside: Outside): INodeExecutionData[] {
	if (context.getNodeParameter('operation', 0) !== 'sendAndWait') {
		throw new NodeOperationError(context.getNode(), 'This stand-in only asks');
	}
	return context.getInputData().map((_, index) => {
		outside.questions.push(String(context.getNodeParameter('subject', index)));
		return { json: { data: { approved: outside.approves } }, pairedItem: { item: index } };
	});
}
