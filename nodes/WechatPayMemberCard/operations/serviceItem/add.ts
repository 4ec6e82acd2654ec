import type { Operation } from '../../../action/spec';
import { jumpMiniprogram, serviceCardId, serviceModuleId } from './fields';
import { serviceItemErrors } from './knownErrors';

export const addServiceItem: Operation = {
	name: 'Add',
	value: 'add',
	action: 'Add a service item',
	description: 'Show a service item on the card',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4017167277',
	notice: 'WeChat Pay has to open the service item for the brand first.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/service-modules',
	fields: [serviceCardId, serviceModuleId, jumpMiniprogram],
	takesJson: true,
	resendable: false,
	repeatable: false,
	knownErrors: serviceItemErrors,
	checkFirst:
		'Set it with Service Item: Update, which tells whether the item is on the card, before you run this item again.',
	response: { requiredFields: ['card_id', 'service_module_id', 'jump_miniprogram'] },
	rejectionHint:
		'Check that WeChat Pay opened this service item for the brand, and that it is not on the card already.',
	itemLabel: serviceModuleId.wireName,
	pastTense: 'added',
};
