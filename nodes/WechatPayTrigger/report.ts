import type { IWebhookFunctions } from 'n8n-workflow';

import type { Refusal } from './refusal';

/** Strangers can post as often as they like; the log is for the user. */
const ONCE_IN_MS = 60_000;

/** When each kind of refusal was last told, in ms, by trigger and kind. */
const told = new Map<string, number>();

type Context = Pick<IWebhookFunctions, 'getWorkflow' | 'getNode' | 'logger'>;

/** Tells n8n's log why a post was not accepted; the same kind for the same trigger once a minute. */
export function report(context: Context, refusal: Refusal): void {
	const { kind, status, message, isOwnFault } = refusal;
	const { id: workflowId } = context.getWorkflow();
	const { id, name: nodeName } = context.getNode();
	const subject = `${workflowId}/${id}/${kind}`;
	if (Date.now() - (told.get(subject) ?? 0) < ONCE_IN_MS) return;
	told.set(subject, Date.now());
	context.logger[isOwnFault ? 'error' : 'warn'](
		`A WeChat Pay notification was answered ${status}. ${message}`,
		{
			workflowId,
			nodeName,
		},
	);
}
