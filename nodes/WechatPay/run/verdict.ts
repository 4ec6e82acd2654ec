import { headerOf, requestMessage, verifyHttp } from '../../apiv3/signature';
import type { VerificationReason } from '../../apiv3/signature';
import type { Merchant } from '../../apiv3/merchant';
import { LABEL } from '../../apiv3/merchant';
import { refusals } from '../operations/refusals';
import type { ErrorBody } from './errorBody';
import { readErrorBody } from './errorBody';
import type { Answer, Silence } from './exchange';
import type { FailureFacts } from './outcome';
import type { Request } from './request';

/**
 * What one attempt came to:
 * done – WeChat Pay confirmed it with a verified answer; refused – it was not processed and never will be as it is;
 * limited – not processed, too fast; open – it may have been processed; unsent – WeChat Pay got nothing.
 */
export type Verdict =
	| { kind: 'done'; requestId?: string }
	| ({ kind: 'refused' | 'open' | 'unsent' } & Explanation & { repeat: Repeat })
	| ({ kind: 'limited'; retryAfter?: number } & Explanation & { repeat: Repeat });

/** How often such an attempt is worth repeating: not at all, once, or as often as the user allows. */
type Repeat = 'never' | 'once' | 'as set';

/** The facts of an attempt that did not succeed; message and way out are two sentences. */
export interface Explanation {
	what: string;
	wayOut: string;
	facts: Pick<
		FailureFacts,
		'code' | 'http_status' | 'request_id' | 'field' | 'issue' | 'raw_message' | 'description'
	>;
}

/**
 * Judges an attempt by status first and code second. Only a 2xx whose signature verifies over the raw bytes is done.
 *
 * @see protocol.md b.2, b.4 and f.2
 */
export function judge(result: Answer | Silence, request: Request, merchant: Merchant): Verdict {
	if (!('status' in result)) return noAnswer(result);
	const { status } = result;
	if (status >= 200 && status < 300) return success(result, merchant);
	const error = readErrorBody(result.body);
	const facts = {
		code: error.code,
		http_status: status,
		request_id: requestId(result),
		field: error.field,
		issue: error.issue,
		raw_message: error.message,
	};
	if (status === 429) {
		const { what, wayOut } = explain(status, error);
		const retryAfter = retryAfterOf(result);
		return { kind: 'limited', repeat: 'as set', retryAfter, what, wayOut, facts };
	}
	if (status >= 400 && status < 500) {
		const { what, wayOut } = explain(status, error);
		const signing = status === 401 ? signingFacts(result, request, error) : {};
		return { kind: 'refused', repeat: 'never', what, wayOut, facts: { ...facts, ...signing } };
	}
	const repeat = status >= 500 ? 'as set' : 'never';
	return { kind: 'open', repeat, ...withoutOutcome(status, error), facts };
}

function noAnswer({ code, text, unsent }: Silence): Verdict {
	const facts = { code, raw_message: text };
	if (unsent) {
		return {
			kind: 'unsent',
			repeat: 'as set',
			what: `WeChat Pay could not be reached${inBrackets(code)}`,
			wayOut:
				"Check the network, the proxy and 'Base URL' of the credential, then run this item again.",
			facts,
		};
	}
	const reason =
		code === 'ERR_CANCELED'
			? 'The execution was cancelled before the answer came'
			: 'No answer from WeChat Pay';
	return {
		kind: 'open',
		repeat: 'as set',
		what: `${reason}${inBrackets(code)}, so it may have been done or not`,
		wayOut: 'Run this item again with the same values.',
		facts,
	};
}

function success(answer: Answer, merchant: Merchant): Verdict {
	const verified = verifyHttp({ ...answer, keys: merchant.keys, now: answer.at });
	const facts = { http_status: answer.status, request_id: requestId(answer) };
	if (!verified.ok) {
		const code = verified.reason.toUpperCase().replace(/-/g, '_');
		return {
			kind: 'open',
			repeat: 'once',
			...unverified(verified.reason, answer, merchant),
			facts: { ...facts, code },
		};
	}
	if (answer.status === 202) {
		return {
			kind: 'open',
			repeat: 'as set',
			what: 'WeChat Pay took the request but has not processed it yet (202)',
			wayOut: 'Run this item again with the same values in a few minutes.',
			facts,
		};
	}
	return { kind: 'done', requestId: facts.request_id };
}

const UNVERIFIED = 'The answer says done, but it can not be trusted';

/** Why an answer can not be trusted, and the way out. */
export function unverified(
	reason: VerificationReason,
	answer: Answer,
	{ keys }: Merchant,
): Pick<Explanation, 'what' | 'wayOut'> {
	const again = 'Run this item again with the same values';
	const serial = headerOf(answer.headers, 'wechatpay-serial');
	const known = [...keys.keys()].join(', ');
	const off = Number(headerOf(answer.headers, 'wechatpay-timestamp')) - answer.at / 1000;
	switch (reason) {
		case 'missing-header':
			return {
				what: `${UNVERIFIED}: it has no signature`,
				wayOut: `A proxy or firewall on the way may answer itself or take the Wechatpay-* headers away: let them pass. ${again}.`,
			};
		case 'unsupported-type':
			return {
				what: `${UNVERIFIED}: its signature is of another type than SHA256-RSA2048`,
				wayOut: `Use an RSA certificate or public key of WeChat Pay. ${again}.`,
			};
		case 'clock':
			return {
				what: `${UNVERIFIED}: its time is ${inSeconds(off)} than the clock of this n8n`,
				wayOut: `Set the clock of the machine that runs n8n (NTP). ${again}.`,
			};
		case 'probe':
			return {
				what: `${UNVERIFIED}: WeChat Pay sent one of its test signatures (WECHATPAY/SIGNTEST/)`,
				wayOut: `This happens now and then, to see that they are refused. ${again}.`,
			};
		case 'unknown-serial':
			return {
				what: `${UNVERIFIED}: it is signed with the key ${serial}, the credential has ${known}`,
				wayOut: `Add that key to the credential; while the merchant moves to the public key, set '${LABEL.verification}' to Both. ${again}.`,
			};
		case 'bad-signature':
			return {
				what: `${UNVERIFIED}: its signature does not fit the key ${serial}`,
				wayOut: `Check in the credential that key and ID belong together. If they do, somebody changed the answer on the way. ${again}.`,
			};
	}
}

function withoutOutcome(status: number, { code }: ErrorBody): Pick<Explanation, 'what' | 'wayOut'> {
	if (status >= 500) {
		return {
			what: `WeChat Pay could not say whether it was done (${code ?? status})`,
			wayOut: 'Run this item again with the same values in a few minutes.',
		};
	}
	return {
		what: `The answer is not one of WeChat Pay's (${status}), so it may have been done or not`,
		wayOut: "Check the proxy and 'Base URL' of the credential, then run this item again.",
	};
}

/** Meaning and way out of a 4xx, from the table of known refusals. */
export function explain(status: number, error: ErrorBody): Pick<Explanation, 'what' | 'wayOut'> {
	const known = refusals
		.filter((one) => one.status === status && (status === 429 || one.code === error.code))
		.find(({ says }) => !says || says.some((part) => error.message?.includes(part)));
	const code = inBrackets(error.code ?? String(status));
	const what = `WeChat Pay refused${known ? `: ${known.meaning}` : ' the request'}${code}`;
	if (known && (known.says || status === 429)) return { what, wayOut: known.advice };
	if (!error.code) {
		return {
			what,
			wayOut:
				"The answer has no code of WeChat Pay: check the proxy and 'Base URL' of the credential.",
		};
	}
	return { what, wayOut: [known?.advice, quoted(error)].filter(Boolean).join(' ') };
}

/** WeChat Pay's own words, for a meaning that only they tell. */
function quoted({ field, issue, message }: ErrorBody): string {
	const where = field ? `Field ${field}${issue ? `: ${issue}` : ''}. ` : '';
	return `${where}WeChat Pay says: "${message ?? ''}".`;
}

/** The parts of a request that its signature covers. */
interface SentRequest {
	method: string;
	url: string;
	body?: Buffer;
}

/** What a 401 tells about the clock, and whether the bytes or the key differ (protocol.md f.1). */
export function signingFacts(
	answer: Answer,
	request: SentRequest,
	{ signed }: ErrorBody,
): Pick<FailureFacts, 'description'> {
	const findings = [clockFinding(answer), bytesFinding(request, signed)].filter(Boolean);
	return findings.length > 0 ? { description: findings.join(' ') } : {};
}

function clockFinding(answer: Answer): string | undefined {
	const off = Date.parse(headerOf(answer.headers, 'date') ?? '') / 1000 - answer.at / 1000;
	// Date has whole seconds and the answer took a moment.
	if (!(Math.abs(off) > 5)) return undefined;
	return `WeChat Pay's clock is ${inSeconds(off)} than the clock of this n8n.`;
}

function bytesFinding(request: SentRequest, signed: ErrorBody['signed']): string | undefined {
	if (signed?.length === undefined) return undefined;
	// Timestamp and nonce always have the same length.
	const message = requestMessage({ ...request, timestamp: '0'.repeat(10), nonce: '0'.repeat(32) });
	const ours = Buffer.byteLength(message);
	const { pathname, search } = new URL(request.url);
	if (signed.url !== undefined && signed.url !== pathname + search) {
		return `WeChat Pay saw the URL ${signed.url} instead of ${pathname}${search}: a proxy on the way changes it.`;
	}
	if (signed.length !== ours) {
		return `WeChat Pay checked ${signed.length} bytes, ${ours} were signed: a proxy on the way changes the request.`;
	}
	return `WeChat Pay checked the same ${ours} bytes that were signed, so the request arrived whole: '${LABEL.privateKey}' and '${LABEL.serialNo}' do not belong together.`;
}

function retryAfterOf(answer: Answer): number | undefined {
	const header = headerOf(answer.headers, 'retry-after');
	if (!header) return undefined;
	const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - answer.at;
	return ms >= 0 ? ms : undefined;
}

function requestId(answer: Answer): string | undefined {
	return headerOf(answer.headers, 'request-id');
}

function inSeconds(off: number): string {
	const seconds = Math.round(Math.abs(off));
	return `${seconds} seconds ${off > 0 ? 'later' : 'earlier'}`;
}

function inBrackets(code: string | undefined): string {
	return code ? ` (${code})` : '';
}
