/** The list of events against WeChat Pay's, and what a choice of them lets through. */
import type { INode, INodePropertyOptions } from 'n8n-workflow';

import { eventGroups } from '../../../nodes/WechatPayTrigger/events';
import { properties } from '../../../nodes/WechatPayTrigger/triggerForm';
import type { N8n } from '../../support/engine/webhook.cts';
import { notification } from '../../support/fake/notification.cts';
import { eventFacts } from '../../support/facts/facts.cts';
import { notify, openTrigger, started } from './scene.cts';

const documented = eventFacts.map(({ event_type: type }) => type);

let n8n: N8n;

beforeEach(async () => {
	n8n = await openTrigger();
});

afterEach(async () => {
	await n8n.stop();
});

async function listen(choice: INode['parameters']): Promise<void> {
	await n8n.stop();
	n8n = await openTrigger(choice);
}

const optionsOf = (wanted: string) =>
	(properties.find(({ name }) => name === wanted)?.options ?? []) as INodePropertyOptions[];
const everyday = optionsOf('events');
const more = optionsOf('moreEvents');

it('the form has every documented event once, and all together', () => {
	const values = [...everyday, ...more].map(({ value }) => value);
	expect(values[0]).toBe('*');
	expect([...values.slice(1)].sort()).toEqual([...documented].sort());
});

it("lists at most 15 in n8n's panel of nodes, in words of an order system", () => {
	// As n8n 2.41.1 makes it: of the first property with such a label.
	const listed = properties.find(({ displayName }) =>
		['event', 'events', 'trigger on'].includes(displayName.toLowerCase()),
	);
	const actions = (listed?.options as INodePropertyOptions[]).map(({ action }) => action);
	expect(actions.length).toBeLessThanOrEqual(15);
	expect(actions).toEqual([
		'On any event',
		'On payment succeeded',
		'On refund succeeded',
		'On refund abnormal',
		'On refund closed',
		'On member card claimed',
		'On member card activated',
		'On member card changed or deleted',
		'On transfer finished',
		'On coupon received',
		'On coupon used',
		'On mall payment succeeded',
		'On mall refund succeeded',
		'On mall points authorized',
		'On complaint opened',
	]);
});

it('names and explains each in words of its own', () => {
	const names = [...everyday, ...more].map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(names.join()).not.toMatch(/older name/i);
	for (const { name, value, description = '' } of everyday.slice(1)) {
		expect(name).toMatch(/^[A-Z][a-z]+( [A-Z][a-z]+| or)+$/);
		expect(description).toMatch(/^[A-Z].{10,}[^.] \([A-Z_.]+\)$/);
		expect(description).toContain(`(${String(value)})`);
	}
	for (const { name, value, description } of more) {
		// A search of the list looks at the name alone.
		expect(name).toMatch(/^[A-Z][A-Za-z-]*( [A-Z][a-z]+)*: [A-Z].* \([A-Z_.]+\)$/);
		expect(name).toContain(`(${String(value)})`);
		expect(description).toMatch(/^[A-Z].{10,}[^.]$/);
	}
});

it('takes events of a saved workflow that its list does not have', () => {
	for (const name of ['events', 'moreEvents']) {
		const list = properties.find((property) => property.name === name);
		expect(list).toMatchObject({ type: 'multiOptions', allowArbitraryValues: true });
	}
	expect(properties.find(({ name }) => name === 'otherEvents')?.type).toBe('string');
});

it('groups them: orders and member cards first, the others by name', () => {
	const [cards, payments, refunds, ...others] = eventGroups.map(({ name }) => name);
	expect([cards, payments, refunds]).toEqual(['Member Card', 'Payment', 'Refund']);
	expect(others).toEqual([...others].sort((a, b) => a.localeCompare(b, 'en')));
	for (const { events } of eventGroups) {
		const names = events.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
	}
});

describe('a choice of', () => {
	const MIX = [
		'MEMBERCARD.ACCEPT_CARD',
		'TRANSACTION.SUCCESS',
		'REFUND.CLOSED',
		'PAYSCORE.USER_PAID',
		'BRAND_NEW.EVENT',
	];

	it.each([
		['all events', { events: ['*'] }, MIX],
		['one event', { events: ['TRANSACTION.SUCCESS'] }, ['TRANSACTION.SUCCESS']],
		[
			'two events',
			{ events: ['REFUND.CLOSED', 'MEMBERCARD.ACCEPT_CARD'] },
			['MEMBERCARD.ACCEPT_CARD', 'REFUND.CLOSED'],
		],
		['an event by name', { events: [], otherEvents: 'BRAND_NEW.EVENT' }, ['BRAND_NEW.EVENT']],
		[
			'events by name, as people write them',
			{ events: [], otherEvents: ' brand_new.event,\n Refund.Closed ' },
			['REFUND.CLOSED', 'BRAND_NEW.EVENT'],
		],
		[
			'an event of the other list',
			{ events: [], moreEvents: ['MEMBERCARD.ACCEPT_CARD'] },
			['MEMBERCARD.ACCEPT_CARD'],
		],
		[
			'all three',
			{
				events: ['REFUND.CLOSED'],
				moreEvents: ['TRANSACTION.SUCCESS'],
				otherEvents: 'BRAND_NEW.EVENT',
			},
			['TRANSACTION.SUCCESS', 'REFUND.CLOSED', 'BRAND_NEW.EVENT'],
		],
		[
			'an event that is in the other list now',
			{ events: ['PAYSCORE.USER_PAID'] },
			['PAYSCORE.USER_PAID'],
		],
		['JSON text', { events: '["REFUND.CLOSED"]' }, ['REFUND.CLOSED']],
		[
			'names in quotes',
			{ events: [], otherEvents: '"REFUND.CLOSED"、‘BRAND_NEW.EVENT’' },
			['REFUND.CLOSED', 'BRAND_NEW.EVENT'],
		],
		[
			'both',
			{ events: ['TRANSACTION.SUCCESS'], otherEvents: 'BRAND_NEW.EVENT' },
			['TRANSACTION.SUCCESS', 'BRAND_NEW.EVENT'],
		],
		[
			'an expression that gives text',
			{ events: "={{ 'REFUND.CLOSED, BRAND_NEW.EVENT' }}" },
			['REFUND.CLOSED', 'BRAND_NEW.EVENT'],
		],
		[
			'expressions that give lists',
			{ events: "={{ ['REFUND.CLOSED'] }}", otherEvents: "={{ ['TRANSACTION.SUCCESS'] }}" },
			['TRANSACTION.SUCCESS', 'REFUND.CLOSED'],
		],
		['expressions that give nothing', { events: '={{ null }}', otherEvents: '={{ 7 }}' }, []],
		['nothing', { events: [], otherEvents: '' }, []],
		['part of a name', { events: [], otherEvents: 'REFUND' }, []],
	])(
		'%s starts the workflow with these alone, and all are answered 204',
		async (_, choice, want) => {
			await listen(choice);
			for (const event_type of MIX) {
				expect((await notify(n8n, notification({ event_type }))).status).toBe(204);
			}
			const types = (started(n8n) as Array<{ event_type: string }>).map(
				({ event_type }) => event_type,
			);
			expect(types).toEqual(want);
			await n8n.stop();
		},
	);
});

it('an event that is not listened to is not decrypted', async () => {
	await listen({ events: ['REFUND.SUCCESS'] });
	const sealed = notification({ apiV3Key: 'another key that has 32 characters'.slice(0, 32) });
	expect((await notify(n8n, sealed)).status).toBe(204);
	expect(n8n.log).toEqual([]);
	expect(n8n.debugLog).toEqual([expect.stringContaining('MEMBERCARD.ACTIVATE_CARD is not among')]);
});
