import type { Endpoint } from '../../../action/spec';
import { DETAILS } from './details';
import { ORDER, PARTNER_MERCHANTS, PAYER_OPENID, SUB_OPENID } from './fields';

/** Payment: Create JSAPI for a service provider. */
export const partnerCreateJsapi: Endpoint = {
	method: 'POST',
	path: '/v3/pay/partner/transactions/jsapi',
	fields: [
		...PARTNER_MERCHANTS,
		...ORDER,
		{
			wireName: 'payer',
			in: 'body',
			fields: [
				{
					...PAYER_OPENID,
					wireName: 'sp_openid',
					requiredOnWire: undefined,
					requiredUnless: SUB_OPENID.wireName,
				},
				SUB_OPENID,
			],
		},
		...DETAILS,
	],
	resendable: true,
	repeatable: true,
	response: { requiredFields: ['prepay_id'] },
};
