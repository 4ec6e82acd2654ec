/** Stand-ins for the nodes of n8n that lead items through a workflow; they decide and pair as n8n's own do. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { handOn, standIn } from '../support/engine/host.cts';

/** By type name. */
export const flowNodes: Record<string, INodeType> = {
	'n8n-nodes-base.stickyNote': handOn('stickyNote'),
	'n8n-nodes-base.scheduleTrigger': handOn('scheduleTrigger'),
	'n8n-nodes-base.manualTrigger': handOn('manualTrigger'),
	'n8n-nodes-base.webhook': handOn('webhook'),
	'n8n-nodes-base.if': ifNode(),
	'n8n-nodes-base.switch': switchNode(),
	'n8n-nodes-base.filter': standIn('filter', async (context) => sorted(context).pass, [
		conditions(),
	]),
	'n8n-nodes-base.merge': merge(),
	'n8n-nodes-base.set': standIn('set', setFields, [
		parameter('assignments', 'assignmentCollection'),
	]),
	'n8n-nodes-base.code': standIn('code', runCode, [parameter('jsCode')]),
	'n8n-nodes-base.stopAndError': standIn('stopAndError', stop, [parameter('errorMessage')]),
};

/** A parameter that the stand-in reads. */
export function parameter(name: string, type: INodeProperties['type'] = 'string'): INodeProperties {
	return { displayName: name, name, type, default: type === 'string' ? '' : {} };
}

function conditions(): INodeProperties {
	return parameter('conditions', 'filter');
}

function ifNode(): INodeType {
	const node = standIn('if', async () => [], [conditions()]);
	node.description.outputs = ['main', 'main'];
	node.execute = async function () {
		const { pass, fail } = sorted(this);
		return [pass, fail];
	};
	return node;
}

/** n8n itself evaluates the conditions. */
function sorted(context: IExecuteFunctions) {
	const pass: INodeExecutionData[] = [];
	const fail: INodeExecutionData[] = [];
	for (const [index, item] of context.getInputData().entries()) {
		const isTrue = context.getNodeParameter('conditions', index, false, { extractValue: true });
		(isTrue === true ? pass : fail).push(item);
	}
	return { pass, fail };
}

/** In the mode Rules, without a fallback. */
function switchNode(): INodeType {
	const rule = { name: 'values', displayName: 'values', values: [conditions()] };
	const node = standIn('switch', async () => [], [
		{
			...parameter('rules', 'fixedCollection'),
			typeOptions: { multipleValues: true },
			options: [rule],
		},
	]);
	node.execute = async function () {
		const rules = this.getNodeParameter('rules.values', 0) as unknown[];
		const outputs: INodeExecutionData[][] = rules.map(() => []);
		for (const [index, item] of this.getInputData().entries()) {
			const chosen = rules.findIndex((_, rule) => isTrue(this, rule, index));
			outputs[chosen]?.push(item);
		}
		return outputs;
	};
	return node;
}

function isTrue(context: IExecuteFunctions, rule: number, index: number): boolean {
	const name = `rules.values[${rule}].conditions`;
	return context.getNodeParameter(name, index, false, { extractValue: true }) === true;
}

/** In the mode Append. */
function merge(): INodeType {
	const execute = async (context: IExecuteFunctions) => [
		...context.getInputData(0),
		...context.getInputData(1),
	];
	const node = standIn('merge', execute);
	Object.assign(node.description, { inputs: ['main', 'main'], requiredInputs: 1 });
	return node;
}

/** In the mode Run Once for All Items, in JavaScript. */
async function runCode(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const { $, $input } = context.getWorkflowDataProxy(0);
	const work = new Function('$', '$input', String(context.getNodeParameter('jsCode', 0)));
	return work($, $input) as INodeExecutionData[];
}

/** Edit Fields, without other input fields. */
async function setFields(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return context.getInputData().map((_, index) => {
		const { assignments } = context.getNodeParameter('assignments', index) as {
			assignments: Array<{ name: string; value: IDataObject[string] }>;
		};
		return {
			json: Object.fromEntries(assignments.map(({ name, value }) => [name, value])),
			pairedItem: { item: index },
		};
	});
}

async function stop(context: IExecuteFunctions): Promise<never> {
	throw new NodeOperationError(
		context.getNode(),
		String(context.getNodeParameter('errorMessage', 0)),
	);
}
