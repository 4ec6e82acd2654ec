import type { IHookFunctions } from 'n8n-workflow';

import { singleRequest } from '../action/request/singleRequest';
import { rethrow } from '../apiv3/attempt';
import { notificationSecret } from '../apiv3/notificationKeys';
import { readBoolean } from '../apiv3/readBoolean';
import { nodeError } from '../client/errors/nodeError';
import { printable } from '../client/errors/printable';
import { RequestError } from '../client/errors/requestError';
import { openSession } from '../client/openSession';
import { readObject } from '../client/response/parseResponse';
import { sendWithRetries } from '../client/sendWithRetries';
import type { Session } from '../client/session';
import { getCallback } from '../WechatPayMemberCard/operations/callback/get';
import { publicUrl } from '../WechatPayMemberCard/operations/callback/fields';
import { setCallback } from '../WechatPayMemberCard/operations/callback/set';
import { checkEvents } from './events';
import { isTest, readEvents, registersUrl } from './triggerParameters';

/**
 * Called when the workflow is activated, and when somebody starts to listen in the editor.
 *
 * @returns whether WeChat Pay already sends here, or is not to get the URL
 * @throws NodeOperationError for a credential or a choice that can't be used, and rather than replace another receiver
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await asNodeError(context, async () => {
		// What is wrong with the credential is reported now rather than with the first notification.
		const session = await openSession(context);
		notificationSecret(session.credential);
		if (readEvents(context).length === 0) {
			throw new Error("'Events' is empty: choose what starts the workflow.");
		}
		checkEvents(readEvents(context));
		if (!registersUrl(context)) return true;
		const url = productionUrl(context);
		const present = await presentUrl(context, session);
		if (present === url) return rememberUrl(context, url);
		if (present !== undefined) warnBeforeReplacing(context, present);
		return false;
	});
}

/** Tells WeChat Pay to send the merchant's member-card notifications to the production URL. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await asNodeError(context, async () => {
		const session = await openSession(context);
		const notifyUrl = productionUrl(context);
		await sendWithRetries(session, singleRequest(session, setCallback, { notifyUrl }, context));
		return rememberUrl(context, notifyUrl);
	});
}

/**
 * WeChat Pay has no way to end its notifications but another URL, and which one that should be only the merchant knows:
 * nothing is changed. n8n calls this as well after an activation that did not succeed.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const staticData = context.getWorkflowStaticData('node');
	const { registered } = staticData;
	if (registered !== undefined && !isTest(context)) {
		delete staticData.registered;
		context.logger.info(
			`WeChat Pay goes on sending the merchant's member-card notifications to ${printable(String(registered), MAX_URL_LENGTH)}. To have them elsewhere, use Callback: Set of the WeChat Pay Member Card node.`,
		);
	}
	return true;
}

function rememberUrl(context: IHookFunctions, url: string): true {
	context.getWorkflowStaticData('node').registered = url;
	return true;
}

function productionUrl(context: IHookFunctions): string {
	if (!context.getNode().webhookId) {
		throw new Error(
			'The workflow was imported without the ID of its webhook, so that n8n answers 404 at the URL of this trigger: copy the trigger in the editor, paste it, delete the old one, and activate the workflow again.',
		);
	}
	const url = context.getNodeWebhookUrl('default') ?? '';
	if (publicUrl.regex.test(url)) return url;
	throw new Error(
		`WeChat Pay can't reach ${withoutLogin(url)}: the URL ${publicUrl.must}. Set WEBHOOK_URL of n8n to its public address, then activate the workflow again.`,
	);
}

function withoutLogin(url: string): string {
	return printable(url.replace(/\/\/[^/]*@/, '//'), MAX_URL_LENGTH);
}

/** As long as WeChat Pay's own limit. */
const MAX_URL_LENGTH = 256;

/** WeChat Pay's response until the first URL is set. */
const NONE_YET = 'RESOURCE_NOT_EXISTS';

async function presentUrl(context: IHookFunctions, session: Session): Promise<string | undefined> {
	const request = singleRequest(session, getCallback, {}, context);
	try {
		const { notify_url: url } = readObject(await sendWithRetries(session, request), request);
		return String(url ?? '') || undefined;
	} catch (error) {
		if (error instanceof RequestError && error.details.code === NONE_YET) return undefined;
		throw nodeError(context.getNode(), error);
	}
}

function warnBeforeReplacing(context: IHookFunctions, presentUrl: string): void {
	const present = printable(presentUrl, MAX_URL_LENGTH);
	if (readBoolean(context.getNodeParameter('replacePresent', false)) === true) {
		context.logger.warn(
			`The merchant's callback URL at WeChat Pay is being replaced; it was ${present}.`,
		);
		return;
	}
	throw new Error(
		`WeChat Pay sends this merchant's member-card notifications to ${present}, and a merchant has one such URL. If nothing else needs them, turn on 'Replace Present URL' and activate again; otherwise have that receiver pass them on.`,
	);
}

async function asNodeError<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	return await rethrow(work, (reason) => nodeError(context.getNode(), reason));
}
