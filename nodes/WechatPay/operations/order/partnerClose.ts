import type { Endpoint } from '../../../action/spec';
import { orderNumber, partnerMerchants } from './fields';

/** Order: Close for a service provider. */
export const partnerCloseOrder: Endpoint = {
	method: 'POST',
	path: '/v3/pay/partner/transactions/out-trade-no/{out_trade_no}/close',
	fields: [orderNumber, ...partnerMerchants.map((field) => ({ ...field, in: 'body' as const }))],
	resendable: true,
	repeatable: true,
};
