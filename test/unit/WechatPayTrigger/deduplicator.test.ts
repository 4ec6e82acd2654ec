/** WeChat Pay sends a notification again until it has a response, and at times after that. */
import { Clock, HOUR } from '../../support/engine/clock';
import type { N8n } from '../../support/engine/webhook.cts';
import { notification, post } from '../../support/fake/notification.cts';
import { notify, openTrigger, started, triggerWorkflow } from './scene.cts';

const ID = { id: 'EV-2018022511223320873' };

let n8n: N8n;

beforeEach(async () => {
	n8n = await openTrigger();
});

afterEach(async () => {
	jest.restoreAllMocks();
	await n8n.stop();
});

/** Moves the clock of this process. */
function later(hours: number): void {
	new Clock().pass(hours * HOUR);
}

it('a notification that comes again is answered 204 and starts nothing', async () => {
	for (let copy = 0; copy < 3; copy += 1) {
		expect((await notify(n8n, notification(ID))).status).toBe(204);
	}
	expect(started(n8n)).toHaveLength(1);
	expect(n8n.log).toEqual([]);
});

it('copies that arrive at the same time start the workflow once', async () => {
	const posted = notification(ID);
	const all = await Promise.all(
		Array.from({ length: 50 }, async () => await post(n8n.url, posted)),
	);
	await n8n.settled();
	expect(new Set(all.map(({ status }) => status))).toEqual(new Set([204]));
	expect(started(n8n)).toHaveLength(1);
});

it('a day later it still starts nothing, though n8n was restarted in between or not', async () => {
	await notify(n8n, notification(ID));
	later(24);
	await notify(n8n, notification(ID));
	n8n.database.staticData = '{}';
	await notify(n8n, notification(ID));
	expect(started(n8n)).toHaveLength(1);
});

it('more than 25 hours later it is another one', async () => {
	await notify(n8n, notification(ID));
	later(26);
	await notify(n8n, notification(ID));
	expect(started(n8n)).toHaveLength(2);
	expect(n8n.database.staticData).toContain(ID.id);
});

it('what a restarted n8n, or another process, finds in the static data starts nothing', async () => {
	await notify(n8n, notification(ID));
	// Another node ID is another memory, as a new process has; the database is the same.
	const other = triggerWorkflow({}, 'restarted');
	other.nodes[0].id = 'unseen';
	const restarted = await openTrigger({}, { workflow: other });
	restarted.database = n8n.database;
	await notify(restarted, notification(ID));
	await notify(restarted, notification());
	expect(started(restarted)).toHaveLength(1);
	await restarted.stop();
});

it('what two processes write does not push each other out', async () => {
	const other = await openTrigger();
	other.database = n8n.database;
	for (const [index, one] of [n8n, other, n8n, other].entries()) {
		await notify(one, notification({ id: `EV-${index}` }));
	}
	for (const index of [0, 1, 2, 3]) {
		expect(n8n.database.staticData).toContain(`EV-${index}`);
	}
	await other.stop();
});

it('static data keeps the latest 300 only', async () => {
	// n8n runs one execution for each, which takes a busy machine a while.
	for (let index = 0; index < 305; index += 1) {
		await post(n8n.url, notification({ id: `EV-${index}` }));
	}
	await n8n.settled();
	const [stored] = Object.values(JSON.parse(n8n.database.staticData) as object) as [
		{ started: string },
	];
	const ids = (JSON.parse(stored.started) as Array<[string]>).map(([id]) => id);
	expect(ids).toHaveLength(300);
	expect(ids).toContain('EV-304');
	expect(ids).not.toContain('EV-4');
	expect(started(n8n)).toHaveLength(305);
}, 60_000);

it.each(['no JSON', '7', '{}', '[7,null,["EV-1"]]', 'null'])(
	'static data that somebody changed to %p does no harm',
	async (text) => {
		n8n.database.staticData = JSON.stringify({ 'node:WeChat Pay Trigger': { started: text } });
		await notify(n8n, notification(ID));
		await notify(n8n, notification(ID));
		expect(started(n8n)).toHaveLength(1);
		expect(n8n.log).toEqual([]);
	},
);

it('two workflows each start once', async () => {
	const other = await openTrigger();
	await notify(n8n, notification(ID));
	await notify(other, notification(ID));
	await notify(other, notification(ID));
	expect([started(n8n), started(other)].map(({ length }) => length)).toEqual([1, 1]);
	await other.stop();
});

it('an event that is not listened to is not kept in mind', async () => {
	const picky = await openTrigger({ events: ['REFUND.SUCCESS'] });
	await notify(picky, notification(ID));
	expect(picky.database.staticData).toBe('{}');
	await notify(picky, notification({ ...ID, event_type: 'REFUND.SUCCESS' }));
	expect(started(picky)).toHaveLength(1);
	await picky.stop();
});

it.each([false, 'false', 'FALSE', '否'])(
	'repeats start the workflow where the user wants them (%j)',
	async (ignoreRepeats) => {
		const eager = await openTrigger({ ignoreRepeats });
		await notify(eager, notification(ID));
		await notify(eager, notification(ID));
		expect(started(eager)).toHaveLength(2);
		expect(eager.database.staticData).toBe('{}');
		await eager.stop();
	},
);

it('who listens in the editor sees the same notification as often as it is sent', async () => {
	for (let copy = 0; copy < 2; copy += 1) {
		expect((await post(n8n.testUrl, notification(ID))).status).toBe(204);
	}
	await n8n.settled();
	expect(started(n8n)).toHaveLength(2);
	await notify(n8n, notification(ID));
	expect(started(n8n)).toHaveLength(3);
});

it('an ID that is a word of JavaScript is an ID like any other', async () => {
	for (const id of ['__proto__', 'constructor', 'toString']) {
		for (let copy = 0; copy < 2; copy += 1) await notify(n8n, notification({ id }));
	}
	expect(started(n8n)).toHaveLength(3);
});
