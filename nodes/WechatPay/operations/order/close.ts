import type { Operation } from '../../../action/spec';
import { orderMchid, orderNumber, orderSubMchid } from './fields';
import { closeErrors } from './knownErrors';
import { partnerCloseOrder } from './partnerClose';

export const closeOrder: Operation = {
	name: 'Close',
	value: 'close',
	action: 'Close an order',
	description: 'Close an unpaid order, so that it can no longer be paid',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791860',
	notice: 'A closed order stays closed: paying again needs a new order number.',
	noticeMore:
		'A payer may be faster: where closing is refused, ask with Order: Get, and refund the order if trade_state is SUCCESS. Take a new order number only after the old one is closed, or both can be paid.',

	method: 'POST',
	path: '/v3/pay/transactions/out-trade-no/{out_trade_no}/close',
	fields: [orderNumber, { ...orderMchid, in: 'body' }, orderSubMchid],
	partner: partnerCloseOrder,
	resendable: true,
	repeatable: true,
	knownErrors: closeErrors,
	itemLabel: orderNumber.wireName,
	pastTense: 'closed',
};
