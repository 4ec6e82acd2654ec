import type { Operation, Parameter } from '../../../action/spec';
import { H5_DETAILS } from './details';
import { MERCHANT, OF_PARTNERS, ORDER } from './fields';
import { paymentErrors } from './knownErrors';
import { partnerCreateH5 } from './partnerCreateH5';
import { CHECK_FIRST, NUMBER_USED } from './repeats';

/** Not sent: v3 has no field for it. */
const RETURN_URL: Parameter = {
	wireName: 'redirect_url',
	in: 'form',
	mayDiffer: true,
	maxLength: 1024,
	pattern: {
		regex: /^https?:\/\/[^\s#]+$/i,
		must: 'must be the address of a page, e.g. https://shop.example/paid?order=1',
	},
	property: {
		displayName: 'Return URL',
		name: 'redirectUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://shop.example/paid',
		description:
			'The page that the payer comes back to, on the registered domain; it is appended to h5_url, encoded, as redirect_url',
	},
};

export const createH5: Operation = {
	name: 'Create H5',
	value: 'createH5',
	action: 'Create an H5 payment',
	description: 'Make an order for a browser outside WeChat on a phone',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791834',
	notice:
		'Open h5_url within 5 minutes from a page of the registered domain: WeChat Pay checks the Referer.',
	noticeMore:
		"A redirect from an API address, or a link in a chat, has no such Referer. 'Return URL' is appended to h5_url as redirect_url; its domain must be the registered one. Running the same item again gives a fresh h5_url.",

	method: 'POST',
	path: '/v3/pay/transactions/h5',
	fields: [...MERCHANT, ...ORDER, ...H5_DETAILS, ...OF_PARTNERS, RETURN_URL],
	takesJson: true,
	partner: partnerCreateH5,
	resendable: true,
	repeatable: true,
	knownErrors: paymentErrors,
	checkFirst: CHECK_FIRST,
	numberUsed: NUMBER_USED,
	response: { requiredFields: ['h5_url'] },
	appends: { value: RETURN_URL.wireName, to: 'h5_url' },
	itemLabel: 'out_trade_no',
	pastTense: 'created',
};
