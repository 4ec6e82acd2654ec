import type { KeyObject } from 'node:crypto';
import { createHash } from 'node:crypto';

import type { PlatformCertificate } from './certificateList';
import { isValid } from './certificateList';
import type { CredentialValues } from './merchantConfig';
import { downloadsCertificates, readBaseUrl, readMchid, textOf } from './merchantConfig';
import { putLast } from './recentlyUsed';
import { serialOf } from './verification';

/** WeChat Pay asks to download the certificates anew within this time (docs/protocol.md, Platform certificates). */
const KEPT_FOR_MS = 12 * 3600 * 1000;

/**
 * Whoever posts to a trigger can name a key that nobody has: so often it may cost a download (docs/protocol.md,
 * Platform certificates).
 */
const ASKED_ONCE_IN_MS = 5 * 60 * 1000;

/** The downloaded platform certificates of one merchant. */
export class CertificateStore {
	/** The newest first. */
	private certificates: PlatformCertificate[] = [];

	private refreshedAt = -Infinity;

	private failedAt = -Infinity;

	private askedAt = -Infinity;

	/** The download that all who need one wait for. */
	private underWay?: Promise<void>;

	/**
	 * @param now the wall clock, in ms since 1970
	 * @param monotonic time that only moves forward, in ms
	 */
	constructor(
		private readonly now = () => Date.now(),
		private readonly monotonic = () => performance.now(),
	) {}

	/** The keys of the certificates that are valid now, by serial number, the newest first. */
	get keys(): ReadonlyMap<string, KeyObject> {
		const now = this.now();
		const valid = this.certificates.filter((one) => isValid(one, now));
		return new Map(valid.map(({ serialNumber, publicKey }) => [serialNumber, publicKey]));
	}

	/** Whether WeChat Pay listed none, for it has a public key for this merchant. */
	get isEmpty(): boolean {
		return this.certificates.length === 0;
	}

	/** Whether they need not be downloaded anew. */
	get isFresh(): boolean {
		return this.isWithin(KEPT_FOR_MS, this.refreshedAt);
	}

	/** Whether the last download came to nothing a short while ago. */
	get failedLately(): boolean {
		return this.isWithin(ASKED_ONCE_IN_MS, this.failedAt);
	}

	put(certificates: PlatformCertificate[]): void {
		this.certificates = certificates;
		this.refreshedAt = this.monotonic();
	}

	/**
	 * Downloads the certificates, once for all who ask while that is under way. What was there stays where it fails.
	 *
	 * @throws what `download` throws
	 */
	async refresh(download: () => Promise<PlatformCertificate[]>): Promise<void> {
		this.underWay ??= this.runRefresh(download);
		await this.underWay;
	}

	private async runRefresh(download: () => Promise<PlatformCertificate[]>): Promise<void> {
		let hasCome = false;
		try {
			this.put(await download());
			hasCome = true;
		} finally {
			if (!hasCome) this.failedAt = this.monotonic();
			this.underWay = undefined;
		}
	}

	/**
	 * Whether a message may be signed with a certificate that was not there at the last download, or should be verified
	 * with newer ones.
	 *
	 * @param keys all that the merchant has at this moment
	 */
	needsRefresh(
		message: { headers: Readonly<Record<string, unknown>>; now?: number },
		keys: ReadonlyMap<string, KeyObject>,
	): boolean {
		const serial = serialOf(message)?.toUpperCase() ?? '';
		// A public key is in no list of certificates, and neither is what can't be a serial number.
		if (!/^[0-9A-F]{2,40}$/.test(serial)) return false;
		return !keys.has(serial) || !(this.isFresh || this.failedLately);
	}

	/**
	 * Downloads the certificates while a message wants it, but no more than once in five minutes, however that ends:
	 * the message may come from anybody. The first ones, without which none can be verified, do not count.
	 *
	 * @throws what `download` throws
	 */
	async refreshFor(
		isWanted: () => boolean,
		download: () => Promise<PlatformCertificate[]>,
	): Promise<void> {
		while (isWanted()) {
			const isOwn = this.underWay === undefined;
			const isFirst = this.refreshedAt === -Infinity;
			if (isOwn && !this.mayAsk()) return;
			await this.refresh(download);
			if (isOwn && isFirst) this.askedAt = -Infinity;
			// What began before the message came may lack its key.
			if (isOwn) return;
		}
	}

	private mayAsk(): boolean {
		if (this.isWithin(ASKED_ONCE_IN_MS, this.askedAt)) return false;
		this.askedAt = this.monotonic();
		return true;
	}

	private isWithin(ms: number, since: number): boolean {
		return this.monotonic() - since < ms;
	}
}

/** By what tells one merchant from another, hashed since one part of it is a secret; the last used come last. */
const stores = new Map<string, CertificateStore>();

const MAX_STORES = 100;

/**
 * The store of a credential whose certificates are to be downloaded. Another merchant, another host or another APIv3
 * key never gets the same one.
 *
 * @returns undefined where certificates were pasted or are not used
 * @throws CredentialValueError for a merchant ID or a base URL that can't be used
 */
export function certificateStoreFor(credential: CredentialValues): CertificateStore | undefined {
	if (!downloadsCertificates(credential)) return undefined;
	const { mchid, baseUrl, apiV3Key } = credential;
	const parts = [readMchid(mchid), readBaseUrl(baseUrl), textOf(apiV3Key).trim()];
	const name = createHash('sha256').update(JSON.stringify(parts)).digest('base64');
	return putLast(stores, name, stores.get(name) ?? new CertificateStore(), MAX_STORES);
}
