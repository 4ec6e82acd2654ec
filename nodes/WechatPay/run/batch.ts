import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import type { CredentialValues } from '../../apiv3/credentialValues';
import { merchantOf } from '../../apiv3/merchant';
import { provideCertificates, withKeyRefresh } from '../../client/certificates';
import { notSent } from '../../client/errors/requestError';
import { HostFailover } from '../../client/http/hostFailover';
import { RequestDeadlines } from '../../client/http/requestDeadlines';
import { RateLimiter } from '../../client/rateLimiter';
import { readRequestOptions } from '../../client/requestOptions';
import type { Session } from '../../client/session';
import type { Operation } from '../operations/types';
import { operationNamed } from './description';
import type { ParameterPlan } from './parameters';
import { planParameters } from './parameters';
import { requestNumbers } from './requestNumber';
import { Turns } from './turns';

/** What all items of one execution share. */
export interface Batch extends Session {
	context: IExecuteFunctions;
	operation: Operation;
	parameters: ParameterPlan;
	/** Of the workflow. */
	timezone: string;
	/** A number of our own for the request of an item. */
	requestNumber: (index: number) => string;
	turns: Turns;
}

/**
 * Reads what all items share.
 *
 * @throws ItemFailure (`not_sent`) for a credential or an option that can't be used, or where WeChat Pay's certificates
 *   can't be had: it holds for every item, and the items themselves are fine
 */
export async function openBatch(context: IExecuteFunctions): Promise<Batch> {
	const operation = await orNotSent(() =>
		operationNamed(
			context.getNodeParameter('resource', 0),
			context.getNodeParameter('operation', 0),
		),
	);
	const parameters = await orNotSent(() => planParameters(context, operation));
	const options = await orNotSent(() =>
		readRequestOptions(context.getNodeParameter('options', 0, {})),
	);
	const credential = await readCredential(context);
	const merchant = await orNotSent(() => merchantOf(credential));
	const signal = context.getExecutionCancelSignal?.();
	const rateLimiter = new RateLimiter(options.requestsPerSecond, signal);
	const inFlight = new RequestDeadlines(signal);
	const hosts = new HostFailover(merchant, credential);
	const session = withKeyRefresh({
		context,
		credential,
		merchant,
		hosts,
		options,
		rateLimiter,
		deadlines: inFlight,
	});
	await orNotSent(async () => await provideCertificates(session));
	return {
		...session,
		context,
		operation,
		parameters,
		timezone: context.getTimezone(),
		requestNumber: requestNumbers(context),
		turns: new Turns(),
	};
}

async function readCredential(context: IExecuteFunctions): Promise<CredentialValues> {
	let reason: unknown;
	try {
		return await context.getCredentials<ICredentialDataDecryptedObject>('wechatPayApi');
	} catch (error) {
		reason = error;
	}
	throw notSent(
		`The WeChat Pay credential can't be read: ${textOf(reason)} Select the credential in the node, or enter its values again.`,
		{ repeatable: true },
	);
}

/** Whatever is wrong here was found before anything was sent for an item. */
async function orNotSent<T>(work: () => T | Promise<T>): Promise<T> {
	let reason: unknown;
	try {
		return await work();
	} catch (error) {
		reason = error;
	}
	throw notSent(textOf(reason), { repeatable: true });
}

function textOf(reason: unknown): string {
	const text = reason instanceof Error ? reason.message : String(reason);
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
