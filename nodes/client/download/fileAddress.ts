import { attempt } from '../../apiv3/attempt';
import type { Merchant } from '../../apiv3/merchant';
import { BACKUP_URL, DEFAULT_BASE_URL } from '../../apiv3/merchantConfig';
import { RequestError } from '../errors/requestError';
import type { Request } from '../types';

/**
 * Where the request for a file goes. Path and query are used as WeChat Pay gave them; the hosts of its APIs are reached
 * as they are for any other request, through 'Base URL' and with the backup host.
 *
 * @throws RequestError for an address that is none of WeChat Pay's
 */
export function addressOf(
	url: string,
	{ baseUrl }: Pick<Merchant, 'baseUrl'>,
): Pick<Request, 'url' | 'origin'> {
	const { origin, protocol, hostname, pathname, search } = attempt(() => new URL(url)) ?? {};
	if (origin !== undefined && [baseUrl, DEFAULT_BASE_URL, BACKUP_URL].includes(origin)) {
		return { url: `${baseUrl}${pathname}${search}` };
	}
	if (protocol === 'https:' && hostname?.endsWith('.mch.weixin.qq.com')) {
		return { url: `${origin}${pathname}${search}`, origin };
	}
	throw new RequestError({
		message:
			"The response names a file at an address that is not WeChat Pay's (*.mch.weixin.qq.com): it was not downloaded. Check the proxy and 'Base URL' of the credential.",
		outcome: 'unknown',
		code: 'ADDRESS_REFUSED',
		attempts: 1,
		repeatable: true,
	});
}
