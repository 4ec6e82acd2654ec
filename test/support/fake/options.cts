import type { KeyFamily } from './keysInUse.cts';
import type { RateLimitOptions } from './rules/rateLimit.cts';

/** Official pages call `offset` a page number; the newer brand API counts records (test/support/facts/membercard-api.json card.list). */
export type OffsetCounts = 'pages' | 'records';

/** How a fake is started. */
export interface FakeOptions {
	/** Default true: HTTPS with the certificate of test/support/keys; false: plain HTTP. */
	tls?: boolean;
	/** The certificate and key of test/support/keys for HTTPS by the beginning of their names, default 'tls' (localhost). */
	certificate?: 'tls' | 'hosts' | 'platform-a';
	/** Which key family signs at first; default: as the request's Wechatpay-Serial asks (`answerKey`). */
	signs?: KeyFamily;
	/** Milliseconds between processing and every answer, default 0. */
	delay?: number;
	/** WeChat Pay's clock in Unix seconds, default the real one. */
	now?: () => number;
	/** Beyond it 429, not processed. */
	rateLimit?: RateLimitOptions;
	/** Whether the merchant has /v3/security/echo, default true. */
	selfTest?: boolean;
	/** Default true; false keeps `requests` empty. */
	record?: boolean;
	/** What `offset` of card list, user cards and campaigns counts, default 'pages'. */
	offsetCounts?: OffsetCounts;
}
