import type { Operation } from '../../../action/spec';
import { appid, brandId, outRequestNo } from '../fields';
import {
	backgroundPictureUrl,
	codeMode,
	codeType,
	description,
	initLevel,
	logoUrl,
	mustFill,
	needDisplayLevel,
	needDynamicCode,
	servicePhone,
	REQUIRED_OF_CARD,
	SIMPLE_CARD,
	title,
	totalQuantity,
	VALIDITY,
} from './fields';
import { cardErrors } from './knownErrors';
import { additionalStatement, balanceInformation, userInformationForm } from './sections';

export const createCard: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a card',
	description:
		'Create a card template, which WeChat Pay reviews before it can be issued; Card: Get shows its status',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012545584',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards',
	fields: [
		{ ...appid, requiredOnWire: true },
		mustFill(logoUrl),
		{
			wireName: 'brand',
			in: 'body',
			fields: [
				{ ...brandId, requiredOnWire: true },
				{
					wireName: 'display_name',
					property: {
						displayName: 'Brand Name',
						name: 'displayName',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. 微信支付',
						description: 'Name of the brand, as shown on the card (<code>display_name</code>)',
					},
				},
			],
		},
		mustFill(title),
		mustFill(backgroundPictureUrl),
		mustFill(description),
		servicePhone,
		mustFill(codeType),
		totalQuantity,
		{ wireName: 'date_information', in: 'body', fields: VALIDITY },
		mustFill(codeMode),
		needDisplayLevel,
		initLevel,
		outRequestNo,
		balanceInformation,
		userInformationForm,
		additionalStatement,
		needDynamicCode,
	],
	takesJson: true,
	resendable: true,
	repeatable: true,
	knownErrors: cardErrors,
	response: { requiredFields: REQUIRED_OF_CARD, simplifiedFields: SIMPLE_CARD },
	rejectionHint:
		'Check that the AppID is a service account bound to the brand, and that the request number was not used for another card.',
	checkFirst: 'Look with Card: Get Many whether the card is there.',
	itemLabel: title.wireName,
	pastTense: 'created',
};
