/**
 * `n8n-nodes-wechatpay` for programs: the nodes and the credential as n8n loads them, and WeChat Pay APIv3's rules as pure
 * functions, which need no n8n and no network.
 *
 * The types need those of Node (`@types/node`), and those of `n8n-workflow` for the nodes and the credential.
 *
 * "PEM" is a key or a certificate as people paste it: with its line breaks, with blanks or `\n` in their place, with CRLF,
 * or as base64 without the BEGIN and END lines. Keys are RSA of 2048 bits or more.
 */
import type { KeyObject } from 'node:crypto';

import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

/** The everyday action node, type `n8n-nodes-wechatpay.wechatPay`. Loaded on first use, with n8n-workflow. */
export class WechatPay implements INodeType {
	description: INodeTypeDescription;

	methods: NonNullable<INodeType['methods']>;

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/** The node for cards and members, type `n8n-nodes-wechatpay.wechatPayMemberCard`. Loaded as the other one. */
export class WechatPayMemberCard implements INodeType {
	description: INodeTypeDescription;

	methods: NonNullable<INodeType['methods']>;

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/** The trigger node, type `n8n-nodes-wechatpay.wechatPayTrigger`. Loaded on first use, with n8n-workflow. */
export class WechatPayTrigger implements INodeType {
	description: INodeTypeDescription;

	methods: NonNullable<INodeType['methods']>;

	webhookMethods: {
		default: {
			checkExists(this: IHookFunctions): Promise<boolean>;
			create(this: IHookFunctions): Promise<boolean>;
			delete(this: IHookFunctions): Promise<boolean>;
		};
	};

	webhook(this: IWebhookFunctions): Promise<IWebhookResponseData>;
}

/** The credential, type `wechatPayApi`: a merchant, whose requests it signs. */
export class WechatPayApi implements ICredentialType {
	name: string;

	displayName: string;

	icon: {
		readonly light: 'file:../icons/wechatpay.svg';
		readonly dark: 'file:../icons/wechatpay.dark.svg';
	};

	documentationUrl: string;

	properties: INodeProperties[];

	/**
	 * Signs a request over the exact URL and bytes that will be sent.
	 *
	 * @returns a new request with a Buffer for its body; the given one is left as it was
	 * @throws Error for a credential value that cannot be used, a URL that is not WeChat Pay's, or a body that cannot be
	 *   signed
	 */
	authenticate: (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	) => Promise<IHttpRequestOptions>;
}

/** What is thrown for a text that is not the key or certificate expected. It never contains the text itself. */
export interface KeyFormatError extends Error {
	/** What was expected, such as `a private key`. */
	readonly expected: string;
	/** What was found, such as `a certificate` or `a key that is cut off or damaged`. */
	readonly found: string;
}

/** What the signature of a request covers. */
export interface RequestToSign {
	/** HTTP method in any case. */
	method: string;
	/** Absolute URL, or path with query, percent-encoded as it goes over the wire. */
	url: string;
	/** Unix seconds. */
	timestamp: number | string;
	/** Up to 32 characters. */
	nonce: string;
	/** The bytes of the body, or its text in UTF-8; empty or absent for a request without one. */
	body?: string | Buffer;
}

/** A request and the merchant that signs it. */
export interface RequestToAuthorize extends Omit<RequestToSign, 'timestamp' | 'nonce'> {
	/** The merchant number. */
	mchid: string;
	/** Serial number of the merchant's certificate, in hexadecimal. */
	serialNo: string;
	/** The merchant's private key: PEM, or the parsed key. */
	privateKey: string | KeyObject;
	/** Unix seconds; the present, if left out. */
	timestamp?: RequestToSign['timestamp'];
	/** Up to 32 characters; random, if left out. */
	nonce?: string;
}

/**
 * The text that a request's signature covers: method, path with query, timestamp, nonce and body, five lines, each closed
 * by one LF.
 *
 * @throws TypeError when `url` is absolute and not a URL
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function requestMessage(request: RequestToSign): string;

/**
 * The bytes that the signature of a response or a notification covers: three lines, each closed by one LF.
 *
 * @param message.timestamp the Wechatpay-Timestamp header, Unix seconds
 * @param message.nonce the Wechatpay-Nonce header
 * @param message.body the raw bytes received, before any parsing, or their text in UTF-8; empty for a 204
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053420
 */
export function responseMessage(message: {
	timestamp: number | string;
	nonce: string;
	body: string | Buffer;
}): Buffer;

/**
 * Signs: SHA-256 with RSA, PKCS#1 v1.5.
 *
 * @param message text, taken as UTF-8, or bytes
 * @param privateKey PEM, or the parsed key
 * @returns base64 without line breaks
 * @throws KeyFormatError when `privateKey` is not a private key
 */
export function sign(message: string | Buffer, privateKey: string | KeyObject): string;

/**
 * The whole value of a request's Authorization header, scheme WECHATPAY2-SHA256-RSA2048.
 *
 * @throws KeyFormatError when `privateKey` is not a private key
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365344
 */
export function authorization(request: RequestToAuthorize): string;

/**
 * Checks a signature of WeChat Pay. Never throws, whatever the input.
 *
 * @param message what was signed (`responseMessage`): text, taken as UTF-8, or bytes
 * @param signature base64, as received
 * @param key PEM of WeChat Pay's public key or of a platform certificate, or the parsed key
 * @returns false also for an unusable key, and for WeChat Pay's deliberately wrong test signatures
 */
export function verify(
	message: string | Buffer,
	signature: string,
	key: string | KeyObject,
): boolean;

/** One header. */
export type HeaderEntry = readonly [name: string, value: unknown];

/**
 * The headers of an HTTP message, in every form in which Node, Fetch and the common HTTP clients have them. Names may be
 * in any case. A value that is not text counts as absent, a list of values as that many headers of the name.
 */
export type HttpHeaders =
	/** Node's `IncomingHttpHeaders` and `headersDistinct`; any plain object. */
	| Readonly<Record<string, unknown>>
	/** Fetch `Headers`, a `Map`, or a list of `[name, value]` pairs. */
	| Iterable<HeaderEntry>
	/** An object with only `entries()`. */
	| { entries(): Iterable<HeaderEntry> }
	/** Node's `rawHeaders`: name, value, name, value. */
	| readonly string[];

/** The keys to verify with, by public key ID or certificate serial number: PEM, or the parsed key. */
export type VerificationKeys =
	| ReadonlyMap<string, string | KeyObject>
	| Readonly<Record<string, string | KeyObject>>;

/**
 * Why an HTTP message does not verify:
 *
 * - `missing-header`: a Wechatpay-* header is absent, or not text
 * - `duplicate-header`: a Wechatpay-* header is there more than once
 * - `unsupported-type`: another algorithm than SHA-256 with RSA
 * - `clock`: signed more than 300 seconds from `now`
 * - `probe`: WeChat Pay's own, deliberately wrong test signature
 * - `unknown-serial`: signed with a key that is not among `keys`
 * - `bad-signature`: the signature does not belong to this body and this key
 */
export type VerificationReason =
	| 'missing-header'
	| 'duplicate-header'
	| 'unsupported-type'
	| 'clock'
	| 'probe'
	| 'unknown-serial'
	| 'bad-signature';

/** Whether an HTTP message verifies, and if not, why. */
export type Verification = { ok: true } | { ok: false; reason: VerificationReason };

/**
 * Verifies a response or a notification of WeChat Pay by its headers and raw body, with the key that its
 * Wechatpay-Serial names and no other. Never throws, whatever the input.
 *
 * The signature covers neither the HTTP status nor the request: check as well that the response is about what you asked
 * for, and do not accept the same Wechatpay-Nonce twice.
 *
 * @param message.headers as received
 * @param message.body the raw bytes before any parsing, or their text in UTF-8; empty for a 204
 * @param message.now the clock to compare with: Unix seconds, milliseconds or a Date; the present, if left out
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053420
 */
export function verifyHttp(message: {
	headers: HttpHeaders;
	body: string | Buffer;
	keys: VerificationKeys;
	now?: number | Date;
}): Verification;

/** An encrypted part of a notification or of the certificate list. */
export interface EncryptedResource {
	/** Base64 of the ciphertext followed by its 16-byte tag. */
	ciphertext: string;
	/** Of the encryption, 12 characters taken as bytes. */
	nonce: string;
	/** May be absent, which means empty. */
	associated_data?: string;
	/** `AEAD_AES_256_GCM`. */
	algorithm: string;
}

/**
 * Decrypts the `resource` of a notification, or a certificate of `GET /v3/certificates`. Verify the message first.
 *
 * @param apiV3Key the 32 characters set in the merchant platform, taken as bytes
 * @returns the plaintext: JSON, or a certificate's PEM
 * @throws Error naming which of algorithm, key or data is not as it must be
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function decryptResource(resource: EncryptedResource, apiV3Key: string): string;

/**
 * Encrypts a sensitive field, such as a phone number, for WeChat Pay: RSA-OAEP with SHA-1.
 *
 * @param text at most 214 bytes of UTF-8 with a 2048-bit key
 * @param key PEM of WeChat Pay's public key or of a platform certificate, or the parsed key
 * @returns base64
 * @throws KeyFormatError for another kind of key; Error when the text is too long
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function encryptField(text: string, key: string | KeyObject): string;

/**
 * Decrypts a sensitive field of WeChat Pay's response: RSA-OAEP with SHA-1.
 *
 * @param base64 the field as received
 * @param privateKey the merchant's private key: PEM, or the parsed key
 * @returns the text
 * @throws KeyFormatError for another kind of key; Error when the field was encrypted for another key
 */
export function decryptField(base64: string, privateKey: string | KeyObject): string;

/**
 * Reads the merchant's private key, `apiclient_key.pem`: PKCS#8 or PKCS#1, without a password.
 *
 * @throws KeyFormatError whose `found` names what the text is instead
 */
export function readPrivateKey(pem: string): KeyObject;

/**
 * Reads WeChat Pay's public key, `pub_key.pem`.
 *
 * @throws KeyFormatError whose `found` names what the text is instead; a certificate counts as something else
 */
export function readPublicKey(pem: string): KeyObject;

/**
 * The serial number of a certificate, as WeChat Pay writes it.
 *
 * @returns hexadecimal in upper case, two digits a byte
 * @throws KeyFormatError when the text is not a certificate
 */
export function certificateSerial(pem: string): string;

/** A notification that `signTestNotification` is to make. */
export interface TestNotification {
	/** Its `event_type`, such as `TRANSACTION.SUCCESS`. */
	event: string;
	/** What is encrypted: an object is written as JSON, a text is taken as it is. */
	resource: object | string;
	/** The APIv3 key of the receiver, 32 characters. */
	apiV3Key: string;
	/** The private key that stands in for WeChat Pay's: PEM, or the parsed key. Its public half verifies. */
	privateKey: string | KeyObject;
	/** The name of that key, as the receiver has it: a public key ID or a certificate serial number. */
	serial: string;
	/** When it was signed and made: Unix seconds, milliseconds or a Date; the present, if left out. */
	now?: number | Date;
	/** The notification's ID; another one each time, if left out. */
	id?: string;
	/** A short text in Chinese; `测试通知` (test notification), if left out. */
	summary?: string;
	/** What kind of data it is; the first part of the event in lower case, if left out. */
	originalType?: string;
	/** Authenticated with the data; the same as `originalType`, if left out. */
	associatedData?: string;
}

/** A notification ready to be posted. */
export interface SignedNotification {
	headers: Record<string, string>;
	/** JSON. It must be sent as it is: its bytes are signed. */
	body: string;
}

/**
 * Makes a notification as WeChat Pay posts it, encrypted and signed with keys of your own, to test what receives
 * notifications without WeChat Pay.
 *
 * @returns what to post; `verifyHttp` verifies it, and `decryptResource` decrypts its `resource`
 * @throws Error when the APIv3 key does not have 32 bytes; KeyFormatError when `privateKey` is not a private key
 * @example
 * const { headers, body } = signTestNotification({
 * 	event: 'TRANSACTION.SUCCESS',
 * 	resource: { out_trade_no: 'A1', trade_state: 'SUCCESS' },
 * 	apiV3Key, privateKey, serial: 'PUB_KEY_ID_1',
 * });
 * await fetch(url, { method: 'POST', headers, body });
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function signTestNotification(notification: TestNotification): SignedNotification;
