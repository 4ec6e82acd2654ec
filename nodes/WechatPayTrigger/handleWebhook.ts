import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { rethrow } from '../apiv3/attempt';
import type { CredentialValues } from '../apiv3/merchantConfig';
import { reasonText } from '../client/errors/reason';
import { readCredential } from '../client/readCredential';
import { NotificationDeduplicator } from './deduplicator';
import { matchesEvent } from './events';
import { logRejection } from './logRejection';
import type { Notification } from './notification';
import { decrypt, readEnvelope } from './notification';
import { REDELIVERY_NOTE, WebhookRejection } from './rejection';
import { ignoresRepeats, readEvents } from './triggerParameters';
import { verificationKeys } from './verificationKeys';
import { readWebhookRequest } from './webhookRequest';

/**
 * Takes what was posted to the webhook: answers it, and starts the workflow with a verified notification that it
 * listens to. The response goes out by n8n's response object, since n8n replaces the body of any other. Never throws:
 * n8n would answer with a stack trace and record an execution for every stranger.
 *
 * @returns the item of the notification, or nothing
 * @see docs/protocol.md, Order of checks and docs/protocol.md, Response to a notification
 */
export async function handleWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	try {
		const notification = await processPost(context);
		response.status(204).end();
		if (!notification) return { noWebhookResponse: true };
		return { noWebhookResponse: true, workflowData: [[{ json: toJson(notification) }]] };
	} catch (thrown) {
		const rejection = thrown instanceof WebhookRejection ? thrown : unexpected(thrown);
		logRejection(context, rejection);
		// The sender may be anybody: neither the reason nor what was looked at is disclosed.
		response.status(rejection.status).json({ code: 'FAIL', message: 'Not accepted' });
		return { noWebhookResponse: true };
	}
}

/** @returns the notification to start the workflow with, if it is to start */
async function processPost(context: IWebhookFunctions): Promise<Notification | undefined> {
	const request = readWebhookRequest(context.getRequestObject());
	const credential = await credentialOf(context);
	const envelope = readEnvelope(request, await verificationKeys(context, credential, request));
	if (!matchesEvent(envelope.event_type, readEvents(context))) return undefined;
	const deduplicator = ignoresRepeats(context) ? new NotificationDeduplicator(context) : undefined;
	if (deduplicator?.has(envelope.id)) return undefined;
	const notification = decrypt(envelope, credential);
	// Nothing is awaited since it was looked up, so that of copies that arrive together only one gets here.
	deduplicator?.add(envelope.id);
	return notification;
}

async function credentialOf(context: IWebhookFunctions): Promise<CredentialValues> {
	return await rethrow(
		async () => await readCredential(context),
		(reason) =>
			new WebhookRejection('credential', `${(reason as Error).message}. ${REDELIVERY_NOTE}`),
	);
}

/** What WeChat Pay left out is left out. */
function toJson(notification: Notification): IDataObject {
	const present = Object.entries(notification).filter(([, value]) => value !== undefined);
	return Object.fromEntries(present) as IDataObject;
}

function unexpected(thrown: unknown): WebhookRejection {
	const text = reasonText(thrown);
	return new WebhookRejection(
		'unforeseen',
		`The WeChat Pay Trigger hit an unexpected condition: ${text}. Please report it.`,
	);
}
