import type { Merchant } from '../../apiv3/merchant';
import { expiredCertificate, LABEL } from '../../apiv3/merchantConfig';
import { requestMessage } from '../../apiv3/signature';
import { headerOf } from '../../apiv3/verification';
import type { KnownError, Response, RetryPolicy } from '../types';
import type { ErrorBody } from './errorBody';
import { isOwnCode } from './errorBody';
import { generalErrors } from './knownErrors';
import type { DistrustReason } from './verifyResponse';

/** What happened, and the way out: a sentence each, the first without its full stop. */
export interface FailureText {
	what: string;
	wayOut: string;
	/** What somebody else's words or values tell besides: a sentence for the description, never for the message. */
	finding?: string;
}

/** What to do about an outcome that is open; without its full stop. */
export function retryAdvice({ method, repeatable, checkFirst, repeatAdvice }: RetryPolicy): string {
	if (method === 'GET') return 'Run this item again';
	if (repeatAdvice) return repeatAdvice;
	if (repeatable || !checkFirst) return 'Run this item again with the same values';
	return checkFirst.replace(/\.$/, '');
}

/** What running the item again manually needs, where the node made the request number; empty where it did not. */
export function idempotencyHint(requestNumber: string | undefined): string {
	if (!requestNumber) return '';
	return ` Give ${requestNumber} as its 'Request Number' (Additional Fields), so that it is not done twice.`;
}

/** What an open outcome leaves open; nothing, where something is only read. */
export function uncertainty({ method }: RetryPolicy): string {
	return method === 'GET' ? '' : ', so it may have been done or not';
}

/** What is known of a response that cannot be trusted. */
interface Unverified {
	/** The name of the key that it says it is signed with. */
	serial: string;
	/** The names of the keys that there are. */
	known: string;
	/** Whether certificates are downloaded. */
	downloads: boolean;
	/** When the key that it names ended, in ms, if it is a pasted certificate. */
	ended?: number;
	/** Seconds by which its time is ahead of this machine's. */
	off: number;
}

/** Why a response cannot be trusted, and the way out. */
export function describeUnverified(
	reason: DistrustReason,
	answer: Response,
	{ keys, certificates, ownKeys }: Merchant,
	advice: RetryPolicy,
): FailureText {
	const serial = headerOf(answer.headers, 'wechatpay-serial') ?? '';
	const [finding, wayOut] = UNVERIFIED[reason]({
		serial: keyName(serial),
		ended: ownKeys?.get(serial.toUpperCase())?.validTo,
		known: [...keys.keys()].join(', '),
		downloads: certificates !== undefined,
		off: Number(headerOf(answer.headers, 'wechatpay-timestamp')) - answer.at / 1000,
	});
	const summary =
		advice.method === 'GET'
			? 'The response could not be verified'
			: 'The response reports success, but its signature could not be verified';
	return { what: `${summary}: ${finding}`, wayOut: `${wayOut} ${retryAdvice(advice)}.` };
}

const ON_THE_WAY =
	'A proxy on the way returns stored or exchanged responses: leave it out, or turn off its cache for WeChat Pay.';

/** What such a response says, and what to do before the item is run again. */
const UNVERIFIED: Record<
	DistrustReason,
	(response: Unverified) => [finding: string, wayOut: string]
> = {
	'missing-header': () => [
		'it has no signature',
		'A proxy or firewall on the way may respond itself or take the Wechatpay-* headers away: let them pass. Files are not signed either: the operations of Bill and Transfer check them, and so does API Request with a hash.',
	],
	'duplicate-header': () => [
		'it has a Wechatpay-* header more than once',
		"A proxy on the way may add headers: let WeChat Pay's pass as they are.",
	],
	'unsupported-type': () => [
		'its signature is of another type than SHA256-RSA2048',
		'Use an RSA certificate or public key of WeChat Pay.',
	],
	clock: ({ off }) => [
		timeFinding(off),
		Number.isFinite(off) ? 'Set the clock of the machine that runs n8n (NTP).' : ON_THE_WAY,
	],
	probe: () => [
		'WeChat Pay sent one of its test signatures (WECHATPAY/SIGNTEST/)',
		'This happens now and then, to see that they are refused.',
	],
	'unknown-serial': ({ serial, known, downloads, ended }) => [
		`it is signed with the key ${serial}, the credential has ${known}`,
		ended === undefined
			? findKey(serial, downloads)
			: `${serial} in '${LABEL.platformCertificates}' ${expiredCertificate(ended)}.`,
	],
	'bad-signature': ({ serial }) => [
		`its signature does not fit the key ${serial}`,
		'Check in the credential that key and ID belong together. If they do, somebody changed the response on the way.',
	],
	replayed: () => ['it came before, as another response or as a notification', ON_THE_WAY],
	stale: () => [
		'it was not signed in the time between sending and receiving',
		`If the clock of this machine was just set, wait five minutes. Otherwise: ${ON_THE_WAY}`,
	],
};

/**
 * For a response that WeChat Pay signed, but not as the response to this request.
 *
 * @param reason follows "WeChat Pay's response"
 */
export function describeUnbound(reason: string, advice: RetryPolicy): FailureText {
	return {
		what: `WeChat Pay's response ${reason}: it does not belong to this request${uncertainty(advice)}`,
		wayOut: `${ON_THE_WAY} ${retryAdvice(advice)}.`,
	};
}

/**
 * For a file that is not the one that was promised.
 *
 * @param reason follows "is not the one that was promised:"
 */
export function describeWrongFile(reason: string, advice: RetryPolicy): FailureText {
	return {
		what: `The file is not the one that was promised: ${reason}`,
		wayOut: `It was changed or cut off on the way: let a proxy there pass files as they are. ${retryAdvice(advice)}.`,
	};
}

/** What is no name of a key is not repeated: anybody may have written it. */
function keyName(serial = ''): string {
	return /^\w{1,60}$/.test(serial) ? serial : 'of a name that is none';
}

function findKey(serial: string, areDownloaded: boolean): string {
	if (areDownloaded && !serial.startsWith('PUB_KEY_ID_')) {
		return "WeChat Pay's certificates are downloaded for such a key, but only once in five minutes: wait that long.";
	}
	return `Add that key to the credential; while the merchant moves to the public key, set '${LABEL.verification}' to Both.`;
}

/** For a response that leaves open whether the request was processed. */
export function ambiguousResponse(
	status: number,
	{ code }: ErrorBody,
	advice: RetryPolicy,
): FailureText {
	if (status >= 500) {
		const what =
			advice.method === 'GET'
				? 'WeChat Pay could not respond'
				: 'WeChat Pay could not say whether it was done';
		return {
			what: `${what} (${isOwnCode(code) ? code : status})`,
			wayOut: `${retryAdvice(advice)} in a few minutes.`,
		};
	}
	return {
		what: `The response is not from WeChat Pay (${status})${uncertainty(advice)}`,
		wayOut: `Check the proxy and 'Base URL' of the credential. ${retryAdvice(advice)}.`,
	};
}

/** For a 429 of WeChat Pay's where that leaves open whether the request was processed. */
export function ambiguousLimit({ code }: ErrorBody, advice: RetryPolicy): FailureText {
	return {
		what: `WeChat Pay got too many requests${inBrackets(code)}${uncertainty(advice)}`,
		wayOut: `${retryAdvice(advice)} in a few minutes, with a lower 'Requests per Second' in the options.`,
	};
}

/**
 * Meaning and way out of a 4xx, from the known errors of the operation's family and the general ones; for one that only
 * WeChat Pay's own text explains, what the spec says to look at.
 *
 * @returns also whether the item may be run again as it is, once the cause around it is fixed
 */
export function explain(
	status: number,
	error: ErrorBody,
	{ rejectionHint, knownErrors = [] }: Partial<RetryPolicy> = {},
): FailureText & { retryableAfterFix: boolean; leavesOpen?: KnownError['leavesOpen'] } {
	const known = [...knownErrors, ...generalErrors]
		.filter((one) => one.status === status && (status === 429 || one.code === error.code))
		.find((one) => isMeant(one, error.message ?? ''));
	const code = inBrackets(isOwnCode(error.code) ? error.code : String(status));
	const what = `WeChat Pay refused${known ? `: ${known.meaning}` : ' the request'}${code}`;
	const retryableAfterFix = known?.retryableAfterFix ?? !error.code;
	if (known?.leavesOpen) {
		const { meaning, advice: wayOut, leavesOpen } = known;
		return {
			what: `${meaning[0].toUpperCase()}${meaning.slice(1)}${code}`,
			wayOut,
			retryableAfterFix,
			leavesOpen,
		};
	}
	if (known && (known.messageIncludes || status === 429))
		return { what, wayOut: known.advice, retryableAfterFix };
	if (!error.code) {
		return {
			what,
			retryableAfterFix,
			wayOut:
				"The response has no code of WeChat Pay: check the proxy and 'Base URL' of the credential.",
		};
	}
	const isRule = error.code === 'INVALID_REQUEST';
	const advice = (isRule && rejectionHint) || known?.advice;
	const wayOut = [advice, pointer(error)].filter(Boolean).join(' ') || LOOK_UP;
	return { what, wayOut, retryableAfterFix };
}

function isMeant({ messageIncludes, messagePattern }: KnownError, message: string): boolean {
	if (messagePattern) return messagePattern.test(message);
	return !messageIncludes || messageIncludes.some((part) => message.includes(part));
}

const LOOK_UP = "Look up the code on WeChat Pay's page of this operation.";

/** Where to look for a meaning that only WeChat Pay's own words tell; they stand in the description. */
function pointer({ field, issue, message }: ErrorBody): string {
	const names =
		field
			?.split(', ')
			.filter((name) => FIELD.test(name))
			.slice(0, MAX_FIELDS) ?? [];
	const where = names.length > 0 ? `Field${names.length > 1 ? 's' : ''} ${names.join(', ')}.` : '';
	return [where, message || issue ? SEE_WORDS : ''].filter(Boolean).join(' ');
}

export const SEE_WORDS = "See WeChat Pay's own words.";

/** Fields that a message names. */
const MAX_FIELDS = 10;

/** How WeChat Pay points to a value: by JSON pointer, or by name. */
const FIELD = /^[\w/.[\]-]{1,60}$/;

/** The parts of a request that its signature covers. */
interface SentRequest {
	method: string;
	url: string;
	body?: Buffer;
}

/**
 * The way out of a 401, with what it tells about the clock, and whether the bytes or the key differ (docs/protocol.md,
 * Error body).
 *
 * @param advice for when it tells nothing about the bytes
 */
export function diagnoseSignature(
	answer: Response,
	request: SentRequest,
	{ signed }: ErrorBody,
	advice: string,
): Pick<FailureText, 'wayOut' | 'finding'> {
	const bytes = bytesFinding(request, signed) ?? { wayOut: advice };
	const wayOut = [clockFinding(answer), bytes.wayOut].filter(Boolean).join(' ');
	return { ...bytes, wayOut };
}

function clockFinding(answer: Response): string | undefined {
	const off = Date.parse(headerOf(answer.headers, 'date') ?? '') / 1000 - answer.at / 1000;
	// Date has whole seconds and the response took a moment.
	if (!(Math.abs(off) > 5)) return undefined;
	return `WeChat Pay's clock is ${inSeconds(off)} than the clock of this n8n.`;
}

function bytesFinding(
	request: SentRequest,
	signed: ErrorBody['signed'],
): Pick<FailureText, 'wayOut' | 'finding'> | undefined {
	if (signed?.length === undefined) return undefined;
	// Timestamp and nonce always have the same length.
	const message = requestMessage({ ...request, timestamp: '0'.repeat(10), nonce: '0'.repeat(32) });
	const ours = Buffer.byteLength(message);
	const { pathname, search } = new URL(request.url);
	if (signed.url !== undefined && signed.url !== pathname + search) {
		return {
			wayOut:
				'WeChat Pay saw another URL than was signed (see the description): a proxy on the way changes it.',
			finding: `WeChat Pay saw the URL ${withoutToken(signed.url)} instead of ${withoutToken(pathname + search)}.`,
		};
	}
	if (signed.length !== ours) {
		return {
			wayOut: `WeChat Pay checked ${signed.length} bytes, ${ours} were signed: a proxy on the way changes the request.`,
		};
	}
	return {
		wayOut: `'${LABEL.privateKey}' and '${LABEL.serialNo}' do not belong together: WeChat Pay checked the same ${ours} bytes that were signed.`,
	};
}

/** The token of a file opens it for whoever has it. */
function withoutToken(url: string): string {
	return url.replace(/([?&]token=)[^&#]*/gi, '$1…');
}

function timeFinding(off: number): string {
	if (!Number.isFinite(off)) return 'its Wechatpay-Timestamp is not a time';
	return `its time is ${inSeconds(off)} than the clock of this n8n`;
}

function inSeconds(off: number): string {
	const seconds = Math.round(Math.abs(off));
	return `${seconds} seconds ${off > 0 ? 'later' : 'earlier'}`;
}

/** A code behind a sentence. */
export function inBrackets(code: string | undefined): string {
	return code ? ` (${code})` : '';
}
