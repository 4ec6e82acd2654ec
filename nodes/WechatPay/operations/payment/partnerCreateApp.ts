import type { Endpoint } from '../../../action/spec';
import { DETAILS } from './details';
import { ORDER, PARTNER_MERCHANTS } from './fields';

/** Payment: Create App for a service provider. */
export const partnerCreateApp: Endpoint = {
	method: 'POST',
	path: '/v3/pay/partner/transactions/app',
	fields: [...PARTNER_MERCHANTS, ...ORDER, ...DETAILS],
	resendable: true,
	repeatable: true,
	response: { requiredFields: ['prepay_id'] },
};
