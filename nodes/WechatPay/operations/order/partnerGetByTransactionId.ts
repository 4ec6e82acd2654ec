import type { Endpoint } from '../../../action/spec';
import { partnerMerchants, transactionId } from './fields';

/** Order: Get by Transaction ID for a service provider. */
export const partnerGetOrderByTransactionId: Endpoint = {
	method: 'GET',
	path: '/v3/pay/partner/transactions/id/{transaction_id}',
	fields: [transactionId, ...partnerMerchants],
	repeatable: true,
};
