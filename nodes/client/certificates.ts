import type { KeyObject } from 'node:crypto';

import type { PlatformCertificate } from '../apiv3/certificateList';
import {
	CertificateListError,
	LIST_PATH,
	certificateSecret,
	isValid,
	readCertificateList,
} from '../apiv3/certificateList';
import type { Merchant } from '../apiv3/merchant';
import { LABEL } from '../apiv3/merchantConfig';
import { serialOf } from '../apiv3/verification';
import { systemClock } from './clock';
import type { FailureDetails } from './errors/requestError';
import { RequestError } from './errors/requestError';
import { ExecutionCancelled, raceCancellation } from './errors/executionCancelled';
import { RequestDeadlines } from './http/requestDeadlines';
import { RateLimiter } from './rateLimiter';
import { sendWithRetries } from './sendWithRetries';
import type { Session } from './session';
import { sharedTraffic } from './traffic';
import type { Request, Response } from './types';
import { isSuccess } from './types';

/** Why there are no platform certificates, and the way out; without its full stop. */
export class CertificatesUnavailable extends Error {
	override readonly name = 'CertificatesUnavailable';

	constructor(
		message: string,
		/** Whether it says nothing about the credential, as where WeChat Pay is not reached. */
		readonly isPassing = false,
	) {
		super(message);
	}
}

/** What a 404 to the list means (docs/protocol.md, Public key and platform certificates). */
export const PUBLIC_KEY_MODE = `This merchant has WeChat Pay's public key and no platform certificates (RESOURCE_NOT_EXISTS): choose the public key in '${LABEL.verification}' of the credential, and download pub_key.pem and its ID under API security in the merchant platform`;

const NONE_VALID =
	"None of WeChat Pay's platform certificates is valid now: set the clock of the machine that runs n8n (NTP)";

/**
 * Sees to it that requests of a merchant can be sent and their answers be verified: downloads WeChat Pay's platform
 * certificates, where that is to be done and was not within 12 hours. A public key, or certificates that are still
 * valid, are enough where WeChat Pay can't be reached for new ones.
 *
 * @throws CertificatesUnavailable, or CredentialValueError for the APIv3 key
 * @see docs/protocol.md, Public key and platform certificates and docs/protocol.md, Platform certificates
 */
export async function provideCertificates(session: Session): Promise<void> {
	const { merchant } = session;
	const { certificates: store } = merchant;
	if (!store) return;
	const canVerify = () => merchant.keys.size > 0;
	if (canVerify() && (store.isFresh || store.failedLately)) return;
	const refresh = async () => {
		await raceCancellation(
			store.refresh(async () => await downloadCertificates(session)),
			session.signal,
		);
		checkKeys(merchant);
	};
	await refresh().catch((reason: unknown) => {
		// Every item then reports that it was not sent.
		if (reason instanceof ExecutionCancelled) return;
		if (reason instanceof CertificatesUnavailable && reason.isPassing && canVerify()) return;
		throw reason;
	});
}

/** @throws CertificatesUnavailable where a merchant has nothing to verify with, though certificates were downloaded */
export function checkKeys({ keys, certificates }: Pick<Merchant, 'keys' | 'certificates'>): void {
	if (keys.size > 0) return;
	throw new CertificatesUnavailable(certificates?.isEmpty ? PUBLIC_KEY_MODE : NONE_VALID);
}

/**
 * Makes a line look for the certificate that a response is signed with, where it does not know it yet, so that the same
 * answer can be verified with it. One that says nothing done needs no signature.
 */
export function withKeyRefresh(session: Omit<Session, 'refreshKeys'>): Session {
	const { certificates: store } = session.merchant;
	const refreshing: Session = {
		...session,
		refreshKeys: async (answer) => {
			if (!store || !isSuccess(answer)) return;
			const { headers, at: now } = answer;
			const isWanted = () => store.needsRefresh({ headers, now }, session.merchant.keys);
			try {
				await raceCancellation(
					store.refreshFor(isWanted, async () => await downloadCertificates(refreshing)),
					session.signal,
				);
			} catch {
				// The response is then judged with the keys that are there.
			}
		},
	};
	return refreshing;
}

/**
 * Asks WeChat Pay for its platform certificates. The work belongs to nobody's execution, for others may wait for it.
 *
 * @returns the certificates, none where the merchant has a public key instead
 * @throws CertificatesUnavailable, or CredentialValueError for the APIv3 key
 */
export async function downloadCertificates(session: Session): Promise<PlatformCertificate[]> {
	const { merchant } = session;
	const secret = certificateSecret(session.credential);
	let listed: PlatformCertificate[] = [];
	const listSession: Session = {
		...session,
		merchant: {
			...merchant,
			get keys() {
				return listKeys(merchant, listed, systemClock.now());
			},
		},
		rateLimiter: new RateLimiter({
			clock: systemClock,
			cap: 0,
			traffic: sharedTraffic([merchant.mchid, merchant.baseUrl, LIST_PATH]),
			// WeChat Pay does not wait long for the response to a notification.
			isPatient: session.options.retries > 0,
		}),
		signal: undefined,
		deadlines: new RequestDeadlines(),
		refreshKeys: async (answer) => {
			if (isSuccess(answer) && isVerifiable(answer)) {
				listed = readCertificateList(answer.body, secret, merchant);
			}
		},
	};
	try {
		await sendWithRetries(listSession, certificatesRequest(merchant));
		return listed;
	} catch (error) {
		if (isPublicKeyMode(error)) return [];
		throw explained(error);
	}
}

/** The keys that the list may be signed with: its certificates, and the public key of a merchant who moves to it. */
export function listKeys(
	merchant: Merchant,
	listed: PlatformCertificate[],
	now: number,
): Map<string, KeyObject> {
	const publicKey = [...merchant.keys].filter(([name]) => name.startsWith('PUB_KEY_ID_'));
	const certificates = listed.filter((one) => isValid(one, now));
	return new Map([
		...publicKey,
		...certificates.map((one) => [one.serialNumber, one.publicKey] as const),
	]);
}

/** Whether the headers leave it possible; if not, they tell more than the list does. */
function isVerifiable({ headers, at: now }: Response): boolean {
	return serialOf({ headers, now }) !== undefined;
}

/** It names no key: one that is gone would be refused (docs/protocol.md, Switching to the public key). */
function certificatesRequest({ baseUrl }: Merchant): Request {
	return {
		method: 'GET',
		url: baseUrl + LIST_PATH,
		sent: {},
		identity: {},
		subject: {},
		response: { requiredFields: ['data'] },
		retryPolicy: { method: 'GET', resendable: true, repeatable: true },
	};
}

function isPublicKeyMode(reason: unknown): boolean {
	if (!(reason instanceof RequestError)) return false;
	const { http_status: status, code } = reason.details;
	return status === 404 && code === 'RESOURCE_NOT_EXISTS';
}

function explained(reason: unknown): Error {
	if (reason instanceof CertificateListError) return new CertificatesUnavailable(reason.message);
	if (!(reason instanceof RequestError)) return reason as Error;
	const { details } = reason;
	if (details.code === 'UNKNOWN_SERIAL' || details.code === 'BAD_SIGNATURE') {
		return new CertificatesUnavailable(notSigned().message);
	}
	// There is nothing but this message that could tell WeChat Pay's words.
	const cause = [details.message, details.description].filter(Boolean).join(' ').replace(/\.$/, '');
	return new CertificatesUnavailable(
		`WeChat Pay's platform certificates could not be downloaded. ${cause}`,
		isPassing(details),
	);
}

/** A list that whoever made it could not sign. */
export function notSigned(): CertificateListError {
	return new CertificateListError('it is not signed with any valid certificate in it');
}

/** A refusal that has a code, and a response that does not verify, come again until something is fixed. */
function isPassing({ http_status: status = 0, code }: FailureDetails): boolean {
	if (status === 429) return true;
	return !(status >= 200 && status < 300) && !(status >= 400 && status < 500 && code);
}
