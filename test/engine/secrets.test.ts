/** No secret may be in anything that leaves the node: items, exceptions, their stacks and causes. */
import { runBonus, type BonusRun } from '../support/engine/bonusWorkflow.cts';
import { openShop, type Shop } from '../support/engine/shop.cts';
import { MERCHANT, pem } from '../support/fake/keys.cts';
import { everythingIn, writings } from '../support/secrets.cts';

let shop: Shop;

beforeAll(async () => {
	shop = await openShop(4);
});

afterAll(async () => {
	await shop.wechatPay.stop();
});

const DOWNLOAD = { verification: 'platformCertificate' };

const runs: Array<[string, Partial<BonusRun>, Record<string, string>]> = [
	['committed', {}, {}],
	['refused', { parameters: { code: 'nobody' } }, {}],
	['not sent', { parameters: { bonusValue: -1 } }, {}],
	['a wrong key', {}, { privateKey: pem('other-merchant-key.pem') }],
	['a damaged key', {}, { privateKey: pem('merchant-key.pem').slice(0, 900) }],
	['a key for a serial number', {}, { serialNo: pem('merchant-key.pem') }],
	['a key for a public key', {}, { publicKey: pem('merchant-key.pem') }],
	['a key for a public key ID', {}, { publicKeyId: pem('merchant-key.pem') }],
	['a key for the merchant ID', {}, { mchid: pem('merchant-key.pem') }],
	['a key for the base URL', {}, { baseUrl: pem('merchant-key.pem') }],
	['certificates that do not decrypt', {}, { ...DOWNLOAD, apiV3Key: 'x'.repeat(32) }],
	['an APIv3 key that is too long', {}, { ...DOWNLOAD, apiV3Key: `${MERCHANT.apiV3Key}1` }],
	['nobody listens', { options: { retries: 0 } }, { baseUrl: 'https://127.0.0.1:1' }],
	['an unknown host', { options: { retries: 0 } }, { baseUrl: 'https://nowhere.invalid' }],
];

describe.each(runs)('%s', (_name, run, changes) => {
	it.each(['continueErrorOutput', 'continueRegularOutput', undefined] as const)(
		'(On Error: %s)',
		async (onError) => {
			const credential = shop.wechatPay.credential(changes);
			const execution = await runBonus({
				orders: shop.orders.slice(0, 2),
				credential,
				onError,
				...run,
			});

			const told = everythingIn(execution.run.data.resultData);
			expect(told).toContain('order-0');
			const secrets = [credential.privateKey, credential.apiV3Key, pem('merchant-key.pem')];
			for (const writing of secrets.flatMap(writings)) {
				expect(told.includes(writing) ? writing : '').toBe('');
			}
			expect(told).not.toContain('WECHATPAY2-SHA256-RSA2048');
		},
		20_000,
	);
});

it('would find a secret', () => {
	const told = everythingIn({ deep: new Error(`bad key ${pem('merchant-key.pem')}`) });
	expect(writings(pem('merchant-key.pem')).some((text) => told.includes(text))).toBe(true);
});
