import type { KeyObject } from 'node:crypto';

import { certificateStoreFor } from './certificateStore';
import type { CredentialValues, OwnKeys } from './merchantConfig';
import {
	checkValidity,
	CredentialValueError,
	readApiV3Key,
	readVerificationKeys,
	validKeys,
} from './merchantConfig';

type Keys = ReadonlyMap<string, KeyObject>;

/**
 * The keys of the last few credentials, by the texts they were parsed from, all of them public. n8n decrypts the
 * credential anew for every notification; parsing its keys again would cost more than the signature check.
 */
const parsed = new Map<string, OwnKeys>();

const MAX_PARSED = 50;

/**
 * WeChat Pay's keys, by public key ID or certificate serial number, that notifications are verified with: those of the
 * credential, and the certificates that were downloaded for it. The merchant's own key is not needed for that, and not
 * looked at.
 *
 * @throws CredentialValueError for the first value that can't be used
 * @see docs/protocol.md, Order of checks
 */
export function notificationKeys(credential: CredentialValues): Keys {
	const now = Date.now();
	const own = keysIn(credential);
	checkValidity(own, now);
	return new Map([...validKeys(own, now), ...(certificateStoreFor(credential)?.keys ?? [])]);
}

function keysIn(credential: CredentialValues): OwnKeys {
	const { verification, publicKeyId, publicKey, platformCertificates } = credential;
	const texts = JSON.stringify([verification, publicKeyId, publicKey, platformCertificates]);
	const known = parsed.get(texts);
	if (known) return known;
	const keys = readVerificationKeys(credential);
	const [oldest] = parsed.keys();
	if (parsed.size >= MAX_PARSED) parsed.delete(oldest);
	parsed.set(texts, keys);
	return keys;
}

/**
 * The key that notifications are encrypted with.
 *
 * @throws CredentialValueError when it is empty or can't be one
 * @see docs/protocol.md, Sensitive fields
 */
export function notificationSecret(credential: CredentialValues): string {
	const key = readApiV3Key(credential);
	if (key !== undefined) return key;
	throw new CredentialValueError(
		'apiV3Key',
		'is empty, and notifications are encrypted with it: enter the 32 characters set under API security > APIv3 key in the merchant platform',
	);
}
