import type { Operation } from '../../../action/spec';
import { cardId, code } from '../../../WechatPayMemberCard/operations/fields';
import { mchid, outTradeNo, subMchid } from '../fields';
import { bonusValue } from './fields';
import { bonusErrors } from './knownErrors';

export const commit: Operation = {
	name: 'Commit',
	value: 'commit',
	action: 'Commit membercard bonus',
	description: 'Tell WeChat Pay that the points shown after a payment have arrived',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012551350',
	notice:
		"This does not change the member's points balance. Prepare comes first, with the same card, code, order and value.",
	noticeMore: 'Commit only marks the points shown for an order as arrived.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}/bonus/commit',
	fields: [cardId, code, outTradeNo, mchid, subMchid, bonusValue],
	resendable: true,
	repeatable: true,
	knownErrors: bonusErrors,
	rejectionHint:
		'Check that the bonus was prepared for this order, card, code and value, and was not committed with another value.',
	itemLabel: outTradeNo.wireName,
	pastTense: 'committed',
};
