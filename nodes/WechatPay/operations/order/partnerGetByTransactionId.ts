import type { Endpoint } from '../../../action/spec';
import { partnerMerchants, transactionId, REQUIRED_OF_ORDER, REQUIRED_OF_PARTNER } from './fields';

/** Order: Get by Transaction ID for a service provider. */
export const partnerGetOrderByTransactionId: Endpoint = {
	method: 'GET',
	path: '/v3/pay/partner/transactions/id/{transaction_id}',
	fields: [transactionId, ...partnerMerchants],
	resendable: true,
	repeatable: true,
	response: {
		requiredFields: ['transaction_id', ...REQUIRED_OF_PARTNER, ...REQUIRED_OF_ORDER],
	},
};
