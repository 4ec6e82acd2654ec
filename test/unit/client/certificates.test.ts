/** What a download of certificates that fails means, without a network; test/engine/certificates has it on the wire. */
import { CertificateStore } from '../../../nodes/apiv3/certificateStore';
import type { CredentialValues } from '../../../nodes/apiv3/merchantConfig';
import { toMerchant } from '../../../nodes/apiv3/merchant';
import type { Session } from '../../../nodes/client/session';
import { HostFailover } from '../../../nodes/client/http/hostFailover';
import { RequestDeadlines } from '../../../nodes/client/http/requestDeadlines';
import { systemClock } from '../../../nodes/client/clock';
import { RateLimiter } from '../../../nodes/client/rateLimiter';
import {
	checkKeys,
	listKeys,
	CertificatesUnavailable,
	downloadCertificates,
	provideCertificates,
	withKeyRefresh,
} from '../../../nodes/client/certificates';
import { VirtualClock } from '../../support/virtualClock.cts';
import { listBody, readList } from '../apiv3/listed';
import { signatureHeaders } from '../../support/fake/answer.cts';
import {
	CREDENTIAL,
	PLATFORM_A,
	PLATFORM_B,
	PLATFORM_EXPIRED,
	PUBLIC_KEY,
} from '../../support/fake/keys.cts';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

// Simulated minutes take seconds where the machine is busy.
jest.setTimeout(60_000);

/** A response to the request for the list, or what the connection ended with. */
type Came = { statusCode: number; headers?: object; body?: Buffer | string } | Error;

const refusal = (statusCode: number, code?: string): Came => ({
	statusCode,
	body: JSON.stringify(code ? { code, message: '说明' } : {}),
});

/** The list of these certificates, signed with the first one. */
function list(certificates = [PLATFORM_A], body = listBody(certificates)): Came {
	const now = Math.floor(Date.now() / 1000);
	const headers = signatureHeaders(body, certificates[0], now);
	return { statusCode: 200, headers, body };
}

let merchants = 0;

/** A line of a merchant that nobody has downloaded for yet. */
function lineFor(verification: string, came: Came, changes: CredentialValues = {}) {
	merchants += 1;
	const mchid = String(1_900_001_000 + merchants);
	const credential = { ...CREDENTIAL, verification, mchid, ...changes } as CredentialValues;
	const merchant = toMerchant(credential);
	const request = jest.fn(async () => {
		if (came instanceof Error) return await Promise.reject(came);
		const { statusCode, headers = {}, body = '' } = came;
		return { statusCode, headers, body: streamOf(Buffer.from(body as string)) };
	});
	const session = withKeyRefresh({
		context: { helpers: { httpRequestWithAuthentication: request } },
		credential,
		merchant,
		hosts: new HostFailover(merchant, credential),
		options: { timeout: 1000, retries: 0, concurrency: 1, requestsPerSecond: 0 },
		rateLimiter: new RateLimiter({ clock: systemClock, cap: 0 }),
		deadlines: new RequestDeadlines(),
	} as Omit<Session, 'refreshKeys'>);
	return { session, request };
}

async function* streamOf(body: Buffer): AsyncGenerator<Buffer> {
	yield await Promise.resolve(body);
}

const named = ({ merchant }: Session) => [...merchant.keys.keys()];

const lost = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

describe('a download', () => {
	it.each([
		['platformCertificate', [PLATFORM_A.serial]],
		['both', [PUBLIC_KEY.serial, PLATFORM_A.serial]],
	])('brings keys (%s), once', async (verification, keys) => {
		const { session, request } = lineFor(verification, list());
		await provideCertificates(session);
		await provideCertificates(session);
		expect(named(session)).toEqual(keys);
		expect(request).toHaveBeenCalledTimes(1);
	});

	it.each<[string, Came]>([
		['no response', lost],
		['WeChat Pay breaks down', refusal(500, 'SYSTEM_ERROR')],
		['a gateway breaks down', refusal(502)],
		['a way to another host', refusal(300)],
		['too many requests', refusal(429, 'RATELIMIT_EXCEEDED')],
		['a page of somebody else', refusal(404)],
		['such a page with the first status of a refusal', refusal(400)],
	])('passes where it meets %s, if there is a public key', async (_, came) => {
		const { session } = lineFor('both', came);
		await provideCertificates(session);
		expect(named(session)).toEqual([PUBLIC_KEY.serial]);
		const alone = lineFor('platformCertificate', came);
		await expect(provideCertificates(alone.session)).rejects.toBeInstanceOf(
			CertificatesUnavailable,
		);
	});

	it.each<[string, Came, RegExp]>([
		[
			'refuses the signature',
			refusal(401, 'SIGN_ERROR'),
			/^WeChat Pay's platform certificates could not be downloaded\. WeChat Pay refused: .* WeChat Pay's words: 说明$/,
		],
		['refuses the request', refusal(400, 'PARAM_ERROR'), /could not be downloaded\. .*说明/],
		[
			'has another status for what it has not',
			refusal(400, 'RESOURCE_NOT_EXISTS'),
			/could not be downloaded/,
		],
		[
			'does not sign',
			{ statusCode: 200, body: '{}' },
			/could not be downloaded\. .*has no signature/,
		],
		[
			'signs something else',
			list([PLATFORM_A], Buffer.from('{}')),
			/list of platform certificates cannot be used: it has another form/,
		],
		[
			'signs with what it does not list',
			list([PLATFORM_A], listBody([PLATFORM_B])),
			/it is not signed with any valid certificate in it/,
		],
	])('stops everything where WeChat Pay %s', async (_, came, says) => {
		for (const verification of ['both', 'platformCertificate']) {
			const { session } = lineFor(verification, came);
			const providing = provideCertificates(session);
			await expect(providing).rejects.toBeInstanceOf(CertificatesUnavailable);
			await expect(providing).rejects.toMatchObject({
				name: 'CertificatesUnavailable',
				isPassing: false,
			});
			await expect(providing).rejects.toThrow(says);
			await expect(providing).rejects.not.toThrow('[item');
		}
	});

	it('names the APIv3 key that does not decrypt it', async () => {
		const { session } = lineFor('both', list(), { apiV3Key: 'x'.repeat(32) });
		await expect(provideCertificates(session)).rejects.toMatchObject({
			name: 'CredentialValueError',
		});
	});

	it('is left to the others, and stops nothing, when the execution is cancelled', async () => {
		const { session } = lineFor('platformCertificate', list());
		await provideCertificates({ ...session, signal: AbortSignal.abort() });
		expect(named(session)).toEqual([]);
	});
});

it('a trigger that many post to asks seldom while WeChat Pay is down, and keeps nobody waiting', async () => {
	const { session, request } = lineFor('platformCertificate', lost);
	const clock = new VirtualClock();
	jest.spyOn(systemClock, 'now').mockImplementation(() => clock.now());
	jest.spyOn(systemClock, 'monotonic').mockImplementation(() => clock.monotonic());
	jest.spyOn(systemClock, 'sleep').mockImplementation(async (...how) => await clock.sleep(...how));
	for (let post = 0; post < 3000; post += 1) {
		const before = clock.elapsed;
		await clock.runUntil(downloadCertificates(session).catch(() => undefined));
		expect(clock.elapsed - before).toBeLessThan(1000);
		await clock.advance(100);
	}
	// In five minutes, up to 20 before it is noticed, and then one in 8 s, later in 30 s.
	expect(request.mock.calls.length).toBeLessThan(60);
	jest.restoreAllMocks();
});

it('a response that says nothing done is no reason to look for its key', async () => {
	const { session, request } = lineFor('platformCertificate', list([PLATFORM_B, PLATFORM_A]));
	const { headers = {} } = list([PLATFORM_A]) as { headers?: Record<string, string> };
	const answer = {
		headers,
		body: Buffer.from(''),
		sentAt: Date.now(),
		receivedAt: Date.now(),
		at: Date.now(),
	};
	for (const status of [199, 300, 401, 500]) await session.refreshKeys({ ...answer, status });
	expect(request).not.toHaveBeenCalled();
	await session.refreshKeys({ ...answer, status: 204 });
	expect(request).toHaveBeenCalledTimes(1);
	expect(named(session)).toContain(PLATFORM_A.serial);
});

it('a list may be signed with its own valid certificates and with the public key, and with no other', () => {
	const { merchant } = lineFor('both', lost).session;
	merchant.certificates?.put(readList([PLATFORM_A]));
	const listed = readList([PLATFORM_B, PLATFORM_EXPIRED]);
	expect([...listKeys(merchant, listed, Date.now()).keys()]).toEqual([
		PUBLIC_KEY.serial,
		PLATFORM_B.serial,
	]);
});

it('a merchant without any valid key is told why', () => {
	const certificates = new CertificateStore();
	const keys = new Map();
	expect(() => checkKeys({ keys, certificates })).toThrow('choose the public key');
	certificates.put(readList([PLATFORM_EXPIRED]));
	expect(() => checkKeys({ keys, certificates })).toThrow(
		"None of WeChat Pay's platform certificates is valid now: set the clock of the machine that runs n8n (NTP)",
	);
});
