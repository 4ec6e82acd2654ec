/** Many posts at once, as on a busy day with somebody who tries to get in. */
import type { N8n } from '../../support/engine/webhook.cts';
import { PLATFORM_A, PLATFORM_B, PUBLIC_KEY } from '../../support/fake/keys.cts';
import type { Posted } from '../../support/fake/notification.cts';
import { notification, post } from '../../support/fake/notification.cts';
import { openTrigger, started } from './scene.cts';

const GENUINE = 250;
const COPIES = 3;
const FORGED = 250;

let n8n: N8n;

beforeEach(async () => {
	n8n = await openTrigger({ events: ['TRANSACTION.SUCCESS'] });
});

afterEach(async () => {
	await n8n.stop();
});

const paid = (id: string) => ({ id, event_type: 'TRANSACTION.SUCCESS', resource: { paid: id } });

/** One of each kind of forgery in turn; half of them bear the ID of a genuine one. */
function forgery(index: number): Posted {
	const contents = paid(index % 2 ? `EV-${index}` : `EV-forged-${index}`);
	const genuine = notification(contents);
	const changed = Buffer.from(genuine.body.toString().replace('TRANSACTION', 'REFUND'));
	const kinds: Array<() => Posted> = [
		() => notification(contents, { key: PLATFORM_A, serial: PUBLIC_KEY.serial }),
		() => notification(contents, { key: PLATFORM_B }),
		() => notification(contents, { timestamp: Math.floor(Date.now() / 1000) - 400 }),
		() => notification(contents, { signature: 'WECHATPAY/SIGNTEST/Zm9v' }),
		() => notification(contents, { headers: { 'Wechatpay-Signature': undefined } }),
		() => ({ ...genuine, body: changed }),
	];
	return kinds[index % kinds.length]();
}

/** In an order that is the same in every run, and none that the posts were made in. */
function shuffled<T>(all: T[]): T[] {
	return all
		.map((one, index) => ({ one, place: (index * 7919) % all.length }))
		.sort((a, b) => a.place - b.place)
		.map(({ one }) => one);
}

it('1,000 at once: each genuine one starts one run, no forged one starts any', async () => {
	const genuine = Array.from({ length: GENUINE }, (_, index) =>
		Array.from({ length: COPIES }, () => ({ is: 204, posted: notification(paid(`EV-${index}`)) })),
	).flat();
	const forged = Array.from({ length: FORGED }, (_, index) => ({
		is: 401,
		posted: forgery(index),
	}));
	const crowd = shuffled([...genuine, ...forged]);
	expect(crowd).toHaveLength(1000);

	const answers = await Promise.all(
		crowd.map(async ({ is, posted }) => ({ is, was: (await post(n8n.url, posted)).status })),
	);
	await n8n.settled();

	expect(answers.filter(({ is, was }) => is !== was)).toEqual([]);
	const ids = (started(n8n) as Array<{ id: string }>).map(({ id }) => id);
	expect([...ids].sort()).toEqual(
		Array.from({ length: GENUINE }, (_, index) => `EV-${index}`).sort(),
	);
	expect(n8n.runs).toHaveLength(GENUINE);
}, 60_000);

it('tells the log of a crowd of forgeries once for each kind', async () => {
	for (let index = 0; index < 60; index += 1) await post(n8n.url, forgery(index));
	expect(n8n.log).toHaveLength(5);
	expect(new Set(n8n.log.map(({ level }) => level))).toEqual(new Set(['warn']));
});
