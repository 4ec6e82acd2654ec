/** What was sent, with encrypted fields as WeChat Pay reads them. */
import { constants, privateDecrypt } from 'node:crypto';

import { PUBLIC_KEY } from '../fake/keys.cts';
import type { ReceivedRequest } from '../fake/rules/request.cts';

const SECRET = '(encrypted_phone_number|bank_account|real_name|user_name)';

/** A request to compare: sensitive fields in plain. */
export interface PlainRequest {
	method: string;
	path: string;
	body?: string;
}

/** @returns the request with its sensitive fields decrypted, and without the chance in a form; no empty body */
export function plainRequest({ method, url, body, headers }: ReceivedRequest): PlainRequest {
	const [, boundary = '\0'] = /boundary=(\w+)/.exec(headers['content-type'] ?? '') ?? [];
	const path = url.replace(new RegExp(`${SECRET}=([^&]+)`, 'g'), (_, name, text: string) => {
		return `${name}=${encodeURIComponent(decrypt(decodeURIComponent(text)))}`;
	});
	const plain = body.replace(
		new RegExp(`"${SECRET}":"([^"]+)"`, 'g'),
		(_, name, text: string) => `"${name}":"${decrypt(text)}"`,
	);
	const settled = plain.replaceAll(boundary, '{boundary}');
	return { method, path, ...(settled === '' ? {} : { body: settled }) };
}

function decrypt(text: string): string {
	const key = {
		key: PUBLIC_KEY.privateKey,
		padding: constants.RSA_PKCS1_OAEP_PADDING,
		oaepHash: 'sha1',
	};
	return privateDecrypt(key, Buffer.from(text, 'base64')).toString();
}
