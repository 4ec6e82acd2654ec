/** Platform certificates that the node downloads itself (docs/protocol.md, Public key and platform certificates and docs/protocol.md, Platform certificates). */
import type { IDataObject } from 'n8n-workflow';

import { COMMITTED, NOT_COMMITTED, runBonus } from '../support/engine/bonusWorkflow.cts';
import type { BonusRun } from '../support/engine/bonusWorkflow.cts';
import { Clock, HOUR, MINUTE } from '../support/engine/clock';
import { searchList } from '../support/engine/engine.cts';
import {
	ERROR,
	operationWorkflow,
	runOperation,
	SUCCESS,
	WECHAT,
} from '../support/engine/operation.cts';
import { committedAt, openShop, type Shop } from '../support/engine/shop.cts';
import {
	PLATFORM_A,
	PLATFORM_B,
	PLATFORM_C,
	PLATFORM_EXPIRED,
	PLATFORM_FUTURE,
	PUBLIC_KEY,
} from '../support/fake/keys.cts';
import type { KeysInUse } from '../support/fake/keysInUse.cts';
import type { FakeOptions, Fault, ReceivedRequest } from '../support/fake/server.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';

skipWaits();

jest.setTimeout(30_000);

const LIST = '/v3/certificates?algorithm_type=RSA';
const DOWNLOAD = { verification: 'platformCertificate', publicKey: '', publicKeyId: '' };
const BOTH = { verification: 'both' };

let shop: Shop;

async function open(keys: Partial<KeysInUse> = {}, count = 3, options: FakeOptions = {}) {
	await shop?.wechatPay.stop();
	shop = await openShop(count, options);
	shop.wechatPay.setKeys({ signs: 'platformCertificate', ...keys });
}

beforeEach(async () => await open());

afterEach(async () => {
	jest.restoreAllMocks();
	await shop.wechatPay.stop();
});

const isList = ({ url }: ReceivedRequest) => url === LIST;
const lists = () => shop.wechatPay.requests.filter(isList);
const others = () => shop.wechatPay.requests.filter((request) => !isList(request));
const spoilList = (fault: Fault, times = Infinity) =>
	shop.wechatPay.misbehave({ fault, times, when: isList });

async function run(credential: Record<string, string> = DOWNLOAD, more: Partial<BonusRun> = {}) {
	const execution = await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(credential),
		onError: 'continueErrorOutput',
		options: { retries: 0 },
		...more,
	});
	const failures = execution.json(NOT_COMMITTED).map(({ error }) => error as IDataObject);
	return { execution, committed: execution.json(COMMITTED).length, failures };
}

/** All orders committed, at WeChat Pay too. */
async function expectCommitted(credential?: Record<string, string>): Promise<void> {
	expect(await run(credential)).toMatchObject({ committed: shop.orders.length, failures: [] });
	expect(Object.keys(committedAt(shop.wechatPay))).toHaveLength(shop.orders.length);
}

/** No order was sent, and each is told why. */
async function expectNotSent(says: RegExp, credential?: Record<string, string>): Promise<void> {
	const { committed, failures } = await run(credential);
	expect(committed).toBe(0);
	expect(failures).toHaveLength(shop.orders.length);
	for (const { message, outcome, repeatable } of failures) {
		expect([outcome, repeatable]).toEqual(['not_sent', true]);
		expect(message).toMatch(says);
		expect(message).not.toMatch(/\berror|problem|failure|mistake|undefined|\.\./i);
	}
	expect(others()).toEqual([]);
}

describe('an empty field', () => {
	it('is filled by one download for all items, which names no key; requests name the newest', async () => {
		await open({ listed: [PLATFORM_A, PLATFORM_C], signing: PLATFORM_A }, 30);
		await expectCommitted();
		expect(lists()).toHaveLength(1);
		expect(lists()[0].headers['wechatpay-serial']).toBeUndefined();
		const named = others().map(({ headers }) => headers['wechatpay-serial']);
		expect(new Set(named)).toEqual(new Set([PLATFORM_C.serial]));
	});

	it('is filled once for executions that start together', async () => {
		await Promise.all([run(), run(), run()]);
		expect(lists()).toHaveLength(1);
	});

	it('stays filled for twelve hours', async () => {
		const clock = new Clock();
		await run();
		clock.pass(12 * HOUR - MINUTE);
		await run();
		expect(lists()).toHaveLength(1);
		clock.pass(2 * MINUTE);
		await run();
		expect(lists()).toHaveLength(2);
	});

	it('is filled anew for another APIv3 key', async () => {
		await run();
		const { failures } = await run({ ...DOWNLOAD, apiV3Key: 'x'.repeat(32) });
		expect(failures).toHaveLength(3);
		expect(lists()).toHaveLength(2);
	});

	it('is filled for the lists of the editor', async () => {
		const credential = shop.wechatPay.credential({ ...DOWNLOAD, brandId: '1004' });
		const workflow = operationWorkflow({ resource: 'card', operation: 'get' });
		const found = await searchList({ workflow, credential, nodeName: WECHAT }, 'searchCards');
		expect(found.results).toHaveLength(1);
		expect(lists()).toHaveLength(1);
	});

	it('leaves public keys and pasted certificates alone', async () => {
		await run({ ...DOWNLOAD, platformCertificates: PLATFORM_A.certificatePem });
		await open({ signs: undefined });
		await run({ verification: 'publicKey' });
		expect(lists()).toEqual([]);
		expect(others()).toHaveLength(3);
	});

	it('is asked for again as other requests are', async () => {
		spoilList('system-error', 1);
		const { committed } = await run(DOWNLOAD, { options: { retries: 1 } });
		expect(committed).toBe(3);
		expect(lists()).toHaveLength(2);
	});

	it('is filled past a test signature', async () => {
		spoilList('test-signature', 1);
		expect(await run(DOWNLOAD, { options: { retries: 1 } })).toMatchObject({ committed: 3 });
	});
});

describe('without certificates nothing is sent', () => {
	it.each<[string, Record<string, string>, Partial<KeysInUse>, RegExp]>([
		[
			'no APIv3 key',
			{ apiV3Key: '' },
			{},
			/^'APIv3 Key' in the WeChat Pay credential is empty, and/,
		],
		['half an APIv3 key', { apiV3Key: 'half' }, {}, /^'APIv3 Key' .* has 4 characters/],
		['another APIv3 key', { apiV3Key: 'x'.repeat(32) }, {}, /^'APIv3 Key' .* does not decrypt/],
		[
			'a public key',
			{},
			{ signs: 'publicKey' },
			/has WeChat Pay's public key and no platform certificates \(RESOURCE_NOT_EXISTS\): choose the public key in 'Verify Responses With'.*download pub_key\.pem/,
		],
		[
			'another serial number in the merchant ID',
			{ serialNo: 'AB' },
			{},
			/'Merchant Certificate Serial Number'/,
		],
		[
			'a list that is signed by a certificate that is not in it',
			{},
			{ listed: [PLATFORM_A], signing: PLATFORM_B },
			/not signed with any valid certificate in it\. Check the proxy/,
		],
		[
			'a list that is signed by a certificate that is no longer valid',
			{},
			{ listed: [PLATFORM_A, PLATFORM_EXPIRED], signing: PLATFORM_EXPIRED },
			/not signed with any valid certificate in it/,
		],
		[
			'certificates that are not valid yet',
			{},
			{ listed: [PLATFORM_FUTURE], signing: PLATFORM_FUTURE },
			/not signed with any valid certificate in it/,
		],
		[
			'another serial number in the list',
			{},
			{ editList: (data) => data.map((one) => ({ ...one, serial_no: 'AB' })) },
			/another serial number than listed/,
		],
		[
			'a broken entry',
			{},
			{ editList: ([first]) => [first, { serial_no: 'AB' }] },
			/cannot be decrypted/,
		],
		['an empty list', {}, { editList: () => [] }, /it is empty/],
	])('%s', async (_, credential, keys, says) => {
		await open(keys);
		await expectNotSent(says, { ...DOWNLOAD, ...credential });
		expect(lists().length).toBeLessThan(2);
	});

	it.each<[Fault, RegExp]>([
		['bad-signature', /not signed with any valid certificate in it/],
		['missing-signature', /could not be downloaded.* no signature/],
		['skewed-clock', /could not be downloaded.*clock of this n8n/],
		['test-signature', /could not be downloaded.*SIGNTEST/],
		['unknown-serial', /not signed with any valid certificate in it/],
		['tampered-body', /not signed with any valid certificate in it/],
		['not-json', /another form than documented/],
		[{ name: 'huge-body', bytes: 2 * 1024 * 1024 }, /it has \d+ bytes/],
		['huge-body', /could not be downloaded\. No response from WeChat Pay \(EMSGSIZE\)/],
		['empty-body', /could not be downloaded.* no signature/],
		['system-error', /could not be downloaded\. WeChat Pay could not respond \(SYSTEM_ERROR\)/],
		['rate-limit', /could not be downloaded.*RATELIMIT_EXCEEDED/],
		['reset-before', /could not be downloaded\. No response from WeChat Pay \(ECONNRESET\)/],
		['bad-gateway', /could not be downloaded/],
		[
			'html-404',
			/could not be downloaded.*not from WeChat Pay \(404\).*Check the proxy and 'Base URL'/,
		],
		['redirect', /could not be downloaded.*302/],
	])('%j', async (fault, says) => {
		spoilList(fault);
		await expectNotSent(says);
		expect(lists()).toHaveLength(1);
	});

	it('a list that never comes', async () => {
		spoilList('stall');
		const { failures } = await run(DOWNLOAD, { options: { retries: 0, timeout: 300 } });
		expect(failures).toMatchObject(
			shop.orders.map(() => ({
				outcome: 'not_sent',
				message: expect.stringContaining('No response from WeChat Pay (ETIMEDOUT)') as unknown,
			})),
		);
	});

	it('nobody listens', async () => {
		const baseUrl = 'http://127.0.0.1:1';
		await expectNotSent(
			/could not be downloaded\. WeChat Pay could not be reached \(ECONNREFUSED\)/,
			{
				...DOWNLOAD,
				baseUrl,
			},
		);
	});

	it('a host that the credential does not allow', async () => {
		const domains = { allowedHttpRequestDomains: 'domains', allowedDomains: 'api.example' };
		await expectNotSent(/could not be downloaded.*does not allow the host/, {
			...DOWNLOAD,
			...domains,
		});
		expect(lists()).toEqual([]);
	});

	it('and the workflow stops where it is to stop', async () => {
		spoilList('system-error');
		const { execution } = await run(DOWNLOAD, { onError: 'stopWorkflow' });
		expect(execution.error?.message).toMatch(/could not be downloaded/);
	});

	it('is not remembered: the next execution finds them', async () => {
		spoilList('system-error', 1);
		await run();
		await expectCommitted();
	});

	it('is told to who chooses from a list of the editor', async () => {
		spoilList('system-error');
		const credential = shop.wechatPay.credential({ ...DOWNLOAD, brandId: '1004' });
		const workflow = operationWorkflow({ resource: 'card', operation: 'get' });
		await expect(
			searchList({ workflow, credential, nodeName: WECHAT }, 'searchCards'),
		).rejects.toThrow(/certificates could not be downloaded/);
	});
});

describe('once there were certificates', () => {
	let clock: Clock;

	beforeEach(async () => {
		clock = new Clock();
		await run();
		clock.pass(13 * HOUR);
	});

	it('they are used while newer ones cannot be had', async () => {
		spoilList('system-error');
		await expectCommitted();
		await expectCommitted();
		// One at first, and one more: the others came within five minutes.
		expect(lists()).toHaveLength(2);
	});

	it('they are not used any more where WeChat Pay has a public key instead', async () => {
		shop.wechatPay.setKeys({ signs: 'publicKey' });
		const before = others().length;
		const { failures } = await run();
		expect(failures).toMatchObject([1, 2, 3].map(() => ({ outcome: 'not_sent' })));
		expect(String(failures[0].message)).toContain('RESOURCE_NOT_EXISTS');
		expect(others()).toHaveLength(before);
	});
});

describe('both, with an empty field', () => {
	it('downloads, and verifies whatever key signs', async () => {
		await expectCommitted(BOTH);
		expect(lists()).toHaveLength(1);
		shop.wechatPay.setKeys({ signs: undefined });
		await expectCommitted(BOTH);
		expect(others()[5].headers['wechatpay-serial']).toBe(PUBLIC_KEY.serial);
		expect(lists()).toHaveLength(1);
	});

	it('is left with the public key where there are no certificates, for twelve hours', async () => {
		const clock = new Clock();
		await open({ signs: 'publicKey' });
		await expectCommitted(BOTH);
		await expectCommitted(BOTH);
		expect(lists().map(({ status }) => status)).toEqual([404]);
		clock.pass(12 * HOUR);
		await expectCommitted(BOTH);
		expect(lists()).toHaveLength(2);
	});

	it.each<Fault>(['reset-before', 'system-error', 'bad-gateway', 'rate-limit', 'html-404'])(
		'is left with the public key where the list meets %s',
		async (fault) => {
			await open({ signs: undefined });
			spoilList(fault);
			await expectCommitted(BOTH);
			await expectCommitted(BOTH);
			expect(lists()).toHaveLength(1);
		},
	);

	it('tries again for a response that needs a certificate', async () => {
		spoilList('reset-before', 1);
		await expectCommitted(BOTH);
		expect(lists()).toHaveLength(2);
	});

	it.each<[string, Record<string, string>, RegExp]>([
		['no APIv3 key', { apiV3Key: '' }, /'APIv3 Key' .* is empty/],
		['another APIv3 key', { apiV3Key: 'x'.repeat(32) }, /'APIv3 Key' .* does not decrypt/],
	])('says so for %s', async (_, changes, says) => {
		await expectNotSent(says, { ...BOTH, ...changes });
	});

	it('takes a list that is signed with the public key', async () => {
		await open({ signs: undefined });
		shop.wechatPay.setKeys({ signing: PUBLIC_KEY });
		await expectCommitted(BOTH);
		expect(lists().map(({ status }) => status)).toEqual([200]);
	});
});

describe('a response signed with a certificate that is not there yet', () => {
	const rotated = { listed: [PLATFORM_A, PLATFORM_C], signing: PLATFORM_C };

	it('is verified with it, and not asked for again: one download for all', async () => {
		await open({ listed: [PLATFORM_A] }, 30);
		await run(DOWNLOAD, { orders: [{ ...shop.orders[0], member_code: 'nobody' }] });
		shop.wechatPay.setKeys(rotated);
		await expectCommitted();
		expect(lists()).toHaveLength(2);
		expect(others()).toHaveLength(31);
		expect(shop.wechatPay.bonuses.every(({ commits }) => commits === 1)).toBe(true);
	});

	it('is judged unknown where they cannot be had, with one download for all', async () => {
		await open({ listed: [PLATFORM_A] }, 30);
		await run(DOWNLOAD, { orders: [{ ...shop.orders[0], member_code: 'nobody' }] });
		shop.wechatPay.setKeys(rotated);
		spoilList('system-error');
		const { committed, failures } = await run();
		expect(committed).toBe(0);
		expect(failures).toHaveLength(30);
		for (const { message, outcome, code } of failures) {
			expect([outcome, code]).toEqual(['unknown', 'UNKNOWN_SERIAL']);
			expect(message).toMatch(/signed with the key .*03, .*once in five minutes: wait that long/);
		}
		expect(lists()).toHaveLength(2);
	});

	it('is judged unknown where it is no certificate of the list', async () => {
		await open({ listed: [PLATFORM_A] });
		shop.wechatPay.misbehave({
			fault: 'unknown-serial',
			when: ({ body }) => body.includes('order-1"'),
		});
		const { committed, failures } = await run();
		expect(committed).toBe(2);
		expect(failures).toMatchObject([{ outcome: 'unknown', code: 'UNKNOWN_SERIAL' }]);
		expect(lists()).toHaveLength(2);
	});

	it('makes the download once in five minutes, and again after them', async () => {
		const clock = new Clock();
		await open({ listed: [PLATFORM_A] }, 1);
		shop.wechatPay.misbehave({
			fault: 'unknown-serial',
			times: Infinity,
			when: ({ url }) => url !== LIST,
		});
		await run();
		await run();
		clock.pass(4 * MINUTE);
		await run();
		expect(lists()).toHaveLength(2);
		clock.pass(MINUTE);
		await run();
		expect(lists()).toHaveLength(3);
	});
});

it('stops waiting when the execution is cancelled, and says that nothing was sent', async () => {
	spoilList('stall');
	let cancel = () => {};
	const running = run(DOWNLOAD, {
		options: { retries: 0, timeout: 60_000 },
		onStart: (way) => (cancel = way),
	});
	await shop.wechatPay.untilReceived(1);
	cancel();
	// It would not get here in time if it went on waiting.
	await running;
	expect(others()).toEqual([]);
	expect(lists()).toHaveLength(1);
});

it('serves who waits for the same download when another execution is cancelled', async () => {
	await open({}, 3, { delay: 300 });
	let cancel = () => {};
	const cancelled = run(DOWNLOAD, { onStart: (way) => (cancel = way) });
	await shop.wechatPay.untilReceived(1);
	const waiting = run();
	cancel();
	await cancelled;
	expect(await waiting).toMatchObject({ committed: 3, failures: [] });
	expect(lists()).toHaveLength(1);
});

describe('a phone number', () => {
	const PHONES = ['13800138000', '13800138001'];
	const importByPhone = async (items: number, credential = DOWNLOAD, retries = 0) => {
		const execution = await runOperation({
			resource: 'member',
			operation: 'importByPhone',
			parameters: {
				cardId: shop.orders[0].card_id as string,
				encryptedPhoneNumber: '={{ $json.phone }}',
			},
			items: PHONES.slice(0, items).map((phone) => ({ json: { phone } })),
			credential: shop.wechatPay.credential(credential),
			options: { retries, concurrency: 1 },
		});
		return { done: execution.json(WECHAT, SUCCESS), failed: execution.json(WECHAT, ERROR) };
	};

	beforeEach(async () => {
		await open({ listed: [PLATFORM_A, PLATFORM_C, PLATFORM_EXPIRED, PLATFORM_FUTURE] });
		for (const phone of PHONES) shop.wechatPay.addPayer(phone);
	});

	it('is encrypted with the newest certificate that is valid, and the request names it', async () => {
		expect((await importByPhone(1)).failed).toEqual([]);
		expect(others().map(({ headers }) => headers['wechatpay-serial'])).toEqual([PLATFORM_C.serial]);
		expect(shop.wechatPay.members.some(({ phone }) => phone === PHONES[0])).toBe(true);
	});

	it('is repeated with the same bytes and the same name though newer certificates came in between', async () => {
		await open({ listed: [PLATFORM_A], signing: PLATFORM_A });
		for (const phone of PHONES) shop.wechatPay.addPayer(phone);
		// The certificates rotate with the first request, whose answer can't be trusted: it costs a download.
		shop.wechatPay.misbehave({
			fault: 'unknown-serial',
			when: (request) => {
				if (isList(request)) return false;
				shop.wechatPay.setKeys({ listed: [PLATFORM_A, PLATFORM_C], signing: PLATFORM_C });
				return true;
			},
		});
		const { failed } = await importByPhone(2, DOWNLOAD, 2);
		expect(failed).toEqual([]);
		const [first, repeat, next] = others();
		expect(first.headers['wechatpay-serial']).toBe(PLATFORM_A.serial);
		expect(repeat.headers['wechatpay-serial']).toBe(PLATFORM_A.serial);
		expect(repeat.rawBody).toEqual(first.rawBody);
		expect(next.headers['wechatpay-serial']).toBe(PLATFORM_C.serial);
	});
});
