import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether an AI agent uses the node as its tool. */
export function isCalledByAgent(context: IExecuteFunctions): boolean {
	return isOldTool(context) || context.getNode().type.endsWith('Tool');
}

/** Agents up to version 2 call the tool in a context of its own and show every returned item. */
export function isOldTool(context: IExecuteFunctions): boolean {
	return context.isToolExecution?.() === true;
}
