import type { Parameter } from '../../../action/spec';

/** No host of the internet: this machine, private networks, and what is not for single hosts. */
const PRIVATE =
	'(?:0|10|127|169\\.254|172\\.(?:1[6-9]|2\\d|3[01])|192\\.168|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])|2(?:2[4-9]|[345]\\d))\\.';
const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ADDRESS = `(?!${PRIVATE})(?:${BYTE}\\.){3}${BYTE}`;
/** Of ASCII alone: other letters, digits and full stops may mean an address that is not seen here. */
const LABEL = '[a-z\\d_-]+';
const LOCAL =
	'(?:local|localhost|localdomain|internal|intranet|lan|home|corp|arpa|invalid)(?=[:/]|$)';
const NAME = `(?:${LABEL}\\.)+(?!\\d|${LOCAL})${LABEL}`;

/**
 * A URL that WeChat Pay can send notifications to: https, a host of the internet, a path, no login, no query, and not n8n's Test
 * URL, which answers only while somebody listens in the editor.
 */
export const publicUrl = {
	regex: new RegExp(
		`^https://(?:${ADDRESS}|${NAME})(?::\\d+)?/(?!(?:[^\\s?#]*/)?webhook-test/)[^\\s?#]+$`,
		'i',
	),
	must: "must be a public https address with a path, without login and query, and not n8n's Test URL (/webhook-test/), e.g. https://shop.example/webhook/wechatpay",
};

/** 会员卡事件的回调地址 where WeChat Pay sends its notifications on member cards */
export const notifyUrl: Parameter = {
	wireName: 'notify_url',
	in: 'body',
	maxLength: 256,
	pattern: publicUrl,
	property: {
		displayName: 'Notification URL',
		name: 'notifyUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://shop.example/webhook/wechatpay',
		description:
			'Where WeChat Pay sends its notifications (<code>notify_url</code>): https, reachable from outside, without a query',
	},
};
