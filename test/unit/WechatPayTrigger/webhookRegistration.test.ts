/** What activation tells WeChat Pay, and what it must never tell it. */
import type { INode } from 'n8n-workflow';

import type { N8n, N8nOptions } from '../../support/engine/webhook.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { openTrigger, triggerWorkflow } from './scene.cts';

const OTHER = 'https://shop.example/notify';
const CALLBACK = '/v3/marketing/membercard-open/callback';

let wechatPay: FakeWechatPay;
let n8n: N8n;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await n8n.stop();
	await wechatPay.stop();
});

async function open(
	parameters: INode['parameters'] = {},
	options: Partial<N8nOptions> = {},
): Promise<void> {
	n8n = await openTrigger(parameters, { credential: wechatPay.credential(), ...options });
}

const registering = { callbackUrl: 'register' };
const methods = () => wechatPay.requests.map(({ method }) => method);

describe('set manually', () => {
	it('tells WeChat Pay nothing', async () => {
		await open();
		await n8n.activate();
		await n8n.deactivate();
		expect(wechatPay.requests).toEqual([]);
		expect(n8n.log).toEqual([]);
	});
});

describe('registered on activation', () => {
	it('sets the production URL where WeChat Pay has none', async () => {
		await open(registering);
		await n8n.activate();
		expect(methods()).toEqual(['GET', 'PATCH']);
		expect(wechatPay.notifyUrl).toBe(n8n.publicUrl);
		expect(n8n.publicUrl).toMatch(/^https:\/\/n8n\.shop\.example\/webhook\/.+\/notification$/);
	});

	it('sets nothing where WeChat Pay sends here already', async () => {
		await open(registering);
		wechatPay.setNotifyUrl(n8n.publicUrl);
		await n8n.activate();
		expect(methods()).toEqual(['GET']);
	});

	it('warns instead of replacing another URL, and names it', async () => {
		await open(registering);
		wechatPay.setNotifyUrl(OTHER);
		await expect(n8n.activate()).rejects.toThrow(
			/https:\/\/shop\.example\/notify.*'Replace Present URL'/,
		);
		expect(methods()).toEqual(['GET']);
		expect(wechatPay.notifyUrl).toBe(OTHER);
	});

	it.each([true, 'true', '是'])(
		'replaces another URL when the user says so (%j), and tells the log which',
		async (replacePresent) => {
			await open({ ...registering, replacePresent });
			wechatPay.setNotifyUrl(OTHER);
			await n8n.activate();
			expect(wechatPay.notifyUrl).toBe(n8n.publicUrl);
			expect(n8n.log).toEqual([
				expect.objectContaining({
					level: 'warn',
					message: expect.stringContaining(OTHER) as unknown,
				}),
			]);
		},
	);

	it('restores nothing on deactivation, and says what stays', async () => {
		await open({ ...registering, replacePresent: true });
		wechatPay.setNotifyUrl(OTHER);
		await n8n.activate();
		const before = wechatPay.requests.length;
		await n8n.deactivate();
		expect(wechatPay.requests).toHaveLength(before);
		expect(n8n.log.at(-1)).toMatchObject({
			level: 'info',
			message: expect.stringContaining(n8n.publicUrl) as unknown,
		});
	});

	it('says nothing of a URL that it did not register', async () => {
		await open(registering);
		wechatPay.setNotifyUrl(OTHER);
		await expect(n8n.activate()).rejects.toThrow(OTHER);
		// n8n cleans up after an activation that did not succeed.
		await n8n.deactivate();
		expect(n8n.log).toEqual([]);
	});

	it('never touches the URL while somebody listens in the editor', async () => {
		await open({ ...registering, replacePresent: true });
		wechatPay.setNotifyUrl(OTHER);
		await n8n.activate('manual');
		await n8n.deactivate('manual');
		expect(wechatPay.requests).toEqual([]);
		expect(n8n.log).toEqual([]);
	});

	it.each([
		['http', 'http://n8n.shop.example/webhook'],
		['this machine', 'https://localhost:5678/webhook'],
		['an address of this machine', 'https://127.0.0.1/webhook'],
		['a private address', 'https://10.0.0.5/webhook'],
		['an IPv6 address', 'https://[::1]/webhook'],
		['a name of the local network', 'https://n8n.local/webhook'],
		['a name without a domain', 'https://n8n:5678/webhook'],
		['a login', 'https://user:secret@n8n.shop.example/webhook'],
		['the Test URL', 'https://n8n.shop.example/webhook-test'],
	])('says that WeChat Pay cannot reach %s', async (_, publicUrl) => {
		await open(registering, { publicUrl });
		await expect(n8n.activate()).rejects.toThrow(/can't reach.*WEBHOOK_URL/);
		await expect(n8n.activate()).rejects.not.toThrow(/secret/);
		expect(wechatPay.requests).toEqual([]);
	});

	it('stops where the trigger has no webhook ID, so that n8n answers 404', async () => {
		const workflow = triggerWorkflow({ ...registering, replacePresent: true });
		delete workflow.nodes[0].webhookId;
		await open({}, { workflow });
		wechatPay.setNotifyUrl(OTHER);
		await expect(n8n.activate()).rejects.toThrow(/404.*paste it/);
		expect(wechatPay.notifyUrl).toBe(OTHER);
	});

	it('shows a URL with a line end on one line', async () => {
		await open({ ...registering, replacePresent: true });
		wechatPay.setNotifyUrl('https://shop.example/a\nfake line');
		await n8n.activate();
		expect(n8n.log.map(({ message }) => message)).toEqual([
			expect.stringContaining('https://shop.example/a\\u{a}fake line'),
		]);
	});

	it('shows what it kept in mind on one line', async () => {
		await open(registering);
		await n8n.activate();
		const { staticData } = n8n.database;
		n8n.database.staticData = staticData.replace(n8n.publicUrl, 'https://shop.example/a\\nfake');
		expect(n8n.database.staticData).not.toBe(staticData);
		await n8n.deactivate();
		expect(n8n.log.at(-1)?.message).toContain('https://shop.example/a\\u{a}fake');
	});

	it.each([
		['broken', 'bad-gateway', /502/],
		['answered in a way not to trust', 'bad-signature', /signature/],
		['answered 404 by a proxy', 'html-404', /404/],
	] as const)('stops when reading is %s', async (_, fault, message) => {
		await open({ ...registering, replacePresent: true });
		wechatPay.setNotifyUrl(OTHER);
		wechatPay.misbehave({ fault, times: Infinity });
		await expect(n8n.activate()).rejects.toThrow(message);
		expect(methods()).not.toContain('PATCH');
	});

	it('stops for a merchant who has no member cards', async () => {
		await open(registering);
		wechatPay.setPermission(false);
		await expect(n8n.activate()).rejects.toThrow(/NO_AUTH/);
		expect(wechatPay.notifyUrl).toBeUndefined();
	});

	it('stops when setting is not confirmed', async () => {
		await open(registering);
		wechatPay.misbehave({
			fault: 'bad-signature',
			times: Infinity,
			when: ({ method }) => method === 'PATCH',
		});
		await expect(n8n.activate()).rejects.toThrow(/signature/);
	});
});

describe('a credential that cannot be used', () => {
	it.each<[string, Record<string, string>, RegExp]>([
		['without an APIv3 key', { apiV3Key: '' }, /'APIv3 Key'.*is empty.*32 characters/],
		['with half an APIv3 key', { apiV3Key: 'half' }, /'APIv3 Key'.*4 characters/],
		['without a public key', { publicKey: '' }, /'WeChat Pay Public Key'.*is empty/],
		['without a private key', { privateKey: '' }, /'Merchant Private Key'.*is empty/],
	])('%s stops activation and listening with a message', async (_, changes, message) => {
		await open({}, { credential: wechatPay.credential(changes) });
		await expect(n8n.activate()).rejects.toThrow(message);
		await expect(n8n.activate('manual')).rejects.toThrow(message);
		await expect(n8n.activate()).rejects.not.toThrow(/\[item/);
	});
});

describe('without any event', () => {
	it.each([{}, { otherEvents: ' , ' }])('activation and listening stop (%p)', async (others) => {
		await open({ events: [], ...others });
		await expect(n8n.activate()).rejects.toThrow(/'Events' is empty/);
		await expect(n8n.activate('manual')).rejects.toThrow(/'Events' is empty/);
	});

	it.each([
		['an expression that was not evaluated', '{{ $json.events }}', /\{\{/],
		['a pattern', 'TRANSACTION.*', /TRANSACTION\.\*/],
		['the beginning of events', 'TRANSACTION', /only the beginning/],
		['an object', '[object Object]', /\[OBJECT/],
		['JSON that is broken', '["TRANSACTION.SUCCESS"', /\[/],
	])('that can ever come, activation stops: %s', async (_, otherEvents, message) => {
		await open({ events: [], otherEvents });
		await expect(n8n.activate()).rejects.toThrow(message);
		await expect(n8n.activate('manual')).rejects.toThrow(message);
	});

	it.each(['PROFITSHARING', '*', 'brand_new.event', 'A、B', '["A","B"]'])(
		'but with one that may come, it activates: %s',
		async (otherEvents) => {
			await open({ events: [], otherEvents });
			await n8n.activate();
		},
	);

	it('of the list, those by name are enough', async () => {
		await open({ events: [], otherEvents: 'SECURITY_ECHO.SUCCESS' });
		await n8n.activate();
	});
});

it('the fake has the callback where the trigger looks for it', async () => {
	await open(registering);
	await n8n.activate();
	expect(wechatPay.requests.map(({ url }) => url)).toEqual([CALLBACK, CALLBACK]);
});
