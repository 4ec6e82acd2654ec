import type { Operation } from '../../../action/spec';
import { cardId } from '../fields';
import { activityType, SIMPLE_CAMPAIGN } from './fields';
import { campaignErrors } from './knownErrors';

export const getManyCampaigns: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many campaigns',
	description: 'List the member-gift campaigns of a type',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012553261',

	method: 'GET',
	path: '/v3/marketing/membercard-activity/activities',
	fields: [
		{ ...activityType, in: 'query' },
		{
			...cardId,
			in: 'query',
			property: cardId.property && {
				...cardId.property,
				required: false,
				description: 'Only the campaigns of this card template (<code>card_id</code>)',
			},
		},
		{
			wireName: 'activity_status',
			in: 'query',
			property: {
				displayName: 'Status',
				name: 'activityStatus',
				type: 'options',
				options: [
					{ name: 'Created', value: 'CREATED', description: 'Not started yet' },
					{ name: 'Ongoing', value: 'ONGOING' },
					{ name: 'Terminated', value: 'TERMINATED', description: 'Ended by the merchant' },
					{ name: 'Over', value: 'OVER_TIME', description: 'Past its end' },
				],
				default: 'ONGOING',
				description: 'Only the campaigns in this state (<code>activity_status</code>)',
			},
		},
	],
	resendable: true,
	repeatable: true,
	knownErrors: campaignErrors,
	response: {
		requiredFields: ['activity_id'],
		listField: 'data',
		uniqueBy: ['activity_id'],
		simplifiedFields: SIMPLE_CAMPAIGN,
	},
	pastTense: 'listed',
};
