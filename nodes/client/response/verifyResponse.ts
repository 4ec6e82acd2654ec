import type { Merchant } from '../../apiv3/merchant';
import { nonces } from '../../apiv3/nonceMemory';
import type { VerificationReason } from '../../apiv3/verification';
import { headerOf, verifyHttp } from '../../apiv3/verification';
import type { Response } from '../types';
import { serverClockOf } from './serverClock';

/** Why a response is not believed: its signature, or that it was used before, or made at another time than it was asked for. */
export type DistrustReason = VerificationReason | 'replayed' | 'stale';

/**
 * Whether a response was signed by WeChat Pay, is new, and was signed while it was waited for. To be called once for a
 * response: the second time it is a replayed one.
 *
 * @returns why it is not to be believed; undefined where it is
 * @see docs/protocol.md, Headers and message and docs/protocol.md, What a signature does not cover
 */
export function distrust(
	response: Response,
	merchant: Pick<Merchant, 'mchid' | 'baseUrl' | 'keys'>,
): DistrustReason | undefined {
	const { headers, at, sentAt, receivedAt } = response;
	const verified = verifyHttp({ ...response, keys: merchant.keys, now: at });
	if (!verified.ok) return verified.reason;
	if (!nonces.claim(String(headerOf(headers, 'wechatpay-nonce')), 'response', receivedAt)) {
		return 'replayed';
	}
	const signedAt = Number(headerOf(headers, 'wechatpay-timestamp')) * 1000;
	return serverClockOf(merchant).accepts({ signedAt, sentAt, receivedAt, at })
		? undefined
		: 'stale';
}
