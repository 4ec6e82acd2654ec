import type { Operation } from '../../../action/spec';
import {
	orderMchid,
	orderNumber,
	orderSubMchid,
	ORDER_STATE,
	waitForPayment,
	SIMPLE_ORDER,
	REQUIRED_OF_ORDER,
} from './fields';
import { orderErrors } from './knownErrors';
import { partnerGetOrder } from './partnerGet';

export const getOrder: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get an order',
	description: 'Get a payment by your own order number',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012556352',
	notice:
		'It is paid when trade_state is SUCCESS. An order that can still be paid comes with pending: true.',

	method: 'GET',
	path: '/v3/pay/transactions/out-trade-no/{out_trade_no}',
	fields: [orderNumber, orderMchid, orderSubMchid, waitForPayment],
	partner: partnerGetOrder,
	resendable: true,
	repeatable: true,
	knownErrors: orderErrors,
	response: {
		requiredFields: ['mchid', ...REQUIRED_OF_ORDER],
		simplifiedFields: SIMPLE_ORDER,
		state: ORDER_STATE,
	},
	waitField: waitForPayment.wireName,
	itemLabel: orderNumber.wireName,
	pastTense: 'read',
};
