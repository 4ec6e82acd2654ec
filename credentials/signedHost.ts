import { isLoopback } from '../nodes/apiv3/merchantConfig';

/**
 * Lets a signed request go only where it belongs: whoever else gets one could pass it on to WeChat Pay in the merchant's
 * name while its signature is valid.
 *
 * @param url the absolute URL of the request
 * @param baseUrl the origin of the credential's base URL
 * @throws Error for another host than WeChat Pay's, the base URL's or this machine, and for http to another machine
 */
export function checkSignedHost(url: string, baseUrl: string): void {
	const { protocol, hostname, host } = new URL(url);
	if (isLoopback(hostname) && /^https?:$/.test(protocol)) return;
	if (protocol !== 'https:') {
		throw new Error(
			`The request is not signed, because ${host || protocol} is not asked by https: start the URL with https://`,
		);
	}
	if (hostname.endsWith('.mch.weixin.qq.com') || host === new URL(baseUrl).host) return;
	throw new Error(
		`The request is not signed, because ${host} is not a host of WeChat Pay (*.mch.weixin.qq.com): correct the URL, or enter the address of your own proxy as 'Base URL' of the credential`,
	);
}
