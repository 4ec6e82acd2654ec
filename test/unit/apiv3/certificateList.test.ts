import { createCipheriv } from 'node:crypto';

import { LABEL } from '../../../nodes/apiv3/merchantConfig';
import {
	CertificateListError,
	certificateSecret,
	isValid,
	readCertificateList,
} from '../../../nodes/apiv3/certificateList';
import {
	MERCHANT,
	pem,
	PLATFORM_A,
	PLATFORM_B,
	PLATFORM_C,
	PLATFORM_EXPIRED,
	PLATFORM_FUTURE,
	PUBLIC_KEY,
} from '../../support/fake/keys.cts';
import { listBody, OWN, readList } from './listed';
import { EC_CERTIFICATE } from './pasted';

/** An entry as WeChat Pay encrypts it, whatever its text is. */
function entry(serial: unknown, text: string, apiV3Key = MERCHANT.apiV3Key) {
	const nonce = '0123456789ab';
	const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce);
	cipher.setAAD(Buffer.from('certificate'));
	const sealed = [cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
	return {
		serial_no: serial,
		encrypt_certificate: {
			algorithm: 'AEAD_AES_256_GCM',
			nonce,
			associated_data: 'certificate',
			ciphertext: Buffer.concat(sealed).toString('base64'),
		},
	};
}

describe('readCertificateList', () => {
	const names = (list: Array<{ serialNumber: string }>) =>
		list.map(({ serialNumber }) => serialNumber);

	it('reads every certificate, the newest first', () => {
		const list = readList([PLATFORM_EXPIRED, PLATFORM_A, PLATFORM_FUTURE, PLATFORM_C]);
		expect(names(list)).toEqual([
			PLATFORM_FUTURE.serial,
			PLATFORM_C.serial,
			PLATFORM_A.serial,
			PLATFORM_EXPIRED.serial,
		]);
		const [, { publicKey }] = list;
		expect(publicKey.equals(PLATFORM_C.certificate.publicKey)).toBe(true);
	});

	it('reads serial numbers in lower case', () => {
		const body = listBody([PLATFORM_A], (data) =>
			data.map((one) => ({ ...one, serial_no: one.serial_no.toLowerCase() })),
		);
		expect(names(readCertificateList(body, MERCHANT.apiV3Key, OWN))).toEqual([PLATFORM_A.serial]);
	});

	it('tells which are valid', () => {
		const now = Date.now();
		const valid = readList([PLATFORM_EXPIRED, PLATFORM_A, PLATFORM_FUTURE]).filter((one) =>
			isValid(one, now),
		);
		expect(names(valid)).toEqual([PLATFORM_A.serial]);
	});

	it('takes both ends of the time', () => {
		const [one] = readList([PLATFORM_A]);
		const within = [one.validFrom - 1, one.validFrom, one.validTo - 1, one.validTo];
		expect(within.map((now) => isValid(one, now))).toEqual([false, true, true, false]);
	});

	it('names the APIv3 key where it decrypts none', () => {
		const other = 'A'.repeat(32);
		expect(() => readCertificateList(listBody([PLATFORM_A, PLATFORM_B]), other, OWN)).toThrow(
			`'${LABEL.apiV3Key}' in the WeChat Pay credential does not decrypt`,
		);
	});

	const good = entry(PLATFORM_A.serial, PLATFORM_A.certificatePem);
	const sealed = good.encrypt_certificate;
	it.each<[string, unknown[], string]>([
		[
			'another serial number',
			[good, entry(PLATFORM_B.serial, PLATFORM_C.certificatePem)],
			'another serial number than listed',
		],
		['no serial number', [entry(undefined, PLATFORM_A.certificatePem)], 'another serial number'],
		[
			'an entry for another APIv3 key',
			[good, entry(PLATFORM_B.serial, PLATFORM_B.certificatePem, 'B'.repeat(32))],
			'cannot be decrypted',
		],
		['an entry without data', [good, { serial_no: 'AB' }], 'cannot be decrypted'],
		[
			'an entry of another algorithm',
			[good, { ...good, encrypt_certificate: { ...sealed, algorithm: 'AEAD_SM4_GCM' } }],
			'cannot be decrypted',
		],
		[
			'other associated data',
			[good, { ...good, encrypt_certificate: { ...sealed, associated_data: '' } }],
			'cannot be decrypted',
		],
		['a text that is no certificate', [good, entry('AB', 'none')], 'not one RSA certificate'],
		['a public key', [entry('AB', PUBLIC_KEY.publicKeyPem)], 'not one RSA certificate'],
		['an elliptic certificate', [good, entry('AB', EC_CERTIFICATE)], 'not one RSA certificate'],
		[
			'two certificates in one entry',
			[entry(PLATFORM_A.serial, PLATFORM_A.certificatePem + PLATFORM_B.certificatePem)],
			'not one RSA certificate',
		],
		[
			"the merchant's own certificate",
			[good, entry(MERCHANT.serialNo, pem('merchant-cert.pem'))],
			"the merchant's own certificate",
		],
		['nothing in it', [], 'it is empty'],
		['texts', ['a'], 'another form than documented'],
		['null in it', [good, null], 'another form than documented'],
	])('is spoilt by %s', (_, data, part) => {
		const body = Buffer.from(JSON.stringify({ data }));
		const read = () => readCertificateList(body, MERCHANT.apiV3Key, OWN);
		expect(read).toThrow(expect.objectContaining({ name: 'CertificateListError' }));
		expect(read).toThrow(CertificateListError);
		expect(read).toThrow(part);
		expect(read).toThrow(`'${LABEL.baseUrl}'`);
	});

	it.each(['', 'OK', '[]', 'null', '{}', '{"data":{}}', '{"data":null}'])(
		'is not found in %p',
		(text) => {
			const read = () => readCertificateList(Buffer.from(text), MERCHANT.apiV3Key, OWN);
			expect(read).toThrow('another form than documented');
		},
	);

	it('is not looked for in more than a list can hold', () => {
		const list = listBody([PLATFORM_A]);
		const withBytes = (count: number) =>
			Buffer.concat([list, Buffer.alloc(count - list.length, ' ')]);
		const read = (count: number) => readCertificateList(withBytes(count), MERCHANT.apiV3Key, OWN);
		expect(names(read(1_000_000))).toEqual([PLATFORM_A.serial]);
		expect(() => read(1_000_001)).toThrow('it has 1000001 bytes');
	});
});

describe('certificateSecret', () => {
	it('is the APIv3 key', () => {
		expect(certificateSecret({ apiV3Key: ` ${MERCHANT.apiV3Key}` })).toBe(MERCHANT.apiV3Key);
	});

	it.each([
		['', 'is empty'],
		['x'.repeat(31), 'has 31 characters'],
	])('is missed in %p', (apiV3Key, part) => {
		expect(() => certificateSecret({ apiV3Key })).toThrow(
			`'${LABEL.apiV3Key}' in the WeChat Pay credential ${part}`,
		);
	});
});
