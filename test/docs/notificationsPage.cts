/** docs/notifications.md: every event of the trigger, and the item it gives. */
import { notificationKeys } from '../../nodes/apiv3/notificationKeys.ts';
import { decrypt, readEnvelope } from '../../nodes/WechatPayTrigger/notification.ts';
import { eventGroups } from '../../nodes/WechatPayTrigger/events.ts';
import { eventFacts, type Fact } from '../facts/facts.cts';
import { CREDENTIAL } from '../fake/keys.cts';
import { notification } from '../fake/notification.cts';

/** Written from the list of events in `nodes/WechatPayTrigger` and WeChat Pay's documentation in `test/facts`. */
export function notificationsPage(): string {
	const count = eventGroups.flatMap(({ events }) => events).length;
	return `# Notifications

The ${count} events that the WeChat Pay Trigger has in its list. Any other works by its name, too. Written by \`npm run docs\`.

## The item

A member who activated a card:

\`\`\`json
${JSON.stringify(exampleItem(), null, '\t')}
\`\`\`

| Field | What it is |
| --- | --- |
| \`id\` | the notification; the same when WeChat Pay sends it again |
| \`event_type\` | what happened, from the table below |
| \`create_time\` | when WeChat Pay made the notification |
| \`summary\` | a short text in Chinese; some events have none |
| \`resource_type\` | \`encrypt-resource\` |
| \`resource\` | the decrypted data. An \`event_type\` in it is another one: tell events apart by the outer one, and what a user did with the card by the inner one |

WeChat Pay does not promise that notifications come in order, or at all; \`resource.event_time\` and
\`resource.success_time\` say when it happened.

## Data of the member-card events

${eventFacts
	.filter(({ plaintext }) => plaintext)
	.map(({ event_type: type, plaintext = [] }) => `### \`${type}\`\n\n${fieldsTable(plaintext)}`)
	.join('\n\n')}

WeChat Pay's page shows the same inner \`event_type\` for a card that was claimed as for one that was activated; do not
rely on it there. The data of \`TRANSACTION.SUCCESS\` has the fields of [Order: Get](operations.md#order-get).

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
	const rows = fields.map(({ name, required, enum: values, example }) => {
		const said = values?.map((value) => `\`${value}\``).join(', ') ?? `e.g. \`${String(example)}\``;
		return `| \`${name}\` | ${required ? 'always' : 'not always'} | ${said} |`;
	});
	return ['| Field | There | Values |', '| --- | --- | --- |', ...rows].join('\n');
}

function eventsTable(events: Array<{ type: string; name: string; meaning: string }>): string {
	const rows = events.map(({ type, name, meaning }) => `| ${name} | \`${type}\` | ${meaning} |`);
	return ['| Event | `event_type` | When |', '| --- | --- | --- |', ...rows].join('\n');
}
