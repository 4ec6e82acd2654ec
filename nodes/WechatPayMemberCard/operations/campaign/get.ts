import type { Operation } from '../../../action/spec';
import { activityId, SIMPLE_CAMPAIGN } from './fields';
import { campaignErrors } from './knownErrors';

export const getCampaign: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a campaign',
	description: 'Get one member-gift campaign with its state and settings',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012553365',

	method: 'GET',
	path: '/v3/marketing/membercard-activity/activities/{activity_id}',
	fields: [activityId],
	resendable: true,
	repeatable: true,
	knownErrors: campaignErrors,
	response: { requiredFields: ['activity_id'], simplifiedFields: SIMPLE_CAMPAIGN },
	itemLabel: activityId.wireName,
	pastTense: 'read',
};
