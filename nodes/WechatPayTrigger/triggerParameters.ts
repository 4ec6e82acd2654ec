import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readBoolean } from '../apiv3/readBoolean';
import { chosenEvents } from './events';

/** The events that start the workflow, in upper case; none where nothing was chosen. */
export function readEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	return chosenEvents(
		context.getNodeParameter('events', []),
		context.getNodeParameter('moreEvents', []),
		context.getNodeParameter('otherEvents', ''),
	);
}

/** Whoever listens in the editor may send the same notification as often as it takes. */
export function ignoresRepeats(context: IWebhookFunctions): boolean {
	// Off only where somebody turned it off: a repeat that starts the workflow again may pay or book twice.
	return (
		context.getMode() !== 'manual' &&
		readBoolean(context.getNodeParameter('ignoreRepeats', true)) !== false
	);
}

/** Whether the decrypted data stands at the top of the item. */
export function isSimplified(context: IWebhookFunctions): boolean {
	return readBoolean(context.getNodeParameter('simplify', false)) === true;
}

/** Whether the webhook is there for somebody who listens in the editor. */
export function isTest(context: IHookFunctions): boolean {
	return context.getMode() === 'manual' || context.getActivationMode() === 'manual';
}

/** A merchant has one callback URL: a test never touches it. */
export function registersUrl(context: IHookFunctions): boolean {
	return !isTest(context) && context.getNodeParameter('callbackUrl', 'byHand') === 'register';
}
