import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { CredentialValues } from '../apiv3/credentialValues';
import { merchantOf } from '../apiv3/merchant';
import { provideCertificates, withKeyRefresh } from './certificates';
import { HostFailover } from './http/hostFailover';
import { RequestDeadlines } from './http/requestDeadlines';
import { RateLimiter } from './rateLimiter';
import type { RequestOptions } from './requestOptions';
import { readRequestOptions } from './requestOptions';
import type { Session } from './session';

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
export async function openSession(caller: Caller): Promise<Session> {
	const credential = (await caller.getCredentials('wechatPayApi')) as CredentialValues &
		ICredentialDataDecryptedObject;
	const session = createSession(caller, credential, { retries: 1 });
	await provideCertificates(session);
	return session;
}

/**
 * @param given the sending options that are not as usual
 * @throws CredentialValueError
 */
export function createSession(
	context: Session['context'],
	credential: CredentialValues,
	given: Partial<RequestOptions>,
): Session {
	const merchant = merchantOf(credential);
	return withKeyRefresh({
		context,
		credential,
		merchant,
		hosts: new HostFailover(merchant, credential),
		options: readRequestOptions(given),
		rateLimiter: new RateLimiter(0),
		deadlines: new RequestDeadlines(),
	});
}
