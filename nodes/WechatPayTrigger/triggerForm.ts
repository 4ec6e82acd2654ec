import type {
	INodeProperties,
	INodePropertyOptions,
	NodeHint,
	TriggerPanelDefinition,
} from 'n8n-workflow';

import { ALL_EVENTS, everydayEvents, otherEvents } from './events';

/** `action` is what n8n's panel of nodes shows; it would else show "On all events". */
const events: INodePropertyOptions[] = [
	{
		name: 'All Events',
		value: ALL_EVENTS,
		action: 'On any event',
		description: 'Everything that WeChat Pay sends, what it may add later included',
	},
	...everydayEvents.map(({ type, label, meaning }) => ({
		name: label,
		value: type,
		action: `On ${label.toLowerCase()}`,
		description: `${meaning} (${type})`,
	})),
];

/** The search of a list looks at the names alone, so that WeChat Pay's names stand in them. */
const more: INodePropertyOptions[] = otherEvents.map(({ type, label, meaning }) => ({
	name: `${label} (${type})`,
	value: type,
	description: meaning,
}));

const MORE =
	'<a href="https://github.com/n8n-nodes-wechatpay/n8n-nodes-wechatpay/blob/main/docs/trigger.md#setup" target="_blank">More</a>';

export const properties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: events,
		// Any event may be among them: by an expression, and in workflows from when the list had all.
		allowArbitraryValues: true,
		default: [],
		description:
			'What starts the workflow. WeChat Pay gets its response for all other events as well, and they start nothing.',
	},
	{
		displayName: 'Other Events',
		name: 'moreEvents',
		type: 'multiOptions',
		options: more,
		allowArbitraryValues: true,
		default: [],
		description:
			'What else starts the workflow. Type to search, also for the <code>event_type</code>.',
	},
	{
		displayName: 'Events by Name',
		// A text: the editor empties a list whose saved value is one.
		name: 'otherEvents',
		type: 'string',
		default: '',
		placeholder: 'e.g. SECURITY_ECHO.SUCCESS',
		description:
			'Events that the lists do not have yet, by their <code>event_type</code>, separated by commas',
	},
	{
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Register on Activation',
				value: 'register',
				description:
					'When the workflow is activated, have WeChat Pay send the member-card notifications to the Production URL',
			},
			{
				name: 'Set by Hand',
				value: 'byHand',
				description: 'Tell WeChat Pay the Production URL yourself, once',
			},
		],
		default: 'byHand',
	},
	{
		displayName: `Your shop sends the 'Production URL' above as 'notify_url' with each order and refund. For member cards, 'Callback: Set' sets it once. ${MORE}`,
		name: 'byHandNotice',
		type: 'notice',
		displayOptions: { show: { callbackUrl: ['byHand'] } },
		default: '',
	},
	{
		displayName: `This is for member-card events only: for payments and refunds, your shop sends the 'Production URL' as 'notify_url'. ${MORE}`,
		name: 'registerNotice',
		type: 'notice',
		displayOptions: { show: { callbackUrl: ['register'] } },
		default: '',
	},
	{
		displayName: 'Replace Present URL',
		name: 'replacePresent',
		type: 'boolean',
		displayOptions: { show: { callbackUrl: ['register'] } },
		default: false,
		description:
			'Whether to take the place of another URL that WeChat Pay sends to now. When off, activation stops and tells that URL.',
	},
	{
		displayName: 'Ignore Repeats',
		name: 'ignoreRepeats',
		type: 'boolean',
		default: true,
		description:
			'Whether a notification that WeChat Pay sends again, which it does until it has a response, starts the workflow only once',
		hint: 'After a restart, or with several n8n processes, a repeat may still start it again.',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: false,
		description:
			'Whether the decrypted data (<code>resource</code>) stands at the top of the item, and what is about the notification itself under <code>notification</code>',
	},
];

const WHERE_FROM =
	"<b>Where WeChat Pay gets the URL from:</b> payments and refunds go to the <code>notify_url</code> that your shop sends with each order and refund; member-card events go to the one URL that 'Callback: Set' of the WeChat Pay Member Card node sets.";

const HOW_TO_TEST =
	"<b>Send a test notification:</b> click 'Execute step', then run <code>npm run notify -- &lt;Test URL&gt; TRANSACTION.SUCCESS</code> in a clone of the package. WeChat Pay itself must never have the Test URL.";

const OUT_OF_REACH =
	"<b>Out of WeChat Pay's reach:</b> a URL with http, localhost or a private address (10…, 172.16…, 192.168…). Does the Production URL have one? Set <code>WEBHOOK_URL</code> of n8n to its public https address first.";

/** What the editor shows beside the button that listens. Expressions count for nothing there, so that it knows no URL. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Have WeChat Pay send its notifications here',
	executionsHelp: {
		inactive: [WHERE_FROM, HOW_TO_TEST, OUT_OF_REACH].join('<br><br>'),
		active: [
			'<b>Your workflow is active:</b> what WeChat Pay sends to the Production URL starts it. You find those runs in the executions list, not here.',
			HOW_TO_TEST,
			OUT_OF_REACH,
		].join('<br><br>'),
	},
	// The only text that stands there without a click.
	activationHint: {
		inactive:
			"WeChat Pay gets the Production URL as <code>notify_url</code> of an order, or by 'Callback: Set'. It reaches neither http nor localhost nor private addresses: set <code>WEBHOOK_URL</code> of n8n first, then activate (publish) the workflow.",
		active:
			"WeChat Pay gets the Production URL as <code>notify_url</code> of an order, or by 'Callback: Set'. It reaches neither http nor localhost nor private addresses.",
	},
};

/**
 * While somebody listens, n8n's own text takes the place of the panel ("Go to WeChat Pay and create an event"), and no
 * node can change that. The output beside it shows this until the first notification.
 */
export const hints: NodeHint[] = [
	{
		message:
			"While it listens: run <code>npm run notify -- &lt;Test URL&gt; TRANSACTION.SUCCESS</code> in a clone of the package. For real ones, WeChat Pay needs the Production URL, as <code>notify_url</code> of the order or by 'Callback: Set'.",
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
	},
];
