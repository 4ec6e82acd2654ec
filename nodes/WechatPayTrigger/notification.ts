import type { KeyObject } from 'node:crypto';

import { attempt, rethrow } from '../apiv3/attempt';
import type { EncryptedResource } from '../apiv3/cipher';
import { decryptResource } from '../apiv3/cipher';
import { isNestedTooDeep } from '../apiv3/jsonDepth';
import type { CredentialValues } from '../apiv3/merchantConfig';
import { CredentialValueError } from '../apiv3/merchantConfig';
import { notificationSecret } from '../apiv3/notificationKeys';
import { verifyHttp } from '../apiv3/verification';
import { reasonText } from '../client/errors/reason';
import { REDELIVERY_NOTE, WebhookRejection } from './rejection';
import type { WebhookRequest } from './webhookRequest';
import { unverifiedRejection } from './webhookRequest';

/** A notification whose signature fits; what it is about is still encrypted. */
export interface Envelope {
	id: string;
	event_type: string;
	create_time?: string;
	/** Only some events have one. */
	summary?: string;
	resource_type?: string;
	resource: EncryptedResource;
}

/** What starts the workflow. */
export interface Notification extends Omit<Envelope, 'resource'> {
	/** The decrypted data; an `event_type` in it is another one than that of the notification. */
	resource: Record<string, unknown>;
}

/**
 * Verifies a post over its raw bytes and only then reads it.
 *
 * @param keys of WeChat Pay, by public key ID or certificate serial number
 * @throws WebhookRejection where the signature does not fit, or a verified text is no notification
 * @see docs/protocol.md, Order of checks
 */
export function readEnvelope(
	request: WebhookRequest,
	keys: ReadonlyMap<string, KeyObject>,
): Envelope {
	const verified = verifyHttp({ ...request, keys });
	if (!verified.ok) throw unverifiedRejection(verified.reason, request.headers, [...keys.keys()]);
	const envelope = parsed(request.body.toString());
	const { id, event_type: type, resource } = envelope ?? {};
	if (typeof id === 'string' && typeof type === 'string' && isObject(resource)) {
		return envelope as unknown as Envelope;
	}
	throw new WebhookRejection(
		'form',
		`WeChat Pay's notification has another form than documented. ${REPORT}`,
	);
}

const REPORT =
	'Please report it to the maintainers of this node; WeChat Pay sends the notification again, for ten minutes at least.';

/**
 * Decrypts what a notification is about.
 *
 * @throws WebhookRejection where the APIv3 key does not fit, or the data is of another form
 */
export function decrypt(envelope: Envelope, credential: CredentialValues): Notification {
	const { id, event_type, create_time, summary, resource_type, resource } = envelope;
	if (resource.algorithm !== 'AEAD_AES_256_GCM') {
		throw new WebhookRejection(
			'form',
			`The data of a notification is encrypted in another way. ${REPORT}`,
		);
	}
	const text = asRejection(() => decryptResource(resource, notificationSecret(credential)));
	const data = parsed(text);
	if (!data)
		throw new WebhookRejection(
			'form',
			`The data of a notification is not a JSON object. ${REPORT}`,
		);
	if (isNestedTooDeep(data)) {
		throw new WebhookRejection('form', `The data of a notification is nested too deep. ${REPORT}`);
	}
	return { id, event_type, create_time, summary, resource_type, resource: data };
}

/** WeChat Pay sends the notification again, so that it is not lost if this is fixed within the day. */
function asRejection<T>(work: () => T): T {
	return rethrow(work, (reason) => {
		const text = reasonText(reason);
		const where =
			reason instanceof CredentialValueError ? '' : " Check 'APIv3 Key' in the credential.";
		return new WebhookRejection('credential', `${text}.${where} ${REDELIVERY_NOTE}`);
	});
}

function parsed(text: string): Record<string, unknown> | undefined {
	const value = attempt<unknown>(() => JSON.parse(text));
	return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
