import type { Operation } from '../../../action/spec';
import { jumpMiniprogram, serviceCardId, serviceModuleId } from './fields';
import { serviceItemErrors } from './knownErrors';

export const updateServiceItem: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a service item',
	description: 'Change where a service item on the card leads',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4017167417',

	method: 'PATCH',
	path: '/v3/marketing/membercard-open/cards/{card_id}/service-modules/{service_module_id}',
	fields: [serviceCardId, { ...serviceModuleId, in: 'path' }, jumpMiniprogram],
	takesJson: true,
	resendable: true,
	repeatable: true,
	knownErrors: serviceItemErrors,
	response: { requiredFields: ['card_id', 'service_module_id', 'jump_miniprogram'] },
	rejectionHint: 'Check that the service item is on this card (Service Item: Add).',
	itemLabel: serviceModuleId.wireName,
	pastTense: 'updated',
};
