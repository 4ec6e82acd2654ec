import type { Operation } from '../../../action/spec';
import { cardId } from '../fields';
import { memberCardErrors } from '../knownErrors';

export const decryptCode: Operation = {
	name: 'Decrypt Code',
	value: 'decryptCode',
	action: 'Decrypt code of a member card',
	description: 'Turn the encrypted code from the activation URL into the member card code',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012550742',
	notice: 'Only for web pages; a mini program gets the plain code.',

	method: 'GET',
	path: '/v3/marketing/membercard-open/cards/{card_id}/decrypt-code',
	fields: [
		cardId,
		{
			wireName: 'encrypt_code',
			in: 'query',
			maxLength: 128,
			property: {
				displayName: 'Encrypted Code',
				name: 'encryptCode',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. XXIzTtMqCxwOaawoE91+VJdsFmv7b8g0VZIZkqf4GWA60Fzpc8ksZ/5ZZ0DVkXdE',
				description:
					'The value that WeChat Pay added to the activation URL, decoded once (<code>encrypt_code</code>)',
			},
		},
	],
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: { requiredFields: ['code'] },
	itemLabel: cardId.wireName,
	pastTense: 'decrypted',
};
