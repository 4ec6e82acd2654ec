/**
 * The parties' keys, read once from test/support/keys: the merchant's certificate, WeChat Pay's public key
 * and its two platform certificates (docs/protocol.md, Merchant key and docs/protocol.md, Public key and platform certificates).
 */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of one file of test/support/keys. */
export function pem(file: string): string {
	return readFileSync(join(__dirname, '..', 'keys', file), 'utf8');
}

/** A key that WeChat Pay signs answers with, and the name it gives it in Wechatpay-Serial. */
export interface SigningKey {
	serial: string;
	privateKey: KeyObject;
}

/** A platform certificate (platform-certificate mode) with its private key. */
export interface PlatformCertificate extends SigningKey {
	certificate: X509Certificate;
	certificatePem: string;
}

function platformCertificate(name: string): PlatformCertificate {
	const certificatePem = pem(`${name}-cert.pem`);
	const certificate = new X509Certificate(certificatePem);
	const privateKey = createPrivateKey(pem(`${name}-key.pem`));
	return { serial: certificate.serialNumber, privateKey, certificate, certificatePem };
}

const merchantCertificate = new X509Certificate(pem('merchant-cert.pem'));

/** The merchant that the credential of the tests belongs to. */
export const MERCHANT = {
	mchid: '1230000109',
	serialNo: merchantCertificate.serialNumber,
	publicKey: merchantCertificate.publicKey,
	privateKeyPem: pem('merchant-key.pem'),
	apiV3Key: 'ThrowAwayApiV3KeyForTestsOnly_32',
};

/** WeChat Pay's key pair of public-key mode. */
export const PUBLIC_KEY: SigningKey & { publicKeyPem: string } = {
	serial: 'PUB_KEY_ID_0112300001092026112300000000000000',
	privateKey: createPrivateKey(pem('wechatpay-key.pem')),
	publicKeyPem: pem('wechatpay-public-key.pem'),
};

export const PLATFORM_A = platformCertificate('platform-a');
export const PLATFORM_B = platformCertificate('platform-b');
/** Newer than A and B, which are of the same age. */
export const PLATFORM_C = platformCertificate('platform-c');
export const PLATFORM_EXPIRED = platformCertificate('platform-expired');
export const PLATFORM_FUTURE = platformCertificate('platform-future');

/** The data of an n8n credential for the merchant, in public-key mode. */
export const CREDENTIAL = {
	mchid: MERCHANT.mchid,
	serialNo: MERCHANT.serialNo,
	privateKey: MERCHANT.privateKeyPem,
	verification: 'publicKey',
	publicKeyId: PUBLIC_KEY.serial,
	publicKey: PUBLIC_KEY.publicKeyPem,
	platformCertificates: '',
	apiV3Key: MERCHANT.apiV3Key,
	baseUrl: 'https://api.mch.weixin.qq.com',
};
