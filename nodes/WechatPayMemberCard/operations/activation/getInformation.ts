import type { Operation } from '../../../action/spec';
import { memberCardErrors } from '../knownErrors';

export const getInformation: Operation = {
	name: 'Get Information',
	value: 'getInformation',
	action: 'Get information of an activation',
	description: 'Get what the user filled in, by the ticket from the activation URL',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012550779',

	method: 'GET',
	path: '/v3/marketing/membercard-open/activate-informations/{activate_ticket}',
	fields: [
		{
			wireName: 'activate_ticket',
			in: 'path',
			maxLength: 256,
			property: {
				displayName: 'Activation Ticket',
				name: 'activateTicket',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. abcdefg',
				description:
					'The ticket that WeChat Pay added to the activation URL (<code>activate_ticket</code>)',
			},
		},
	],
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: { requiredFields: ['user_information|nickname|head_image_url'] },
	itemLabel: 'activate_ticket',
	pastTense: 'read',
};
