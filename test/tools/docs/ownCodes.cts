/** The codes that this package gives to responses of WeChat Pay's that it does not take for the confirmation of a request. */
import type { UnconfirmedReason } from '../../../nodes/client/response/classifySuccess.ts';
import { codeOf } from '../../../nodes/client/response/classifySuccess.ts';

interface OwnCode {
	meaning: string;
	wayOut: string;
}

const STORED =
	'A proxy or gateway on the way returns stored or exchanged responses: leave it out, or have its cache turned off for WeChat Pay.';

const OWN_CODES: Record<UnconfirmedReason, OwnCode> = {
	'missing-header': {
		meaning: 'The response is not signed: a `Wechatpay-*` header is missing.',
		wayOut:
			'Have the proxy or firewall on the way let these headers pass; some respond themselves.',
	},
	'duplicate-header': {
		meaning: 'A `Wechatpay-*` header is there more than once.',
		wayOut: "Have the proxy on the way let WeChat Pay's headers pass as they are.",
	},
	'unsupported-type': {
		meaning: 'The signature is of another type than SHA256-RSA2048.',
		wayOut: 'Use an RSA certificate or public key of WeChat Pay.',
	},
	clock: {
		meaning: "The signature's time differs from the clock of this n8n by more than five minutes.",
		wayOut: 'Set the clock of the machine that runs n8n (NTP).',
	},
	probe: {
		meaning: 'WeChat Pay sent one of its test signatures, which clients must reject.',
		wayOut: 'Nothing: the next response has a right one.',
	},
	'unknown-serial': {
		meaning:
			'The response is signed with a key that the credential does not have, or with a pasted certificate that has expired.',
		wayOut:
			"Add the key; while the merchant moves to the public key, set 'Verify Responses With' to Both. Paste the new certificate, or leave the field empty.",
	},
	'bad-signature': {
		meaning: 'The signature does not match the response.',
		wayOut:
			'Check that key and ID in the credential belong together. If they do, the response was changed on the way.',
	},
	replayed: {
		meaning: 'The response came before, as another response or as a notification.',
		wayOut: STORED,
	},
	stale: {
		meaning: 'The response was not signed in the time between sending and receiving.',
		wayOut: `If the clock of the machine was just set, wait five minutes. Otherwise: ${STORED}`,
	},
	'wrong-file': {
		meaning:
			'A file is not the one that the verified response before promised: its digest is another one, or it could not be decrypted.',
		wayOut:
			'It was changed or cut off on the way: have the proxy there let files pass as they are, then run the item again.',
	},
	'not-bound': {
		meaning:
			'WeChat Pay signed the response, but not as the response to this request: it has another status than 200 or 204, a body where none is due, no field that it must have, or another order, card, code or merchant.',
		wayOut: STORED,
	},
};

/** One row for each. */
export function ownCodesTable(): string {
	return [
		'| Code | Meaning | What to do |',
		'| --- | --- | --- |',
		...Object.entries(OWN_CODES).map(
			([reason, { meaning, wayOut }]) =>
				`| \`${codeOf(reason as UnconfirmedReason)}\` | ${meaning} | ${wayOut} |`,
		),
	].join('\n');
}
