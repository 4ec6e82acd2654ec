/** docs/notifications.md: every event of the trigger, and the item it gives. */
import { notificationKeys } from '../../../nodes/apiv3/notificationKeys.ts';
import { decrypt, readEnvelope } from '../../../nodes/WechatPayTrigger/notification.ts';
import { eventGroups } from '../../../nodes/WechatPayTrigger/events.ts';
import { eventFacts, type Fact } from '../../support/facts/facts.cts';
import { CREDENTIAL } from '../../support/fake/keys.cts';
import { notification } from '../../support/fake/notification.cts';

/** Written from the list of events in `nodes/WechatPayTrigger` and WeChat Pay's documentation in `test/support/facts`. */
export function notificationsPage(): string {
	const count = eventGroups.flatMap(({ events }) => events).length;
	return `# Notifications

The item that the WeChat Pay Trigger outputs, and the ${count} events in its lists. Events that are not in the lists can be entered
by name. [trigger.md](trigger.md) explains how to set up the trigger. Written by \`npm run docs\`.

## The item

A member activated a card:

\`\`\`json
${JSON.stringify(exampleItem(), null, '\t')}
\`\`\`

| Field | Meaning |
| --- | --- |
| \`id\` | identifies the notification; the same when WeChat Pay sends it again |
| \`event_type\` | the event, from the tables below |
| \`create_time\` | when WeChat Pay created the notification |
| \`summary\` | a short text in Chinese; some events have none |
| \`resource_type\` | \`encrypt-resource\` |
| \`resource\` | the decrypted data. It may contain an \`event_type\` of its own: use the outer one to tell events apart, and the inner one to see what a user did with the card |

WeChat Pay guarantees neither the order nor the delivery of notifications. \`resource.event_time\` and
\`resource.success_time\` say when the event happened.

## Data of the events

${eventFacts
	.filter(({ plaintext }) => plaintext)
	.map(({ event_type: type, plaintext = [] }) => `### \`${type}\`\n\n${fieldsTable(plaintext)}`)
	.join('\n\n')}

WeChat Pay's page shows the same inner \`event_type\` for a claimed card as for an activated one; do not rely on it to tell
the two apart. A payment counts as your order's where \`amount.total\` (not \`payer_total\`, which coupons reduce), currency,
merchant and AppID are the order's. A refund's state is \`refund_status\` here, and \`status\` in [Refund: Get](operations/refund.md#get). A refund
made in the merchant platform, or without 'Notification URL', is told in WeChat Pay's older XML, which the trigger does not take.
\`MCHTRANSFER.BILL.FINISHED\` says that a transfer has ended, not that it was paid: that is \`state\` \`SUCCESS\` alone. With \`FAIL\` (also
where the user did not confirm within 24 hours) and \`CANCELLED\` the money came back. A coupon was used for the payment
\`consume_information.transaction_id\`; its inner \`status\` is \`EXPIRED\` in WeChat Pay's example, so go by \`event_type\`. A payment in the
mall waits for [Business Circle: Notify Points](operations/businessCircle.md#notify-points) until the end of its day, and only then is its
refund told.

## Events

${eventGroups.map(({ name, events }) => `### ${name}\n\n${eventsTable(events)}`).join('\n\n')}
`;
}

function exampleItem(): object {
	const posted = notification({
		id: 'EV-2018022511223320873',
		create_time: '2019-12-17T10:35:54+08:00',
		summary: '会员卡激活事件通知',
		associated_data: 'membercard',
	});
	return decrypt(readEnvelope(posted, notificationKeys(CREDENTIAL)), CREDENTIAL);
}

function fieldsTable(fields: Fact[]): string {
	return ['| Field | Present | Values |', '| --- | --- | --- |', ...fieldRows(fields)].join('\n');
}

const ROLES: Record<string, string> = { direct: 'direct merchant', partner: 'service provider' };

/** Fields of objects stand below them, by their path. */
function fieldRows(fields: Fact[], before = ''): string[] {
	return fields.flatMap((field) => {
		const { name, required, enum: values, example, roles = [], items } = field;
		const parts = field.fields ?? items?.fields ?? [];
		const always = required ? 'always' : 'sometimes';
		const present = roles.length > 0 ? roles.map((role) => ROLES[role]).join(', ') : always;
		const text =
			values?.map((value) => `\`${value}\``).join(', ') ??
			(example === undefined ? '' : `e.g. \`${String(example)}\``);
		const path = `${before}${name}${items ? '[]' : ''}`;
		return [`| \`${path}\` | ${present} | ${text} |`, ...fieldRows(parts, `${path}.`)];
	});
}

function eventsTable(events: Array<{ type: string; name: string; meaning: string }>): string {
	const rows = events.map(({ type, name, meaning }) => `| ${name} | \`${type}\` | ${meaning} |`);
	return ['| Event | `event_type` | When |', '| --- | --- | --- |', ...rows].join('\n');
}
