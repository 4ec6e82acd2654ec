/** The smallest workflow around any operation: items in, one branch each for Success and Error. */
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { EngineOptions, Execution } from './engine.cts';
import type { WorkflowJson } from './host.cts';
import { runWorkflow } from './engine.cts';
import { formFields } from '../../../nodes/action/form/fieldLayout.ts';
import { extraProperties } from '../../../nodes/action/form/nodeProperties.ts';
import { nodeWith, operationOf } from '../catalogue.cts';
import { WECHAT_PAY, WECHAT_PAY_MEMBER_CARD } from './host.cts';

export interface OperationRun extends Omit<EngineOptions, 'workflow' | 'start' | 'items'> {
	resource: string;
	operation: string;
	/** As a workflow saves them, but that a resource locator may be plain text, and collections may be left out. */
	parameters?: IDataObject;
	/** Default: one empty item. */
	items?: INodeExecutionData[];
	options?: IDataObject;
	/** Default: the error output. */
	onError?: INode['onError'];
	settings?: Partial<INode>;
}

export const INPUT = 'Input';
export const WECHAT = 'WeChat Pay';

/** Success and Error of our node. */
export const SUCCESS = 0;
export const ERROR = 1;

const LOCATORS = ['cardId', 'activityId', 'path'];

/** @returns the execution; `json(WECHAT, SUCCESS)` left by Success, `json(WECHAT, ERROR)` by Error */
export async function runOperation(run: OperationRun): Promise<Execution> {
	return await runWorkflow({
		...run,
		workflow: operationWorkflow(run),
		start: INPUT,
		items: run.items ?? [{ json: {} }],
	});
}

/** The workflow itself, as for the editor's own calls. */
export function operationWorkflow(
	run: Pick<OperationRun, 'resource' | 'operation' | 'parameters' | 'options'> &
		Pick<Partial<OperationRun>, 'onError' | 'settings'>,
): WorkflowJson {
	const { resource, operation, parameters: given = {}, options = {} } = run;
	const { options: placed = {}, ...parameters } = inPlace(resource, operation, given);
	return {
		nodes: [
			node(INPUT, 'test.input'),
			node(WECHAT, typeWith(resource), {
				onError: run.onError ?? 'continueErrorOutput',
				credentials: { wechatPayApi: { id: '1', name: 'WeChat Pay' } },
				parameters: {
					resource,
					operation,
					options: { ...options, ...(placed as IDataObject) },
					...located(parameters),
				} as INode['parameters'],
				...run.settings,
			}),
		],
		connections: { [INPUT]: { main: [[{ node: WECHAT, type: 'main', index: 0 }]] } },
	};
}

/** The type of the node that has a resource. */
function typeWith(resource: string): string {
	return nodeWith(resource) === 'wechatPay' ? WECHAT_PAY : WECHAT_PAY_MEMBER_CARD;
}

/** @returns the parameters with every field in the collection where the form of the operation has it */
export function inPlace(resource: string, operation: string, parameters: IDataObject): IDataObject {
	const found = operationOf(resource, operation);
	if (!found) return parameters;
	const parts = [...formFields(found), ...extraProperties(found)];
	const collectionOf = (name: string) =>
		parts.find(({ property }) => property.name === name)?.collection;
	const entries = Object.entries(parameters);
	const placed = Object.fromEntries(entries.filter(([name]) => !collectionOf(name)));
	for (const [name, value] of entries) {
		const collection = collectionOf(name);
		if (collection) placed[collection] = { ...(placed[collection] as object), [name]: value };
	}
	return placed;
}

/** Plain text in the place of a resource locator becomes one, in collections, too. */
function located(parameters: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => {
			if (LOCATORS.includes(name) && typeof value === 'string') {
				return [name, { __rl: true, mode: 'id', value }];
			}
			const isCollection = ['additionalFields', 'updateFields'].includes(name);
			return [name, isCollection ? located(value as IDataObject) : value];
		}),
	);
}

function node(name: string, type: string, extra: Partial<INode> = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...extra };
}
