import type { Merchant } from '../../apiv3/merchant';
import type { HostFailover } from '../../client/http/hostFailover';
import type { Sender } from '../../client/http/sendOnce';
import type { Response } from '../../client/types';
import type { Pace } from './pace';
import type { SendingOptions } from './sendingOptions';

/** What the requests of one merchant share. */
export interface Session extends Sender {
	merchant: Merchant;
	hosts: HostFailover;
	options: SendingOptions;
	pace: Pace;
	/** Looks for the key of WeChat Pay that a response names, where it is not there yet. Never throws. */
	refreshKeys(response: Response): Promise<void>;
}
