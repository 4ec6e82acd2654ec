import type { Operation } from '../../../action/spec';
import { activityId } from './fields';
import { campaignErrors } from './knownErrors';

export const terminateCampaign: Operation = {
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate a campaign',
	description: 'End a member-gift campaign before its time',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012553381',
	notice: "Terminating a campaign can't be undone.",

	method: 'POST',
	path: '/v3/marketing/membercard-activity/activities/{activity_id}/terminate',
	fields: [activityId],
	resendable: false,
	repeatable: false,
	knownErrors: campaignErrors,
	response: { requiredFields: ['activity_id'] },
	checkFirst:
		'Look with Campaign: Get whether the campaign is terminated before you run this item again.',
	itemLabel: activityId.wireName,
	pastTense: 'terminated',
};
