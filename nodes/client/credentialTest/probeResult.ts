import type { INodeCredentialTestResult } from 'n8n-workflow';

import { LIST_PATH } from '../../apiv3/certificateList';
import type { Merchant } from '../../apiv3/merchant';
import { LABEL } from '../../apiv3/merchantConfig';
import { headerOf, verifyHttp } from '../../apiv3/verification';
import { PUBLIC_KEY_MODE } from '../certificates';
import { printable } from '../errors/printable';
import type { ErrorBody } from '../response/errorBody';
import { readErrorBody } from '../response/errorBody';
import type { FailureText } from '../response/messages';
import { diagnoseSignature, explain, SEE_WORDS } from '../response/messages';
import type { DistrustReason } from '../response/verifyResponse';
import { distrust } from '../response/verifyResponse';
import type { Response } from '../types';
import { isSuccess } from '../types';
import type { Probe } from './probe';

/** A probe that this merchant can't use says nothing about the credential. */
const NOT_AVAILABLE = [403, 404, 405];

/** What the response to a probe says about the credential. */
export function probeResult(
	answer: Response,
	probe: Probe,
	merchant: Merchant,
): INodeCredentialTestResult {
	if (isSuccess(answer) || (isSigned(answer) && NOT_AVAILABLE.includes(answer.status))) {
		const reason = distrust(answer, merchant);
		if (reason) return describeUnverifiedProbe(reason, answer, merchant);
		return { status: 'OK', message: 'WeChat Pay and n8n accept each other' };
	}
	return rejected(answer, probe, merchant);
}

/**
 * Neither does one of WeChat Pay's test signatures, which the next response does not have (docs/protocol.md, Test
 * signatures).
 */
export function isInconclusive(answer: Response): boolean {
	if (isTestSignature(answer)) return true;
	return NOT_AVAILABLE.includes(answer.status) && !isSigned(answer);
}

export function isTestSignature(answer: Response): boolean {
	const verified = verifyHttp({ ...answer, keys: {}, now: answer.at });
	return !verified.ok && verified.reason === 'probe';
}

function isSigned(answer: Response): boolean {
	return headerOf(answer.headers, 'wechatpay-signature') !== undefined;
}

/** For a response that does not verify. */
export function describeUnverifiedProbe(
	reason: DistrustReason,
	answer: Response,
	{ keys }: Merchant,
): INodeCredentialTestResult {
	const serial = printable(`${headerOf(answer.headers, 'wechatpay-serial')}`);
	const finding = FINDINGS[reason](serial, [...keys.keys()].join(', '));
	return failed(`The response could not be verified: ${finding}`);
}

/** What a response that does not verify says about the credential, and the way out. */
const FINDINGS: Record<DistrustReason, (serial: string, known: string) => string> = {
	'missing-header': () =>
		`it has no signature. A proxy or firewall may respond itself or take the Wechatpay-* headers away; check it and '${LABEL.baseUrl}'.`,
	'duplicate-header': () =>
		`it has a Wechatpay-* header more than once. A proxy on the way may add headers; check it and '${LABEL.baseUrl}'.`,
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
			: `its signature does not fit the certificate ${serial} in '${LABEL.platformCertificates}'. Something on the way changes responses; check the proxy.`,
	replayed: () =>
		`it came before, as another response or as a notification. A proxy on the way stores responses; check it and '${LABEL.baseUrl}'.`,
	stale: () =>
		`it was not signed in the time between sending and receiving. If the clock of this machine was just set, test again in five minutes; otherwise a proxy on the way stores responses: check it and '${LABEL.baseUrl}'.`,
};

/** For a response that is a refusal. */
export function rejected(
	answer: Response,
	probe: Probe,
	merchant: Merchant,
): INodeCredentialTestResult {
	const error = readErrorBody(answer.body);
	if (isPublicKeyMode(answer, probe)) {
		// The signature was accepted, or WeChat Pay would have answered 401 (docs/protocol.md, Self-test).
		return merchant.wechatPaySerial?.startsWith('PUB_KEY_ID')
			? { status: 'OK', message: "WeChat Pay accepts the merchant's signature" }
			: failed(PUBLIC_KEY_MODE);
	}
	const { what, wayOut } = reasonOf(answer, error);
	const sent = { ...probe, url: merchant.baseUrl + probe.path };
	const { wayOut: fix, finding } =
		answer.status === 401
			? diagnoseSignature(answer, sent, error, wayOut)
			: { wayOut, finding: undefined };
	const first = firstToCheck(answer, `${what}. ${fix}`);
	return failed([`${what}.`, first, finding, withWords(fix, error)].filter(Boolean).join(' '));
}

/** The message of a test is all there is: WeChat Pay's own words stand in it, made printable. */
function withWords(fix: string, { message }: ErrorBody): string {
	if (!message) return fix;
	return fix.endsWith(SEE_WORDS)
		? `${fix.slice(0, -1)}: ${message}`
		: `${fix} WeChat Pay's words: ${message}`;
}

/** What passes by itself says nothing about the credential. */
function reasonOf({ status }: Response, error: ErrorBody): FailureText {
	if (!error.code || (status !== 429 && status < 500)) return explain(status, error);
	return {
		what: `WeChat Pay does not respond now (${error.code})`,
		wayOut: 'Test again in a few minutes.',
	};
}

/**
 * Whether there is no list of certificates because the merchant has a public key (docs/protocol.md, Public key and
 * platform certificates).
 */
export function isPublicKeyMode({ body }: Response, { path }: Probe): boolean {
	return path === LIST_PATH && readErrorBody(body).code === 'RESOURCE_NOT_EXISTS';
}

/** The fields to look at where the table of refusals names none; a slip there is likelier than what it advises. */
function firstToCheck({ status }: Response, finding: string): string {
	const isNamed = [...Object.values(LABEL), 'clock'].some((name) => finding.includes(name));
	if (status !== 401 || isNamed) return '';
	return `Check '${LABEL.mchid}' and '${LABEL.serialNo}' first.`;
}

export function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
