import type { FailureDetails } from '../errors/requestError';
import type { FailureText } from './messages';

/**
 * What one attempt came to:
 * done – WeChat Pay confirmed it with a verified response; refused – it was not processed and never will be as it is;
 * limited – not processed, too fast; open – it may have been processed; unsent – WeChat Pay got nothing.
 */
export type AttemptResult =
	| { kind: 'done'; status: number; body: Buffer; requestId?: string }
	| ({ kind: 'unsent' } & Explanation)
	| ({
			kind: 'open' | 'limited';
			retryAfter?: number;
			isTooLarge?: boolean;
			/** Whether the same item run again will leave it open, too. */
			staysOpen?: boolean;
	  } & Explanation)
	| ({ kind: 'refused'; retryableAfterFix: boolean } & Explanation);

/**
 * How often such an attempt is worth repeating: not at all, once at another host, once, or as often as the user allows.
 */
export type Repeat = 'never' | 'other host' | 'once' | 'as set';

/** What is known of an attempt that did not succeed. */
export interface Explanation extends FailureText {
	repeat: Repeat;
	details: AttemptDetails;
}

export type AttemptDetails = Pick<
	FailureDetails,
	'code' | 'http_status' | 'request_id' | 'field' | 'issue' | 'value' | 'location' | 'raw_message'
>;
