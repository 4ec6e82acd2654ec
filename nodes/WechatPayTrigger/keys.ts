import type { KeyObject } from 'node:crypto';

import type { IWebhookFunctions } from 'n8n-workflow';

import type { CertificateStore } from '../apiv3/certificateStore';
import { storeOf } from '../apiv3/certificateStore';
import type { CredentialValues } from '../apiv3/credentialValues';
import { CredentialValueError } from '../apiv3/credentialValues';
import { notificationKeys } from '../apiv3/recipient';
import { serialOf } from '../apiv3/verification';
import { checkKeys, downloadCertificates, CertificatesUnavailable } from '../client/certificates';
import { createSession } from '../client/openSession';
import type { Post } from './post';
import { AGAIN, Refusal } from './refusal';

type Keys = ReadonlyMap<string, KeyObject>;

/** WeChat Pay wants its answer within 5 s, and sends the notification again (protocol.md e.3). */
const PATIENCE = { timeout: 4000, retries: 0 };

/**
 * WeChat Pay's keys to verify a post with. Where platform certificates are downloaded and the post names one that is not
 * there yet, they are downloaded again; a stranger can bring that about once in five minutes at most.
 *
 * @throws Refusal where the user has to mend something before the post can be judged
 * @see protocol.md c.5 and e.2
 */
export async function keysFor(
	context: IWebhookFunctions,
	credential: CredentialValues,
	post: Post,
): Promise<Keys> {
	let reason: unknown;
	try {
		const store = storeOf(credential);
		if (store) await fill(store, context, credential, post);
		return notificationKeys(credential);
	} catch (error) {
		reason = error;
	}
	const isTold =
		reason instanceof CertificatesUnavailable || reason instanceof CredentialValueError;
	throw isTold ? new Refusal('credential', `${(reason as Error).message}. ${AGAIN}`) : reason;
}

async function fill(
	store: CertificateStore,
	context: IWebhookFunctions,
	credential: CredentialValues,
	post: Post,
): Promise<void> {
	const serial = serialOf(post)?.toUpperCase() ?? '';
	const isWanted = () => store.isWantedFor(post, notificationKeys(credential));
	let failure: unknown;
	try {
		await store.fillFor(isWanted, async () => {
			return await downloadCertificates(createSession(context, credential, PATIENCE));
		});
	} catch (error) {
		failure = error;
	}
	const keys = notificationKeys(credential);
	// A certificate that is due to be downloaded anew still verifies.
	if (!isWanted() || keys.has(serial)) return;
	if (failure) throw failure as Error;
	if (store.failedLately) throw new CertificatesUnavailable(FAILED_LATELY);
	checkKeys({ keys, certificates: store });
}

const FAILED_LATELY =
	"WeChat Pay's platform certificates could not be downloaded a short while ago, and that is tried once in five minutes";
