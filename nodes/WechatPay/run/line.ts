import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { CredentialValues } from '../../apiv3/credentialValues';
import { merchantOf } from '../../apiv3/merchant';
import type { Request } from '../../client/types';
import type { Operation, StandIn } from '../operations/types';
import type { Line } from './exchange';
import { Hosts } from './hosts';
import { InFlight } from './inFlight';
import { Pace } from './pace';
import { provideCertificates, withLearning } from './platformCertificates';
import { buildRequest, checkValues } from './request';
import type { SendingOptions } from './sendingOptions';
import { readOptions } from './sendingOptions';
import type { Values } from './values';

/** Where n8n calls a node outside of an execution: the lists of the editor, the activation of a trigger. */
interface Caller {
	helpers: Line['context']['helpers'];
	getCredentials(type: string): Promise<object>;
	getTimezone(): string;
}

/**
 * A line for single requests while somebody is waiting.
 *
 * @throws CredentialValueError, NoCertificates, or what n8n throws where the credential can't be read
 */
export async function openLine(caller: Caller): Promise<Line> {
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
	context: Line['context'],
	credential: CredentialValues,
	given: Partial<SendingOptions>,
): Line {
	const merchant = merchantOf(credential);
	return withLearning({
		context,
		credential,
		merchant,
		hosts: new Hosts(merchant, credential),
		options: readOptions(given),
		pace: new Pace(0),
		inFlight: new InFlight(),
	});
}

/**
 * The request of an operation with values that no item gave.
 *
 * @param form by parameter name, as in the form
 * @throws ItemFailure for a value that can't be sent
 */
export function requestFor(
	{ merchant }: Line,
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
