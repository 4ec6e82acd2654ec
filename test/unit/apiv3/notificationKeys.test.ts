import { certificateStoreFor } from '../../../nodes/apiv3/certificateStore';
import { notificationKeys, notificationSecret } from '../../../nodes/apiv3/notificationKeys';
import { CREDENTIAL, MERCHANT, PLATFORM_A, PUBLIC_KEY } from '../../support/fake/keys.cts';
import { readList } from './listed';

describe('notificationKeys', () => {
	const keysOf = (merchant: number) => {
		const [key] = notificationKeys({
			...CREDENTIAL,
			publicKeyId: `PUB_KEY_ID_${merchant}`,
		}).values();
		return key;
	};

	it('are parsed once for the same texts, and remembered for the last fifty credentials', () => {
		const [first, second] = [keysOf(0), keysOf(1)];
		for (let merchant = 2; merchant < 50; merchant += 1) keysOf(merchant);
		expect(keysOf(0)).toBe(first);
		expect(keysOf(1)).toBe(second);
		keysOf(50);
		expect(keysOf(1)).toBe(second);
		expect(keysOf(0)).not.toBe(first);
	});

	it('leave out a pasted certificate from the day on which it ends, in a running process as well', () => {
		const pasted = {
			...CREDENTIAL,
			verification: 'platformCertificate',
			platformCertificates: PLATFORM_A.certificatePem,
		};
		expect([...notificationKeys(pasted).keys()]).toEqual([PLATFORM_A.serial]);
		const end = Date.parse(PLATFORM_A.certificate.validTo);
		jest.spyOn(Date, 'now').mockReturnValue(end);
		expect(() => notificationKeys(pasted)).toThrow(
			/'Platform Certificates' in the WeChat Pay credential expired on \d{4}-\d\d-\d\d: paste the new one or leave/,
		);
		const both = { ...pasted, verification: 'both' };
		expect([...notificationKeys(both).keys()]).toEqual([PUBLIC_KEY.serial]);
		jest.restoreAllMocks();
	});

	it("do not need the merchant's own key", () => {
		const keys = notificationKeys({ ...CREDENTIAL, privateKey: '', serialNo: '' });
		expect([...keys.keys()]).toEqual([PUBLIC_KEY.serial]);
	});

	it('are those of the credential and those that were downloaded for it', () => {
		const both = { ...CREDENTIAL, verification: 'both', mchid: '1900000301' };
		expect([...notificationKeys(both).keys()]).toEqual([PUBLIC_KEY.serial]);
		certificateStoreFor(both)?.put(readList([PLATFORM_A]));
		expect([...notificationKeys(both).keys()]).toEqual([PUBLIC_KEY.serial, PLATFORM_A.serial]);
	});
});

describe('notificationSecret', () => {
	it('is the APIv3 key', () => {
		expect(notificationSecret(CREDENTIAL)).toBe(MERCHANT.apiV3Key);
	});

	it('is asked for where it is empty', () => {
		expect(() => notificationSecret({ ...CREDENTIAL, apiV3Key: ' ' })).toThrow(
			"'APIv3 Key' in the WeChat Pay credential is empty, and notifications are encrypted with it",
		);
	});
});
