import type { Operation } from '../../../action/spec';
import { DETAILS } from './details';
import { MERCHANT, OF_PARTNERS, ORDER } from './fields';
import { paymentErrors } from './knownErrors';
import { partnerCreateNative } from './partnerCreateNative';
import { CHECK_FIRST, NUMBER_USED } from './repeats';

export const createNative: Operation = {
	name: 'Create Native',
	value: 'createNative',
	action: 'Create a Native payment',
	description: 'Make an order whose QR code the payer scans',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791877',
	notice:
		'Show code_url as a QR code, valid for 2 hours. Paid is what the notification or Order: Get says.',
	noticeMore:
		'Running the same item again gives a fresh code_url of the same order. Compare amount.total of the notification (not payer_total) with your own order.',

	method: 'POST',
	path: '/v3/pay/transactions/native',
	fields: [...MERCHANT, ...ORDER, ...DETAILS, ...OF_PARTNERS],
	takesJson: true,
	partner: partnerCreateNative,
	resendable: true,
	repeatable: true,
	knownErrors: paymentErrors,
	checkFirst: CHECK_FIRST,
	numberUsed: NUMBER_USED,
	response: { requiredFields: ['code_url'] },
	itemLabel: 'out_trade_no',
	pastTense: 'created',
};
