import type { Operation } from '../../../action/spec';
import { anyAppid, cardId, withProperty } from '../fields';
import {
	backgroundPictureUrl,
	codeMode,
	codeType,
	description,
	initLevel,
	logoUrl,
	needDisplayLevel,
	needDynamicCode,
	servicePhone,
	title,
	totalQuantity,
	VALIDITY,
} from './fields';
import { cardErrors } from './knownErrors';
import {
	additionalStatement,
	balanceInformation,
	FORM_PARTS,
	userInformationForm,
} from './sections';

export const updateCard: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a card',
	description: 'Change a card template; what is not given stays as it is',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012549567',

	method: 'PATCH',
	path: '/v3/marketing/membercard-open/cards/{card_id}',
	fields: [
		cardId,
		{
			...withProperty(anyAppid, {
				description:
					'Another service account for the card, bound to its brand (<code>appid</code>); unlike elsewhere, the one of the credential is not taken by itself',
			}),
			in: 'body',
			maxLength: 32,
		},
		logoUrl,
		title,
		backgroundPictureUrl,
		description,
		servicePhone,
		totalQuantity,
		{
			wireName: 'date_information',
			in: 'body',
			property: {
				displayName: 'Validity',
				name: 'dateInformation',
				type: 'fixedCollection',
				default: {},
				description: 'How long the card is valid (<code>date_information</code>)',
			},
			fields: VALIDITY,
		},
		needDisplayLevel,
		initLevel,
		balanceInformation,
		{
			...userInformationForm,
			fields: [
				{
					wireName: 'can_modify_after_activate',
					property: {
						displayName: 'Can Be Changed Later',
						name: 'canModifyAfterActivate',
						type: 'boolean',
						default: false,
						description:
							'Whether members may change these details once the card is activated (<code>can_modify_after_activate</code>)',
					},
				},
				...FORM_PARTS,
			],
		},
		additionalStatement,
		{
			...codeMode,
			property: codeMode.property && {
				...codeMode.property,
				description:
					'Who gives each member card its code (<code>code_mode</code>); a value other than the present one is refused',
			},
		},
		codeType,
		needDynamicCode,
	],
	optional: 'updateFields',
	takesJson: true,
	resendable: true,
	repeatable: true,
	knownErrors: cardErrors,
	itemLabel: cardId.wireName,
	pastTense: 'updated',
};
