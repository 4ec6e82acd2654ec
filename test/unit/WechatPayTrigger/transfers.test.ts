/** MCHTRANSFER.BILL.FINISHED: a transfer has ended, which is not the same as paid. */
import { eventGroups } from '../../../nodes/WechatPayTrigger/events';
import type { N8n } from '../../support/engine/webhook.cts';
import { notification } from '../../support/fake/notification.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { eventFacts } from '../../support/facts/facts.cts';
import { exampleOfEvent } from '../../tools/notify/examples.cts';
import { notify, openTrigger, started } from './scene.cts';

const FINISHED = 'MCHTRANSFER.BILL.FINISHED';

let n8n: N8n;
let fake: FakeWechatPay;

beforeEach(async () => {
	n8n = await openTrigger({ events: [FINISHED] });
	fake = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await n8n.stop();
	await fake.stop();
});

it.each([
	['SUCCESS', {}],
	['FAIL', { fail_reason: 'OVERDUE_CLOSE' }],
	['CANCELLED', { fail_reason: 'MCH_CANCEL' }],
] as const)(
	'%s starts the workflow, with state and fail_reason as they came',
	async (state, more) => {
		fake.addTransfer({ out_bill_no: 'T1', transfer_amount: 500 });
		const { status } = await notify(n8n, fake.moveTransfer('T1', { state, ...more }));
		expect(status).toBe(204);
		expect(started(n8n)).toMatchObject([
			{
				event_type: FINISHED,
				resource: { state, out_bill_no: 'T1', transfer_amount: 500, ...more },
			},
		]);
	},
);

it('says at the event that it must be told apart', () => {
	const events = eventGroups.flatMap((group) => group.events);
	expect(events.find(({ type }) => type === FINISHED)?.meaning).toMatch(
		/or not: see resource\.state/,
	);
});

it('has the documented data, in the fake and in the tool that sends notifications', async () => {
	const { plaintext = [] } = eventFacts.find(({ event_type: type }) => type === FINISHED) ?? {};
	const names = plaintext.map(({ name }) => name);
	const required = plaintext.flatMap(({ name, required: must }) => (must ? [name] : []));
	fake.addTransfer({ out_bill_no: 'T1' });
	const { resource } = fake.moveTransfer('T1', { state: 'FAIL', fail_reason: 'OTHER' });
	expect(names).toEqual(expect.arrayContaining(Object.keys(resource)));
	expect(Object.keys(resource)).toEqual(expect.arrayContaining(required));
	const example = exampleOfEvent(FINISHED, { state: 'CANCELLED' });
	await notify(n8n, notification(example));
	expect(started(n8n)).toMatchObject([
		{ resource: { state: 'CANCELLED', out_bill_no: 'plfk2020042013' } },
	]);
	expect(Object.keys(example?.resource ?? {})).toEqual(names);
});
