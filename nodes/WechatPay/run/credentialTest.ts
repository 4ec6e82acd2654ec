import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import type { Merchant } from '../../apiv3/merchant';
import { merchantOf, readApiV3Key, signedHeaders } from '../../apiv3/merchant';
import { headerOf, verifyHttp } from '../../apiv3/signature';
import { readErrorBody } from './errorBody';
import type { Answer } from './exchange';
import { explain, signingFacts, unverified } from './verdict';

const TIMEOUT = 10_000;

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
		return await probeAll(this, merchant);
	} catch (error) {
		return wrong(error instanceof Error ? error.message : String(error));
	}
}

async function probeAll(
	context: ICredentialTestFunctions,
	merchant: Merchant,
): Promise<INodeCredentialTestResult> {
	let verdict = wrong('WeChat Pay has no self-test for this merchant');
	for (const probe of PROBES) {
		const answer = await ask(context, merchant, probe);
		verdict = judgeProbe(answer, probe, merchant);
		if (verdict.status === 'OK' || !NOT_AVAILABLE.includes(answer.status)) break;
	}
	return verdict;
}

async function ask(
	context: ICredentialTestFunctions,
	merchant: Merchant,
	{ method, path, body }: Probe,
): Promise<Answer> {
	const url = merchant.baseUrl + path;
	// In a credential test n8n offers nothing but its older request helper, and no signing.
	const { request } = context.helpers;
	const response = await request({
		method,
		uri: url,
		body,
		headers: signedHeaders(merchant, { method, url, body }),
		json: false,
		encoding: null,
		simple: false,
		resolveWithFullResponse: true,
		followRedirect: false,
		followAllRedirects: false,
		timeout: TIMEOUT,
	});
	return {
		status: response.statusCode,
		headers: response.headers,
		body: Buffer.from(response.body ?? ''),
		at: Date.now(),
	};
}

function judgeProbe(answer: Answer, probe: Probe, merchant: Merchant): INodeCredentialTestResult {
	const isSuccess = answer.status >= 200 && answer.status < 300;
	const isSigned = headerOf(answer.headers, 'wechatpay-signature') !== undefined;
	if (isSuccess || (isSigned && NOT_AVAILABLE.includes(answer.status))) {
		const verified = verifyHttp({ ...answer, keys: merchant.keys, now: answer.at });
		if (verified.ok) return { status: 'OK', message: 'WeChat Pay and n8n accept each other' };
		const { what, wayOut } = unverified(verified.reason, answer, merchant);
		return wrong(`WeChat Pay accepts the merchant's signature, but: ${what}. ${wayOut}`);
	}
	return refusedProbe(answer, probe, merchant);
}

function refusedProbe(answer: Answer, probe: Probe, merchant: Merchant): INodeCredentialTestResult {
	const error = readErrorBody(answer.body);
	const isPublicKeyMode = probe.path === '/v3/certificates' && error.code === 'RESOURCE_NOT_EXISTS';
	// The signature was accepted, or WeChat Pay would have answered 401 (protocol.md c.6).
	if (isPublicKeyMode) {
		return { status: 'OK', message: "WeChat Pay accepts the merchant's signature" };
	}
	const { what, wayOut } = explain(answer.status, error);
	const sent = { ...probe, url: merchant.baseUrl + probe.path };
	const { description = '' } = answer.status === 401 ? signingFacts(answer, sent, error) : {};
	const said = error.message ? `WeChat Pay's words: ${error.message}` : '';
	return wrong([`${what}.`, wayOut, description, said].filter(Boolean).join(' '));
}

function wrong(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
