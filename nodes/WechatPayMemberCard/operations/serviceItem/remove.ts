import type { Operation } from '../../../action/spec';
import { serviceCardId, serviceModuleId } from './fields';
import { serviceItemErrors } from './knownErrors';

export const removeServiceItem: Operation = {
	name: 'Remove',
	value: 'remove',
	action: 'Remove a service item',
	description: 'Take a service item off the card',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4017167557',

	method: 'DELETE',
	path: '/v3/marketing/membercard-open/cards/{card_id}/service-modules/{service_module_id}',
	fields: [serviceCardId, { ...serviceModuleId, in: 'path' }],
	resendable: false,
	repeatable: false,
	knownErrors: serviceItemErrors,
	checkFirst: 'Look at the card whether the service item is gone before you run this item again.',
	rejectionHint: 'Check that the service item is on this card; it may have been removed already.',
	itemLabel: serviceModuleId.wireName,
	pastTense: 'removed',
};
