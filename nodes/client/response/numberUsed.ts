import type { FailureDetails } from '../errors/requestError';

/** What WeChat Pay answers where a number stands for another request already. */
const CODES = ['OUT_TRADE_NO_USED', 'REFUND_FEE_MISMATCH'];
const WORDS = /单号[^，。；！]{0,16}(?:重复|已存在|已被?使?用|不一致)/;
/** "Repeat with other parameters than the first time", behind the last hyphen of the Request-ID. */
const INTERNAL_NUMBER = /-268498688$/;

/**
 * Whether a refusal only says that the request number was used before: what was sent then may have been done.
 *
 * @see docs/protocol.md, Request-ID and docs/protocol.md, Request numbers
 */
export function saysNumberWasUsed({
	code = '',
	raw_message: words = '',
	request_id: id = '',
	http_status: status = 0,
}: FailureDetails): boolean {
	if (status < 400 || status >= 500) return false;
	return CODES.includes(code) || WORDS.test(words) || INTERNAL_NUMBER.test(id);
}
