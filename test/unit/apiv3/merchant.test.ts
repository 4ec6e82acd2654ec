import { createPublicKey } from 'node:crypto';

import type { CredentialValues } from '../../../nodes/apiv3/merchantConfig';
import {
	CredentialValueError,
	DEFAULT_BASE_URL,
	LABEL,
	readApiV3Key,
	readBackupUrl,
	readBaseUrl,
} from '../../../nodes/apiv3/merchantConfig';
import type { Merchant } from '../../../nodes/apiv3/merchant';
import { toMerchant, signedHeaders } from '../../../nodes/apiv3/merchant';
import { verify } from '../../../nodes/apiv3/verification';
import {
	CREDENTIAL,
	MERCHANT,
	pem,
	PLATFORM_A,
	PLATFORM_B,
	PLATFORM_C,
	PUBLIC_KEY,
} from '../../support/fake/keys.cts';
import { readList } from './listed';
import { EC_CERTIFICATE } from './pasted';

/** Where it may be. */
const PATH = '/etc/wechat/apiclient_key.pem';
const OWN_CERTIFICATE = pem('merchant-cert.pem');
const OWN_PUBLIC_KEY = createPublicKey(MERCHANT.privateKeyPem)
	.export({ type: 'spki', format: 'pem' })
	.toString();
const PLATFORM_CERTIFICATES = PLATFORM_A.certificatePem + PLATFORM_B.certificatePem;

const credential = (changes: CredentialValues = {}): CredentialValues => ({
	...CREDENTIAL,
	...changes,
});

/** The certificates are to be downloaded. */
const DOWNLOADED = { verification: 'platformCertificate', platformCertificates: ' \n' };

const messageOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		expect(error).toBeInstanceOf(CredentialValueError);
		expect(error).toHaveProperty('name', 'CredentialValueError');
		expect(error).not.toHaveProperty('code');
		return (error as Error).message;
	}
	throw new Error('it was accepted');
};

describe('merchantOf', () => {
	it('reads a whole credential', () => {
		const merchant = toMerchant(credential());
		expect(merchant).toMatchObject({
			mchid: '1230000109',
			serialNo: '0C4AEF2D9A5B3E7F1122334455667788990AABBC',
			wechatPaySerial: PUBLIC_KEY.serial,
			baseUrl: 'https://api.mch.weixin.qq.com',
		});
		expect([...merchant.keys.keys()]).toEqual([PUBLIC_KEY.serial]);
	});

	it('takes brand and service account without blanks around, and for absent where they are empty', () => {
		const given = credential({ brandId: ' 1234\n', appid: '\twx1234567890abcdef ' });
		expect(toMerchant(given)).toMatchObject({ brandId: '1234', appid: 'wx1234567890abcdef' });
		for (const none of ['', ' ', undefined, null]) {
			const { brandId, appid } = toMerchant(credential({ brandId: none, appid: none }));
			expect([brandId, appid]).toEqual([undefined, undefined]);
		}
	});

	it('parses the same object once, another object anew', () => {
		const values = credential();
		expect(toMerchant(values)).toBe(toMerchant(values));
		expect(toMerchant({ ...values })).not.toBe(toMerchant(values));
	});

	it('does not remember what was refused', () => {
		const values = credential({ mchid: '' });
		expect(() => toMerchant(values)).toThrow(LABEL.mchid);
		values.mchid = MERCHANT.mchid;
		expect(toMerchant(values).mchid).toBe(MERCHANT.mchid);
	});

	it.each([
		['public key', { verification: 'publicKey' }, [PUBLIC_KEY.serial]],
		['public key where nothing was chosen', { verification: undefined }, [PUBLIC_KEY.serial]],
		[
			'platform certificates',
			{ verification: 'platformCertificate', publicKey: '', publicKeyId: '' },
			[PLATFORM_A.serial, PLATFORM_B.serial],
		],
		['both', { verification: 'both' }, [PUBLIC_KEY.serial, PLATFORM_A.serial, PLATFORM_B.serial]],
	])('verifies with %s and names the first in requests', (_, changes, serials) => {
		const merchant = toMerchant(
			credential({ platformCertificates: PLATFORM_CERTIFICATES, ...changes }),
		);
		expect([...merchant.keys.keys()]).toEqual(serials);
		expect(merchant.wechatPaySerial).toBe(serials[0]);
	});

	it('names the newest platform certificate, wherever it stands', () => {
		// The merchant's certificate plays an older one of WeChat Pay: it was made a second earlier.
		const values = {
			verification: 'platformCertificate',
			serialNo: 'ABCDEF',
			privateKey: pem('other-merchant-key.pem'),
		};
		for (const platformCertificates of [
			OWN_CERTIFICATE + PLATFORM_A.certificatePem,
			PLATFORM_A.certificatePem + OWN_CERTIFICATE,
		]) {
			const merchant = toMerchant(credential({ ...values, platformCertificates }));
			expect(merchant.wechatPaySerial).toBe(PLATFORM_A.serial);
		}
	});

	it.each([
		['as it is', MERCHANT.serialNo],
		['in lower case', MERCHANT.serialNo.toLowerCase()],
		['with colons', MERCHANT.serialNo.replace(/..(?=.)/g, '$&:')],
		['with blanks', ` ${MERCHANT.serialNo.replace(/....(?=.)/g, '$& ')}\n`],
		['with 0x', `0x${MERCHANT.serialNo}`],
		['with a blank and 0x', ` 0x${MERCHANT.serialNo}`],
		['in quotes', `"${MERCHANT.serialNo}"`],
		['as openssl prints it', `serial=${MERCHANT.serialNo}`],
		[
			'of openssl x509 -text',
			`        Serial Number:\n            ${MERCHANT.serialNo.toLowerCase().replace(/..(?=.)/g, '$&:')}`,
		],
		[
			'of openssl x509 -text, in both forms',
			`Serial Number: ${BigInt(`0x${MERCHANT.serialNo}`)} (0x${MERCHANT.serialNo.toLowerCase()})`,
		],
		['of a JDK', `SerialNumber: [    ${MERCHANT.serialNo.toLowerCase().slice(1)}]`],
		['of keytool', `Serial number: ${MERCHANT.serialNo.toLowerCase().slice(1)}`],
		['with a Chinese label', `商户API证书序列号：${MERCHANT.serialNo}。`],
		['in JSON', `"serial_no": "${MERCHANT.serialNo}",`],
		['with commas', MERCHANT.serialNo.replace(/..(?=.)/g, '$&,')],
		['with a full stop', `${MERCHANT.serialNo}.`],
		['in an env file', `export MERCHANT_SERIAL="${MERCHANT.serialNo}"`],
		['with what cannot be seen', `\u200E${MERCHANT.serialNo.replace(/....(?=.)/g, '$&\u200B')}`],
		['in full-width digits', MERCHANT.serialNo.replace(/0/g, '０')],
		['as its certificate', OWN_CERTIFICATE],
	])('reads the serial number %s', (_, serialNo) => {
		expect(toMerchant(credential({ serialNo })).serialNo).toBe(MERCHANT.serialNo);
	});

	it('takes an empty serial number from the certificate beside the key (K7)', () => {
		for (const privateKey of [
			OWN_CERTIFICATE + MERCHANT.privateKeyPem,
			MERCHANT.privateKeyPem + OWN_CERTIFICATE + PLATFORM_A.certificatePem,
		]) {
			const merchant = toMerchant(credential({ serialNo: '', privateKey }));
			expect(merchant.serialNo).toBe(MERCHANT.serialNo);
		}
	});

	it.each([
		['a number', 1230000109, '1230000109'],
		['blanks around', ' 1230000109\n', '1230000109'],
	])('reads a merchant ID with %s', (_, mchid, read) => {
		expect(toMerchant(credential({ mchid })).mchid).toBe(read);
	});

	it('reads a public key ID in lower case and with blanks around', () => {
		const publicKeyId = ` ${PUBLIC_KEY.serial.toLowerCase()}\n`;
		expect(toMerchant(credential({ publicKeyId })).wechatPaySerial).toBe(PUBLIC_KEY.serial);
	});

	it('has no key of WeChat Pay before platform certificates are downloaded', () => {
		const merchant = toMerchant(credential(DOWNLOADED));
		expect([...merchant.keys.keys()]).toEqual([]);
		expect(merchant.wechatPaySerial).toBeUndefined();
		const both = toMerchant(credential({ ...DOWNLOADED, verification: 'both' }));
		expect([...both.keys.keys()]).toEqual([PUBLIC_KEY.serial]);
	});

	it('verifies with what was downloaded for the merchant, and names the newest', () => {
		const merchant = toMerchant(credential({ ...DOWNLOADED, mchid: '1900000101' }));
		const both = toMerchant(
			credential({ ...DOWNLOADED, mchid: '1900000101', verification: 'both' }),
		);
		merchant.certificates?.put(readList([PLATFORM_A, PLATFORM_C]));
		expect([...merchant.keys.keys()]).toEqual([PLATFORM_C.serial, PLATFORM_A.serial]);
		expect(merchant.wechatPaySerial).toBe(PLATFORM_C.serial);
		expect([...both.keys.keys()]).toEqual([
			PUBLIC_KEY.serial,
			PLATFORM_C.serial,
			PLATFORM_A.serial,
		]);
		expect(both.wechatPaySerial).toBe(PUBLIC_KEY.serial);
	});

	it('downloads nothing where certificates were pasted or are not used', () => {
		const pasted = { ...DOWNLOADED, platformCertificates: PLATFORM_CERTIFICATES };
		expect(toMerchant(credential(pasted)).certificates).toBeUndefined();
		expect(toMerchant(credential()).certificates).toBeUndefined();
	});

	it('reads keys in one line', () => {
		const inLine = (text: string) => text.replace(/\n/g, ' ');
		const merchant = toMerchant(
			credential({
				verification: 'both',
				privateKey: inLine(MERCHANT.privateKeyPem),
				publicKey: inLine(PUBLIC_KEY.publicKeyPem),
				platformCertificates: inLine(PLATFORM_CERTIFICATES),
			}),
		);
		expect(merchant.keys.size).toBe(3);
	});
});

type Refused = [string, CredentialValues, keyof typeof LABEL, string];

const PLATFORM = { verification: 'platformCertificate' };

const REFUSED: Refused[] = [
	['no merchant ID', { mchid: '' }, 'mchid', 'is empty'],
	['an absent merchant ID', { mchid: undefined }, 'mchid', 'is empty'],
	['a merchant ID of letters', { mchid: 'wx1234567890abcdef' }, 'mchid', 'digits'],
	['letters before a merchant ID', { mchid: 'wx1900000109' }, 'mchid', 'digits'],
	['a short merchant ID', { mchid: '123' }, 'mchid', '6 to 32 digits'],
	['a merchant ID with a quote', { mchid: '1230000109",x="' }, 'mchid', 'digits'],
	['no serial number', { serialNo: ' ' }, 'serialNo', 'is empty'],
	['an absent serial number', { serialNo: undefined }, 'serialNo', 'is empty'],
	['0x within a serial number', { serialNo: 'AB0xCD' }, 'serialNo', 'text that is not a key'],
	[
		'a letter before a decimal number',
		{ serialNo: `x${'7'.repeat(47)}` },
		'serialNo',
		'text that is not a key',
	],
	[
		'a letter behind a decimal number',
		{ serialNo: `${'7'.repeat(47)}x` },
		'serialNo',
		'text that is not a key',
	],
	[
		'a decimal serial number',
		{ serialNo: '71237897687980798797987970798798798798798798798' },
		'serialNo',
		'decimal',
	],
	[
		'the certificate of another key for the serial number',
		{ serialNo: PLATFORM_A.certificatePem },
		'serialNo',
		"holds a certificate that does not belong to the private key in 'Merchant Private Key'",
	],
	[
		'the certificate of another key beside the key',
		{ privateKey: MERCHANT.privateKeyPem + PLATFORM_A.certificatePem },
		'privateKey',
		'holds a certificate that does not belong to the private key',
	],
	[
		'another serial number than that of the certificate beside the key',
		{ serialNo: 'ABCDEF', privateKey: MERCHANT.privateKeyPem + OWN_CERTIFICATE },
		'serialNo',
		`is not the one of the certificate in 'Merchant Private Key': enter ${MERCHANT.serialNo}`,
	],
	[
		'a serial number with a letter O',
		{ serialNo: `O${MERCHANT.serialNo.slice(1)}` },
		'serialNo',
		'holds a serial number that cannot be read',
	],
	[
		'the key for the serial number',
		{ serialNo: MERCHANT.privateKeyPem },
		'serialNo',
		'a private key',
	],
	[
		'the public key ID for the serial number',
		{ serialNo: PUBLIC_KEY.serial },
		'serialNo',
		'a public key ID',
	],
	[
		'a file name for the serial number',
		{ serialNo: 'apiclient_cert.pem' },
		'serialNo',
		'the name of a file',
	],
	['a serial number too long', { serialNo: 'A'.repeat(41) }, 'serialNo', 'API security'],
	[
		'no private key',
		{ privateKey: '' },
		'privateKey',
		'is empty: paste the whole content of apiclient_key.pem',
	],
	['an absent private key', { privateKey: undefined }, 'privateKey', 'is empty'],
	[
		'a certificate for the key',
		{ privateKey: OWN_CERTIFICATE },
		'privateKey',
		'holds a certificate: paste',
	],
	[
		'a public key for the key',
		{ privateKey: PUBLIC_KEY.publicKeyPem },
		'privateKey',
		'holds a public key',
	],
	[
		'an encrypted key',
		{ privateKey: pem('merchant-key-encrypted.pem') },
		'privateKey',
		'holds a password-protected private key',
	],
	[
		'an encrypted key, and says what helps',
		{ privateKey: pem('merchant-key-encrypted.pem') },
		'privateKey',
		'remove the password with "openssl pkey", or paste the whole content of apiclient_key.pem',
	],
	[
		'a .p12 file, and says what helps',
		{
			privateKey: Buffer.concat([
				Buffer.from([0x30, 0x82, 1, 0, 2, 1, 3]),
				Buffer.alloc(253),
			]).toString('base64'),
		},
		'privateKey',
		'"openssl pkcs12 -in apiclient_cert.p12 -nocerts -nodes" (the password is the merchant ID), or paste',
	],
	[
		'an OpenSSH key, and says what helps',
		{ privateKey: MERCHANT.privateKeyPem.replace(/(?<=BEGIN |END )/g, 'OPENSSH ') },
		'privateKey',
		'"ssh-keygen -p -m PEM -f" and its file name, or paste',
	],
	[
		'the name of a file, and says what helps',
		{ privateKey: PATH },
		'privateKey',
		'open the file in a text editor and paste',
	],
	['half a key', { privateKey: MERCHANT.privateKeyPem.slice(0, 700) }, 'privateKey', 'cut off'],
	[
		'the APIv3 key for the key',
		{ privateKey: 'A'.repeat(32) },
		'privateKey',
		'32-character API key',
	],
	['no public key ID', { publicKeyId: '' }, 'publicKeyId', 'is empty'],
	['an absent public key ID', { publicKeyId: undefined }, 'publicKeyId', 'is empty'],
	['words before a public key ID', { publicKeyId: 'ID: PUB_KEY_ID_12' }, 'publicKeyId', 'start'],
	[
		'the serial number for the public key ID',
		{ publicKeyId: MERCHANT.serialNo },
		'publicKeyId',
		'PUB_KEY_ID_',
	],
	[
		'a public key ID with letters',
		{ publicKeyId: 'PUB_KEY_ID_12X' },
		'publicKeyId',
		'end with digits',
	],
	[
		'the public key for its ID',
		{ publicKeyId: PUBLIC_KEY.publicKeyPem },
		'publicKeyId',
		'PUB_KEY_ID_',
	],
	[
		'no public key',
		{ publicKey: '' },
		'publicKey',
		"is empty: paste the whole content of WeChat Pay's pub_key.pem",
	],
	['an absent public key', { publicKey: undefined }, 'publicKey', 'is empty'],
	[
		"the merchant's public key",
		{ publicKey: OWN_PUBLIC_KEY },
		'publicKey',
		"the merchant's own public key",
	],
	[
		"the merchant's certificate for the public key",
		{ publicKey: OWN_CERTIFICATE },
		'publicKey',
		'holds a certificate',
	],
	[
		"the merchant's private key for the public key",
		{ publicKey: MERCHANT.privateKeyPem },
		'publicKey',
		'holds a private key',
	],
	[
		'the ID for the public key',
		{ publicKey: PUBLIC_KEY.serial },
		'publicKey',
		'holds a public key ID',
	],
	[
		'the public key for platform certificates',
		{ ...PLATFORM, platformCertificates: PUBLIC_KEY.publicKeyPem },
		'platformCertificates',
		"holds a public key: paste WeChat Pay's platform certificate",
	],
	[
		"the merchant's certificate for platform certificates",
		{ ...PLATFORM, platformCertificates: PLATFORM_A.certificatePem + OWN_CERTIFICATE },
		'platformCertificates',
		"the merchant's own certificate",
	],
	[
		"the merchant's certificate for platform certificates, beside another serial number",
		{ ...PLATFORM, serialNo: 'ABCDEF', platformCertificates: OWN_CERTIFICATE },
		'platformCertificates',
		"the merchant's own certificate",
	],
	[
		"the merchant's certificate for platform certificates, beside another key",
		{
			...PLATFORM,
			privateKey: pem('other-merchant-key.pem'),
			platformCertificates: OWN_CERTIFICATE,
		},
		'platformCertificates',
		"the merchant's own certificate",
	],
	[
		'an elliptic platform certificate',
		{ ...PLATFORM, platformCertificates: PLATFORM_A.certificatePem + EC_CERTIFICATE },
		'platformCertificates',
		'a certificate that is not RSA',
	],
	[
		'a platform certificate that is cut off',
		{ ...PLATFORM, platformCertificates: PLATFORM_CERTIFICATES.slice(0, -200) },
		'platformCertificates',
		'cut off',
	],
	['another choice', { verification: 'none' }, 'verification', 'choices'],
	['an empty choice', { verification: '' }, 'verification', 'choices'],
];

describe('a credential is refused', () => {
	it.each(REFUSED)('with %s', (_, changes, field, part) => {
		const message = messageOf(() => toMerchant(credential(changes)));
		expect(message).toContain(`'${LABEL[field]}' in the WeChat Pay credential `);
		expect(message).toContain(part);
		expect(message).not.toMatch(/error|problem|failure|mistake/i);
	});

	it.each(REFUSED)('without repeating a secret: %s', (_, changes) => {
		const message = messageOf(() => toMerchant(credential(changes)));
		const secrets = Object.values(credential(changes)).filter(
			(value): value is string =>
				typeof value === 'string' &&
				value.length > 8 &&
				value !== DEFAULT_BASE_URL &&
				!LABELS.has(value),
		);
		expect(secrets.length).toBeGreaterThan(3);
		for (const secret of secrets) {
			for (const line of secret.split('\n').filter((one) => one.length > 8)) {
				expect(message).not.toContain(line);
			}
		}
	});
});

/** Values that are choices, not secrets. */
const LABELS = new Set(['publicKey', 'platformCertificate', 'both', 'apiclient_cert.pem']);

it.each([
	['an object', {}],
	['an object without a text', { toString: 'a' }],
	['a list', ['1230000109']],
	['null', null],
])('%s is no text of a field', (_, value) => {
	expect(messageOf(() => toMerchant({ ...CREDENTIAL, mchid: value }))).toBe(
		`'${LABEL.mchid}' in the WeChat Pay credential is empty: enter the merchant number`,
	);
});

describe('readBaseUrl', () => {
	it.each([
		['nothing', '', DEFAULT_BASE_URL],
		['an absent value', undefined, DEFAULT_BASE_URL],
		['blanks', ' \n', DEFAULT_BASE_URL],
		['WeChat Pay', 'https://api.mch.weixin.qq.com', 'https://api.mch.weixin.qq.com'],
		['a last slash', 'https://api2.mch.weixin.qq.com/', 'https://api2.mch.weixin.qq.com'],
		['blanks around', '  https://proxy.example:8443 \n', 'https://proxy.example:8443'],
		['upper case', 'HTTPS://Proxy.Example', 'https://proxy.example'],
		['http on 127.0.0.1', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
		['http on 127.8.9.1', 'http://127.8.9.1', 'http://127.8.9.1'],
		['http on 127.10.20.30', 'http://127.10.20.30', 'http://127.10.20.30'],
		['http on localhost', 'http://localhost:3000/', 'http://localhost:3000'],
		['http on [::1]', 'http://[::1]:3000', 'http://[::1]:3000'],
	])('takes %s', (_, value, origin) => {
		expect(readBaseUrl(value)).toBe(origin);
	});

	it.each([
		['http elsewhere', 'http://api.mch.weixin.qq.com', 'https://'],
		['http on 10.0.0.1', 'http://10.0.0.1', 'https://'],
		['http on a host that starts like this machine', 'http://127.0.0.1.example', 'https://'],
		['http on a host called localhost.example', 'http://localhost.example', 'https://'],
		['another protocol', 'ftp://api.mch.weixin.qq.com', 'https://'],
		['another protocol on this machine', 'ftp://127.0.0.1', 'https://'],
		['a script', 'javascript:alert(1)', 'https://'],
		['no protocol', 'api.mch.weixin.qq.com', 'is not a URL'],
		['a host with a port and no protocol', 'localhost:8080', 'https://'],
		['words', 'none of your business', 'is not a URL'],
		['a path', 'https://api.mch.weixin.qq.com/v3', 'must end after the host name'],
		['a query', 'https://api.mch.weixin.qq.com/?a=1', 'must end after the host name'],
		['a fragment', 'https://api.mch.weixin.qq.com/#a', 'must end after the host name'],
		['a user', 'https://user@api.mch.weixin.qq.com', 'must end after the host name'],
		['a password', 'https://:secret@api.mch.weixin.qq.com', 'must end after the host name'],
	])('refuses %s', (_, value, part) => {
		const message = messageOf(() => readBaseUrl(value));
		expect(message).toContain(`'${LABEL.baseUrl}' in the WeChat Pay credential`);
		expect(message).toContain(part);
		expect(message).toContain(`enter ${DEFAULT_BASE_URL}`);
		expect(message).not.toMatch(/error|problem|failure|mistake|secret/i);
	});
});

describe('readBackupUrl', () => {
	const main = [undefined, null, '', DEFAULT_BASE_URL, `${DEFAULT_BASE_URL}/`];

	it.each(main)('stands in for the base URL %p', (baseUrl) => {
		expect(readBackupUrl({ baseUrl, backupHost: true })).toBe('https://api2.mch.weixin.qq.com');
		expect(readBackupUrl({ baseUrl })).toBe('https://api2.mch.weixin.qq.com');
		expect(readBackupUrl({ baseUrl, backupHost: false })).toBeUndefined();
	});

	it.each([
		'https://api2.mch.weixin.qq.com',
		'https://proxy.example',
		'http://127.0.0.1:8080',
		`${DEFAULT_BASE_URL}:8443`,
		`${DEFAULT_BASE_URL}.example`,
	])('stands in for no other one, such as %s', (baseUrl) => {
		expect(readBackupUrl({ baseUrl, backupHost: true })).toBeUndefined();
		expect(readBackupUrl({ baseUrl })).toBeUndefined();
	});
});

describe('readApiV3Key', () => {
	it('reads 32 characters, with blanks around', () => {
		expect(readApiV3Key({ apiV3Key: ` ${MERCHANT.apiV3Key}\n` })).toBe(MERCHANT.apiV3Key);
	});

	it.each(['', ' ', undefined, null])('takes %p for none', (apiV3Key) => {
		expect(readApiV3Key({ apiV3Key })).toBeUndefined();
	});

	it.each([
		['31 characters', 'SECRETSECRETSECRETSECRETSECRETS', 'has 31 characters'],
		['33 characters', 'SECRETSECRETSECRETSECRETSECRETSEC', 'has 33 characters'],
		[
			'Chinese',
			'密'.repeat(32),
			'contains a character that is no half-width letter or digit (U+5BC6)',
		],
		[
			'30 characters and a full-width comma',
			`${'S'.repeat(15)}，${'S'.repeat(14)}`,
			'contains a character that is no',
		],
		[
			'a zero-width blank',
			`${'S'.repeat(15)}\u200B${'S'.repeat(14)}`,
			'contains a character that cannot be seen (U+200B)',
		],
		['a blank', `${'S'.repeat(15)} ${'S'.repeat(16)}`, 'contains a blank or line break (U+0020)'],
		['a private key', MERCHANT.privateKeyPem, 'holds a private key'],
		['a certificate', OWN_CERTIFICATE, 'holds a certificate'],
		['a public key', PUBLIC_KEY.publicKeyPem, 'holds a public key'],
	])('refuses %s', (_, apiV3Key, part) => {
		const message = messageOf(() => readApiV3Key({ apiV3Key }));
		expect(message).toContain(`'${LABEL.apiV3Key}' in the WeChat Pay credential ${part}`);
		expect(message).toContain('enter the 32 characters');
		expect(message).not.toContain(apiV3Key.slice(28, 60));
		expect(message).not.toMatch(/error|problem|failure|mistake/i);
	});
});

describe('signedHeaders', () => {
	let merchant: Merchant;
	const url = 'https://api.mch.weixin.qq.com/v3/x?a=%20';

	beforeEach(() => {
		merchant = toMerchant(credential());
	});

	it('signs the request and leaves nothing to add', async () => {
		const headers = await signedHeaders(merchant, { method: 'POST', url, body: '{"a":"好"}' });
		expect(headers).toEqual({
			Authorization: expect.stringContaining(`serial_no="${MERCHANT.serialNo}"`),
			'Wechatpay-Serial': PUBLIC_KEY.serial,
			Accept: 'application/json',
			'User-Agent': expect.stringMatching(/^n8n-nodes-wechatpay\/\d/),
			'Content-Type': 'application/json',
		});
		const item = (name: string) => headers.Authorization.match(`${name}="([^"]+)"`)?.[1] ?? '';
		const message = `POST\n/v3/x?a=%20\n${item('timestamp')}\n${item('nonce_str')}\n{"a":"好"}\n`;
		expect(verify(message, item('signature'), OWN_CERTIFICATE)).toBe(true);
		expect(item('mchid')).toBe(MERCHANT.mchid);
	});

	it.each([
		['an empty name leaves out', '', undefined],
		['another name replaces', 'ABCD', 'ABCD'],
	])("%s WeChat Pay's key", async (_, wechatPaySerial, named) => {
		const headers = await signedHeaders(merchant, { method: 'GET', url, wechatPaySerial });
		expect(headers['Wechatpay-Serial']).toBe(named);
	});

	it('names no key of WeChat Pay before its certificates are downloaded', async () => {
		const headers = await signedHeaders(toMerchant(credential(DOWNLOADED)), { method: 'GET', url });
		expect(headers).not.toHaveProperty('Wechatpay-Serial');
	});

	it('has no Content-Type for a GET', async () => {
		expect(await signedHeaders(merchant, { method: 'GET', url })).not.toHaveProperty(
			'Content-Type',
		);
	});
});
