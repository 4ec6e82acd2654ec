import type { Operation } from '../../../action/spec';
import { cardId, outRequestNo } from '../fields';
import { activityType, awardSendPeriod, SIMPLE_CAMPAIGN, stockList } from './fields';
import { campaignErrors } from './knownErrors';
import { miniprogramActivitySetting, payActivitySetting } from './settings';

export const createCampaign: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a campaign',
	description: 'Create a member-gift campaign',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012553030',
	notice: 'Fill in the After-Payment or the Before-Payment Settings, as the campaign type says.',
	noticeMore:
		'The merchant that signs and those whose payments show the campaign must be bound to the brand of the card. Cards whose code mode is REAL_TIME have no campaigns.',

	method: 'POST',
	path: '/v3/marketing/membercard-activity/activities',
	fields: [
		{ ...cardId, in: 'body' },
		{
			wireName: 'activity_name',
			in: 'body',
			maxLength: 10,
			property: {
				displayName: 'Campaign Name',
				name: 'activityName',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 示例活动',
				description:
					'A name for yourself, not shown to users (<code>activity_name</code>), up to 10 characters',
			},
		},
		activityType,
		{
			wireName: 'begin_time',
			in: 'body',
			property: {
				displayName: 'Begin',
				name: 'beginTime',
				type: 'dateTime',
				required: true,
				default: '',
				description: 'When the campaign starts (<code>begin_time</code>), within one year from now',
			},
		},
		{
			wireName: 'end_time',
			in: 'body',
			property: {
				displayName: 'End',
				name: 'endTime',
				type: 'dateTime',
				required: true,
				default: '',
				description:
					'When the campaign ends (<code>end_time</code>), within one year from now and at most 90 days after its start',
			},
		},
		awardSendPeriod,
		stockList,
		outRequestNo,
		payActivitySetting,
		miniprogramActivitySetting,
	],
	takesJson: true,
	resendable: true,
	repeatable: true,
	knownErrors: campaignErrors,
	response: { requiredFields: ['activity_id'], simplifiedFields: SIMPLE_CAMPAIGN },
	rejectionHint:
		'Check that the merchants belong to the brand of the card, that the signing merchant may hand out the stocks, and that the request number is new.',
	checkFirst: 'Look with Campaign: Get Many whether the campaign is there.',
	itemLabel: 'activity_name',
	pastTense: 'created',
};
