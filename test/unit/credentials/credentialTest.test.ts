import { createPublicKey } from 'node:crypto';

import { LABEL } from '../../../nodes/apiv3/merchantConfig';
import { testCredential } from '../../../nodes/client/credentialTest/credentialTest';
import { MERCHANT, pem, PLATFORM_A, PLATFORM_B, PUBLIC_KEY } from '../../support/fake/keys.cts';
import type { FakeOptions, Fault, Rule } from '../../support/fake/server.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { pressTest } from './testButton.cts';

const CERTIFICATES = PLATFORM_A.certificatePem + PLATFORM_B.certificatePem;
const PLATFORM = { verification: 'platformCertificate', platformCertificates: CERTIFICATES };
const OTHER_KEY = pem('other-merchant-key.pem');
const OTHER_PUBLIC_KEY = createPublicKey(OTHER_KEY)
	.export({ type: 'spki', format: 'pem' })
	.toString();
const ECHO = '/v3/security/echo';
const CALLBACK = '/v3/marketing/membercard-open/callback';
const DOWNLOAD = '/v3/certificates?algorithm_type=RSA';

let fake: FakeWechatPay;

const open = async (options: FakeOptions = {}) => {
	await fake?.stop();
	fake = await FakeWechatPay.start(options);
};

const press = async (changes: Record<string, string> = {}) =>
	await pressTest(fake.credential(changes));

const asked = () => fake.requests.map(({ url }) => url);

beforeEach(async () => await open());

afterEach(async () => await fake.stop());

const OK = { status: 'OK', message: 'WeChat Pay and n8n accept each other' };

describe('the credential test', () => {
	const inLine = (text: string) => text.replace(/\n/g, ' ').trim();

	it.each([
		['the public key', {}],
		['platform certificates', { ...PLATFORM, publicKey: '', publicKeyId: '' }],
		['both', { ...PLATFORM, verification: 'both' }],
		[
			'PEMs in one line',
			{
				...PLATFORM,
				verification: 'both',
				privateKey: inLine(MERCHANT.privateKeyPem),
				publicKey: inLine(PUBLIC_KEY.publicKeyPem),
				platformCertificates: inLine(CERTIFICATES),
			},
		],
		['no APIv3 key', { apiV3Key: '' }],
		['a serial number with colons', { serialNo: MERCHANT.serialNo.replace(/..(?=.)/g, '$&:') }],
	])('passes with %s', async (_, changes) => {
		expect(await press(changes as Record<string, string>)).toEqual(OK);
		expect(asked()).toEqual([ECHO]);
		expect(fake.requests[0]).toMatchObject({ status: 200 });
	});

	it.each<[Fault, string]>([
		['replayed-response', 'it came before, as another response or as a notification'],
		['stale-response', 'it was not signed in the time between sending and receiving'],
	])('does not pass with %s', async (fault, says) => {
		expect(await press()).toEqual(OK);
		fake.misbehave({ fault });
		const result = await press();
		expect(result.status).toBe('Error');
		expect(result.message).toContain(`The response could not be verified: ${says}`);
		expect(await press()).toEqual(OK);
	});

	it.each<[Fault, string]>([
		['replayed-response', 'it came before'],
		['stale-response', 'it was not signed in the time'],
	])('does not take certificates from %s', async (fault, says) => {
		const downloading = { verification: 'platformCertificate', mchid: MERCHANT.mchid };
		await open({ signs: 'platformCertificate', selfTest: false });
		expect(await press(downloading)).toEqual(OK);
		fake.misbehave({ fault, when: ({ url }) => url === DOWNLOAD });
		expect(await press(downloading)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(says),
		});
	});

	it('warns of a pasted certificate that ends within 30 days', async () => {
		const end = Date.parse(PLATFORM_B.certificate.validTo);
		const clock = jest.spyOn(Date, 'now');
		const warned: unknown[] = [];
		for (const days of [31, 29]) {
			clock.mockReturnValue(end - days * 24 * 3600 * 1000);
			warned.push(await press(PLATFORM));
		}
		clock.mockRestore();
		expect(warned).toMatchObject([
			{ message: expect.not.stringContaining('ends on') },
			{
				message: expect.stringContaining(
					`in '${LABEL.platformCertificates}' ends on ${new Date(end).toISOString().slice(0, 10)}`,
				),
			},
		]);
	});

	it.each([
		['another private key', { privateKey: OTHER_KEY }, LABEL.privateKey],
		['another serial number', { serialNo: 'ABCDEF' }, LABEL.serialNo],
		["WeChat Pay's serial number", { serialNo: PLATFORM_A.serial }, LABEL.serialNo],
		['another merchant ID', { mchid: '1999999999' }, LABEL.mchid],
		["somebody else's public key", { publicKey: OTHER_PUBLIC_KEY }, LABEL.publicKey],
		['another public key ID', { publicKeyId: 'PUB_KEY_ID_999' }, LABEL.publicKeyId],
	])('names the field that holds %s', async (_, changes, label) => {
		const { status, message } = await press(changes as Record<string, string>);
		expect(status).toBe('Error');
		expect(message).toContain(`'${label}'`);
		expect(message).not.toMatch(/\bitems?\b/);
		expect(asked()).toEqual([ECHO]);
	});

	it.each([
		['publicKey', {}, { signs: 'platformCertificate' }, LABEL.verification],
		['platformCertificate', PLATFORM, { signs: 'publicKey' }, LABEL.publicKeyId],
	] as Array<[string, Record<string, string>, FakeOptions, string]>)(
		'names the field to change when the mode %s is not the one of the merchant',
		async (_, changes, options, label) => {
			await open(options);
			expect(await press(changes)).toEqual({
				status: 'Error',
				message: expect.stringContaining(`'${label}'`),
			});
		},
	);

	it.each([-3600, 3600])('names the clock when it is off by %i seconds', async (off) => {
		await open({ now: () => Date.now() / 1000 + off });
		expect(await press()).toEqual({
			status: 'Error',
			message: expect.stringMatching(/the clock of this n8n is off.*NTP/),
		});
	});

	it('names the clock when only the response is off', async () => {
		fake.misbehave({ fault: 'skewed-clock' });
		expect(await press()).toEqual({
			status: 'Error',
			message: expect.stringMatching(/clock of this n8n.*NTP/),
		});
	});
});

describe('a merchant without the self-test', () => {
	const page = (...urls: string[]): Rule => ({
		fault: 'html-404',
		times: Infinity,
		when: ({ url }) => urls.includes(url),
	});

	it('passes by the signed refusal', async () => {
		await open({ selfTest: false });
		expect(await press()).toEqual(OK);
	});

	it('passes by the callback URL', async () => {
		fake.setNotifyUrl('https://shop.example/notify');
		fake.misbehave(page(ECHO));
		expect(await press()).toEqual(OK);
		expect(asked()).toEqual([ECHO, CALLBACK]);
	});

	it('passes by the certificates', async () => {
		fake.misbehave(page(ECHO, CALLBACK));
		expect(await press(PLATFORM)).toEqual(OK);
		expect(asked()).toEqual([ECHO, CALLBACK, DOWNLOAD]);
	});

	it('passes where WeChat Pay has a public key for this merchant and no certificates', async () => {
		fake.misbehave(page(ECHO, CALLBACK));
		fake.misbehave({ fault: 'missing-signature' });
		expect(await press()).toMatchObject({ status: 'OK' });
		expect(asked()).toEqual([ECHO, CALLBACK, DOWNLOAD]);
	});

	it('fails where all three are missing', async () => {
		fake.misbehave(page(ECHO, CALLBACK, DOWNLOAD));
		expect(await press()).toEqual({
			status: 'Error',
			message: expect.stringContaining(`'${LABEL.baseUrl}'`),
		});
	});

	it('does not forget a signature that did not fit', async () => {
		await open({ selfTest: false });
		fake.misbehave({
			fault: 'missing-signature',
			times: Infinity,
			when: ({ url }) => url === DOWNLOAD,
		});
		expect(await press({ publicKey: OTHER_PUBLIC_KEY })).toEqual({
			status: 'Error',
			message: expect.stringContaining(`'${LABEL.publicKey}'`),
		});
	});
});

describe('certificates to be downloaded', () => {
	const EMPTY = { verification: 'platformCertificate', publicKey: '', publicKeyId: '' };
	const isList: Rule['when'] = ({ url }) => url === DOWNLOAD;

	beforeEach(async () => await open({ signs: 'platformCertificate' }));

	it.each([
		['alone', EMPTY],
		['beside the public key', { verification: 'both' }],
	])('are downloaded and proven, anew each time, %s', async (_, changes) => {
		expect(await press(changes as Record<string, string>)).toEqual(OK);
		expect(await press(changes as Record<string, string>)).toEqual(OK);
		expect(asked()).toEqual([DOWNLOAD, ECHO, DOWNLOAD, ECHO]);
		expect(fake.requests[0].headers).not.toHaveProperty('wechatpay-serial');
	});

	it('are needed by nobody who has the public key', async () => {
		await open({ signs: 'publicKey' });
		expect(await press({ verification: 'both' })).toEqual(OK);
		expect(asked()).toEqual([DOWNLOAD, ECHO]);
	});

	it('are asked for past a test signature', async () => {
		fake.misbehave({ fault: 'test-signature' });
		expect(await press(EMPTY)).toEqual(OK);
	});

	it.each<[string, Record<string, string>, FakeOptions, RegExp]>([
		['no APIv3 key', { apiV3Key: '' }, {}, /^'APIv3 Key' in .* is empty, and with 'Platform/],
		['another APIv3 key', { apiV3Key: 'x'.repeat(32) }, {}, /^'APIv3 Key' in .* does not decrypt/],
		['a public key', {}, { signs: 'publicKey' }, /RESOURCE_NOT_EXISTS.*'Verify Responses With'/],
		['another private key', { privateKey: OTHER_KEY }, {}, /'Merchant Private Key'/],
		['another host', { baseUrl: 'http://127.0.0.1:1' }, {}, /No response.*'Base URL'/],
	])('are missed for %s', async (_, changes, options, says) => {
		await open({ signs: 'platformCertificate', ...options });
		const { status, message } = await press({ ...EMPTY, ...changes });
		expect([status, asked().filter((url) => url !== DOWNLOAD)]).toEqual(['Error', []]);
		expect(message).toMatch(says);
	});

	it.each<[Rule['fault'], RegExp]>([
		['bad-signature', /not signed with any valid certificate/],
		['unknown-serial', /not signed with any valid certificate/],
		['missing-signature', /it has no signature/],
		['skewed-clock', /clock of this n8n/],
		['not-json', /another form than documented/],
		['bad-gateway', /'Base URL'/],
		['html-404', /'Base URL'/],
		['redirect', /The response has no code of WeChat Pay/],
		['system-error', /SYSTEM_ERROR/],
		['reset-before', /No response/],
	])('are not taken from a response with %s', async (fault, says) => {
		fake.misbehave({ fault, times: Infinity, when: isList });
		expect(await press(EMPTY)).toEqual({
			status: 'Error',
			message: expect.stringMatching(says) as unknown,
		});
		expect(asked()).toEqual([DOWNLOAD]);
	});
});

describe('a response that proves nothing fails the test', () => {
	it.each([
		['without a signature', 'missing-signature', 'it has no signature'],
		['empty and unsigned', 'empty-body', 'it has no signature'],
		['changed on the way', 'tampered-body', `'${LABEL.publicKey}'`],
		['with another signature', 'bad-signature', `'${LABEL.publicKey}'`],
		['signed by an unknown key', 'unknown-serial', `'${LABEL.verification}'`],
		['that is a page of a proxy', 'bad-gateway', `'${LABEL.baseUrl}'`],
		['that leads elsewhere', 'redirect', 'The response has no code of WeChat Pay'],
		['that never comes', 'reset-before', `'${LABEL.baseUrl}'`],
		['that WeChat Pay does not give now', 'system-error-before', 'SYSTEM_ERROR'],
		['to too many requests', 'rate-limit', 'RATELIMIT_EXCEEDED'],
	] as Array<[string, Rule['fault'], string]>)('one %s', async (_, fault, part) => {
		fake.misbehave({ fault, times: Infinity });
		expect(await press()).toEqual({ status: 'Error', message: expect.stringContaining(part) });
		expect(asked()).toEqual([ECHO]);
	});

	it('a test signature is asked past', async () => {
		fake.misbehave({ fault: 'test-signature' });
		expect(await press()).toEqual(OK);
		expect(asked()).toEqual([ECHO, CALLBACK]);
	});

	it('test signatures alone do not pass', async () => {
		fake.misbehave({ fault: 'test-signature', times: Infinity });
		expect(await press()).toEqual({
			status: 'Error',
			message: expect.stringContaining('SIGNTEST'),
		});
		expect(asked()).toHaveLength(3);
	});

	it.each([
		['nobody listens', 'http://127.0.0.1:1', 'ECONNREFUSED'],
		['the host does not exist', 'https://nowhere.invalid', 'ENOTFOUND'],
	])('nothing is heard where %s', async (_, baseUrl, code) => {
		expect(await press({ baseUrl })).toEqual({
			status: 'Error',
			message: `No response from WeChat Pay (${code}): check the network, the proxy and '${LABEL.baseUrl}'`,
		});
	});
});

describe('whatever the response is', () => {
	const pressed = async (request: () => Promise<unknown>, changes: Record<string, string> = {}) =>
		await testCredential.call(
			{ helpers: { request } } as never,
			{ data: fake.credential(changes) } as never,
		);

	async function* noCertificates() {
		yield Buffer.from('{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书"}');
	}
	const answer = async () => ({ statusCode: 404, headers: {}, body: noCertificates() });

	it('names the mode where WeChat Pay has no certificates for this merchant', async () => {
		expect(await pressed(answer, PLATFORM)).toEqual({
			status: 'Error',
			message: expect.stringContaining(`'${LABEL.verification}'`),
		});
		expect(await pressed(answer)).toMatchObject({ status: 'OK' });
	});

	it('forgets the certificates of a merchant who has none any more', async () => {
		await open({ signs: 'platformCertificate' });
		const changes = { verification: 'platformCertificate', publicKey: '', publicKeyId: '' };
		expect(await press(changes)).toEqual(OK);
		const asking = jest.fn(answer);
		expect(await pressed(asking, changes)).toEqual({
			status: 'Error',
			message: expect.stringContaining('choose the public key'),
		});
		expect(asking).toHaveBeenCalledTimes(1);
	});

	it.each([
		['nothing', undefined],
		['a text', 'no'],
		['an object', {}],
		['an exception without a text', new Error()],
	])('does not throw when the request throws %s', async (_, thrown) => {
		const result = await pressed(async () => await Promise.reject(thrown));
		expect(result).toEqual({ status: 'Error', message: expect.stringContaining('No response') });
	});

	it.each([undefined, {}, { statusCode: 200 }, { statusCode: 200, headers: {}, body: 7 }])(
		'does not throw for the response %p',
		async (odd) => {
			expect(await pressed(async () => odd)).toMatchObject({ status: 'Error' });
		},
	);
});

describe('a wrong value in a field', () => {
	const VALUES: Array<[string, string]> = [
		['an APIv2 key', 'd41d8cd98f00b204e9800998ecf8427z'],
		['a certificate', pem('merchant-cert.pem')],
		['nothing', ''],
	];
	const FIELDS = ['mchid', 'serialNo', 'privateKey', 'publicKeyId', 'publicKey'] as const;
	const cases = FIELDS.flatMap((field) =>
		VALUES.map(([what, value]) => ({ field, what, value })),
	).filter(({ field, what }) => !(field === 'serialNo' && what === 'a certificate'));

	it.each([
		...cases,
		{
			field: 'serialNo' as const,
			what: 'a foreign certificate',
			value: pem('platform-a-cert.pem'),
		},
		{ field: 'apiV3Key' as const, what: 'a certificate', value: pem('merchant-cert.pem') },
		{ field: 'apiV3Key' as const, what: '31 characters', value: 'x'.repeat(31) },
		{ field: 'baseUrl' as const, what: 'an APIv2 key', value: VALUES[0][1] },
		{ field: 'baseUrl' as const, what: 'http', value: 'http://api.mch.weixin.qq.com' },
	])('$what in $field is named before anything is sent', async ({ field, value }) => {
		const { status, message } = await press({ [field]: value });
		expect(status).toBe('Error');
		expect(message).toContain(`'${LABEL[field]}' in the WeChat Pay credential`);
		expect(message).not.toMatch(/error|problem|failure|mistake/i);
		if (value) expect(message).not.toContain(value.slice(0, 60));
		expect(asked()).toEqual([]);
	});

	it.each([
		['an APIv2 key', VALUES[0][1]],
		['the public key', PUBLIC_KEY.publicKeyPem],
	])('%s in platformCertificates is named', async (_, platformCertificates) => {
		const { status, message } = await press({ ...PLATFORM, platformCertificates });
		expect(status).toBe('Error');
		expect(message).toContain(`'${LABEL.platformCertificates}' in the WeChat Pay credential`);
	});

	it.each([undefined, {}])('a credential of %p is told what is missing', async (data) => {
		expect(await pressTest(data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(`'${LABEL.mchid}' in the WeChat Pay credential is empty`),
		});
	});
});

describe('a secret', () => {
	const secretLines = (text: string) =>
		text.split('\n').filter((line) => /^[A-Za-z0-9+/]{20}/.test(line));

	it.each([
		['a refusal', { privateKey: OTHER_KEY }],
		['a response that does not verify', { publicKey: OTHER_PUBLIC_KEY }],
		['no response', { baseUrl: 'http://127.0.0.1:1' }],
		['half a key', { privateKey: MERCHANT.privateKeyPem.slice(0, 900) }],
		['an APIv3 key that is too long', { apiV3Key: `${MERCHANT.apiV3Key}1` }],
	])('is not told by %s', async (_, changes) => {
		const { status, message } = await press(changes as Record<string, string>);
		expect(status).toBe('Error');
		const secrets = [MERCHANT.privateKeyPem, OTHER_KEY].flatMap(secretLines);
		expect(secrets.length).toBeGreaterThan(40);
		for (const secret of [...secrets, MERCHANT.apiV3Key]) expect(message).not.toContain(secret);
	});
});
