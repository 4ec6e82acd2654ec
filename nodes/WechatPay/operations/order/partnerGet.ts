import type { Endpoint } from '../../../action/spec';
import { orderNumber, partnerMerchants } from './fields';

/** Order: Get for a service provider. */
export const partnerGetOrder: Endpoint = {
	method: 'GET',
	path: '/v3/pay/partner/transactions/out-trade-no/{out_trade_no}',
	fields: [orderNumber, ...partnerMerchants],
	repeatable: true,
	response: { requiredFields: ['out_trade_no', 'sp_mchid', 'sub_mchid', 'trade_state'] },
};
