import type { KeyObject } from 'node:crypto';

import type { CertificateStore } from './certificateStore';
import { certificateStoreFor } from './certificateStore';
import type { CredentialValues, OwnKeys } from './merchantConfig';
import {
	readBackupUrl,
	readBaseUrl,
	readMchid,
	readMerchantPair,
	checkValidity,
	readVerificationKeys,
	textOf,
	validKeys,
} from './merchantConfig';
import { authorizationInBackground } from './signature';

/** WeChat Pay refuses requests without a User-Agent (docs/protocol.md, Request headers). */
export const USER_AGENT = 'n8n-nodes-wechatpay/0.2.0';

/** A merchant ready to sign and to verify: the credential with its keys parsed. */
export interface Merchant {
	mchid: string;
	/** Serial number of the merchant's certificate. */
	serialNo: string;
	privateKey: KeyObject;
	/** WeChat Pay's keys by public key ID or certificate serial number, as they are known at this moment. */
	readonly keys: ReadonlyMap<string, KeyObject>;
	/**
	 * The name of the key that WeChat Pay is asked to answer with (docs/protocol.md, Wechatpay-Serial); absent as long as
	 * its certificates have not been downloaded.
	 */
	readonly wechatPaySerial?: string;
	/** Those of the credential, whether they are valid or not. */
	ownKeys?: OwnKeys;
	/** Where its certificates are kept, if they are downloaded. */
	certificates?: CertificateStore;
	/** The merchant's WeChat Pay brand, and the service account of its cards, if the credential has them. */
	brandId?: string;
	appid?: string;
	/**
	 * Origin without a path: a prefix would be signed by us and not be seen by WeChat Pay (docs/protocol.md, URL bytes).
	 */
	baseUrl: string;
	/** Origin of the host for when that one can't be reached, if there is one. */
	backupUrl?: string;
}

const parsed = new WeakMap<object, Merchant>();

/**
 * The merchant of a decrypted credential. Parsing keys costs more than signing, so the same object is parsed only
 * once; it is forgotten together with the object.
 *
 * @throws CredentialValueError for the first value that can't be used
 */
export function toMerchant(credential: CredentialValues): Merchant {
	const known = parsed.get(credential);
	if (known) return known;
	const merchant = readMerchant(credential);
	parsed.set(credential, merchant);
	return merchant;
}

function readMerchant(credential: CredentialValues): Merchant {
	const mchid = readMchid(credential.mchid);
	const { serialNo, privateKey } = readMerchantPair(credential);
	const ownKeys = readVerificationKeys(credential, { serialNo, privateKey });
	checkValidity(ownKeys, Date.now());
	const certificates = certificateStoreFor(credential);
	return {
		mchid,
		serialNo,
		privateKey,
		get keys() {
			return new Map([...validKeys(ownKeys, Date.now()), ...(certificates?.keys ?? [])]);
		},
		get wechatPaySerial() {
			const [first] = this.keys.keys();
			return first;
		},
		ownKeys,
		certificates,
		brandId: textOf(credential.brandId) || undefined,
		appid: textOf(credential.appid) || undefined,
		baseUrl: readBaseUrl(credential.baseUrl),
		backupUrl: readBackupUrl(credential),
	};
}

/**
 * The headers of a signed request; they leave nothing for n8n to add.
 *
 * @param request.url absolute, as it will be sent
 * @param request.body the exact bytes or text to sign, which is what will be sent (of an upload, its description);
 *   absent for a request without a body
 * @param request.contentType of a body that is not JSON
 * @param request.wechatPaySerial names another key of WeChat Pay than the merchant would; empty for none
 * @see docs/protocol.md, Authorization header and docs/protocol.md, Request headers
 */
export async function signedHeaders(
	merchant: Merchant,
	request: {
		method: string;
		url: string;
		body?: string | Buffer;
		contentType?: string;
		wechatPaySerial?: string;
	},
): Promise<Record<string, string>> {
	const { contentType = 'application/json', wechatPaySerial = merchant.wechatPaySerial } = request;
	return {
		Authorization: await authorizationInBackground({ ...merchant, ...request }),
		...(wechatPaySerial ? { 'Wechatpay-Serial': wechatPaySerial } : {}),
		Accept: 'application/json',
		'User-Agent': USER_AGENT,
		// Where it is left out, n8n calls even an empty POST a form.
		...(/^(GET|HEAD)$/i.test(request.method) ? {} : { 'Content-Type': contentType }),
	};
}
