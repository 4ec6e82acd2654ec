/**
 * WeChat Pay's backup host: the next attempt goes there after a failed connection to the main host, and after nothing
 * else. Both names lead to one fake, as both hosts lead to one WeChat Pay; what was sent to which, it is told by the
 * request's Host header.
 */
import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { COMMIT, COMMITTED, NOT_COMMITTED, runBonus } from '../support/engine/bonusWorkflow.cts';
import { searchList } from '../support/engine/engine.cts';
import {
	hangUp,
	lead,
	leadAsUsual,
	tried,
	untilTried,
	type Way,
} from '../support/engine/hosts.cts';
import {
	ERROR,
	operationWorkflow,
	runOperation,
	SUCCESS,
	WECHAT,
} from '../support/engine/operation.cts';
import { startProxy, type Tunnel } from '../support/engine/proxy.cts';
import { CARD, committedAt, openShop, type Shop } from '../support/engine/shop.cts';
import { FakeWechatPay, type Fault } from '../support/fake/server.cts';
import { Clock } from '../support/engine/clock';
import { skipDeadlines } from '../support/engine/skipWaits.cts';

skipDeadlines();

const MAIN = 'api.mch.weixin.qq.com';
const BACKUP = 'api2.mch.weixin.qq.com';
const MAIN_URL = `https://${MAIN}`;
const HOUR = 3_600_000;
/** Long enough for a response on a machine that is busy, in ms. */
const PATIENCE = 10_000;

jest.setTimeout(30_000);

/** n8n 1 hides the request that a time-out hit, and so whether it ever had a connection. */
const handsOnCauses = new NodeApiError({} as INode, new Error() as never).cause !== undefined;

let shop: Shop;
/** A WeChat Pay that never has anything to do with the test. */
let calm: Shop;
/** The package and the fake look at no other clock. */
let clock: Clock;

beforeAll(async () => {
	clock = new Clock();
	calm = await openShop(1, { certificate: 'hosts' });
});

afterAll(async () => {
	await calm.wechatPay.stop();
});

beforeEach(async () => {
	await open(1);
	await findMainHost();
});

afterEach(async () => {
	// Whatever a test did, no connection may have gone anywhere else.
	const others = tried.filter((host) => ![MAIN, BACKUP, '127.0.0.1'].includes(host));
	leadAsUsual();
	await shop.wechatPay.stop();
	expect(others).toEqual([]);
});

async function open(count: number) {
	await shop?.wechatPay.stop();
	shop = await openShop(count, { certificate: 'hosts' });
	lead(MAIN, shop.wechatPay.baseUrl);
	lead(BACKUP, shop.wechatPay.baseUrl);
}

/** What an earlier test left in the memory of the process is forgotten once the main host answers. */
async function findMainHost() {
	clock.pass(HOUR);
	lead(MAIN, calm.wechatPay.baseUrl);
	const credential = calm.wechatPay.credential({ baseUrl: MAIN_URL });
	const execution = await runBonus({ orders: calm.orders, credential });
	expect(execution.json(COMMITTED)).toHaveLength(1);
	leadAsUsual();
	lead(MAIN, shop.wechatPay.baseUrl);
	lead(BACKUP, shop.wechatPay.baseUrl);
}

interface Run {
	credential?: object;
	options?: IDataObject;
	orders?: Shop['orders'];
}

async function run({ credential = {}, options = {}, orders = shop.orders }: Run = {}) {
	const execution = await runBonus({
		orders,
		credential: { ...shop.wechatPay.credential({ baseUrl: MAIN_URL }), ...credential },
		onError: 'continueErrorOutput',
		options: { retries: 1, ...options },
	});
	return {
		done: execution.json(COMMITTED),
		errors: execution.json(NOT_COMMITTED).map(({ error }) => error as IDataObject),
	};
}

/** The hosts that requests arrived at, in order. */
const arrived = () => shop.wechatPay.requests.map(({ headers }) => headers.host);

/** Where connections were tried, in order, but for the proxy and fakes under their own address. */
const named = () => tried.filter((host) => host !== '127.0.0.1');

function misbehaveAt(host: string, fault: Fault, times = Infinity) {
	shop.wechatPay.misbehave({ fault, times, when: ({ headers }) => headers.host === host });
}

describe('a main host without a connection', () => {
	const ways: Array<[string, Way]> = [
		['nobody listens', 'refused'],
		['its name is unknown', 'unknown'],
	];

	it.each(ways)('(%s) is stood in for by the backup host', async (_, way) => {
		lead(MAIN, way);
		const { done } = await run();

		expect(done).toMatchObject([{ success: true, out_trade_no: 'order-0' }]);
		expect(named()).toEqual([MAIN, BACKUP]);
		expect(arrived()).toEqual([BACKUP]);
	});

	it('(nothing comes back) is stood in for, where n8n lets us know that there was no connection', async () => {
		lead(MAIN, 'silent');
		const { done, errors } = await run({ options: { timeout: PATIENCE } });

		if (handsOnCauses) {
			expect(done).toHaveLength(1);
			expect(named()).toEqual([MAIN, BACKUP]);
		} else {
			expect(errors).toMatchObject([{ outcome: 'unknown', code: 'ETIMEDOUT' }]);
			expect(named()).toEqual([MAIN, MAIN]);
		}
	});

	it('(the connection ends before TLS begins) is stood in for', async () => {
		const { origin, stop } = await hangUp();
		lead(MAIN, origin);
		const { done } = await run();
		await stop();

		expect(done).toHaveLength(1);
		expect(named()).toEqual([MAIN, BACKUP]);
	});

	it.each([
		['its certificate is of nobody we trust', { certificate: 'platform-a' }],
		['its certificate is for another name', { certificate: 'tls' }],
		['it does not speak TLS', { tls: false }],
	] as const)('(%s) is stood in for, and gets nothing', async (_, options) => {
		const impostor = await FakeWechatPay.start(options);
		lead(MAIN, impostor.baseUrl);
		const { done } = await run();
		await impostor.stop();

		expect(done).toHaveLength(1);
		expect(named()).toEqual([MAIN, BACKUP]);
		expect(impostor.counts.received).toBe(0);
	});

	it('is stood in for even for what cannot be undone, for it got nothing', async () => {
		lead(MAIN, 'refused');
		const { done } = await remove();

		expect(done).toHaveLength(1);
		expect(arrived()).toEqual([BACKUP]);
	});

	it('is stood in for in the lists of the editor', async () => {
		lead(MAIN, 'refused');
		const workflow = operationWorkflow({ resource: 'card', operation: 'get' });
		const credential = shop.wechatPay.credential({
			baseUrl: MAIN_URL,
			brandId: '1004',
			appid: 'wxea9c30890f48d5ae',
		});
		const { results } = await searchList({ workflow, nodeName: WECHAT, credential }, 'searchCards');

		expect(results.map(({ value }) => value)).toEqual([CARD]);
		expect(arrived()).toEqual([BACKUP]);
	});
});

/** Deletes the card, which is never repeated blindly. */
async function remove() {
	const execution = await runOperation({
		resource: 'card',
		operation: 'delete',
		parameters: { cardId: CARD },
		credential: shop.wechatPay.credential({ baseUrl: MAIN_URL }),
	});
	return { done: execution.json(WECHAT, SUCCESS), errors: execution.json(WECHAT, ERROR) };
}

describe('a connection that breaks', () => {
	it.each(['reset-before', 'reset-after'] as const)(
		'(%s) is settled by the same request at the backup host',
		async (fault) => {
			misbehaveAt(MAIN, fault);
			const { done } = await run();

			expect(done).toHaveLength(1);
			expect(arrived()).toEqual([MAIN, BACKUP]);
			expect(committedAt(shop.wechatPay)).toEqual({ 'order-0': 1 });
			const [first, second] = shop.wechatPay.requests;
			expect(second).toMatchObject({ method: first.method, url: first.url, body: first.body });
			expect(second.nonce).not.toBe(first.nonce);
		},
	);

	it('repeats nothing that cannot be undone', async () => {
		misbehaveAt(MAIN, 'reset-after');
		const { errors } = await remove();

		expect(errors).toMatchObject([{ error: { outcome: 'unknown', attempts: 1 } }]);
		expect(arrived()).toEqual([MAIN]);
	});
});

describe('never goes to the backup host', () => {
	const faults: Fault[] = [
		'system-error',
		'service-unavailable',
		'bad-gateway',
		{ name: 'rate-limit', retryAfter: 0 },
		'empty-body',
		'bad-signature',
		'accepted',
		'html-404',
		{ name: 'redirect', location: `https://${BACKUP}/v3/elsewhere` },
	];

	it.each(faults)('for the response %p', async (fault) => {
		misbehaveAt(MAIN, fault);
		const { errors } = await run();

		expect(errors).toHaveLength(1);
		expect(errors[0].message).not.toContain(BACKUP);
		expect(new Set(named())).toEqual(new Set([MAIN]));
		expect(arrived().length).toBeGreaterThan(0);
	});

	it.each(['stall', 'stall-before', 'trickle'] as const)(
		'where a response is waited for in vain (%s)',
		async (fault) => {
			misbehaveAt(MAIN, fault);
			const { errors } = await run({ options: { timeout: PATIENCE } });

			expect(errors).toMatchObject([{ outcome: 'unknown', code: 'ETIMEDOUT', attempts: 2 }]);
			expect(arrived()).toEqual([MAIN, MAIN]);
		},
	);

	it('where the page of a proxy never ends', async () => {
		misbehaveAt(MAIN, { name: 'trickle', status: 502 });
		const { errors } = await run({ options: { timeout: PATIENCE } });

		expect(errors).toMatchObject([{ outcome: 'unknown', code: 'ETIMEDOUT', attempts: 2 }]);
		expect(arrived()).toEqual([MAIN, MAIN]);
	});

	it('where its switch is off', async () => {
		lead(MAIN, 'refused');
		const { errors } = await run({ credential: { backupHost: false } });

		expect(errors).toMatchObject([{ outcome: 'not_sent', attempts: 2 }]);
		expect(errors[0].message).not.toContain('Tried');
		expect(named()).toEqual([MAIN, MAIN]);
	});

	it('where the base URL is one of the merchant', async () => {
		const { errors } = await run({ credential: { baseUrl: 'https://127.0.0.1:1' } });

		expect(errors).toMatchObject([{ outcome: 'not_sent', attempts: 2 }]);
		expect(tried).toEqual(['127.0.0.1', '127.0.0.1']);
	});

	it.each(['https://api2.mch.weixin.qq.com', 'https://api.mch.weixin.qq.com:8443'])(
		'where the base URL is %s',
		async (baseUrl) => {
			const { hostname } = new URL(baseUrl);
			lead(hostname, 'refused');
			const { errors } = await run({ credential: { baseUrl } });

			expect(errors).toMatchObject([{ outcome: 'not_sent', attempts: 2 }]);
			expect(named()).toEqual([hostname, hostname]);
		},
	);

	it('where nothing may be repeated', async () => {
		lead(MAIN, 'refused');
		const { errors } = await run({ options: { retries: 0 } });

		expect(errors).toMatchObject([{ outcome: 'not_sent', attempts: 1 }]);
		expect(named()).toEqual([MAIN]);
	});

	it('where n8n itself stopped the request', async () => {
		const { errors } = await run({ credential: allowing(BACKUP) });

		expect(errors).toMatchObject([{ outcome: 'not_sent', attempts: 1 }]);
		expect(errors[0].raw_message).toContain('Domain not allowed');
		expect(tried).toEqual([]);
	});
});

const allowing = (allowedDomains: string) => ({
	allowedHttpRequestDomains: 'domains',
	allowedDomains,
});

describe('the domains of the credential', () => {
	it.each([MAIN, `${MAIN}, *.${BACKUP}, api2.mch.weixin.qq.com.invalid`])(
		'keep the backup host out (%s)',
		async (list) => {
			lead(MAIN, 'refused');
			const { errors } = await run({ credential: allowing(list) });

			expect(errors).toMatchObject([{ outcome: 'not_sent', code: 'ECONNREFUSED', attempts: 2 }]);
			expect(named()).toEqual([MAIN, MAIN]);
		},
	);

	it.each([`${MAIN},${BACKUP}`, ' *.mch.weixin.qq.com ', `${MAIN}, API2.mch.weixin.qq.com.`])(
		'let it be used (%s)',
		async (list) => {
			lead(MAIN, 'refused');
			const { done } = await run({ credential: allowing(list) });

			expect(done).toHaveLength(1);
			expect(named()).toEqual([MAIN, BACKUP]);
		},
	);
});

describe('with both hosts out of reach', () => {
	it('tells that nothing was sent, and where it was tried', async () => {
		lead(MAIN, 'refused');
		lead(BACKUP, 'unknown');
		const { errors } = await run({ options: { retries: 3 } });

		expect(errors).toMatchObject([
			{ outcome: 'not_sent', code: 'ENOTFOUND', attempts: 4, repeatable: true },
		]);
		expect(errors[0].message).toContain(`Tried ${MAIN} and ${BACKUP}.`);
		expect(named()).toEqual([MAIN, BACKUP, MAIN, BACKUP]);
	});

	it('tells that it may have been done where the main host had it', async () => {
		misbehaveAt(MAIN, 'reset-after');
		lead(BACKUP, 'refused');
		const { errors } = await run();

		expect(errors).toMatchObject([{ outcome: 'unknown', attempts: 2, repeatable: true }]);
		expect(errors[0].message).toContain(`Tried ${MAIN} and ${BACKUP}.`);
		expect(committedAt(shop.wechatPay)).toEqual({ 'order-0': 1 });
	});

	it('tells no order that it was committed', async () => {
		await open(3);
		lead(MAIN, 'refused');
		lead(BACKUP, 'refused');
		const { done, errors } = await run();

		expect(done).toEqual([]);
		expect(errors.map(({ outcome }) => outcome)).toEqual(['not_sent', 'not_sent', 'not_sent']);
	});
});

describe('the requests to come', () => {
	const MINUTE = 60_000;

	it('do not all try a main host that is down', async () => {
		await open(40);
		lead(MAIN, 'refused');
		const { done } = await run({ options: { concurrency: 10 } });

		expect(done).toHaveLength(40);
		expect(named().filter((host) => host === MAIN).length).toBeLessThanOrEqual(10);
		expect(Object.keys(committedAt(shop.wechatPay))).toHaveLength(40);
	});

	it('go to the backup host at once, in another execution, too', async () => {
		lead(MAIN, 'refused');
		await run();
		clock.pass(4 * MINUTE);
		tried.length = 0;
		const { done } = await run({ options: { retries: 0 } });

		expect(done).toHaveLength(1);
		expect(named()).toEqual([BACKUP]);
	});

	it('return to the main host after a while', async () => {
		await open(20);
		lead(MAIN, 'refused');
		await run({ orders: shop.orders.slice(0, 1) });
		lead(MAIN, shop.wechatPay.baseUrl);
		clock.pass(6 * MINUTE);
		tried.length = 0;
		await run({ orders: shop.orders.slice(1, 2) });
		await run({ orders: shop.orders.slice(2) });

		expect(named()).toEqual(Array(19).fill(MAIN));
		expect(Object.keys(committedAt(shop.wechatPay))).toHaveLength(20);
	});

	it('send one ahead to see whether the main host is back', async () => {
		await open(20);
		lead(MAIN, 'refused');
		await run({ orders: shop.orders.slice(0, 1) });
		clock.pass(6 * MINUTE);
		tried.length = 0;
		const { done } = await run({ orders: shop.orders.slice(1), options: { concurrency: 10 } });

		expect(done).toHaveLength(19);
		expect(named().filter((host) => host === MAIN)).toHaveLength(1);
	});

	it('return to the main host where the backup host fails', async () => {
		await open(2);
		lead(MAIN, 'refused');
		await run({ orders: shop.orders.slice(0, 1) });
		lead(MAIN, shop.wechatPay.baseUrl);
		lead(BACKUP, 'refused');
		tried.length = 0;
		await run({ orders: shop.orders.slice(1), options: { retries: 0 } });
		const { done } = await run({ orders: shop.orders.slice(1) });

		expect(done).toHaveLength(1);
		expect(named()).toEqual([BACKUP, MAIN]);
	});

	it('go from the backup host to the main host where the connection to it fails', async () => {
		await open(2);
		lead(MAIN, 'refused');
		await run({ orders: shop.orders.slice(0, 1) });
		lead(MAIN, shop.wechatPay.baseUrl);
		misbehaveAt(BACKUP, 'reset-after');
		tried.length = 0;
		const { done } = await run({ orders: shop.orders.slice(1) });

		expect(done).toHaveLength(1);
		expect(named()).toEqual([BACKUP, MAIN]);
	});

	it('of a credential without the backup host stay at the main host', async () => {
		lead(MAIN, 'refused');
		await run();
		lead(MAIN, shop.wechatPay.baseUrl);
		tried.length = 0;
		await run({ credential: { backupHost: false } });

		expect(named()).toEqual([MAIN]);
	});
});

describe('behind a proxy', () => {
	async function runBehind(main: Tunnel, backup: Tunnel = 'fake', options: IDataObject = {}) {
		const tunnel = (to: Tunnel) => (to === 'fake' ? shop.wechatPay.baseUrl : to);
		const proxy = await startProxy({
			[`${MAIN}:443`]: tunnel(main),
			[`${BACKUP}:443`]: tunnel(backup),
		});
		const result = await run({ options });
		await proxy.stop();
		return { ...result, asked: proxy.asked };
	}

	it('goes to the main host through it', async () => {
		const { done, asked } = await runBehind('fake');

		expect(done).toHaveLength(1);
		expect(asked).toEqual([`${MAIN}:443`]);
	});

	it('goes to the backup host through it where the tunnel breaks', async () => {
		const { done, asked } = await runBehind('cut');

		expect(done).toHaveLength(1);
		expect(asked).toEqual([`${MAIN}:443`, `${BACKUP}:443`]);
	});

	it.each([403, 405, 407, 500, 502, 503, 504])(
		'goes to the backup host where the proxy refuses a tunnel with %d',
		async (status) => {
			const { done, asked } = await runBehind(status);

			expect(done).toHaveLength(1);
			expect(asked).toEqual([`${MAIN}:443`, `${BACKUP}:443`]);
		},
	);

	it.each([403, 405, 500, 502, 503, 504])(
		'knows that nothing was sent where it refuses every tunnel with %d',
		async (status) => {
			const { errors, asked } = await runBehind(status, status, { retries: 2 });

			expect(errors).toMatchObject([{ outcome: 'not_sent', attempts: 3, repeatable: true }]);
			expect(errors[0].message).toContain(
				`The proxy refused the connection to WeChat Pay (${status})`,
			);
			expect(errors[0].message).toContain('HTTPS_PROXY');
			expect(errors[0]).not.toHaveProperty('http_status');
			expect(asked).toEqual([`${MAIN}:443`, `${BACKUP}:443`, `${MAIN}:443`]);
			expect(arrived()).toEqual([]);
		},
	);

	it('tries a proxy that wants a login once at each host, and sends nothing more', async () => {
		await open(20);
		const { errors, asked } = await runBehind(407, 407, { concurrency: 1 });

		expect(errors.map(({ outcome }) => outcome)).toEqual(Array(20).fill('not_sent'));
		errors.forEach(({ message }) => expect(message).toMatch(/proxy wants a login.*HTTPS_PROXY/));
		expect(asked).toEqual([`${MAIN}:443`, `${BACKUP}:443`]);
	});

	it.each([403, 502])(
		'cannot know it where a tunnel stands and %d comes through it',
		async (status) => {
			misbehaveAt(MAIN, { name: 'bad-gateway', status });
			const { errors } = await runBehind('fake', 'fake', { retries: 0 });

			expect(errors).toMatchObject([{ outcome: 'unknown', http_status: status }]);
			expect(arrived()).toEqual([MAIN]);
		},
	);
});

it('ends with the execution while a connection is waited for', async () => {
	lead(MAIN, 'silent');
	let cancel = () => {};
	const running = runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential({ baseUrl: MAIN_URL }),
		onError: 'continueErrorOutput',
		onStart: (how) => (cancel = how),
	});
	await untilTried(MAIN);
	cancel();
	const execution = await running;

	expect(execution.json(COMMIT, ERROR)).toMatchObject([{ error: { code: 'ERR_CANCELED' } }]);
	expect(named()).toEqual([MAIN]);
});
