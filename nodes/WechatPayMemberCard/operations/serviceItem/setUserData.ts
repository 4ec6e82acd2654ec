import type { Operation } from '../../../action/spec';
import { code, outRequestNo } from '../fields';
import {
	actionSetting,
	fieldList,
	messageTemplateSetting,
	serviceCardId,
	serviceModuleId,
} from './fields';
import { serviceItemErrors } from './knownErrors';

export const setUserData: Operation = {
	name: 'Set User Data',
	value: 'setUserData',
	action: 'Set user data of a service item',
	description: 'Set the state of a service for one member, with a message if wanted',
	docs: 'https://pay.weixin.qq.com/doc/v3/partner/4017176090',
	notice:
		'The service item must be on the card (Service Item: Add); states, fields and messages are those of its template.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}/set-service-module-data',
	fields: [
		serviceCardId,
		code,
		{ ...outRequestNo, minLength: 8, maxLength: 128 },
		serviceModuleId,
		{
			wireName: 'state_setting',
			in: 'body',
			fields: [
				{
					wireName: 'state_id',
					property: {
						displayName: 'State ID',
						name: 'stateId',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. CHECKED_IN',
						description: 'A state of the template (<code>state_id</code>)',
					},
				},
				{ wireName: 'content_template_data', fields: [fieldList, actionSetting] },
				messageTemplateSetting,
			],
		},
	],
	takesJson: true,
	resendable: true,
	repeatable: true,
	knownErrors: serviceItemErrors,
	rejectionHint:
		'Check that the service item is on this card, that its template has this state and these fields, and that the request number is new.',
	checkFirst:
		'Ask the member whether the card shows the data, for WeChat Pay has no request that reads it.',
	itemLabel: code.wireName,
	pastTense: 'set',
};
