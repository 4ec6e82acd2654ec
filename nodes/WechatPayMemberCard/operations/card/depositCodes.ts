import type { Operation } from '../../../action/spec';
import { cardId, HALF_WIDTH } from '../fields';
import { cardErrors } from './knownErrors';

export const depositCodes: Operation = {
	name: 'Deposit Codes',
	value: 'depositCodes',
	action: 'Deposit codes of a card',
	description: 'Give WeChat Pay the codes that the member cards of a template get',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012545728',
	notice:
		'For cards whose code mode is MERCHANT_DEPOSIT; their stock is the number of codes. Give 100 codes or fewer at a time.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/codes/deposit',
	fields: [
		cardId,
		{
			wireName: 'code',
			in: 'body',
			maxLength: 32,
			pattern: HALF_WIDTH,
			property: {
				displayName: 'Codes',
				name: 'code',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 478515832665,478515832666',
				description:
					'The codes to give, up to 32 characters each (<code>code</code>). Comma-separated, or a list from an expression.',
			},
			list: true,
		},
	],
	resendable: true,
	repeatable: true,
	knownErrors: cardErrors,
	response: {
		requiredFields: ['code|result'],
		listField: 'data',
		parts: {
			field: 'code',
			result: 'result',
			done: ['SUCCESS', 'DUPLICATE'],
			failed: ['FAIL'],
			noun: 'codes',
			again: 'Deposit',
		},
	},
	itemLabel: cardId.wireName,
	pastTense: 'deposited',
};
