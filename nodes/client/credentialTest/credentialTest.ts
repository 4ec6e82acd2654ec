import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import {
	CertificateListError,
	certificateSecret,
	readCertificateList,
} from '../../apiv3/certificateList';
import type { Merchant } from '../../apiv3/merchant';
import { toMerchant } from '../../apiv3/merchant';
import type { CredentialValues } from '../../apiv3/merchantConfig';
import {
	CredentialValueError,
	LABEL,
	pastedCertificateEnd,
	readApiV3Key,
} from '../../apiv3/merchantConfig';
import { verifyHeaders } from '../../apiv3/verification';
import { checkKeys, listKeys, CertificatesUnavailable, notSigned } from '../certificates';
import { isAllowed } from '../http/allowedDomains';
import { toNoResponse } from '../http/noResponse';
import { distrust } from '../response/verifyResponse';
import { isSuccess } from '../types';
import { sendProbe, LIST, PROBES } from './probe';
import {
	describeUnverifiedProbe,
	isPublicKeyMode,
	isTestSignature,
	probeResult,
	rejected,
	isInconclusive,
	failed,
} from './probeResult';

/** What is tested, and by what. */
interface Tested {
	context: ICredentialTestFunctions;
	values: CredentialValues;
	merchant: Merchant;
}

/**
 * The Test button of the credential: proves that WeChat Pay accepts our signature and that its response verifies with
 * the configured key, or says which of the pasted values is wrong. Never throws: n8n would answer with a stack trace.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	try {
		const values: CredentialValues = credential.data ?? {};
		const merchant = toMerchant(values);
		readApiV3Key(values);
		return withEndOfCertificate(await testHosts({ context: this, values, merchant }), values);
	} catch (error) {
		return failed(isUserFacing(error) ? error.message : noAnswer(error));
	}
}

const DAY_MS = 24 * 3600 * 1000;
const WARN_MS = 30 * DAY_MS;

/** Warns of a pasted platform certificate that ends soon: nobody replaces it but the user. */
function withEndOfCertificate(
	result: INodeCredentialTestResult,
	values: CredentialValues,
): INodeCredentialTestResult {
	const end = result.status === 'OK' ? pastedCertificateEnd(values) : undefined;
	if (!end || end.validTo - Date.now() > WARN_MS) return result;
	const day = new Date(end.validTo).toISOString().slice(0, 10);
	const verb = end.validTo < Date.now() ? 'ended' : 'ends';
	return {
		status: 'OK',
		message: `${result.message}. The certificate ${end.serialNumber} in '${LABEL.platformCertificates}' ${verb} on ${day}: paste the new one beside it, or leave the field empty to have certificates downloaded`,
	};
}

function isUserFacing(error: unknown): error is Error {
	return [CredentialValueError, CertificateListError, CertificatesUnavailable].some(
		(kind) => error instanceof kind,
	);
}

/** As the nodes do, which go to the backup host where the connection to the main one fails; and says so. */
async function testHosts(tested: Tested): Promise<INodeCredentialTestResult> {
	try {
		return await testAt(tested.merchant.baseUrl, tested);
	} catch (error) {
		return await testBackup(tested, error);
	}
}

/** @param reason why there was no response from the main host */
async function testBackup(tested: Tested, reason: unknown): Promise<INodeCredentialTestResult> {
	const { baseUrl, backupUrl } = tested.merchant;
	const canMove = backupUrl !== undefined && isAllowed(backupUrl, tested.values);
	if (!canMove || isUserFacing(reason) || !toNoResponse(reason).connectionFailed) throw reason;
	const main = hostOf(baseUrl);
	const backup = `the backup host ${hostOf(backupUrl)}`;
	try {
		const { status, message } = await testAt(backupUrl, tested);
		const where = `Asked at ${backup}, because ${main} can't be reached (${codeOf(reason)}).`;
		return { status, message: `${message.replace(/\.$/, '')}. ${where}` };
	} catch (error) {
		if (isUserFacing(error)) return failed(error.message);
		const tried = `Tried ${main} (${codeOf(reason)}) and ${backup} (${codeOf(error)}).`;
		return failed(`${noAnswer(reason)}. ${tried}`);
	}
}

function hostOf(origin: string): string {
	return new URL(origin).hostname;
}

function noAnswer(thrown: unknown): string {
	return `No response from WeChat Pay (${codeOf(thrown)}): check the network, the proxy and '${LABEL.baseUrl}'`;
}

function codeOf(thrown: unknown): string {
	const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
	return String(code ?? message);
}

/** @throws what the connection ended with, or what `fillCertificates` throws */
async function testAt(host: string, tested: Tested): Promise<INodeCredentialTestResult> {
	return (await fillCertificates(host, tested)) ?? (await probeAll(host, tested));
}

/**
 * Downloads the platform certificates anew and proves them, for the nodes as well; unless they were pasted.
 *
 * @returns what is wrong with the response, if anything is
 * @throws CredentialValueError, CertificateListError or CertificatesUnavailable for what is wrong with its content
 */
async function fillCertificates(
	host: string,
	{ context, values, merchant }: Tested,
): Promise<INodeCredentialTestResult | undefined> {
	const { certificates: store } = merchant;
	if (!store) return undefined;
	const secret = certificateSecret(values);
	let answer = await sendProbe(context, merchant, host, LIST);
	if (isTestSignature(answer)) answer = await sendProbe(context, merchant, host, LIST);
	if (isSuccess(answer)) {
		const claim = verifyHeaders({ ...answer, now: answer.at });
		if (!claim.ok) return describeUnverifiedProbe(claim.reason, answer, merchant);
		const listed = readCertificateList(answer.body, secret, merchant);
		const reason = distrust(answer, { ...merchant, keys: listKeys(merchant, listed, answer.at) });
		if (reason === 'unknown-serial' || reason === 'bad-signature') throw notSigned();
		if (reason) return describeUnverifiedProbe(reason, answer, merchant);
		store.put(listed);
	} else if (isPublicKeyMode(answer, LIST)) {
		store.put([]);
	} else {
		return rejected(answer, LIST, merchant);
	}
	checkKeys(merchant);
	return undefined;
}

async function probeAll(
	host: string,
	{ context, merchant }: Tested,
): Promise<INodeCredentialTestResult> {
	let result = failed('WeChat Pay has no self-test for this merchant');
	for (const probe of PROBES) {
		const answer = await sendProbe(context, merchant, host, probe);
		result = probeResult(answer, probe, merchant);
		if (!isInconclusive(answer)) break;
	}
	return result;
}
