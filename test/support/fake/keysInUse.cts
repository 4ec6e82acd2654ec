/** Which of WeChat Pay's keys a merchant meets: this changes while certificates rotate or the merchant migrates. */
import { PLATFORM_A, PLATFORM_B, type PlatformCertificate, type SigningKey } from './keys.cts';

export type KeyFamily = 'publicKey' | 'platformCertificate';

/** An entry of the list of certificates, as it is sent. */
export interface CertificateEntry {
	serial_no: string;
	effective_time: string;
	expire_time: string;
	encrypt_certificate: {
		algorithm: string;
		nonce: string;
		associated_data: string;
		ciphertext: string;
	};
}

export interface KeysInUse {
	/** Which key family signs; default: as the request's Wechatpay-Serial asks (`answerKey`). */
	signs?: KeyFamily;
	/** The certificates that GET /v3/certificates lists and that a request may name; at least one. */
	listed: PlatformCertificate[];
	/** What signs where it is not the public key that was asked for, listed or not; default: the named certificate, or the first. */
	signing?: SigningKey;
	/** What is sent in place of the list's `data`. */
	editList?: (data: CertificateEntry[]) => unknown;
}

export const USUAL_KEYS: KeysInUse = { listed: [PLATFORM_A, PLATFORM_B] };
