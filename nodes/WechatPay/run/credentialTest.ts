import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { CredentialValueError, LABEL, readApiV3Key } from '../../apiv3/credentialValues';
import type { Merchant } from '../../apiv3/merchant';
import { merchantOf, signedHeaders } from '../../apiv3/merchant';
import type { VerificationReason } from '../../apiv3/verification';
import { headerOf, verifyHttp } from '../../apiv3/verification';
import { readBody } from './body';
import { isAllowed } from './domains';
import { readErrorBody } from './errorBody';
import type { Answer } from './exchange';
import { silenceOf } from './exchange';
import { explain, mendSigning } from './explanation';
import { legible } from './legible';

const TIMEOUT = 10_000;
const LATE = `nothing whole within ${TIMEOUT / 1000} seconds`;

/** A request without business effect. */
interface Probe {
	method: 'POST' | 'GET';
	path: string;
	body?: Buffer;
}

// WeChat Pay's own self-test first; not every kind of merchant has it (protocol.md c.6).
const PROBES: Probe[] = [
	{
		method: 'POST',
		path: '/v3/security/echo',
		body: Buffer.from(JSON.stringify({ echo_message: 'n8n-nodes-wechatpay' })),
	},
	{ method: 'GET', path: '/v3/marketing/membercard-open/callback' },
	{ method: 'GET', path: '/v3/certificates' },
];

/** A probe that this merchant can't use says nothing about the credential. */
const NOT_AVAILABLE = [403, 404, 405];

/**
 * The Test button of the credential: proves that WeChat Pay accepts our signature and that its answer verifies with the
 * configured key, or says which of the pasted values is wrong. Never throws: n8n would answer with a stack trace.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	try {
		const values = credential.data ?? {};
		const merchant = merchantOf(values);
		readApiV3Key(values);
		const { backupUrl } = merchant;
		const canMove = backupUrl !== undefined && isAllowed(backupUrl, values);
		return await probeHosts(this, merchant, canMove ? backupUrl : undefined);
	} catch (error) {
		return wrong(error instanceof CredentialValueError ? error.message : noAnswer(error));
	}
}

/** As the nodes do, which go to the backup host where the connection to the main one fails; and says so. */
async function probeHosts(
	context: ICredentialTestFunctions,
	merchant: Merchant,
	backupUrl: string | undefined,
): Promise<INodeCredentialTestResult> {
	let reason: unknown;
	try {
		return await probeAll(context, merchant);
	} catch (error) {
		reason = error;
	}
	if (!backupUrl || !silenceOf(reason).connectionFailed) return wrong(noAnswer(reason));
	const main = hostOf(merchant.baseUrl);
	const backup = `the backup host ${hostOf(backupUrl)}`;
	try {
		const { status, message } = await probeAll(context, { ...merchant, baseUrl: backupUrl });
		const where = `Asked at ${backup}, because ${main} can't be reached (${codeOf(reason)}).`;
		return { status, message: `${message.replace(/\.$/, '')}. ${where}` };
	} catch (error) {
		const tried = `Tried ${main} (${codeOf(reason)}) and ${backup} (${codeOf(error)}).`;
		return wrong(`${noAnswer(reason)}. ${tried}`);
	}
}

function hostOf(origin: string): string {
	return new URL(origin).hostname;
}

function noAnswer(thrown: unknown): string {
	return `No answer from WeChat Pay (${codeOf(thrown)}): check the network, the proxy and '${LABEL.baseUrl}'`;
}

function codeOf(thrown: unknown): string {
	const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
	return String(code ?? message);
}

async function probeAll(
	context: ICredentialTestFunctions,
	merchant: Merchant,
): Promise<INodeCredentialTestResult> {
	let verdict = wrong('WeChat Pay has no self-test for this merchant');
	for (const probe of PROBES) {
		const answer = await ask(context, merchant, probe);
		verdict = judgeProbe(answer, probe, merchant);
		if (verdict.status === 'OK' || !saysNothing(answer)) break;
	}
	return verdict;
}

/** Neither does one of WeChat Pay's test signatures, which the next answer does not have (protocol.md b.4). */
function saysNothing(answer: Answer): boolean {
	if (isTestSignature(answer)) return true;
	return NOT_AVAILABLE.includes(answer.status) && !isSigned(answer);
}

function isSigned(answer: Answer): boolean {
	return headerOf(answer.headers, 'wechatpay-signature') !== undefined;
}

function isTestSignature(answer: Answer): boolean {
	const verified = verifyHttp({ ...answer, keys: {}, now: answer.at });
	return !verified.ok && verified.reason === 'probe';
}

async function ask(
	context: ICredentialTestFunctions,
	merchant: Merchant,
	{ method, path, body }: Probe,
): Promise<Answer> {
	const url = merchant.baseUrl + path;
	const headers = await signedHeaders(merchant, { method, url, body });
	return await inTime(async (deadline) => {
		// In a credential test n8n offers nothing but its older request helper, and no signing.
		const { request } = context.helpers;
		const {
			statusCode,
			headers: answered,
			body: stream,
		} = await request({
			method,
			uri: url,
			body,
			headers,
			json: false,
			// Only of a stream the size can be limited.
			useStream: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			followAllRedirects: false,
			timeout: TIMEOUT,
		});
		// Whatever n8n gave: in a listener, an exception would end n8n.
		deadline.addEventListener('abort', () => stream?.destroy?.());
		return {
			status: statusCode,
			headers: answered,
			body: await readBody(stream),
			at: Date.now(),
		};
	});
}

/** n8n's timeout counts only the time in which nothing moves. */
async function inTime<T>(work: (deadline: AbortSignal) => Promise<T>): Promise<T> {
	const deadline = AbortSignal.timeout(TIMEOUT);
	const late = new Promise<never>((_, reject) => {
		deadline.addEventListener('abort', () => reject(new Error(LATE)));
	});
	return await Promise.race([work(deadline), late]);
}

function judgeProbe(answer: Answer, probe: Probe, merchant: Merchant): INodeCredentialTestResult {
	const isSuccess = answer.status >= 200 && answer.status < 300;
	if (isSuccess || (isSigned(answer) && NOT_AVAILABLE.includes(answer.status))) {
		const verified = verifyHttp({ ...answer, keys: merchant.keys, now: answer.at });
		if (verified.ok) return { status: 'OK', message: 'WeChat Pay and n8n accept each other' };
		const serial = headerOf(answer.headers, 'wechatpay-serial');
		const finding = FINDINGS[verified.reason](
			legible(`${serial}`),
			[...merchant.keys.keys()].join(', '),
		);
		return wrong(`The answer can not be trusted: ${finding}`);
	}
	return refusedProbe(answer, probe, merchant);
}

/** What an answer that does not verify says about the credential, and the way out. */
const FINDINGS: Record<VerificationReason, (serial: string, known: string) => string> = {
	'missing-header': () =>
		`it has no signature. A proxy or firewall may answer itself or take the Wechatpay-* headers away; check it and '${LABEL.baseUrl}'.`,
	'unsupported-type': () =>
		`its signature is of another type than SHA256-RSA2048. Use an RSA key of WeChat Pay in '${LABEL.publicKey}' or '${LABEL.platformCertificates}'.`,
	clock: () =>
		'its time and the clock of this n8n are more than five minutes apart. Set the clock of the machine that runs n8n (NTP).',
	probe: () => 'WeChat Pay sent test signatures (WECHATPAY/SIGNTEST/) only. Test again.',
	'unknown-serial': (serial, known) =>
		`it is signed with the key ${serial}, the credential has ${known}. Check '${LABEL.verification}': Both fits a merchant who moves to the public key.`,
	'bad-signature': (serial) =>
		serial.startsWith('PUB_KEY_ID')
			? `'${LABEL.publicKey}' is not the key of '${LABEL.publicKeyId}' (${serial}). Download both again under API security in the merchant platform.`
			: `its signature does not fit the certificate ${serial} in '${LABEL.platformCertificates}'. Something on the way changes answers; check the proxy.`,
};

function refusedProbe(answer: Answer, probe: Probe, merchant: Merchant): INodeCredentialTestResult {
	const error = readErrorBody(answer.body);
	const isPublicKeyMode = probe.path === '/v3/certificates' && error.code === 'RESOURCE_NOT_EXISTS';
	// The signature was accepted, or WeChat Pay would have answered 401 (protocol.md c.6).
	if (isPublicKeyMode && !merchant.wechatPaySerial.startsWith('PUB_KEY_ID')) {
		return wrong(
			`This merchant has WeChat Pay's public key and no platform certificates: choose it in '${LABEL.verification}'`,
		);
	}
	if (isPublicKeyMode) {
		return { status: 'OK', message: "WeChat Pay accepts the merchant's signature" };
	}
	const { what, wayOut } = explain(answer.status, error);
	const sent = { ...probe, url: merchant.baseUrl + probe.path };
	const mend = answer.status === 401 ? mendSigning(answer, sent, error, wayOut) : wayOut;
	const isQuoted = !error.message || mend.includes(error.message);
	const said = isQuoted ? '' : `WeChat Pay's words: ${error.message}`;
	const first = firstToCheck(answer, `${what}. ${mend}`);
	return wrong([`${what}.`, first, mend, said].filter(Boolean).join(' '));
}

/** The fields to look at where the table of refusals names none; a slip there is likelier than what it advises. */
function firstToCheck({ status }: Answer, finding: string): string {
	const isNamed = [...Object.values(LABEL), 'clock'].some((name) => finding.includes(name));
	if (status !== 401 || isNamed) return '';
	return `Check '${LABEL.mchid}' and '${LABEL.serialNo}' first.`;
}

function wrong(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
