import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { rethrow } from '../apiv3/attempt';
import type { CredentialValues } from '../apiv3/merchantConfig';
import { reasonText } from '../client/errors/reason';
import { readCredential } from '../client/readCredential';
import { printable } from '../client/errors/printable';
import { NotificationDeduplicator } from './deduplicator';
import { matchesEvent } from './events';
import { logIgnored, logRejection } from './logRejection';
import type { Notification } from './notification';
import { decrypt, readEnvelope } from './notification';
import { REDELIVERY_NOTE, WebhookRejection } from './rejection';
import { ignoresRepeats, isSimplified, readEvents } from './triggerParameters';
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
		return {
			noWebhookResponse: true,
			workflowData: [[{ json: toJson(notification, isSimplified(context)) }]],
		};
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
	const event = printable(envelope.event_type);
	if (!matchesEvent(envelope.event_type, readEvents(context))) {
		logIgnored(context, `its event ${event} is not among the events that the node listens to.`);
		return undefined;
	}
	const deduplicator = ignoresRepeats(context) ? new NotificationDeduplicator(context) : undefined;
	if (deduplicator?.has(envelope.id)) {
		logIgnored(context, `${event} ${printable(envelope.id)} has started the workflow before.`);
		return undefined;
	}
	const notification = decrypt(envelope, credential);
	// Nothing is awaited since it was looked up, so that of copies that arrive together only one gets here.
	deduplicator?.add(envelope.id);
	return notification;
}

async function credentialOf(context: IWebhookFunctions): Promise<CredentialValues> {
	return await rethrow(
		async () => await readCredential(context),
		(reason) =>
			new WebhookRejection(
				'credential',
				`${printable((reason as Error).message, 500)}. ${REDELIVERY_NOTE}`,
			),
	);
}

/**
 * What WeChat Pay left out is left out.
 *
 * @param simplified whether what the notification is about comes first, and all else under `notification`
 */
function toJson(notification: Notification, simplified: boolean): IDataObject {
	const given = Object.entries(notification).filter(([, value]) => value !== undefined);
	if (!simplified) return Object.fromEntries(given) as IDataObject;
	const about = Object.fromEntries(given.filter(([name]) => name !== 'resource'));
	return { ...(notification.resource as IDataObject), notification: about as IDataObject };
}

function unexpected(thrown: unknown): WebhookRejection {
	const text = printable(reasonText(thrown), 500);
	return new WebhookRejection(
		'unforeseen',
		`The WeChat Pay Trigger hit an unexpected condition: ${text}. Please report it.`,
	);
}
