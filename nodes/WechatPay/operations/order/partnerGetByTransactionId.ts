import type { Endpoint } from '../../../action/spec';
import { partnerMerchants, transactionId } from './fields';

/** Order: Get by Transaction ID for a service provider. */
export const partnerGetOrderByTransactionId: Endpoint = {
	method: 'GET',
	path: '/v3/pay/partner/transactions/id/{transaction_id}',
	fields: [transactionId, ...partnerMerchants],
	repeatable: true,
	response: {
		requiredFields: ['transaction_id', 'out_trade_no', 'sp_mchid', 'sub_mchid', 'trade_state'],
	},
};
