import type { KeyObject } from 'node:crypto';

import type { IWebhookFunctions } from 'n8n-workflow';

import { rethrow } from '../apiv3/attempt';
import type { CertificateStore } from '../apiv3/certificateStore';
import { certificateStoreFor } from '../apiv3/certificateStore';
import type { CredentialValues } from '../apiv3/merchantConfig';
import { CredentialValueError } from '../apiv3/merchantConfig';
import { notificationKeys } from '../apiv3/notificationKeys';
import { serialOf } from '../apiv3/verification';
import { checkKeys, downloadCertificates, CertificatesUnavailable } from '../client/certificates';
import { createSession } from '../client/openSession';
import { REDELIVERY_NOTE, WebhookRejection } from './rejection';
import type { WebhookRequest } from './webhookRequest';

type Keys = ReadonlyMap<string, KeyObject>;

/**
 * WeChat Pay wants its response within 5 s, and sends the notification again (docs/protocol.md, Response to a
 * notification).
 */
const WEBHOOK_BUDGET_MS = 4000;

/**
 * WeChat Pay's keys to verify a post with. Where platform certificates are downloaded and the post names one that is
 * not there yet, they are downloaded again; a stranger can bring that about once in five minutes at most.
 *
 * @throws WebhookRejection where the user has to fix something before the post can be judged
 * @see docs/protocol.md, Platform certificates and docs/protocol.md, Order of checks
 */
export async function verificationKeys(
	context: IWebhookFunctions,
	credential: CredentialValues,
	request: WebhookRequest,
): Promise<Keys> {
	const readKeys = async () => {
		const store = certificateStoreFor(credential);
		if (store) await refreshFor(store, context, credential, request);
		return notificationKeys(credential);
	};
	return await rethrow(readKeys, (reason) =>
		reason instanceof CertificatesUnavailable || reason instanceof CredentialValueError
			? new WebhookRejection('credential', `${reason.message}. ${REDELIVERY_NOTE}`)
			: (reason as Error),
	);
}

async function refreshFor(
	store: CertificateStore,
	context: IWebhookFunctions,
	credential: CredentialValues,
	request: WebhookRequest,
): Promise<void> {
	const serial = serialOf(request)?.toUpperCase() ?? '';
	const isWanted = () => store.needsRefresh(request, notificationKeys(credential));
	const options = { timeout: WEBHOOK_BUDGET_MS, retries: 0 };
	const download = async () =>
		await downloadCertificates(createSession(context, credential, options));
	const failure: unknown = await store.refreshFor(isWanted, download).then(
		() => undefined,
		(reason: unknown) => reason,
	);
	const keys = notificationKeys(credential);
	// A certificate that is due to be downloaded anew still verifies.
	if (!isWanted() || keys.has(serial)) return;
	if (failure) throw failure as Error;
	if (store.failedLately) throw new CertificatesUnavailable(FAILED_LATELY);
	checkKeys({ keys, certificates: store });
}

const FAILED_LATELY =
	"WeChat Pay's platform certificates could not be downloaded a short while ago, and that is tried once in five minutes";
