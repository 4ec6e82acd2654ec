/** One check for the URL that Callback: Set and the trigger's registration give to WeChat Pay. */
import {
	notifyUrl,
	publicUrl,
} from '../../../nodes/WechatPayMemberCard/operations/callback/fields';

it('is the check of Callback: Set', () => {
	expect(notifyUrl.pattern).toBe(publicUrl);
});

it.each([
	'https://n8n.shop.example/webhook/6f1de7b4/notification',
	'https://n8n.shop.example:8443/webhook/a%20b',
	'https://xn--fiq228c.example/webhook',
	'https://8.8.8.8/webhook',
	'https://172.32.0.1/webhook',
	'https://100.128.0.1/webhook',
	'HTTPS://SHOP.EXAMPLE/webhook',
	'https://webhook-test.example/webhook',
	'https://localhost.example/webhook',
	'https://shop.example/webhook/my-webhook-tests/x',
])('takes %s', (url) => {
	expect(url).toMatch(publicUrl.regex);
});

it.each([
	['no path', 'https://shop.example'],
	['an empty path', 'https://shop.example/'],
	['http', 'http://shop.example/webhook'],
	['a login', 'https://user:pw@shop.example/webhook'],
	['a name alone as login', 'https://user@shop.example/webhook'],
	['a query', 'https://shop.example/webhook?a=1'],
	['a fragment', 'https://shop.example/webhook#a'],
	["n8n's Test URL", 'https://shop.example/webhook-test/6f1de7b4/notification'],
	["n8n's Test URL below a path", 'https://shop.example/n8n/webhook-test/6f1de7b4'],
	['this machine', 'https://localhost/webhook'],
	['this machine by a port', 'https://localhost:5678/webhook'],
	['this machine as a domain', 'https://n8n.localhost/webhook'],
	['this machine with its full stop', 'https://localhost./webhook'],
	['a name without a domain', 'https://n8n/webhook'],
	['a local network', 'https://n8n.local/webhook'],
	['an internal network', 'https://n8n.internal/webhook'],
	['a home network', 'https://n8n.home.arpa/webhook'],
	['this machine by address', 'https://127.0.0.1/webhook'],
	['no address', 'https://0.0.0.0/webhook'],
	['10.0.0.0/8', 'https://10.0.0.5/webhook'],
	['172.16.0.0/12', 'https://172.16.0.5/webhook'],
	['172.16.0.0/12 at its end', 'https://172.31.255.255/webhook'],
	['192.168.0.0/16', 'https://192.168.1.1/webhook'],
	['link-local addresses', 'https://169.254.169.254/webhook'],
	['carrier-grade NAT', 'https://100.64.0.1/webhook'],
	['multicast', 'https://224.0.0.1/webhook'],
	['what is reserved', 'https://255.255.255.255/webhook'],
	['IPv6 of this machine', 'https://[::1]/webhook'],
	['IPv6 that is mapped', 'https://[::ffff:10.0.0.5]/webhook'],
	['IPv6 of a local network', 'https://[fd00::1]/webhook'],
	['IPv6 of a link', 'https://[fe80::1%25eth0]/webhook'],
	['a short address', 'https://127.1/webhook'],
	['an address as one number', 'https://2130706433/webhook'],
	['an address in hexadecimal', 'https://0x7f.0.0.1/webhook'],
	['an address in octal', 'https://0177.0.0.1/webhook'],
	['an address in full-width digits', 'https://１２７.0.0.１/webhook'],
	['circled letters', 'https://n8n.ⓛocal/webhook'],
	['an ideographic full stop', 'https://n8n。local/webhook'],
	['escapes', 'https://n8n.%6cocal/webhook'],
	['a backslash', 'https://shop.example\\@10.0.0.5/webhook'],
	['a line break', 'https://shop.example/a\nb'],
	['nothing', ''],
])('refuses %s', (_, url) => {
	expect(url).not.toMatch(publicUrl.regex);
});
