import type { Merchant } from '../apiv3/merchant';
import type { HostFailover } from './http/hostFailover';
import type { Sender } from './http/sendOnce';
import type { RateLimiter } from './rateLimiter';
import type { RequestOptions } from './requestOptions';
import type { Response } from './types';

/** What the requests of one merchant share. */
export interface Session extends Sender {
	merchant: Merchant;
	hosts: HostFailover;
	options: RequestOptions;
	rateLimiter: RateLimiter;
	/** Of an execution that can be cancelled. */
	signal?: AbortSignal;
	/** Looks for the key of WeChat Pay that a response names, where it is not there yet. Never throws. */
	refreshKeys(response: Response): Promise<void>;
}
