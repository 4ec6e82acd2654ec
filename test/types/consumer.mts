/**
 * A program that uses the package, compiled against the packed tarball by test/package/types.test.ts. Each
 * `@ts-expect-error` is a mistake that the types have to find.
 */
import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import type { ICredentialType, INodeType } from 'n8n-workflow';
import {
	authorization,
	certificateSerial,
	decryptField,
	decryptResource,
	encryptField,
	readPrivateKey,
	readPublicKey,
	requestMessage,
	responseMessage,
	sign,
	signTestNotification,
	verify,
	verifyHttp,
	WechatPay,
	WechatPayApi,
	WechatPayMemberCard,
	WechatPayTrigger,
	type EncryptedResource,
	type HttpHeaders,
	type KeyFormatError,
	type RequestToSign,
	type SignedNotification,
	type TestNotification,
	type Verification,
	type VerificationKeys,
	type VerificationReason,
} from 'n8n-nodes-wechatpay';

export const nodes: INodeType[] = [
	new WechatPay(),
	new WechatPayMemberCard(),
	new WechatPayTrigger(),
];
export const credential: ICredentialType = new WechatPayApi();
export const credentialName: string = new WechatPayApi().name;

export function request(mchid: string, serialNo: string, pem: string): string {
	const toSign: RequestToSign = { method: 'GET', url: '/v3/x', timestamp: 1, nonce: 'n' };
	const message: string = requestMessage(toSign);
	const key: KeyObject = readPrivateKey(pem);
	const signature: string = sign(message, key);
	// @ts-expect-error a request needs a method
	requestMessage({ url: '/v3/x', timestamp: 1, nonce: 'n' });
	// @ts-expect-error the merchant is needed to authorize
	authorization({ method: 'GET', url: '/v3/x', privateKey: key });
	return (
		signature + authorization({ method: 'GET', url: '/v3/x', mchid, serialNo, privateKey: pem })
	);
}

export function receive(
	incoming: IncomingMessage,
	fetched: Response,
	body: Buffer,
	keys: VerificationKeys,
): Verification[] {
	const all: HttpHeaders[] = [
		incoming.headers,
		incoming.headersDistinct,
		incoming.rawHeaders,
		fetched.headers,
		new Map([['wechatpay-nonce', 'n']]),
		[['wechatpay-nonce', 'n']],
	];
	// @ts-expect-error a number is no message
	verifyHttp(7);
	// @ts-expect-error a text is not headers
	verifyHttp({ headers: 'Wechatpay-Nonce: n', body, keys });
	return all.map((headers) => verifyHttp({ headers, body, keys, now: new Date() }));
}

export function reasonOf(verification: Verification): VerificationReason | 'none' {
	// @ts-expect-error only what does not verify has a reason
	if (verification.ok) return verification.reason;
	return verification.reason;
}

export function secrets(resource: EncryptedResource, apiV3Key: string, pem: string): string[] {
	// @ts-expect-error decrypting gives text, not data
	const data: object = decryptResource(resource, apiV3Key);
	const publicKey: KeyObject = readPublicKey(pem);
	const isSigned: boolean = verify(
		responseMessage({ timestamp: '1', nonce: 'n', body: '' }),
		'',
		publicKey,
	);
	return [String(data), encryptField('x', publicKey), decryptField('x', pem), String(isSigned)];
}

export function serial(pem: string): string {
	try {
		return certificateSerial(pem);
	} catch (error) {
		return (error as KeyFormatError).found;
	}
}

export async function rehearse(url: string, options: TestNotification): Promise<number> {
	const signed: SignedNotification = signTestNotification(options);
	// @ts-expect-error without keys nothing can be signed
	signTestNotification({ event: 'TRANSACTION.SUCCESS', resource: {} });
	return (await fetch(url, { method: 'POST', headers: signed.headers, body: signed.body })).status;
}
