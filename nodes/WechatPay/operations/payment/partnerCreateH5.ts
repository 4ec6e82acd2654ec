import type { Endpoint } from '../../../action/spec';
import { H5_DETAILS } from './details';
import { ORDER, PARTNER_MERCHANTS } from './fields';

/** Payment: Create H5 for a service provider. */
export const partnerCreateH5: Endpoint = {
	method: 'POST',
	path: '/v3/pay/partner/transactions/h5',
	fields: [...PARTNER_MERCHANTS, ...ORDER, ...H5_DETAILS],
	resendable: true,
	repeatable: true,
	response: { requiredFields: ['h5_url'] },
};
