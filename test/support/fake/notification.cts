/**
 * Notifications as WeChat Pay posts them: encrypted, signed, and wrong wherever a test wants it (docs/protocol.md, ).
 * The encryption and the signature are those of `nodes/apiv3/testNotification.ts`, which wechatpay-axios-plugin checks.
 */
import { randomBytes } from 'node:crypto';

import { encryptResource } from '../../../nodes/apiv3/cipher.ts';
import { signatureHeaders } from '../../../nodes/apiv3/testNotification.ts';
import { exchange, type Got } from './client.cts';
import { MERCHANT, PUBLIC_KEY, type SigningKey } from './keys.cts';

/** What a notification is about, and how it is encrypted. */
export interface Contents {
	event_type?: string;
	id?: string;
	/** The plaintext: an object is written as JSON. */
	resource?: object | string;
	create_time?: string;
	resource_type?: string;
	summary?: string;
	original_type?: string;
	/** Empty and absent mean the same. */
	associated_data?: string;
	algorithm?: string;
	apiV3Key?: string;
	/** Of the encryption, 12 characters. */
	nonce?: string;
	/** Changes the envelope after encryption; undefined takes a member away. */
	envelope?: Record<string, unknown>;
}

/** How it is signed and sent. */
export interface Signing {
	key?: SigningKey;
	/** Another name for that key. */
	serial?: string;
	/** Unix seconds. */
	timestamp?: number | string;
	signature?: string;
	/** What is signed instead of what is sent. */
	signedBody?: Buffer;
	/** What is sent instead of the notification, signed in order. */
	body?: Buffer;
	/** Added to the others; undefined takes one away. */
	headers?: Record<string, string | undefined>;
}

/** A notification ready to be posted. */
export interface Posted {
	headers: Record<string, string>;
	body: Buffer;
}

/** The plaintext of a member who activated a card, as on WeChat Pay's page. */
export const ACTIVATION = {
	event_type: 'MEMBER_CARD_ACTIVATE',
	event_time: '2019-12-17T10:35:53+08:00',
	activate_scene: 'NEW_ACTIVATE',
	openid: 'obLatjnx9gnqzS4myYGmLZ7LgLBA',
	unionid: 'obLatjvNtj7wO79ewoQBVIUEArg0',
	card_id: 'paCkC00igoi8VmVpDvapnUhkN99w',
	code: '289560490049',
	outer_str: 'sz_store_001',
};

let sequence = 0;

/** A notification that has never been sent; without any wish, a card that was activated. */
export function notification(contents: Contents = {}, signing: Signing = {}): Posted {
	return signed(Buffer.from(JSON.stringify(envelope(contents))), signing);
}

/** An ID like WeChat Pay's, another one each time. */
export function newId(): string {
	sequence += 1;
	return `EV-${Date.now()}${process.pid}${String(sequence).padStart(6, '0')}`;
}

function envelope(contents: Contents): object {
	const { event_type = 'MEMBERCARD.ACTIVATE_CARD', algorithm } = contents;
	const { id = newId(), create_time = '2026-11-25T10:35:53+08:00' } = contents;
	const { resource_type = 'encrypt-resource', summary, original_type, associated_data } = contents;
	const { nonce, apiV3Key = MERCHANT.apiV3Key, resource = ACTIVATION } = contents;
	const text = typeof resource === 'string' ? resource : JSON.stringify(resource);
	const encrypted = encryptResource(text, { apiV3Key, nonce, associatedData: associated_data });
	return {
		id,
		create_time,
		resource_type,
		event_type,
		summary,
		resource: { original_type, ...encrypted, algorithm: algorithm ?? encrypted.algorithm },
		...contents.envelope,
	};
}

function signed(notified: Buffer, signing: Signing): Posted {
	const { key = PUBLIC_KEY, body = notified, timestamp = Math.floor(Date.now() / 1000) } = signing;
	const headers: Record<string, string | undefined> = {
		...signatureHeaders({
			body: signing.signedBody ?? body,
			privateKey: key.privateKey,
			serial: signing.serial ?? key.serial,
			timestamp,
		}),
		...(signing.signature === undefined ? {} : { 'Wechatpay-Signature': signing.signature }),
		'User-Agent': 'Mozilla/4.0',
		'Request-ID': `${randomBytes(16).toString('hex').toUpperCase()}-0`,
		...signing.headers,
	};
	const given = Object.entries(headers).filter(([, value]) => value !== undefined);
	return { headers: Object.fromEntries(given) as Posted['headers'], body };
}

/** Posts it to a URL and returns the answer. */
export async function post(url: string, { headers, body }: Posted, method = 'POST'): Promise<Got> {
	const length = { 'Content-Length': String(body.length) };
	return await exchange(url, { method, headers: { ...headers, ...length } }, body);
}
