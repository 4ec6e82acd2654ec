/** Notifications to a merchant whose platform certificates are downloaded (docs/protocol.md, Platform certificates and docs/protocol.md, Order of checks). */
import { Clock, HOUR, MINUTE } from '../../support/engine/clock';
import type { N8n } from '../../support/engine/webhook.cts';
import {
	MERCHANT,
	PLATFORM_A,
	PLATFORM_B,
	PLATFORM_C,
	PLATFORM_EXPIRED,
	PUBLIC_KEY,
} from '../../support/fake/keys.cts';
import type { Signing } from '../../support/fake/notification.cts';
import { notification, post } from '../../support/fake/notification.cts';
import type { Fault } from '../../support/fake/server.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { notify, openTrigger, started } from './scene.cts';

const DOWNLOAD = { verification: 'platformCertificate', publicKey: '', publicKeyId: '' };

let wechatPay: FakeWechatPay;
let n8n: N8n;
let clock: Clock;

async function open(changes: Record<string, string> = DOWNLOAD): Promise<void> {
	await n8n?.stop();
	n8n = await openTrigger({}, { credential: wechatPay.credential(changes) });
}

beforeEach(async () => {
	clock = new Clock();
	wechatPay = await FakeWechatPay.start({ tls: false, signs: 'platformCertificate' });
	wechatPay.setKeys({ listed: [PLATFORM_A] });
	await open();
});

afterEach(async () => {
	jest.restoreAllMocks();
	await n8n.stop();
	await wechatPay.stop();
});

const statusOf = async (signing: Signing) => (await notify(n8n, notification({}, signing))).status;
const lists = () => wechatPay.counts.received;
const spoil = (fault: Fault, times = Infinity) => wechatPay.misbehave({ fault, times });
const logged = () => n8n.log.map(({ message }) => message).join('\n');

it('are verified with downloaded certificates, which many that arrive together share', async () => {
	const posted = Array.from({ length: 30 }, () => notification({}, { key: PLATFORM_A }));
	const answers = await Promise.all(posted.map(async (one) => await post(n8n.url, one)));
	await n8n.settled();
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
	expect(started(n8n)).toHaveLength(30);
	expect(lists()).toBe(1);
});

it('find the certificates already there that activation downloaded', async () => {
	await n8n.activate();
	expect(lists()).toBe(1);
	expect(await statusOf({ key: PLATFORM_A })).toBe(204);
	expect(lists()).toBe(1);
});

it('are refused activation where the certificates cannot be had', async () => {
	spoil('system-error');
	await expect(n8n.activate()).rejects.toThrow(/certificates could not be downloaded/);
});

it('cost neither a download nor a look at the private key once the certificates are there', async () => {
	await statusOf({ key: PLATFORM_A });
	await open({ ...DOWNLOAD, privateKey: '', serialNo: '' });
	expect(await statusOf({ key: PLATFORM_A })).toBe(204);
	expect(await statusOf({ key: PLATFORM_B, serial: PLATFORM_A.serial })).toBe(401);
	expect(lists()).toBe(1);
});

it('are verified with a new certificate after one download', async () => {
	await statusOf({ key: PLATFORM_A });
	wechatPay.setKeys({ listed: [PLATFORM_A, PLATFORM_C] });
	expect(await statusOf({ key: PLATFORM_C })).toBe(204);
	expect(await statusOf({ key: PLATFORM_C })).toBe(204);
	expect(lists()).toBe(2);
});

it('with a new certificate that cannot be had are answered 500, and the log says why each time', async () => {
	await statusOf({ key: PLATFORM_A });
	spoil('system-error');
	expect(await statusOf({ key: PLATFORM_C })).toBe(500);
	clock.pass(2 * MINUTE);
	expect(await statusOf({ key: PLATFORM_C })).toBe(500);
	expect(n8n.log).toHaveLength(2);
	expect(n8n.log[1].message).toContain('could not be downloaded a short while ago');
	expect(lists()).toBe(2);
});

it('bring about a download when twelve hours have passed, and are verified even if it fails', async () => {
	await statusOf({ key: PLATFORM_A });
	clock.pass(12 * HOUR);
	spoil('system-error');
	expect(await statusOf({ key: PLATFORM_A })).toBe(204);
	expect(await statusOf({ key: PLATFORM_A })).toBe(204);
	expect(lists()).toBe(2);
});

describe('a post that cannot be genuine costs no download', () => {
	it.each<[string, Signing, number]>([
		['unsigned', { headers: { 'Wechatpay-Signature': undefined } }, 401],
		['signed long ago', { timestamp: 1 }, 401],
		['a test signature', { signature: 'WECHATPAY/SIGNTEST/x' }, 401],
		['of another type', { headers: { 'Wechatpay-Signature-Type': 'SM2' } }, 401],
		['signed with a public key', { key: PUBLIC_KEY }, 401],
		['signed with a key of a strange name', { serial: 'nobody' }, 401],
		['too large', { body: Buffer.alloc(1_200_000, '1') }, 413],
	])('%s', async (_, signing, status) => {
		expect(await statusOf({ key: PLATFORM_A, ...signing })).toBe(status);
		expect(lists()).toBe(0);
	});
});

it('that name keys nobody has cost one download in five minutes, and none starts anything', async () => {
	await statusOf({ key: PLATFORM_A });
	const forge = async () => {
		const posted = Array.from({ length: 20 }, (_, index) =>
			notification({}, { key: PLATFORM_B, serial: `FFFF${index + 10}` }),
		);
		return await Promise.all(posted.map(async (one) => (await post(n8n.url, one)).status));
	};
	expect(new Set(await forge())).toEqual(new Set([401]));
	clock.pass(4 * MINUTE);
	await forge();
	expect(lists()).toBe(2);
	clock.pass(MINUTE);
	await forge();
	expect(lists()).toBe(3);
	expect(started(n8n)).toHaveLength(1);
});

it('are never verified with a certificate that has expired, or by another under its name', async () => {
	wechatPay.setKeys({ listed: [PLATFORM_A, PLATFORM_EXPIRED] });
	expect(await statusOf({ key: PLATFORM_EXPIRED })).toBe(401);
	expect(await statusOf({ key: PLATFORM_B, serial: PLATFORM_A.serial })).toBe(401);
	expect(started(n8n)).toEqual([]);
});

describe('without certificates the response is 500, and the log says why', () => {
	it.each<[string, Record<string, string>, RegExp]>([
		['no APIv3 key', { apiV3Key: '' }, /'APIv3 Key' in the WeChat Pay credential is empty/],
		['another APIv3 key', { apiV3Key: MERCHANT.apiV3Key.toUpperCase() }, /does not decrypt/],
		['no private key', { privateKey: '' }, /'Merchant Private Key' .* is empty/],
		['no merchant ID', { mchid: '' }, /'Merchant ID' .* is empty/],
		['nobody there', { baseUrl: 'http://127.0.0.1:1' }, /could not be reached \(ECONNREFUSED\)/],
	])('%s', async (_, changes, says) => {
		await open({ ...DOWNLOAD, ...changes });
		expect(await statusOf({ key: PLATFORM_A })).toBe(500);
		expect(logged()).toMatch(says);
		expect(logged()).not.toContain(MERCHANT.apiV3Key);
		expect(started(n8n)).toEqual([]);
	});

	it('a public key', async () => {
		wechatPay.setKeys({ signs: 'publicKey' });
		expect(await statusOf({ key: PLATFORM_A })).toBe(500);
		expect(logged()).toMatch(/choose the public key in 'Verify Responses With'/);
	});

	it('once in five minutes, then they are there', async () => {
		spoil('reset-before', 1);
		for (let index = 0; index < 10; index += 1) {
			expect(await statusOf({ key: PLATFORM_A })).toBe(500);
		}
		expect(lists()).toBe(1);
		clock.pass(5 * MINUTE);
		expect(await statusOf({ key: PLATFORM_A })).toBe(204);
	});
});

describe('both, with an empty field', () => {
	beforeEach(async () => await open({ verification: 'both' }));

	it('downloads only for what a certificate signed', async () => {
		expect(await statusOf({ key: PUBLIC_KEY })).toBe(204);
		expect(lists()).toBe(0);
		expect(await statusOf({ key: PLATFORM_A })).toBe(204);
		expect(lists()).toBe(1);
	});

	it('needs no certificate for the public key, and refuses what it cannot verify', async () => {
		wechatPay.setKeys({ signs: 'publicKey' });
		expect(await statusOf({ key: PLATFORM_A })).toBe(401);
		spoil('reset-before');
		clock.pass(5 * MINUTE);
		expect(await statusOf({ key: PLATFORM_A })).toBe(500);
		expect(await statusOf({ key: PUBLIC_KEY })).toBe(204);
		expect(started(n8n)).toHaveLength(1);
	});
});
