import type { Endpoint } from '../../../action/spec';
import { orderNumber, partnerMerchants, REQUIRED_OF_ORDER, REQUIRED_OF_PARTNER } from './fields';

/** Order: Get for a service provider. */
export const partnerGetOrder: Endpoint = {
	method: 'GET',
	path: '/v3/pay/partner/transactions/out-trade-no/{out_trade_no}',
	fields: [orderNumber, ...partnerMerchants],
	resendable: true,
	repeatable: true,
	response: { requiredFields: [...REQUIRED_OF_PARTNER, ...REQUIRED_OF_ORDER] },
};
