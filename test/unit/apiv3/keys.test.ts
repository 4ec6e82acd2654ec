import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	X509Certificate,
} from 'node:crypto';

import {
	certificateSerial,
	KeyFormatError,
	readCertificates,
	readPrivateKey,
	readPublicKey,
} from '../../../nodes/apiv3/keys';
import { pem } from '../../support/fake/keys.cts';
import { CERTIFICATE_REQUEST, EC_CERTIFICATE, SHORT_CERTIFICATE, SM2_CERTIFICATE } from './pasted';

const PKCS8 = pem('merchant-key.pem');
const PKCS1 = pem('merchant-key-pkcs1.pem');
const PUBLIC = pem('wechatpay-public-key.pem');
const PUBLIC_PKCS1 = pem('wechatpay-public-key-pkcs1.pem');
const CERTIFICATE = pem('merchant-cert.pem');
const SERIAL = '0C4AEF2D9A5B3E7F1122334455667788990AABBC';

const bare = (text: string) => text.replace(/-----[A-Z0-9 ]+-----/g, '').trim();

/** What people, editors and forms do to a PEM. */
const PASTES: Array<[string, (text: string) => string]> = [
	['as it is', (text) => text],
	['with CRLF', (text) => text.replace(/\n/g, '\r\n')],
	['with CR', (text) => text.replace(/\n/g, '\r')],
	['with \\n literals', (text) => text.replace(/\n/g, '\\n')],
	['with \\r\\n literals', (text) => text.replace(/\n/g, '\\r\\n')],
	['with blanks for newlines', (text) => text.replace(/\n/g, ' ')],
	['without newlines', (text) => text.replace(/\n/g, '')],
	['with blanks around', (text) => `\n\t  ${text}  \n\n`],
	['with indented lines', (text) => text.replace(/\n/g, '\n    ')],
	['in double quotes', (text) => `"${text}"`],
	['in single quotes', (text) => `'${text.trim()}'`],
	['as a JSON string', (text) => JSON.stringify(text)],
	['with a BOM', (text) => `\uFEFF${text}`],
	['with – dashes', (text) => text.replace(/-/g, '–')],
	['with — dashes', (text) => text.replace(/-----/g, '—')],
	['with non-breaking blanks', (text) => text.replace(/ /g, '\u00A0')],
	['with zero-width blanks', (text) => text.replace(/\n/g, '\u200B\n')],
	['as bare base64', bare],
	['as bare base64 in quotes', (text) => `"${bare(text)}"`],
	['as bare base64 in one line', (text) => bare(text).replace(/\n/g, '')],
	['as bare base64 with blanks', (text) => bare(text).replace(/\n/g, ' ')],
	['as bare base64 in quotes, with blanks', (text) => ` "" ${bare(text)} "" `],
	['as bare base64 with \\n literals', (text) => bare(text).replace(/\n/g, '\\n')],
];

describe.each(PASTES)('pasted %s', (_, paste) => {
	it.each([
		['PKCS#8', PKCS8],
		['PKCS#1', PKCS1],
	])('a private key in %s is read', (__, text) => {
		expect(readPrivateKey(paste(text)).equals(createPrivateKey(PKCS8))).toBe(true);
	});

	it.each([
		['SPKI', PUBLIC],
		['PKCS#1', PUBLIC_PKCS1],
	])('a public key in %s is read', (__, text) => {
		expect(readPublicKey(paste(text)).equals(createPublicKey(PUBLIC))).toBe(true);
	});

	it('a certificate is read', () => {
		expect(certificateSerial(paste(CERTIFICATE))).toBe(SERIAL);
	});
});

describe('several in one paste', () => {
	it('finds the key beside its certificate, in either order', () => {
		const own = createPrivateKey(PKCS8);
		expect(readPrivateKey(CERTIFICATE + PKCS8).equals(own)).toBe(true);
		expect(readPrivateKey(PKCS8 + CERTIFICATE).equals(own)).toBe(true);
		expect(readPrivateKey((CERTIFICATE + PKCS8).replace(/\n/g, ' ')).equals(own)).toBe(true);
	});

	it('finds the key behind the texts that openssl writes', () => {
		const bag = 'Bag Attributes\n    friendlyName: Tenpay\nKey Attributes: <No Attributes>\n';
		expect(readPrivateKey(bag + PKCS8).equals(createPrivateKey(PKCS8))).toBe(true);
	});

	it('finds the public key beside a certificate', () => {
		expect(readPublicKey(CERTIFICATE + PUBLIC).equals(createPublicKey(PUBLIC))).toBe(true);
	});

	it('reads every certificate, in order', () => {
		const both = pem('platform-a-cert.pem') + pem('platform-b-cert.pem');
		const serials = ['platform-a-cert.pem', 'platform-b-cert.pem'].map(
			(file) => new X509Certificate(pem(file)).serialNumber,
		);
		const read = (text: string) => readCertificates(text).map(({ serialNumber }) => serialNumber);
		expect(read(both)).toEqual(serials);
		expect(read(both.replace(/\n/g, ' '))).toEqual(serials);
		expect(read(both.replace(/\n/g, ''))).toEqual(serials);
	});

	it('refuses certificates of which one is cut off', () => {
		const cut = CERTIFICATE + pem('platform-a-cert.pem').slice(0, 500);
		expect(() => readCertificates(cut)).toThrow('found a key that is cut off or damaged');
	});

	it('refuses certificates of which the first is cut off', () => {
		const cut = pem('platform-a-cert.pem').slice(0, 500) + CERTIFICATE;
		expect(() => readCertificates(cut)).toThrow('found a key that is cut off or damaged');
	});

	it('refuses certificates with something else among them', () => {
		expect(() => readCertificates(CERTIFICATE + PUBLIC)).toThrow('found a public key');
	});
});

it('looks for a key in 64 kB, and for none in more', () => {
	expect(readPrivateKey(PKCS8.padEnd(65_536)).equals(createPrivateKey(PKCS8))).toBe(true);
	expect(() => readPrivateKey(PKCS8.padEnd(65_537))).toThrow('found text that is not a key');
});

describe('certificateSerial', () => {
	it('keeps a leading zero, in upper case', () => {
		expect(certificateSerial(CERTIFICATE)).toBe(SERIAL);
	});

	it('names what is not a certificate', () => {
		expect(() => certificateSerial(PKCS8)).toThrow('Expected a certificate, found a private key');
	});
});

const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
const short = generateKeyPairSync('rsa', { modulusLength: 2047 });
const text = (key: string | Buffer) => key.toString();
const EC_WITH_PARAMETERS = `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${text(elliptic.privateKey.export({ type: 'sec1', format: 'pem' }))}`;
const ENCRYPTED_PKCS1 = text(
	createPrivateKey(PKCS8).export({
		type: 'pkcs1',
		format: 'pem',
		cipher: 'aes-128-cbc',
		passphrase: 'test',
	}),
);

const WRONG: Array<[string, string, string]> = [
	[
		'an encrypted PKCS#8 key',
		pem('merchant-key-encrypted.pem'),
		'a password-protected private key',
	],
	['an encrypted PKCS#1 key', ENCRYPTED_PKCS1, 'a password-protected private key'],
	[
		'an encrypted PKCS#1 key in one line',
		ENCRYPTED_PKCS1.replace(/\n/g, ' '),
		'a password-protected private key',
	],
	['an EC key', pem('ec-key.pem'), 'a private key that is not RSA'],
	['an EC key with parameters', EC_WITH_PARAMETERS, 'a private key that is not RSA'],
	[
		'an EC public key',
		text(elliptic.publicKey.export({ type: 'spki', format: 'pem' })),
		'a public key that is not RSA',
	],
	[
		'an RSA-PSS key',
		text(pss.privateKey.export({ type: 'pkcs8', format: 'pem' })),
		'a private key that is not RSA',
	],
	['an EC certificate', EC_CERTIFICATE, 'a certificate that is not RSA'],
	['an SM2 certificate', SM2_CERTIFICATE, 'a certificate that is not RSA'],
	[
		'a short RSA key',
		text(short.privateKey.export({ type: 'pkcs8', format: 'pem' })),
		'an RSA key of fewer than 2048 bits',
	],
	[
		'a short RSA public key',
		text(short.publicKey.export({ type: 'spki', format: 'pem' })),
		'an RSA key of fewer than 2048 bits',
	],
	['a short RSA certificate', SHORT_CERTIFICATE, 'an RSA key of fewer than 2048 bits'],
	['a certificate request', CERTIFICATE_REQUEST, 'a certificate request'],
	[
		'a certificate request as older programs call it',
		CERTIFICATE_REQUEST.replaceAll('CERTIFICATE', 'NEW CERTIFICATE'),
		'a certificate request',
	],
	[
		'an APIv2 or APIv3 key',
		'ThrowAwayApiV3KeyForTestsOnly032',
		'a 32-character API key (APIv2 or APIv3 key)',
	],
	['a public key ID', 'PUB_KEY_ID_0112300001092026112300000000000000', 'a public key ID'],
	['a public key ID in lower case', 'pub_key_id_011230000109', 'a public key ID'],
	['a serial number', SERIAL, 'a certificate serial number'],
	['a serial number with colons', SERIAL.replace(/..(?=.)/g, '$&:'), 'a certificate serial number'],
	[
		'a .p12 file in base64',
		Buffer.concat([Buffer.from([0x30, 0x82, 1, 0, 2, 1, 3]), Buffer.alloc(253)]).toString('base64'),
		'a PKCS#12 file (.p12)',
	],
	[
		'an OpenSSH key',
		'-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----',
		'an OpenSSH private key',
	],
	['a JWK', '{"kty":"RSA","n":"AQAB","e":"AQAB"}', 'a JSON Web Key (JWK)'],
	['a path in quotes', '"/etc/wechat/apiclient_key.pem"', 'the name of a file'],
	['a path in quotes with a full stop behind', '"/etc/apiclient_key.pem".', 'the name of a file'],
	['a file name', 'apiclient_key.pem', 'the name of a file'],
	['a path', '/etc/wechat/apiclient_key.pem', 'the name of a file'],
	['a path of Windows', 'C:\\new\\apiclient_key.pem', 'the name of a file'],
	['a path with blanks', 'C:\\My Files\\apiclient_cert.p12', 'the name of a file'],
	['a key without its end', PKCS8.slice(0, 900), 'a key that is cut off or damaged'],
	['a key without its beginning', PKCS8.slice(100), 'a key that is cut off or damaged'],
	[
		'a key with half of its text',
		PKCS8.split('\n').slice(0, 12).concat(PKCS8.split('\n').slice(-2)).join('\n'),
		'a key that is cut off or damaged',
	],
	[
		'damaged base64',
		PKCS8.replace(/\n[A-Za-z0-9+/]{3}/g, '\n'),
		'a key that is cut off or damaged',
	],
	['a bare base64 cut off', bare(PKCS8).slice(0, 800), 'a key that is cut off or damaged'],
	[
		'BEGIN and END alone',
		'-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----',
		'a key that is cut off or damaged',
	],
	['nothing', '', 'nothing'],
	['blanks', ' \n\t ', 'nothing'],
	['quotes', '""', 'nothing'],
	['plain text', 'my secret key, honestly', 'text that is not a key'],
	['a word', 'password', 'text that is not a key'],
	['words before a public key ID', 'my ID is PUB_KEY_ID_011230000109', 'text that is not a key'],
	['a letter before a serial number', `z${SERIAL}`, 'text that is not a key'],
	['a letter behind a serial number', `${SERIAL}z`, 'text that is not a key'],
	['a name with a suffix of no key', 'apiclient_key.pem.zip', 'text that is not a key'],
	['Chinese', '商户私钥', 'text that is not a key'],
];

const READERS: Array<[string, string, (pasted: string) => unknown]> = [
	['a private key', 'readPrivateKey', readPrivateKey],
	['a public key', 'readPublicKey', readPublicKey],
	['a certificate', 'certificateSerial', certificateSerial],
];

const caught = (work: () => unknown): unknown => {
	try {
		work();
	} catch (error) {
		return error;
	}
	return 'nothing was thrown';
};

describe.each(READERS)('expecting %s, %s', (expected, _, read) => {
	const KINDS: Array<[string, string, string]> = [
		['a private key', PKCS8, 'a private key'],
		['a PKCS#1 private key', PKCS1, 'a private key'],
		['a public key', PUBLIC, 'a public key'],
		['a certificate', CERTIFICATE, 'a certificate'],
	];
	const others = KINDS.filter(([, , found]) => found !== expected);

	it.each([...WRONG, ...others])('names %s', (__, pasted, found) => {
		const error = caught(() => read(pasted)) as KeyFormatError;
		expect(error).toBeInstanceOf(KeyFormatError);
		expect(error).toMatchObject({
			expected,
			found,
			name: 'KeyFormatError',
			message: `Expected ${expected}, found ${found}`,
		});
	});

	it.each([...WRONG, ...others].filter(([, pasted]) => bare(pasted).length > 8))(
		'does not repeat %s',
		(__, pasted) => {
			const error = caught(() => read(pasted)) as Error;
			const said = `${error.message}${error.stack}${JSON.stringify(error)}`;
			const secret = bare(pasted).slice(0, 24);
			expect(error).toBeInstanceOf(Error);
			expect(said).not.toContain(secret);
		},
	);

	it.each([undefined, null, 7, {}, [], true])('names %p as nothing', (value) => {
		expect(caught(() => read(value as unknown as string))).toMatchObject({ found: 'nothing' });
	});
});
