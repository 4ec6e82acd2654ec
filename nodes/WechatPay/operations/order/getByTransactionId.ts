import type { Operation } from '../../../action/spec';
import {
	orderMchid,
	orderSubMchid,
	ORDER_STATE,
	SIMPLE_ORDER,
	transactionId,
	REQUIRED_OF_ORDER,
} from './fields';
import { orderErrors } from './knownErrors';
import { partnerGetOrderByTransactionId } from './partnerGetByTransactionId';

export const getOrderByTransactionId: Operation = {
	name: 'Get by Transaction ID',
	value: 'getByTransactionId',
	action: 'Get an order by transaction ID',
	description: "Get a payment by WeChat Pay's own number",
	notice:
		'It is paid when trade_state is SUCCESS. An order that was never paid is found by the merchant order number only.',

	method: 'GET',
	path: '/v3/pay/transactions/id/{transaction_id}',
	fields: [transactionId, orderMchid, orderSubMchid],
	partner: partnerGetOrderByTransactionId,
	resendable: true,
	repeatable: true,
	knownErrors: orderErrors,
	response: {
		requiredFields: ['transaction_id', 'mchid', ...REQUIRED_OF_ORDER],
		simplifiedFields: SIMPLE_ORDER,
		state: ORDER_STATE,
	},
	itemLabel: transactionId.wireName,
	pastTense: 'read',
};
