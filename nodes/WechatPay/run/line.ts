import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { CredentialValues } from '../../apiv3/credentialValues';
import { merchantOf } from '../../apiv3/merchant';
import { HostFailover } from '../../client/http/hostFailover';
import { RequestDeadlines } from '../../client/http/requestDeadlines';
import type { Request } from '../../client/types';
import type { Operation, StandIn } from '../operations/types';
import { Pace } from './pace';
import { provideCertificates, withKeyRefresh } from './platformCertificates';
import { buildRequest, checkValues } from './request';
import type { SendingOptions } from './sendingOptions';
import { readOptions } from './sendingOptions';
import type { Session } from './session';
import type { Values } from './values';

/** Where n8n calls a node outside of an execution: the lists of the editor, the activation of a trigger. */
interface Caller {
	helpers: Session['context']['helpers'];
	getCredentials(type: string): Promise<object>;
	getTimezone(): string;
}

/**
 * A line for single requests while somebody is waiting.
 *
 * @throws CredentialValueError, NoCertificates, or what n8n throws where the credential can't be read
 */
export async function openLine(caller: Caller): Promise<Session> {
	const credential = (await caller.getCredentials('wechatPayApi')) as CredentialValues &
		ICredentialDataDecryptedObject;
	const line = lineOf(caller, credential, { retries: 1 });
	await provideCertificates(line);
	return line;
}

/**
 * @param given the sending options that are not as usual
 * @throws CredentialValueError
 */
export function lineOf(
	context: Session['context'],
	credential: CredentialValues,
	given: Partial<SendingOptions>,
): Session {
	const merchant = merchantOf(credential);
	return withKeyRefresh({
		context,
		credential,
		merchant,
		hosts: new HostFailover(merchant, credential),
		options: readOptions(given),
		pace: new Pace(0),
		deadlines: new RequestDeadlines(),
	});
}

/**
 * The request of an operation with values that no item gave.
 *
 * @param form by parameter name, as in the form
 * @throws ItemFailure for a value that can't be sent
 */
export function requestFor(
	{ merchant }: Session,
	operation: Operation,
	form: Values,
	caller: Caller,
): Request {
	const setting = {
		timezone: caller.getTimezone(),
		standIn: (kind: StandIn) => (kind === 'requestNumber' ? undefined : merchant[kind]),
	};
	return buildRequest(operation, checkValues(operation, form, setting, 0), merchant, 0);
}
