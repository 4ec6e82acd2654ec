import type { Operation } from '../../../action/spec';
import { cardId } from '../fields';
import {
	activateAppid,
	activatePath,
	activateType,
	activateUrl,
	activationTarget,
	outerStr,
} from './fields';
import { distributionErrors } from './knownErrors';

export const createPermissionToken: Operation = {
	name: 'Create Permission Token',
	value: 'createPermissionToken',
	action: 'Create permission token of a card',
	description: 'Get a token with which a web page or a mini program opens the card',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012550867',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/permission-tokens',
	fields: [
		cardId,
		activateType,
		{
			wireName: 'navigate_back_previous_page',
			in: 'body',
			property: {
				displayName: 'Navigate Back',
				name: 'navigateBackPreviousPage',
				type: 'boolean',
				default: false,
				description:
					'Whether the user returns to the page that opened the card (<code>navigate_back_previous_page</code>); without effect where activation leads to a page of your own',
			},
		},
		activateUrl,
		activateAppid,
		activatePath,
		outerStr,
	],
	buildBody: activationTarget,
	resendable: true,
	repeatable: true,
	knownErrors: distributionErrors,
	response: { requiredFields: ['permission_token'] },
	itemLabel: cardId.wireName,
	pastTense: 'created',
};
