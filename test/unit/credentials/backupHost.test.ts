/** The backup host in the form and in the Test button of the credential. */
import { NodeHelpers } from 'n8n-workflow';

import { WechatPayApi } from '../../../credentials/WechatPayApi.credentials';
import { toMerchant } from '../../../nodes/apiv3/merchant';
import { lead, leadAsUsual, tried } from '../../support/engine/hosts.cts';
import { CREDENTIAL, pem } from '../../support/fake/keys.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { pressTest } from './testButton.cts';

const MAIN = 'api.mch.weixin.qq.com';
const BACKUP = 'api2.mch.weixin.qq.com';

describe('the form', () => {
	const property = new WechatPayApi().properties.find(({ name }) => name === 'backupHost');
	const isShown = (values: object) =>
		property !== undefined &&
		NodeHelpers.displayParameter(values as never, property, null, null, values as never);

	it.each(['https://api.mch.weixin.qq.com', 'https://api.mch.weixin.qq.com/', ''])(
		"shows the switch, which is on, for the main host ('%s')",
		(baseUrl) => {
			expect(isShown({ baseUrl })).toBe(true);
			expect(property).toMatchObject({ type: 'boolean', default: true });
		},
	);

	it.each([
		'https://proxy.example',
		'https://api2.mch.weixin.qq.com',
		'https://api.mch.weixin.qq.com:8443',
		'https://API.mch.weixin.qq.com',
	])("hides it for '%s', which has no backup host", (baseUrl) => {
		expect(isShown({ baseUrl })).toBe(false);
		expect(toMerchant({ ...CREDENTIAL, baseUrl }).backupUrl).toBeUndefined();
	});

	it.each([
		' https://api.mch.weixin.qq.com',
		'https://api.mch.weixin.qq.com\n',
		'\u200bhttps://api.mch.weixin.qq.com/ ',
	])('takes the main host for itself, whatever was pasted around it: %j', (baseUrl) => {
		expect(toMerchant({ ...CREDENTIAL, baseUrl })).toMatchObject({
			baseUrl: 'https://api.mch.weixin.qq.com',
			backupUrl: `https://${BACKUP}`,
		});
	});

	it.each([
		[true, `https://${BACKUP}`],
		[false, undefined],
		// As in a credential that was saved before there was the switch.
		[undefined, `https://${BACKUP}`],
	])('means by %p: %s', (backupHost, backupUrl) => {
		for (const baseUrl of ['https://api.mch.weixin.qq.com', 'https://api.mch.weixin.qq.com/', '']) {
			expect(toMerchant({ ...CREDENTIAL, baseUrl, backupHost }).backupUrl).toBe(backupUrl);
		}
	});
});

describe('the Test button', () => {
	let fake: FakeWechatPay;

	beforeEach(async () => {
		fake = await FakeWechatPay.start({ certificate: 'hosts' });
		lead(MAIN, fake.baseUrl);
		lead(BACKUP, fake.baseUrl);
	});

	afterEach(async () => {
		leadAsUsual();
		await fake.stop();
	});

	const press = async (changes: object = {}) => await pressTest({ ...CREDENTIAL, ...changes });

	it('asks the main host alone while that answers', async () => {
		expect(await press()).toEqual({
			status: 'OK',
			message: 'WeChat Pay and n8n accept each other',
		});
		expect(tried).toEqual([MAIN]);
	});

	it('asks the backup host where the main host cannot be reached, and says so', async () => {
		lead(MAIN, 'refused');

		expect(await press()).toEqual({
			status: 'OK',
			message: `WeChat Pay and n8n accept each other. Asked at the backup host ${BACKUP}, because ${MAIN} can't be reached (ECONNREFUSED).`,
		});
		expect(fake.requests.map(({ headers }) => headers.host)).toEqual([BACKUP]);
	});

	it('finds there what is wrong with the credential', async () => {
		lead(MAIN, 'unknown');
		const { status, message } = await press({ privateKey: pem('other-merchant-key.pem') });

		expect(status).toBe('Error');
		expect(message).toContain("'Merchant Private Key'");
		expect(message).toMatch(new RegExp(`[^.]\\. Asked at the backup host ${BACKUP}, because`));
	});

	it('ends the sentence that it found there once', async () => {
		lead(MAIN, 'refused');
		fake.misbehave({ fault: 'missing-signature', times: Infinity });
		const { message } = await press();

		expect(message).toContain(': it has no signature. A proxy or');
		expect(message).toContain(
			`check it and 'Base URL'. Asked at the backup host ${BACKUP}, because`,
		);
	});

	it('names what is wrong with the list that it gets there', async () => {
		lead(MAIN, 'refused');
		fake.misbehave({ fault: 'not-json', times: Infinity });
		const { status, message } = await press({ verification: 'platformCertificate' });

		expect(status).toBe('Error');
		expect(message).toMatch(/^WeChat Pay's list of platform certificates cannot be used: /);
	});

	it('names both where neither can be reached', async () => {
		lead(MAIN, 'refused');
		lead(BACKUP, 'unknown');
		const { status, message } = await press();

		expect(status).toBe('Error');
		expect(message).toBe(
			`No response from WeChat Pay (ECONNREFUSED): check the network, the proxy and 'Base URL'. Tried ${MAIN} (ECONNREFUSED) and the backup host ${BACKUP} (ENOTFOUND).`,
		);
		expect(tried).toEqual([MAIN, BACKUP]);
	});

	it.each([
		['the switch is off', { backupHost: false }],
		['its domain is not allowed', { allowedHttpRequestDomains: 'domains', allowedDomains: MAIN }],
	])('does not ask it where %s', async (_, changes) => {
		lead(MAIN, 'refused');
		const { status, message } = await press(changes);

		expect(status).toBe('Error');
		expect(message).toBe(
			"No response from WeChat Pay (ECONNREFUSED): check the network, the proxy and 'Base URL'",
		);
		expect(tried).toEqual([MAIN]);
	});

	it.each(['bad-gateway', 'system-error-before', 'redirect'] as const)(
		'does not ask it after the response %s',
		async (fault) => {
			fake.misbehave({ fault, times: Infinity });

			expect(await press()).toMatchObject({ status: 'Error' });
			expect(new Set(tried)).toEqual(new Set([MAIN]));
		},
	);
});
