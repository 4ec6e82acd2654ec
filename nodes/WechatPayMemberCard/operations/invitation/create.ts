import type { Operation } from '../../../action/spec';
import { outerStr } from '../distribution/fields';
import { cardId, membershipNumber, newCode, phoneNumber } from '../fields';
import { memberCardErrors } from '../knownErrors';

export const createInvitation: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create an invitation',
	description: 'Remind a member of your own system, by phone number, to claim the card',
	docs: 'https://pay.weixin.qq.com/doc/v3/partner/4017171998',
	notice:
		'WeChat Pay reminds only members who paid the brand with WeChat Pay within the last year. Mainland China numbers only.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/phonenumber-member/import',
	fields: [
		{
			wireName: 'member_information',
			in: 'body',
			fields: [
				{ ...cardId, maxLength: undefined },
				{ ...newCode, maxLength: undefined },
				{ ...membershipNumber, maxLength: undefined },
				{
					wireName: 'registration_time',
					property: {
						displayName: 'Registered At',
						name: 'registrationTime',
						type: 'dateTime',
						required: true,
						default: '',
						description: 'When the member registered with you (<code>registration_time</code>)',
					},
				},
			],
		},
		phoneNumber,
		{ ...outerStr, maxLength: 128 },
	],
	takesJson: true,
	resendable: false,
	repeatable: false,
	knownErrors: memberCardErrors,
	checkFirst:
		'Look with Invitation: Get Status whether the member was reminded before you run this item again.',
	itemLabel: cardId.wireName,
	pastTense: 'reminded',
};
