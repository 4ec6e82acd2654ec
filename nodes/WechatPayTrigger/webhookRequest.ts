import type { VerificationReason } from '../apiv3/verification';
import { headerOf, verifyHeaders } from '../apiv3/verification';
import { printable } from '../client/errors/printable';
import { WebhookRejection } from './rejection';

/** What was posted to the webhook, with nothing believed of it yet. */
export interface WebhookRequest {
	headers: Readonly<Record<string, unknown>>;
	/** The bytes as they came over the wire; n8n's parsed body is made of other ones. */
	body: Buffer;
}

/** What of n8n's request object is looked at. */
interface Received {
	headers: Readonly<Record<string, unknown>>;
	/** n8n keeps it for every body but multipart ones. */
	rawBody?: unknown;
}

/**
 * WeChat Pay's pages allow a ciphertext of 1,048,576 characters; all around it is short
 * (test/support/facts/notifications.json, envelope).
 */
const MAX_BYTES = 1_100_000;

/**
 * Looks at a post from outside before any key is touched.
 *
 * @throws WebhookRejection for what can't be a notification of WeChat Pay
 */
export function readWebhookRequest({ headers, rawBody }: Received): WebhookRequest {
	const body = Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
	if (body.length > MAX_BYTES) {
		throw new WebhookRejection(
			'size',
			`The post has ${body.length} bytes, more than any notification. ${STRANGER}`,
		);
	}
	const verified = verifyHeaders({ headers });
	if (!verified.ok) {
		const foreign = verified.reason === 'missing-header' && notJson(headers, body);
		throw foreign || unverifiedRejection(verified.reason, headers, []);
	}
	return { headers, body };
}

/** What an unsigned post is by its content type and its beginning; APIv2 signs inside its XML. */
function notJson(headers: Received['headers'], body: Buffer): WebhookRejection | undefined {
	const type = headerOf(headers, 'content-type') ?? '';
	const isXml =
		/xml/i.test(type) || body.subarray(0, 200).toString().trimStart().startsWith('<xml');
	if (!isXml && /^application\/json\s*(;|$)/i.test(type)) return undefined;
	const what = isXml ? APIV2 : STRANGER;
	return new WebhookRejection(
		'content-type',
		`The post is not JSON (content type ${quoted(type)}). ${what}`,
	);
}

const APIV2 =
	"It looks like a notification of WeChat Pay's APIv2 (XML), which this trigger does not read: send the order or refund by APIv3 with this URL as 'notify_url', and in the merchant platform give the refund notifications of APIv2 the URL of a system that reads them.";

const STRANGER = 'It does not come from WeChat Pay; there is nothing to do.';

/** @param known the names of the keys in the credential */
export function unverifiedRejection(
	reason: VerificationReason,
	headers: WebhookRequest['headers'],
	known: string[],
): WebhookRejection {
	const serial = quoted(headerOf(headers, 'wechatpay-serial') ?? '');
	return new WebhookRejection(reason, REASONS[reason](serial, known.join(', ') || 'none'));
}

const REASONS: Record<VerificationReason, (serial: string, known: string) => string> = {
	'missing-header': () =>
		`The post is not signed. ${STRANGER} Only if all of them look so, a proxy in front of n8n takes the Wechatpay-* headers away.`,
	'duplicate-header': () =>
		`The post has a Wechatpay-* header more than once. ${STRANGER} Only if all of them look so, a proxy in front of n8n adds headers.`,
	'unsupported-type': () =>
		'The signature is of another type than SHA256-RSA2048. Use an RSA key of WeChat Pay.',
	clock: () =>
		'The signature was made more than five minutes away from the clock of this n8n. If it happens often, set the clock of the machine (NTP).',
	probe: () =>
		'WeChat Pay sent one of its test signatures, to see that it is refused. All is well; the notification comes again with a right one.',
	'unknown-serial': (serial, known) =>
		`The signature names the key ${serial}, the credential has ${known} (a pasted certificate that has expired does not count). If WeChat Pay moves this merchant to another key, set 'Verify Responses With' to Both and enter both keys; otherwise the notification is perhaps another merchant's, who needs a trigger with a URL of its own, or the post does not come from WeChat Pay.`,
	'bad-signature': (serial) =>
		`The signature does not fit the key ${serial}. Either somebody forged the post, or a proxy in front of n8n changes bodies, the notification is another merchant's, who needs a trigger with a URL of its own, or the credential has another key under that name: its Test tells.`,
};

/** Header values come from strangers and go into the log. */
function quoted(value: string): string {
	return `'${printable(value)}'`;
}
