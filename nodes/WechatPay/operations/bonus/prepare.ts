import type { Operation } from '../../../action/spec';
import { cardId, code } from '../../../WechatPayMemberCard/operations/fields';
import { mchid, outTradeNo, subMchid } from '../fields';
import { bonusValue } from './fields';
import { bonusErrors } from './knownErrors';

export const prepare: Operation = {
	name: 'Prepare',
	value: 'prepare',
	action: 'Prepare membercard bonus',
	description: 'Have WeChat Pay show the points an order will earn on its payment result page',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012595808',
	notice:
		"Prepare comes first, before the payment result page; then Commit. Neither changes the member's points balance.",
	noticeMore: 'Commit with the same values once the points are booked.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}/bonus/prepare',
	fields: [cardId, code, outTradeNo, mchid, subMchid, bonusValue],
	resendable: true,
	repeatable: true,
	knownErrors: bonusErrors,
	rejectionHint:
		'Check that the card, code, order and value were not prepared with another value before.',
	itemLabel: outTradeNo.wireName,
	pastTense: 'prepared',
};
