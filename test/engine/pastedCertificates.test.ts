/** A pasted platform certificate counts from its first day to its last: nobody replaces it but the user. */
import type { IDataObject } from 'n8n-workflow';

import { COMMITTED, NOT_COMMITTED, runBonus } from '../support/engine/bonusWorkflow.cts';
import { openShop, type Shop } from '../support/engine/shop.cts';
import { PLATFORM_A, PLATFORM_EXPIRED, PLATFORM_FUTURE } from '../support/fake/keys.cts';
import type { PlatformCertificate } from '../support/fake/keys.cts';

let shop: Shop;

beforeEach(async () => {
	shop = await openShop(1);
});

afterEach(async () => {
	await shop.wechatPay.stop();
});

async function run(
	pasted: PlatformCertificate[],
	signing: PlatformCertificate,
	verification = 'platformCertificate',
) {
	shop.wechatPay.setKeys({ signs: 'platformCertificate', listed: pasted, signing });
	const execution = await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential({
			verification,
			platformCertificates: pasted.map(({ certificatePem }) => certificatePem).join('\n'),
		}),
		onError: 'continueErrorOutput',
		options: { retries: 0 },
	});
	return {
		committed: execution.json(COMMITTED).length,
		errors: execution.json(NOT_COMMITTED).map(({ error }) => error as IDataObject),
	};
}

const ENDED = new Date(PLATFORM_EXPIRED.certificate.validTo).toISOString().slice(0, 10);

it('is not used any more once it has expired: nothing is sent', async () => {
	const { committed, errors } = await run([PLATFORM_EXPIRED], PLATFORM_EXPIRED);
	expect(committed).toBe(0);
	expect(errors).toMatchObject([{ outcome: 'not_sent', repeatable: true }]);
	expect(errors[0].message).toContain(
		`'Platform Certificates' in the WeChat Pay credential expired on ${ENDED}: paste the new one or leave the field empty`,
	);
	expect(shop.wechatPay.counts.received).toBe(0);
});

it('is not used before its first day', async () => {
	const { errors } = await run([PLATFORM_FUTURE], PLATFORM_FUTURE);
	expect(errors).toMatchObject([
		{ outcome: 'not_sent', message: expect.stringContaining('is not valid before') },
	]);
});

it.each([
	['beside a valid one', [PLATFORM_A, PLATFORM_EXPIRED], 'platformCertificate'],
	['beside the public key', [PLATFORM_EXPIRED], 'both'],
])('%s, a response signed with it is not believed, and told why', async (_, pasted, mode) => {
	const { committed, errors } = await run(pasted, PLATFORM_EXPIRED, mode);
	expect(committed).toBe(0);
	expect(errors).toMatchObject([{ outcome: 'unknown', code: 'UNKNOWN_SERIAL' }]);
	expect(errors[0].message).toContain(
		`${PLATFORM_EXPIRED.serial} in 'Platform Certificates' expired on ${ENDED}: paste the new one or leave the field empty.`,
	);
});

it('leaves the valid one beside it in use', async () => {
	const pasted = [PLATFORM_EXPIRED, PLATFORM_FUTURE, PLATFORM_A];
	expect(await run(pasted, PLATFORM_A)).toEqual({ committed: 1, errors: [] });
	expect(shop.wechatPay.requests[0].headers['wechatpay-serial']).toBe(PLATFORM_A.serial);
});
