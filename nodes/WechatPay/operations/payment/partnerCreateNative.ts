import type { Endpoint } from '../../../action/spec';
import { DETAILS } from './details';
import { ORDER, PARTNER_MERCHANTS } from './fields';

/** Payment: Create Native for a service provider. */
export const partnerCreateNative: Endpoint = {
	method: 'POST',
	path: '/v3/pay/partner/transactions/native',
	fields: [...PARTNER_MERCHANTS, ...ORDER, ...DETAILS],
	resendable: true,
	repeatable: true,
	response: { requiredFields: ['code_url'] },
};
