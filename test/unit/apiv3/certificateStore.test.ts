import { CertificateStore, certificateStoreFor } from '../../../nodes/apiv3/certificateStore';
import {
	CREDENTIAL,
	PLATFORM_A,
	PLATFORM_B,
	PLATFORM_C,
	PLATFORM_EXPIRED,
	PLATFORM_FUTURE,
	PUBLIC_KEY,
} from '../../support/fake/keys.cts';
import { readList } from './listed';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let now = 0;

beforeEach(() => {
	now = Date.parse('2026-12-01T00:00:00Z');
	// What a message is read by.
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
	jest.restoreAllMocks();
});

const pass = (ms: number) => {
	now += ms;
};

const named = (store: CertificateStore) => [...store.keys.keys()];

/** A message that says it is signed with that key. */
const signedWith = (serial: string, headers: Record<string, string> = {}) => ({
	headers: {
		'Wechatpay-Timestamp': String(Math.floor(now / 1000)),
		'Wechatpay-Nonce': 'n',
		'Wechatpay-Signature': 'c2lnbmVk',
		'Wechatpay-Serial': serial,
		...headers,
	},
});

describe('a store', () => {
	it('verifies with those that are valid at the moment, the newest first', () => {
		const store = new CertificateStore();
		expect(named(store)).toEqual([]);
		store.put(readList([PLATFORM_EXPIRED, PLATFORM_A, PLATFORM_FUTURE, PLATFORM_C]));
		expect(named(store)).toEqual([PLATFORM_C.serial, PLATFORM_A.serial]);
		now = Date.parse('2024-01-01T00:00:00Z');
		expect(named(store)).toEqual([PLATFORM_EXPIRED.serial]);
		now = Date.parse('2121-01-01T00:00:00Z');
		expect(named(store)[0]).toBe(PLATFORM_FUTURE.serial);
	});

	it('is fresh for twelve hours', () => {
		const store = new CertificateStore();
		expect(store.isFresh).toBe(false);
		store.put(readList([PLATFORM_A]));
		pass(12 * HOUR - 1);
		expect(store.isFresh).toBe(true);
		pass(1);
		expect(store.isFresh).toBe(false);
		expect(named(store)).toEqual([PLATFORM_A.serial]);
	});

	it.each([-365 * 24 * HOUR, -MINUTE, MINUTE, 24 * HOUR])(
		'is fresh for twelve hours, by however many ms the clock was set: %d',
		(jump) => {
			let passed = 0;
			const store = new CertificateStore(
				() => now,
				() => passed,
			);
			store.put(readList([PLATFORM_A]));
			pass(jump);
			expect(store.isFresh).toBe(true);
			passed = 12 * HOUR;
			expect(store.isFresh).toBe(false);
		},
	);

	it('is empty until certificates came, or where there are none', async () => {
		const store = new CertificateStore();
		expect(store.isEmpty).toBe(true);
		await store.refresh(async () => readList([PLATFORM_A]));
		expect([store.isEmpty, store.failedLately]).toEqual([false, false]);
		store.put([]);
		expect(store.isEmpty).toBe(true);
	});

	it('downloads once for all who ask meanwhile', async () => {
		const store = new CertificateStore();
		let finish: (list: ReturnType<typeof readList>) => void = () => {};
		const download = jest.fn(
			async () => await new Promise<ReturnType<typeof readList>>((resolve) => (finish = resolve)),
		);
		const asked = Array.from({ length: 50 }, async () => await store.refresh(download));
		finish(readList([PLATFORM_A]));
		await Promise.all(asked);
		expect(download).toHaveBeenCalledTimes(1);
		expect(named(store)).toEqual([PLATFORM_A.serial]);
	});

	it('keeps what it has, and no failure, where a download comes to nothing', async () => {
		const store = new CertificateStore();
		store.put(readList([PLATFORM_A]));
		pass(13 * HOUR);
		const failing = async () => await Promise.reject(new Error('down'));
		await expect(store.refresh(failing)).rejects.toThrow('down');
		expect([named(store), store.isFresh, store.failedLately]).toEqual([
			[PLATFORM_A.serial],
			false,
			true,
		]);
		await store.refresh(async () => readList([PLATFORM_B]));
		expect([named(store), store.isFresh]).toEqual([[PLATFORM_B.serial], true]);
		pass(5 * MINUTE);
		expect(store.failedLately).toBe(false);
	});
});

describe('a key that is not there', () => {
	const store = () => {
		const filled = new CertificateStore();
		filled.put(readList([PLATFORM_A]));
		return filled;
	};

	it.each<[string, string, Record<string, string>, boolean]>([
		['another certificate', PLATFORM_B.serial, {}, true],
		['another certificate in lower case', PLATFORM_B.serial.toLowerCase(), {}, true],
		['the certificate', PLATFORM_A.serial, {}, false],
		['the certificate in lower case', PLATFORM_A.serial.toLowerCase(), {}, false],
		['a public key', PUBLIC_KEY.serial, {}, false],
		['what cannot be a serial number', 'F'.repeat(41), {}, false],
		['words', 'none of them', {}, false],
		['nothing', '', {}, false],
		['it at another time', PLATFORM_B.serial, { 'Wechatpay-Timestamp': '1' }, false],
		['it without a nonce', PLATFORM_B.serial, { 'Wechatpay-Nonce': '' }, false],
		['it for a test', PLATFORM_B.serial, { 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' }, false],
		['it of another type', PLATFORM_B.serial, { 'Wechatpay-Signature-Type': 'SM2' }, false],
	])('a message signed with %s', (_, serial, headers, isWanted) => {
		const filled = store();
		expect(filled.needsRefresh(signedWith(serial, headers), filled.keys)).toBe(isWanted);
	});

	it('a message signed with the certificate after twelve hours', () => {
		const filled = store();
		pass(12 * HOUR);
		expect(filled.needsRefresh(signedWith(PLATFORM_A.serial), filled.keys)).toBe(true);
	});

	const asking = (filled: CertificateStore, serial: string) => () =>
		filled.needsRefresh(signedWith(serial), filled.keys);

	it('costs one download in five minutes, for all', async () => {
		const filled = store();
		const download = jest.fn(async () => readList([PLATFORM_A]));
		const ask = async () => await filled.refreshFor(asking(filled, PLATFORM_B.serial), download);
		await Promise.all(Array.from({ length: 50 }, ask));
		pass(5 * MINUTE - 1);
		await ask();
		expect(download).toHaveBeenCalledTimes(1);
		pass(1);
		await ask();
		expect(download).toHaveBeenCalledTimes(2);
	});

	it('costs no more where the download comes to nothing', async () => {
		const filled = store();
		const download = jest.fn(async () => await Promise.reject(new Error('down')));
		const ask = async () => await filled.refreshFor(asking(filled, PLATFORM_B.serial), download);
		await expect(ask()).rejects.toThrow('down');
		await ask();
		pass(5 * MINUTE - 1);
		await ask();
		expect(download).toHaveBeenCalledTimes(1);
	});

	it('is looked for after the first download, once, unless that came to nothing', async () => {
		const filled = new CertificateStore();
		const download = jest.fn(async () => readList([PLATFORM_A]));
		const ask = async () => await filled.refreshFor(asking(filled, PLATFORM_B.serial), download);
		await ask();
		expect(download).toHaveBeenCalledTimes(1);
		for (let index = 0; index < 5; index += 1) await ask();
		expect(download).toHaveBeenCalledTimes(2);

		const empty = new CertificateStore();
		const failing = jest.fn(async () => await Promise.reject(new Error('down')));
		const askInVain = async () => await empty.refreshFor(asking(empty, PLATFORM_A.serial), failing);
		await expect(askInVain()).rejects.toThrow('down');
		for (let index = 0; index < 5; index += 1) await askInVain();
		expect(failing).toHaveBeenCalledTimes(1);
	});

	it('is looked for again after a download that had begun before', async () => {
		const filled = store();
		let finish = () => {};
		const early = filled.refresh(
			async () => await new Promise((resolve) => (finish = () => resolve(readList([PLATFORM_A])))),
		);
		const asked = Array.from(
			{ length: 5 },
			async () =>
				await filled.refreshFor(asking(filled, PLATFORM_B.serial), async () =>
					readList([PLATFORM_A, PLATFORM_B]),
				),
		);
		finish();
		await Promise.all([early, ...asked]);
		expect(named(filled)).toEqual([PLATFORM_A.serial, PLATFORM_B.serial]);
	});
});

describe('storeOf', () => {
	const credential = {
		...CREDENTIAL,
		verification: 'platformCertificate',
		mchid: '1900000201',
	};

	it('is the same for the same merchant, however it is written', () => {
		const same = [
			{ ...credential },
			{ ...credential, verification: 'both' },
			{ ...credential, mchid: ' 1900000201' },
			{ ...credential, baseUrl: `${credential.baseUrl}/` },
			{ ...credential, apiV3Key: `${credential.apiV3Key}\n` },
		];
		expect(new Set(same.map((one) => certificateStoreFor(one))).size).toBe(1);
	});

	it.each([
		['merchant', { mchid: '1900000202' }],
		['host', { baseUrl: 'https://proxy.example' }],
		['APIv3 key', { apiV3Key: credential.apiV3Key.toLowerCase() }],
		['APIv3 key, none yet', { apiV3Key: '' }],
	])('is another one for another %s', (_, changes) => {
		const store = certificateStoreFor(credential);
		expect(store).toBeInstanceOf(CertificateStore);
		expect(certificateStoreFor({ ...credential, ...changes })).not.toBe(store);
		expect(certificateStoreFor({ ...credential, ...changes })).toBeInstanceOf(CertificateStore);
	});

	it.each([
		['with pasted certificates', { platformCertificates: PLATFORM_A.certificatePem }],
		['with the public key', { verification: 'publicKey' }],
		['where nothing was chosen', { verification: undefined }],
	])('is none %s', (_, changes) => {
		expect(certificateStoreFor({ ...credential, ...changes })).toBeUndefined();
	});

	it('forgets the merchant that was longest not used', () => {
		const merchant = (index: number) =>
			certificateStoreFor({ ...credential, mchid: String(1_800_000_000 + index) });
		const [first, second] = [merchant(0), merchant(1)];
		for (let index = 2; index < 100; index += 1) merchant(index);
		expect(merchant(0)).toBe(first);
		merchant(100);
		expect(merchant(0)).toBe(first);
		expect(merchant(1)).not.toBe(second);
	});
});
