import type { IWebhookFunctions } from 'n8n-workflow';

/** @returns what names a trigger node among all workflows of an n8n */
export function triggerKey(context: Pick<IWebhookFunctions, 'getWorkflow' | 'getNode'>): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}
