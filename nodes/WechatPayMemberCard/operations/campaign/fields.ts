import type { Field, Parameter } from '../../../action/spec';

/** What is left of a campaign by 'Simplify'. */
export const SIMPLE_CAMPAIGN = [
	'activity_id',
	'activity_name',
	'activity_type',
	'activity_status',
	'card_id',
	'begin_time',
	'end_time',
	'create_time',
	'update_time',
];

/** 活动 campaign */
export const activityId: Parameter = {
	wireName: 'activity_id',
	in: 'path',
	maxLength: 16,
	property: {
		displayName: 'Campaign ID',
		name: 'activityId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The member-gift campaign (<code>activity_id</code>)',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchCampaigns', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 371067',
			},
		],
	},
};

/** 活动类型 */
export const activityType: Parameter = {
	wireName: 'activity_type',
	in: 'body',
	property: {
		displayName: 'Campaign Type',
		name: 'activityType',
		type: 'options',
		options: [
			{
				name: 'After Payment, New Members',
				value: 'NON_MEMBER_AFTERPAY',
				description: 'A gift for opening a card after a payment',
			},
			{
				name: 'After Payment, Existing Members',
				value: 'MEMBER_AFTERPAY',
				description: 'A gift for members after a payment',
			},
			{
				name: 'Before Payment, New Members',
				value: 'NON_MEMBER_MINIPROGRAM',
				description: 'A gift for opening a card in a mini program or by scanning',
			},
			{
				name: 'Before Payment, Existing Members',
				value: 'MEMBER_MINIPROGRAM',
				description: 'A gift for members in a mini program or by scanning',
			},
		],
		required: true,
		default: 'NON_MEMBER_AFTERPAY',
		description: 'Who gets the gift, and when (<code>activity_type</code>)',
	},
};

/** 时间 a time of day, midnight unless told otherwise */
const TIME_OF_DAY: Field[] = [
	{
		wireName: 'hours',
		requiredOnWire: true,
		property: {
			displayName: 'Hour',
			name: 'hours',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 23, numberPrecision: 0 },
			default: 0,
			description: 'Hour of the day (<code>hours</code>)',
		},
	},
	{
		wireName: 'minutes',
		requiredOnWire: true,
		property: {
			displayName: 'Minute',
			name: 'minutes',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 59, numberPrecision: 0 },
			default: 0,
			description: 'Minute of the hour (<code>minutes</code>)',
		},
	},
	{
		wireName: 'seconds',
		requiredOnWire: true,
		property: {
			displayName: 'Second',
			name: 'seconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 59, numberPrecision: 0 },
			default: 0,
			description: 'Second of the minute (<code>seconds</code>)',
		},
	},
];

/** 发放时间段 */
export const awardSendPeriod: Parameter = {
	wireName: 'award_send_period',
	in: 'body',
	property: {
		displayName: 'Gift Period',
		name: 'awardSendPeriod',
		type: 'fixedCollection',
		default: {},
		description:
			'When gifts are handed out (<code>award_send_period</code>); all through the campaign if left out',
	},
	fields: [
		{
			wireName: 'award_send_time',
			property: {
				displayName: 'Date Ranges',
				name: 'awardSendTime',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Date Range',
				description: 'The dates on which gifts are handed out (<code>award_send_time</code>)',
			},
			fields: [
				{
					wireName: 'begin_time',
					property: {
						displayName: 'Begin',
						name: 'beginTime',
						type: 'dateTime',
						required: true,
						default: '',
						description: 'Start of the range (<code>begin_time</code>)',
					},
				},
				{
					wireName: 'end_time',
					property: {
						displayName: 'End',
						name: 'endTime',
						type: 'dateTime',
						required: true,
						default: '',
						description: 'End of the range (<code>end_time</code>)',
					},
				},
			],
		},
		{
			wireName: 'award_send_day_time',
			property: {
				displayName: 'Daily Hours',
				name: 'awardSendDayTime',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Daily Hours',
				description:
					'The times of day at which gifts are handed out (<code>award_send_day_time</code>)',
			},
			fields: [
				{
					wireName: 'begin_day_time',
					property: {
						displayName: 'Begin',
						name: 'beginDayTime',
						type: 'fixedCollection',
						required: true,
						default: {},
						description: 'Start on each day (<code>begin_day_time</code>)',
					},
					fields: TIME_OF_DAY,
				},
				{
					wireName: 'end_day_time',
					property: {
						displayName: 'End',
						name: 'endDayTime',
						type: 'fixedCollection',
						required: true,
						default: {},
						description: 'End on each day (<code>end_day_time</code>)',
					},
					fields: TIME_OF_DAY,
				},
			],
		},
	],
};

/** 优惠券列表 */
export const stockList: Parameter = {
	wireName: 'stock_list',
	in: 'body',
	property: {
		displayName: 'Coupons',
		name: 'stockList',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Coupon',
		description: 'The coupons given as gifts (<code>stock_list</code>)',
	},
	fields: [
		{
			wireName: 'stock_creator_mchid',
			property: {
				displayName: 'Creator ID',
				name: 'stockCreatorMchid',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 10000022',
				description:
					'The merchant that created the coupon stock (<code>stock_creator_mchid</code>)',
			},
		},
		{
			wireName: 'stock_id',
			property: {
				displayName: 'Stock ID',
				name: 'stockId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 98065001',
				description: 'The coupon stock (<code>stock_id</code>)',
			},
		},
	],
};
