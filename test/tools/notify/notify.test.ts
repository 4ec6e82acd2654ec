/** `npm run notify`, as a user calls it. */
import type { N8n } from '../../support/engine/webhook.cts';
import { CREDENTIAL } from '../../support/fake/keys.cts';
import { notification } from '../../support/fake/notification.cts';
import { notify as deliver, openTrigger, started } from '../../unit/WechatPayTrigger/scene.cts';
import { eventTypes, exampleOfEvent, isKnownInside } from './examples.cts';
import { runNotify, spawnNotify } from './run.cts';

let n8n: N8n;

beforeEach(async () => {
	n8n = await openTrigger();
});

afterEach(async () => {
	await n8n.stop();
});

it.each(eventTypes)('%s is taken by the trigger', async (type) => {
	expect((await deliver(n8n, notification(exampleOfEvent(type)))).status).toBe(204);
	expect(started(n8n)).toEqual([expect.objectContaining({ event_type: type })]);
});

it.each([
	['MEMBERCARD.ACCEPT_CARD', ['card_id', 'code', 'openid', 'event_type', 'event_time']],
	['MEMBERCARD.ACTIVATE_CARD', ['card_id', 'code', 'openid', 'event_type', 'activate_scene']],
	['MEMBERCARD.USERCARD_MANAGE', ['card_id', 'code', 'openid', 'event_type', 'event_time']],
	['TRANSACTION.SUCCESS', ['out_trade_no', 'mchid', 'trade_state', 'amount', 'payer']],
	['REFUND.SUCCESS', ['out_trade_no', 'out_refund_no', 'refund_status', 'amount']],
])('the data of %s has what a workflow works on', (type, fields) => {
	expect(Object.keys(exampleOfEvent(type)?.resource ?? {})).toEqual(expect.arrayContaining(fields));
	expect(isKnownInside(type)).toBe(true);
});

it('sends what it is asked for, with changed data', async () => {
	const data = '{"out_trade_no":"A1"}';
	const { status, output } = await spawnNotify(n8n.url, 'TRANSACTION.SUCCESS', '--data', data);
	await n8n.settled();
	expect(output).toMatch(/^204 after \d+ ms: taken/m);
	expect(status).toBe(0);
	expect(started(n8n)).toEqual([
		expect.objectContaining({
			event_type: 'TRANSACTION.SUCCESS',
			resource: expect.objectContaining({ out_trade_no: 'A1', trade_state: 'SUCCESS' }) as unknown,
		}),
	]);
});

it('sends copies of the same notification', async () => {
	const { status } = await runNotify(n8n.url, 'refund.success', '--times', '5', '--id', 'EV-same');
	await n8n.settled();
	expect(status).toBe(0);
	expect(started(n8n)).toHaveLength(1);
});

it('sends a forgery, which is refused', async () => {
	const { status, output } = await runNotify(n8n.url, 'REFUND.SUCCESS', '--forged');
	expect(output).toContain('refused, as a forgery must be');
	expect(status).toBe(0);
	expect(started(n8n)).toEqual([]);
});

it.each([
	[[], 0, /npm run notify -- credential/],
	[['events'], 0, /MEMBERCARD\.ACTIVATE_CARD[^]*VIOLATION\.PUNISH/],
	[['credential'], 0, new RegExp(`APIv3 Key:\n${CREDENTIAL.apiV3Key}`)],
	[['localhost'], 1, /'localhost' is no URL/],
	[['http://127.0.0.1:1'], 1, /Give the event as well/],
	[['http://127.0.0.1:1', 'NOTHING'], 1, /'NOTHING' is no event/],
	[['http://127.0.0.1:1', 'REFUND.SUCCESS', '--data', '[]'], 1, /must be a JSON object/],
	[['http://127.0.0.1:1', 'REFUND.SUCCESS', '--times', '0'], 1, /whole number from 1/],
	[['http://127.0.0.1:1', 'REFUND.SUCCESS', '--what'], 1, /--what/],
	[['http://127.0.0.1:1', 'REFUND.SUCCESS'], 1, /ECONNREFUSED.*is n8n running/],
])('asked for %j it ends with %d and says what to do', async (args, wanted, words) => {
	const { status, output } = await runNotify(...args);
	expect(output).toMatch(words);
	expect(status).toBe(wanted);
});

it('says what to do when nobody listens', async () => {
	const { status, output } = await spawnNotify(`${n8n.url}/else`, 'REFUND.SUCCESS');
	expect(output).toContain('nobody listens');
	expect(status).toBe(1);
});

it('says where to look when the trigger has another credential', async () => {
	const other = await openTrigger(
		{},
		{ credential: { ...CREDENTIAL, publicKeyId: 'PUB_KEY_ID_0' } },
	);
	const { status, output } = await runNotify(other.url, 'REFUND.SUCCESS');
	await other.stop();
	expect(output).toContain('not verified. Choose the credential of');
	expect(status).toBe(1);
});
