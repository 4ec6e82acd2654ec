import type { IWebhookFunctions } from 'n8n-workflow';

import { systemClock } from '../client/clock';
import type { WebhookRejection } from './rejection';
import { triggerKey } from './triggerKey';

/** Strangers can post as often as they like; the log is for the user. */
const ONCE_IN_MS = 60_000;

/** When each kind of rejection was last logged, in ms, by trigger and kind. */
const lastLogged = new Map<string, number>();

type Context = Pick<IWebhookFunctions, 'getWorkflow' | 'getNode' | 'logger'>;

/** Writes to n8n's log why a post was not accepted; the same kind for the same trigger once a minute. */
export function logRejection(context: Context, rejection: WebhookRejection): void {
	const { kind, status, message, isOwnFault } = rejection;
	const { id: workflowId } = context.getWorkflow();
	const { name: nodeName } = context.getNode();
	const subject = `${triggerKey(context)}/${kind}`;
	const now = systemClock.monotonic();
	if (now - (lastLogged.get(subject) ?? -Infinity) < ONCE_IN_MS) return;
	lastLogged.set(subject, now);
	context.logger[isOwnFault ? 'error' : 'warn'](
		`A WeChat Pay notification was answered ${status}. ${message}`,
		{
			workflowId,
			nodeName,
		},
	);
}

/** Tells n8n's debug log why a verified notification starts nothing. */
export function logIgnored(context: Context, reason: string): void {
	const { name: nodeName } = context.getNode();
	context.logger.debug(`A WeChat Pay notification was answered 204 and starts nothing: ${reason}`, {
		workflowId: context.getWorkflow().id,
		nodeName,
	});
}
