/**
 * Two things every older merchant lives through, played from beginning to end: WeChat Pay's certificates rotate, and the
 * merchant moves to the public key in seven days (docs/protocol.md, Switching to the public key and docs/protocol.md, Platform certificates). Not one answer may be judged wrongly.
 */
import type { IDataObject } from 'n8n-workflow';

import { COMMITTED, NOT_COMMITTED, runBonus } from '../support/engine/bonusWorkflow.cts';
import { Clock, HOUR } from '../support/engine/clock';
import { committedAt, openShop, type Shop } from '../support/engine/shop.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';
import type { N8n } from '../support/engine/webhook.cts';
import type { SigningKey } from '../support/fake/keys.cts';
import { PLATFORM_A, PLATFORM_B, PLATFORM_C, PUBLIC_KEY } from '../support/fake/keys.cts';
import type { KeysInUse } from '../support/fake/keysInUse.cts';
import { notification, post } from '../support/fake/notification.cts';
import { openTrigger, started } from '../unit/WechatPayTrigger/scene.cts';

skipWaits();

jest.setTimeout(120_000);

const ORDERS = 20;
const NOTIFICATIONS = 20;

/** Some time in the life of a merchant. */
interface Phase {
	name: string;
	keys: Partial<KeysInUse>;
	/** The keys that notifications are signed with, by their share of twenty. */
	notified: Array<[key: SigningKey, count: number]>;
}

interface Story {
	phases: Phase[];
	credential: Record<string, string>;
	/** Hours from one phase to the next. */
	step: number;
	/** A key that is no key of WeChat Pay for this merchant, ever. */
	stranger: SigningKey;
}

const signing = (key: SigningKey): Phase['notified'] => [[key, NOTIFICATIONS]];

const ROTATION: Phase[] = [
	{
		name: 'A alone',
		keys: { listed: [PLATFORM_A], signing: PLATFORM_A },
		notified: signing(PLATFORM_A),
	},
	{
		name: 'A and C listed, A signs',
		keys: { listed: [PLATFORM_A, PLATFORM_C], signing: PLATFORM_A },
		notified: signing(PLATFORM_A),
	},
	{
		name: 'C signs most notifications, A still some',
		keys: { signing: PLATFORM_C },
		notified: [
			[PLATFORM_C, 15],
			[PLATFORM_A, 5],
		],
	},
	{ name: 'C signs', keys: { signing: PLATFORM_C }, notified: signing(PLATFORM_C) },
	{ name: 'A is gone', keys: { listed: [PLATFORM_C] }, notified: signing(PLATFORM_C) },
];

/** The shares of WeChat Pay's schedule, in twentieths and at least one. */
const MIGRATION: Phase[] = [
	{
		name: 'not started: answers by certificate whatever is asked for',
		keys: { listed: [PLATFORM_A], signs: 'platformCertificate' },
		notified: signing(PLATFORM_A),
	},
	...[1, 1, 1, 2, 4, 10, 20].map(
		(count, day): Phase => ({
			name: `day ${day + 1}`,
			keys: { signs: undefined },
			notified: [
				[PUBLIC_KEY, count],
				[PLATFORM_A, NOTIFICATIONS - count],
			],
		}),
	),
	{ name: 'no certificates any more', keys: { signs: 'publicKey' }, notified: signing(PUBLIC_KEY) },
];

const STORIES: Array<[string, Story]> = [
	[
		'certificates rotate within twelve hours',
		{
			phases: ROTATION,
			credential: { verification: 'platformCertificate', publicKey: '', publicKeyId: '' },
			step: 1,
			stranger: PLATFORM_B,
		},
	],
	[
		'certificates rotate over days',
		{
			phases: ROTATION,
			credential: { verification: 'platformCertificate', publicKey: '', publicKeyId: '' },
			step: 24,
			stranger: PLATFORM_B,
		},
	],
	[
		'a merchant moves to the public key',
		{ phases: MIGRATION, credential: { verification: 'both' }, step: 24, stranger: PLATFORM_B },
	],
	[
		'certificates rotate while the merchant moves',
		{
			phases: ROTATION.map((phase) => ({
				...phase,
				notified: [[PUBLIC_KEY, 8], ...phase.notified.map(([key, count]) => [key, count] as const)],
			})) as Phase[],
			credential: { verification: 'both' },
			step: 24,
			stranger: PLATFORM_B,
		},
	],
];

let shop: Shop;
let n8n: N8n;

afterEach(async () => {
	jest.restoreAllMocks();
	await n8n.stop();
	await shop.wechatPay.stop();
});

/** A night's orders, one of whose answers is forged. @returns how many were judged in which way */
async function commit(credential: Record<string, string>, from: number) {
	const orders = shop.orders.slice(from, from + ORDERS);
	const forged = `"out_trade_no":"order-${from}"`;
	shop.wechatPay.misbehave({
		fault: 'bad-signature',
		times: Infinity,
		when: ({ body }) => body.includes(forged),
	});
	const execution = await runBonus({
		orders,
		credential,
		onError: 'continueErrorOutput',
		options: { retries: 0 },
	});
	const failures = execution.json(NOT_COMMITTED).map(({ error }) => error as IDataObject);
	return {
		genuine: execution.json(COMMITTED).map(({ out_trade_no: number }) => number),
		forged: failures.map(({ code }) => code),
	};
}

/** Notifications, with as many forged ones among them. @returns the responses to both */
async function receive({ notified }: Phase, stranger: SigningKey) {
	const keys = notified.flatMap(([key, count]) => Array.from({ length: count }, () => key));
	const statuses = await Promise.all(
		keys.map(async (key) => {
			const genuine = await post(n8n.url, notification({}, { key }));
			// Under its own name, and under that of the genuine key.
			const own = await post(n8n.url, notification({}, { key: stranger }));
			const other = await post(n8n.url, notification({}, { key: stranger, serial: key.serial }));
			return [genuine.status, own.status, other.status];
		}),
	);
	await n8n.settled();
	return { count: keys.length, statuses };
}

it.each(STORIES)('%s', async (_, { phases, credential: changes, step, stranger }) => {
	const clock = new Clock();
	shop = await openShop(phases.length * ORDERS, { tls: false });
	const credential = shop.wechatPay.credential(changes);
	n8n = await openTrigger({}, { credential });
	let notifications = 0;

	for (const [index, phase] of phases.entries()) {
		shop.wechatPay.setKeys(phase.keys);
		const from = index * ORDERS;
		const numbers = Array.from({ length: ORDERS - 1 }, (__, at) => `order-${from + 1 + at}`);
		expect({ phase: phase.name, ...(await commit(credential, from)) }).toEqual({
			phase: phase.name,
			genuine: numbers,
			forged: ['BAD_SIGNATURE'],
		});
		const { count, statuses } = await receive(phase, stranger);
		expect({ phase: phase.name, statuses }).toEqual({
			phase: phase.name,
			statuses: Array.from({ length: count }, () => [204, 401, 401]),
		});
		notifications += count;
		clock.pass(step * HOUR);
	}

	// Whatever was forged is unknown to us, yet done at WeChat Pay, as a forged answer would have it.
	expect(Object.keys(committedAt(shop.wechatPay))).toHaveLength(phases.length * ORDERS);
	expect(started(n8n)).toHaveLength(notifications);
});
