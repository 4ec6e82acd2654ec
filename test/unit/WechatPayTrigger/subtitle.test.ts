/** What stands below the trigger's name on the canvas, by n8n's own evaluation. */
import type { INodeParameters } from 'n8n-workflow';

import { subtitle } from '../../../nodes/WechatPayTrigger/subtitle';
import { subtitleOf } from '../../support/engine/subtitle.cts';

it.each<[string, INodeParameters]>([
	['All events', { events: ['*'] }],
	['All events', { events: ['TRANSACTION.SUCCESS', '*'] }],
	['Payment Succeeded', { events: ['TRANSACTION.SUCCESS'] }],
	['Member Card Changed or Deleted', { events: ['MEMBERCARD.USERCARD_MANAGE'] }],
	['Payment Score: Order Paid', { events: ['PAYSCORE.USER_PAID'] }],
	['Complaint: Changed', { events: [], moreEvents: ['COMPLAINT.STATE_CHANGE'] }],
	['Refund Closed', { events: [], otherEvents: ' refund.closed, ' }],
	['BRAND_NEW.EVENT', { otherEvents: 'BRAND_NEW.EVENT' }],
	['2 events', { events: ['REFUND.CLOSED', 'REFUND.SUCCESS'] }],
	[
		'3 events',
		{ events: ['REFUND.CLOSED'], moreEvents: ['COMPLAINT.STATE_CHANGE'], otherEvents: 'X.Y' },
	],
	['2 events', { events: "={{ 'REFUND.CLOSED, REFUND.SUCCESS' }}" }],
	['Refund Closed', { events: "={{ ['REFUND.CLOSED'] }}" }],
	['No events', { events: [] }],
	['No events', {}],
])('%s', (text, parameters) => {
	expect(subtitleOf('wechatPayTrigger', subtitle, parameters)).toBe(text);
});
