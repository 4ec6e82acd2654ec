import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { chosenEvents } from './events';

/** The events that start the workflow, in upper case; none where nothing was chosen. */
export function readEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	const chosen = context.getNodeParameter('events', []) as string[];
	return chosenEvents(chosen, context.getNodeParameter('otherEvents', '') as string);
}

/** Whoever listens in the editor may send the same notification as often as it takes. */
export function ignoresRepeats(context: IWebhookFunctions): boolean {
	return context.getMode() !== 'manual' && context.getNodeParameter('ignoreRepeats', true) === true;
}

/** A merchant has one callback URL: a test never touches it. */
export function registers(context: IHookFunctions): boolean {
	const isTest = context.getMode() === 'manual' || context.getActivationMode() === 'manual';
	return !isTest && context.getNodeParameter('callbackUrl') === 'register';
}
