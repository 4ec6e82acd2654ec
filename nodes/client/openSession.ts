import { toMerchant } from '../apiv3/merchant';
import type { CredentialValues } from '../apiv3/merchantConfig';
import { provideCertificates, withKeyRefresh } from './certificates';
import { systemClock } from './clock';
import { HostFailover } from './http/hostFailover';
import { RequestDeadlines } from './http/requestDeadlines';
import { RateLimiter } from './rateLimiter';
import type { CredentialSource } from './readCredential';
import { readCredential } from './readCredential';
import { readRequestOptions } from './requestOptions';
import type { Session } from './session';
import { sharedTraffic } from './traffic';

/** What n8n hands to code that sends requests: an execution, the editor's lists, the activation of a trigger. */
export interface SessionContext extends CredentialSource {
	helpers: Session['context']['helpers'];
	/** Of an execution that can be cancelled. */
	getExecutionCancelSignal?(): AbortSignal | undefined;
}

/** Whoever waits for a list or an activation would rather have a message soon. */
const IN_THE_EDITOR = { retries: 1 };

/**
 * Opens a session that is ready to send and to verify.
 *
 * @param options the request options that differ from the defaults; left out, somebody is waiting in the editor
 * @param check what else the credential must keep to, before anything is sent
 * @param endpoint that its requests go to, as far as limits are concerned; they are shared by the process then
 * @throws CredentialValueError, CertificatesUnavailable, RangeError for an option, or what `readCredential` throws
 */
export async function openSession<Context extends SessionContext>(
	context: Context,
	options: unknown = IN_THE_EDITOR,
	check?: (credential: object) => Promise<void>,
	endpoint?: string,
): Promise<Session & { context: Context }> {
	const credential = await readCredential(context);
	await check?.(credential);
	const session = createSession(context, credential, options, endpoint);
	await provideCertificates(session);
	return { ...session, context };
}

/**
 * A session of a credential that was read before; its certificates may still have to be downloaded.
 *
 * @throws CredentialValueError, or RangeError for an option
 */
export function createSession(
	context: Pick<SessionContext, 'helpers' | 'getExecutionCancelSignal'>,
	credential: CredentialValues,
	options?: unknown,
	endpoint?: string,
): Session {
	const requestOptions = readRequestOptions(options);
	const merchant = toMerchant(credential);
	const signal = context.getExecutionCancelSignal?.();
	return withKeyRefresh({
		context,
		credential,
		merchant,
		hosts: new HostFailover(merchant, credential),
		options: requestOptions,
		rateLimiter: new RateLimiter({
			clock: systemClock,
			cap: requestOptions.requestsPerSecond,
			concurrency: requestOptions.concurrency,
			signal,
			traffic: endpoint ? sharedTraffic([merchant.mchid, merchant.baseUrl, endpoint]) : undefined,
		}),
		signal,
		deadlines: new RequestDeadlines(signal),
	});
}
